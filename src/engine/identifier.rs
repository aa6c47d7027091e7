//! The forms of identifiers, emails and URIs, and how they are written into a path.

use crate::schema::MAX_SAFE_INTEGER;
use alloc::string::String;

/// The longest identifier, in bytes.
pub const MAX_LENGTH: usize = 512;

/// Whether `text` addresses a contact: `id:1`, `email:a@b.c` or `phone:+60123456789`.
pub fn is_identifier(text: &str) -> bool {
    match text.split_once(':') {
        Some(("id", id)) => is_id(id),
        Some(("email", email)) => text.len() <= MAX_LENGTH && is_email(email),
        Some(("phone", phone)) => is_phone(phone),
        _ => false,
    }
}

/// Whether `text` addresses a user of the workspace: `email:agent@example.com`.
pub fn is_user(text: &str) -> bool {
    text.len() <= MAX_LENGTH && text.strip_prefix("email:").is_some_and(is_email)
}

/// Whether `text` has one `@` with something on both sides, and neither white space nor control characters.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let printable = !text.chars().any(|c| c.is_ascii_control() || c == ' ');
    !name.is_empty() && !domain.is_empty() && !domain.contains('@') && printable
}

/// Whether `text` is an absolute URI: a scheme, a colon and characters of RFC 3986.
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_is_valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    scheme_is_valid && !rest.is_empty() && rest.bytes().all(is_uri_byte) && escapes_are_whole(rest)
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes();
        digits.len() >= 2 && digits[..2].iter().all(u8::is_ascii_hexdigit)
    })
}

/// A positive integer up to 2^53 - 1, without leading zeros.
fn is_id(text: &str) -> bool {
    let digits = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    digits && text.len() <= 16 && number(text).is_some_and(|id| id <= MAX_SAFE_INTEGER)
}

fn number(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

/// Up to 15 digits with an optional `+`.
fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Appends `text` to a path, with everything percent-encoded that is not plain data in a path segment.
pub fn push_segment(path: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:@+".contains(&byte) {
            path.push(byte as char);
            continue;
        }
        path.push('%');
        path.push(HEX[(byte >> 4) as usize] as char);
        path.push(HEX[(byte & 15) as usize] as char);
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
            "", "1", "id:", "id:0", "id:01", "id:-1", "id:1.5", "id:9007199254740992", "id:1e3", "id: 1",
            "ID:1", "email:", "email:a", "email:@b", "email:a@", "email:a@b@c", "email:a b@c", "email:a@b\n",
            "email:a/../../tag", "phone:", "phone:+", "phone:++1", "phone:1234567890123456", "phone:12a", "user:1",
        ];
        for text in good {
            assert!(is_identifier(text), "{text}");
        }
        for text in bad {
            assert!(!is_identifier(text), "{text}");
        }
    }

    #[test]
    fn uris() {
        for text in ["https://example.com/a.png", "mailto:a@b.c", "data:,x", "https://a/%20?q#f"] {
            assert!(is_uri(text), "{text}");
        }
        for text in ["", "example.com", "//a/b", "https:", "1a:b", "https://a b", "https://é", "https://a/%2", "https://a/<x>"] {
            assert!(!is_uri(text), "{text}");
        }
    }

    #[test]
    fn segments() {
        let encode = |text: &str| {
            let mut path = String::new();
            push_segment(&mut path, text);
            path
        };
        assert_eq!(encode("phone:+60123456789"), "phone:+60123456789");
        assert_eq!(encode("email:a/../../tag@b?c#d%2f\r\n"), "email:a%2F..%2F..%2Ftag@b%3Fc%23d%252f%0D%0A");
        assert_eq!(encode("email:ü@b"), "email:%C3%BC@b");
        assert_eq!(encode("a\\b;c"), "a%5Cb%3Bc");
    }
}
