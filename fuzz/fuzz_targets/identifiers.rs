#![no_main]

use libfuzzer_sys::fuzz_target;
use respond_io_properties::identifiers::identifiers;

fuzz_target!(|data: &[u8]| identifiers(data));
