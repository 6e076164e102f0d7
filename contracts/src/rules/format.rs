//! Formats of strings, asserted as the `jsonschema` validator asserts them.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::rules::{hostname, uri};
use crate::value::{Date, Timestamp, Uuid};

/// A `format` of JSON Schema that is asserted.
///
/// ```
/// use event_contracts::rules::Format;
///
/// assert!(Format::Email.admits("a.b@example.com"));
/// assert!(!Format::Uri.admits("/relative"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `date`: a full-date of RFC 3339.
    Date,
    /// `date-time`: a date-time of RFC 3339.
    DateTime,
    /// `email`: an address of RFC 5321.
    Email,
    /// `hostname`: a host name of RFC 1123, A-labels checked.
    Hostname,
    /// `ipv4`: four decimal octets.
    Ipv4,
    /// `ipv6`: an address of RFC 4291.
    Ipv6,
    /// `uri`: an absolute URI of RFC 3986.
    Uri,
    /// `uri-reference`: a URI of RFC 3986, or a relative reference.
    UriReference,
    /// `uuid`: a UUID of RFC 4122, hyphenated.
    Uuid,
}

impl Format {
    /// Whether `text` has this format.
    #[must_use]
    pub fn admits(self, text: &str) -> bool {
        match self {
            Self::Date => Date::parse(text).is_some(),
            Self::DateTime => Timestamp::parse(text).is_some(),
            Self::Email => is_email(text),
            Self::Hostname => hostname::is_valid(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => uri::is_absolute(text),
            Self::UriReference => uri::is_reference(text),
            Self::Uuid => Uuid::parse(text).is_some(),
        }
    }

    /// What a text of this format is called after the word "expected".
    #[must_use]
    pub const fn expectation(self) -> &'static str {
        match self {
            Self::Date => Date::EXPECTATION,
            Self::DateTime => Timestamp::EXPECTATION,
            Self::Email => "an email address",
            Self::Hostname => "a host name",
            Self::Ipv4 => "an IPv4 address",
            Self::Ipv6 => "an IPv6 address",
            Self::Uri => "an absolute URI",
            Self::UriReference => "a URI reference",
            Self::Uuid => Uuid::EXPECTATION,
        }
    }
}

/// `local@domain`, where the validator adds two rules of its own to RFC 5321: letters of a domain
/// must make a host name, and a display name in front (`Name <address>`) is let through.
fn is_email(text: &str) -> bool {
    // An empty quoted local part is the one that its parser would refuse by mistake.
    let text = match text.strip_prefix("\"\"@") {
        Some(domain) => Cow::Owned(format!("\"a\"@{domain}")),
        None => Cow::Borrowed(text),
    };
    let address = match text.rsplit_once(" <") {
        None => &*text,
        Some((_, address)) => match address.trim().strip_suffix('>') {
            Some(address) => address,
            None => return false,
        },
    };
    address.rsplit_once('@').is_some_and(|(local, domain)| is_local_part(local) && is_mail_domain(domain))
}

fn is_local_part(local: &str) -> bool {
    if local.len() > 64 || !local.is_ascii() {
        return false;
    }
    match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => !quoted.is_empty() && is_quoted_text(quoted.as_bytes()),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte)),
    }
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_quoted_text(quoted: &[u8]) -> bool {
    let mut bytes = quoted.iter();
    while let Some(byte) = bytes.next() {
        let sound = match byte {
            b'\\' => bytes.next().is_some_and(u8::is_ascii_graphic),
            b'"' => false,
            b' ' | b'\t' => true,
            other => other.is_ascii_graphic(),
        };
        if !sound {
            return false;
        }
    }
    true
}

fn is_mail_domain(domain: &str) -> bool {
    let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return hostname::is_valid(domain);
    };
    match literal.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => address.parse::<Ipv6Addr>().is_ok(),
        _ => literal.parse::<Ipv4Addr>().is_ok(),
    }
}
