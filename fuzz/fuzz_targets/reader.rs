#![no_main]

use libfuzzer_sys::fuzz_target;
use respond_io_properties::reader::reader;

fuzz_target!(|data: &[u8]| reader(data));
