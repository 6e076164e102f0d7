//! URIs and relative references, by the grammar of RFC 3986; IRIs by that of RFC 3987.

use std::net::Ipv6Addr;

const SUB_DELIMS: &[u8] = b"!$&'()*+,;=";

/// Which of the two grammars: they differ only in the characters that stand for themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// RFC 3986: everything beyond ASCII is percent-encoded.
    Ascii,
    /// RFC 3987: letters of every script.
    Unicode,
}

/// `scheme ":" hier-part [ "?" query ] [ "#" fragment ]`
pub(super) fn is_absolute(text: &str, alphabet: Alphabet) -> bool {
    split_scheme(text).is_some_and(|rest| is_hierarchical(rest, alphabet))
}

/// An absolute URI, or one without its scheme.
pub(super) fn is_reference(text: &str, alphabet: Alphabet) -> bool {
    if let Some(rest) = split_scheme(text) {
        return is_hierarchical(rest, alphabet);
    }
    // A colon in the first segment would make it a scheme.
    let segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    !segment.contains(':') && is_hierarchical(text, alphabet)
}

/// What follows the scheme and its colon.
fn split_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let sound = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    sound.then_some(rest)
}

fn is_hierarchical(text: &str, alphabet: Alphabet) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let path = match text.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !is_authority(authority, alphabet) {
                return false;
            }
            path
        }
        None => text,
    };
    let is_named = |text, more| is_made_of(text, more, alphabet, is_letter);
    // Private use is for those who know whom they ask, which is what a query does.
    let is_query = is_made_of(query, b":@/?", alphabet, |beyond| is_letter(beyond) || is_private(beyond));
    is_named(path, b":@/".as_slice()) && is_query && is_named(fragment, b":@/?")
}

/// `[ userinfo "@" ] host [ ":" port ]`
fn is_authority(authority: &str, alphabet: Alphabet) -> bool {
    let (user, host) = authority.split_once('@').unwrap_or(("", authority));
    if !is_made_of(user, b":", alphabet, is_letter) {
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
    is_made_of(name, b"", alphabet, is_letter) && port.bytes().all(|byte| byte.is_ascii_digit())
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

/// Whether the text holds only unreserved characters, sub-delimiters, percent-encodings, `more`,
/// and those beyond ASCII that the alphabet has there.
fn is_made_of(text: &str, more: &[u8], alphabet: Alphabet, has: impl Fn(char) -> bool) -> bool {
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let sound = match u8::try_from(letter) {
            Ok(b'%') => (0..2).all(|_| letters.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            Ok(byte) if byte.is_ascii() => is_unreserved(byte) || SUB_DELIMS.contains(&byte) || more.contains(&byte),
            _ => alphabet == Alphabet::Unicode && has(letter),
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

/// `ucschar`: what is assigned for public use, with the ends of the planes left out.
fn is_letter(letter: char) -> bool {
    match u32::from(letter) {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF | 0xE_1000..=0xE_FFFD => true,
        scalar @ 0x1_0000..=0xD_FFFF => scalar & 0xFFFF <= 0xFFFD,
        _ => false,
    }
}

/// `iprivate`: the areas for private use.
fn is_private(letter: char) -> bool {
    match u32::from(letter) {
        0xE000..=0xF8FF => true,
        scalar => scalar >= 0xF_0000 && scalar & 0xFFFF <= 0xFFFD,
    }
}
