#![no_main]

use libfuzzer_sys::fuzz_target;
use respond_io_properties::decoder::decoder;

fuzz_target!(|data: &[u8]| decoder(data));
