//! Email addresses, by the grammars of RFC 5321 and RFC 6531.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::rules::{hostname, idn};

/// `local@domain`, where the validator adds two rules of its own to RFC 5321: letters of a domain
/// must make a host name, and a display name in front (`Name <address>`) is let through.
pub(super) fn is_valid(text: &str) -> bool {
    is_address(text, |local| local.len() <= 64 && local.is_ascii(), hostname::is_valid)
}

/// The same with letters of any script on both sides; a limit of 64 then counts those.
pub(super) fn is_international(text: &str) -> bool {
    is_address(text, |local| local.chars().count() <= 64, idn::is_valid)
}

fn is_address(text: &str, is_local: impl Fn(&str) -> bool, is_host: impl Fn(&str) -> bool) -> bool {
    let address = match text.rsplit_once(" <") {
        None => text,
        Some((_, address)) => match address.trim().strip_suffix('>') {
            Some(address) => address,
            None => return false,
        },
    };
    address.rsplit_once('@').is_some_and(|(local, domain)| {
        // Nothing in quotes is let through only without a display name.
        let is_empty = local == "\"\"" && address.len() == text.len();
        is_local(local) && (is_empty || is_local_part(local)) && is_mail_domain(domain, &is_host)
    })
}

fn is_local_part(local: &str) -> bool {
    match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => !quoted.is_empty() && is_quoted_text(quoted.as_bytes()),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte)),
    }
}

fn is_atom_byte(byte: u8) -> bool {
    !byte.is_ascii() || byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_quoted_text(quoted: &[u8]) -> bool {
    let mut bytes = quoted.iter();
    while let Some(byte) = bytes.next() {
        let sound = match byte {
            b'\\' => bytes.next().is_some_and(|byte| !byte.is_ascii() || byte.is_ascii_graphic()),
            b'"' => false,
            b' ' | b'\t' => true,
            other => !other.is_ascii() || other.is_ascii_graphic(),
        };
        if !sound {
            return false;
        }
    }
    true
}

fn is_mail_domain(domain: &str, is_host: impl Fn(&str) -> bool) -> bool {
    let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return is_host(domain);
    };
    match literal.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => address.parse::<Ipv6Addr>().is_ok(),
        _ => literal.parse::<Ipv4Addr>().is_ok(),
    }
}
