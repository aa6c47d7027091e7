#![no_main]

use libfuzzer_sys::fuzz_target;
use respond_io_properties::router::router;

fuzz_target!(|data: &[u8]| drop(router(data)));
