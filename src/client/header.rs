//! The headers that a user may add.

use crate::engine::Fault;
use crate::error::option_fault;
use alloc::string::String;
use alloc::vec::Vec;

const OURS: [&str; 3] = ["accept", "authorization", "content-type"];

/// Sets a header, in the place of an earlier one of the same name.
pub(super) fn set(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    let name = name.to_ascii_lowercase();
    headers.retain(|(other, _)| *other != name);
    headers.push((name, value.into()));
}

/// Checks names and values; the headers that the client sets itself cannot be set.
pub(super) fn check(headers: &[(String, String)]) -> Result<(), Fault> {
    match headers.iter().all(|(name, value)| is_name(name) && is_value(value)) {
        true => Ok(()),
        false => Err(option_fault(
            "headers",
            "valid names and ASCII values, and none of accept, authorization and content-type",
        )),
    }
}

fn is_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token) && !OURS.contains(&name)
}

fn is_value(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        let table = [
            ("X-Request-Id", "1", true),
            ("x-text", "a b\tc", true),
            ("", "1", false),
            ("x y", "1", false),
            ("x:y", "1", false),
            ("x", "a\r\nauthorization: Bearer b", false),
            ("x", "é", false),
            ("Authorization", "Bearer b", false),
            ("CONTENT-TYPE", "text/plain", false),
        ];
        for (name, value, valid) in table {
            let mut headers = Vec::new();
            set(&mut headers, name, value);
            assert_eq!(check(&headers).is_ok(), valid, "{name}: {value}");
        }
    }

    #[test]
    fn the_last_of_a_name_counts() {
        let mut headers = Vec::new();
        set(&mut headers, "X-A", "1");
        set(&mut headers, "x-a", "2");
        assert_eq!(headers, [("x-a".into(), "2".into())]);
    }
}
