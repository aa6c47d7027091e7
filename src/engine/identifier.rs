//! The forms of identifiers, emails and URIs, and how they are written into a path.

use super::check::push_ascii;
use crate::schema::MAX_SAFE_INTEGER;
use alloc::string::String;

/// The longest identifier, in bytes.
pub const MAX_LENGTH: usize = 512;

/// Whether `text` addresses a contact: `id:1`, `email:a@b.c` or `phone:+60123456789`.
pub fn is_identifier(text: &[u8]) -> bool {
    let is = |prefix: &[u8], has_form: fn(&[u8]) -> bool| text.strip_prefix(prefix).is_some_and(has_form);
    is(b"id:", is_id) || is(b"phone:", is_phone) || is_user(text)
}

/// Whether `text` addresses a user of the workspace: `email:agent@example.com`.
pub fn is_user(text: &[u8]) -> bool {
    text.len() <= MAX_LENGTH && text.strip_prefix(b"email:").is_some_and(is_email)
}

/// Whether `text` has one `@` with something on both sides, and neither spaces nor control characters.
pub fn is_email(text: &[u8]) -> bool {
    let count = text.iter().filter(|byte| **byte == b'@').count();
    let is_printable = !text.iter().any(|byte| byte.is_ascii_control() || *byte == b' ');
    count == 1 && !text.starts_with(b"@") && !text.ends_with(b"@") && is_printable
}

/// Whether `text` is an absolute URI: a scheme, a colon and characters of RFC 3986.
pub fn is_uri(text: &[u8]) -> bool {
    let Some((scheme, rest)) = split(text, b':') else {
        return false;
    };
    let scheme_is_valid = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    scheme_is_valid && !rest.is_empty() && rest.iter().all(is_uri_byte) && escapes_are_whole(rest)
}

fn is_uri_byte(byte: &u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
}

fn escapes_are_whole(text: &[u8]) -> bool {
    let mut rest = text.iter();
    while rest.any(|byte| *byte == b'%') {
        if !(0..2).all(|_| rest.next().is_some_and(u8::is_ascii_hexdigit)) {
            return false;
        }
    }
    true
}

/// A positive integer up to 2^53 - 1, without leading zeros.
fn is_id(digits: &[u8]) -> bool {
    let mut id = 0;
    for digit in digits {
        if !digit.is_ascii_digit() || id > MAX_SAFE_INTEGER {
            return false;
        }
        id = id * 10 + u64::from(digit - b'0');
    }
    digits.first().is_some_and(|first| *first != b'0') && id <= MAX_SAFE_INTEGER
}

/// Up to 15 digits with an optional `+`.
fn is_phone(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    (1..=15).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
}

/// What stands before and after the first `separator`.
pub(super) fn split(text: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|byte| *byte == separator)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Appends `text` to a path, with everything percent-encoded that is not plain data in a path segment.
pub fn push_segment(path: &mut String, text: &[u8]) {
    push_encoded(path, text, false);
}

/// Appends `text` to a path or to a query. In a query a `+` stands for a space, so it is encoded.
pub(super) fn push_encoded(target: &mut String, text: &[u8], in_query: bool) {
    for &byte in text {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':' | b'@')
            || byte == b'+' && !in_query
        {
            push_ascii(target, byte);
            continue;
        }
        push_ascii(target, b'%');
        push_ascii(target, HEX[(byte >> 4) as usize]);
        push_ascii(target, HEX[(byte & 15) as usize]);
    }
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        let good = [
            "id:1",
            "id:9007199254740991",
            "email:a@b",
            "email:a/../../tag@b.c",
            "email:ü@b.c",
            "phone:+60123456789",
            "phone:1",
            "phone:123456789012345",
        ];
        let bad = [
            "",
            "1",
            "id:",
            "id:0",
            "id:01",
            "id:-1",
            "id:1.5",
            "id:9007199254740992",
            "id:1e3",
            "id: 1",
            "ID:1",
            "email:",
            "email:a",
            "email:@b",
            "email:a@",
            "email:a@b@c",
            "email:a b@c",
            "email:a@b\n",
            "email:a/../../tag",
            "phone:",
            "phone:+",
            "phone:++1",
            "phone:1234567890123456",
            "phone:12a",
            "user:1",
        ];
        for text in good {
            assert!(is_identifier(text.as_bytes()), "{text}");
        }
        for text in bad {
            assert!(!is_identifier(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn uris() {
        for text in ["https://example.com/a.png", "mailto:a@b.c", "data:,x", "https://a/%20?q#f"] {
            assert!(is_uri(text.as_bytes()), "{text}");
        }
        for text in
            ["", "example.com", "//a/b", "https:", "1a:b", "https://a b", "https://é", "https://a/%2", "https://a/<x>"]
        {
            assert!(!is_uri(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn segments() {
        let encode = |text: &str| {
            let mut path = String::new();
            push_segment(&mut path, text.as_bytes());
            path
        };
        assert_eq!(encode("phone:+60123456789"), "phone:+60123456789");
        assert_eq!(encode("email:a/../../tag@b?c#d%2f\r\n"), "email:a%2F..%2F..%2Ftag@b%3Fc%23d%252f%0D%0A");
        assert_eq!(encode("email:ü@b"), "email:%C3%BC@b");
        assert_eq!(encode("a\\b;c"), "a%5Cb%3Bc");
    }
}
