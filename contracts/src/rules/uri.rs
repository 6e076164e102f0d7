//! URIs and relative references, by the grammar of RFC 3986.

use std::net::Ipv6Addr;

const SUB_DELIMS: &[u8] = b"!$&'()*+,;=";

/// `scheme ":" hier-part [ "?" query ] [ "#" fragment ]`
pub(super) fn is_absolute(text: &str) -> bool {
    split_scheme(text).is_some_and(is_hierarchical)
}

/// An absolute URI, or one without its scheme.
pub(super) fn is_reference(text: &str) -> bool {
    if let Some(rest) = split_scheme(text) {
        return is_hierarchical(rest);
    }
    // A colon in the first segment would make it a scheme.
    let segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    !segment.contains(':') && is_hierarchical(text)
}

/// What follows the scheme and its colon.
fn split_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let sound = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    sound.then_some(rest)
}

fn is_hierarchical(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let path = match text.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !is_authority(authority) {
                return false;
            }
            path
        }
        None => text,
    };
    is_made_of(path, b":@/") && is_made_of(query, b":@/?") && is_made_of(fragment, b":@/?")
}

/// `[ userinfo "@" ] host [ ":" port ]`
fn is_authority(authority: &str) -> bool {
    let (user, host) = authority.split_once('@').unwrap_or(("", authority));
    if !is_made_of(user, b":") {
        return false;
    }
    if let Some(literal) = host.strip_prefix('[') {
        let Some((address, port)) = literal.split_once(']') else {
            return false;
        };
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        return is_ip_literal(address) && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    is_made_of(name, b"") && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands between the brackets: an IPv6 address, or one of a version to come.
fn is_ip_literal(address: &str) -> bool {
    let Some(future) = address.strip_prefix(['v', 'V']) else {
        return address.parse::<Ipv6Addr>().is_ok();
    };
    future.split_once('.').is_some_and(|(version, address)| {
        let hexadecimal = |byte: u8| byte.is_ascii_hexdigit();
        let sound = |byte: u8| is_unreserved(byte) || byte == b':' || SUB_DELIMS.contains(&byte);
        !version.is_empty() && version.bytes().all(hexadecimal) && !address.is_empty() && address.bytes().all(sound)
    })
}

/// Whether the text holds only unreserved characters, sub-delimiters, percent-encodings and `more`.
fn is_made_of(text: &str, more: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let sound = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            byte => is_unreserved(byte) || SUB_DELIMS.contains(&byte) || more.contains(&byte),
        };
        if !sound {
            return false;
        }
    }
    true
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
