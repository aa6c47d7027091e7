#![no_main]

use libfuzzer_sys::fuzz_target;
use respond_io_properties::headers::headers;

fuzz_target!(|data: &[u8]| headers(data));
