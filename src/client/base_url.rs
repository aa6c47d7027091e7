//! Where the service is.

use crate::engine::Fault;
use crate::error::option_fault;
use alloc::string::String;
use core::net::{Ipv4Addr, Ipv6Addr};

/// The vendor's service.
pub(super) const DEFAULT: &str = "https://api.respond.io/v2";

/// Checks a base URL and takes its trailing slashes off.
///
/// A token is sent there, so it is encrypted or does not leave the machine.
pub(super) fn check(url: &str) -> Result<String, Fault> {
    if is_valid(url) {
        return Ok(url.trim_end_matches('/').into());
    }
    Err(option_fault("baseUrl", "https, or http on a loopback address, without credentials, query and fragment"))
}

fn is_valid(url: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"@?#\\\"<>".contains(&byte);
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let Some(host) = host(authority) else { return false };
    let permitted = match scheme {
        "https" => true,
        "http" => is_loopback(host),
        _ => false,
    };
    permitted && rest.bytes().all(is_plain)
}

/// The host of `host`, `host:port`, `[address]` or `[address]:port`.
fn host(authority: &str) -> Option<&str> {
    let end = authority.find(']').map_or_else(|| authority.find(':').unwrap_or(authority.len()), |at| at + 1);
    let (host, port) = authority.split_at(end);
    (is_host(host) && (port.is_empty() || is_port(port))).then_some(host)
}

fn is_host(host: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    match address(host) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(is_name),
    }
}

fn is_port(port: &str) -> bool {
    port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok_and(|port| port > 0))
}

fn is_loopback(host: &str) -> bool {
    match address(host) {
        Some(address) => address.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback()),
        None => host == "localhost" || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback()),
    }
}

fn address(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls() {
        let table = [
            (DEFAULT, true),
            ("https://example.com", true),
            ("https://example.com:8443/a/b", true),
            ("https://[2001:db8::1]/v2", true),
            ("http://localhost:4010/v2", true),
            ("http://127.0.0.1:4010/v2", true),
            ("http://127.1.2.3", true),
            ("http://[::1]:4010/v2", true),
            ("http://example.com/v2", false),
            ("http://127.0.0.1.example.com/v2", false),
            ("http://localhost.example.com", false),
            ("http://[2001:db8::1]/v2", false),
            ("https://user:secret@example.com/v2", false),
            ("https://example.com@127.0.0.1/v2", false),
            ("http://localhost\\@example.com/v2", false),
            ("https://example.com/v2?a=b", false),
            ("https://example.com/v2#a", false),
            ("https://example.com/v 2", false),
            ("https://exämple.com/v2", false),
            ("https://", false),
            ("https:///v2", false),
            ("https://example.com:/v2", false),
            ("https://example.com:0/v2", false),
            ("https://example.com:port/v2", false),
            ("https://[::1/v2", false),
            ("ftp://example.com", false),
            ("/v2", false),
            ("", false),
        ];
        for (url, valid) in table {
            assert_eq!(check(url).is_ok(), valid, "{url}");
        }
    }

    #[test]
    fn trailing_slashes_are_taken_off() {
        assert_eq!(check("https://example.com/v2//").unwrap(), "https://example.com/v2");
    }
}
