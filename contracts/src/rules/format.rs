//! Formats of strings, asserted as the `jsonschema` validator asserts them.

mod content;
mod duration;
mod email;
mod pointer;
mod regex;
mod template;

use std::net::{Ipv4Addr, Ipv6Addr};

use self::content::{Content, Encoding};
use crate::refusal::Refusal;
use crate::rules::uri::Alphabet;
use crate::rules::{hostname, idn, uri};
use crate::value::{self, Date, Timestamp, Uuid};

/// A `format` of JSON Schema that is asserted: any that drafts 4 to 2020-12 define.
///
/// What drafts 6 and 7 assert by `contentEncoding` and `contentMediaType` is one, too; its name begins with `content:`,
/// and what it refuses is refused by the keyword.
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
    /// `duration`: a duration of RFC 3339, appendix A.
    Duration,
    /// `email`: an address of RFC 5321.
    Email,
    /// `hostname`: a host name of RFC 1123, A-labels checked.
    Hostname,
    /// `idn-email`: an address of RFC 6531, in letters of any script.
    IdnEmail,
    /// `idn-hostname`: a host name of RFC 5890, in letters of any script.
    IdnHostname,
    /// `ipv4`: four decimal octets.
    Ipv4,
    /// `ipv6`: an address of RFC 4291.
    Ipv6,
    /// `iri`: an absolute IRI of RFC 3987.
    Iri,
    /// `iri-reference`: an IRI of RFC 3987, or a relative reference.
    IriReference,
    /// `json-pointer`: a pointer of RFC 6901, not in its form for fragments.
    JsonPointer,
    /// `regex`: a regular expression of ECMA-262.
    Regex,
    /// `relative-json-pointer`: a number of levels up, and a pointer from there.
    RelativeJsonPointer,
    /// `time`: a full-time of RFC 3339, which has an offset.
    Time,
    /// `uri`: an absolute URI of RFC 3986.
    Uri,
    /// `uri-reference`: a URI of RFC 3986, or a relative reference.
    UriReference,
    /// `uri-template`: a template of RFC 6570.
    UriTemplate,
    /// `uuid`: a UUID of RFC 4122, hyphenated.
    Uuid,
    /// `contentEncoding`: base16, as RFC 4648 has it.
    Base16,
    /// `contentEncoding`: base32, as RFC 4648 has it.
    Base32,
    /// `contentEncoding`: base32hex, as RFC 4648 has it.
    Base32Hex,
    /// `contentEncoding`: base64, as RFC 4648 has it.
    Base64,
    /// `contentEncoding`: base64url, as RFC 4648 has it.
    Base64Url,
    /// `contentMediaType`: a JSON text.
    Json,
    /// `contentEncoding` and `contentMediaType`: a JSON text in base16.
    Base16Json,
    /// `contentEncoding` and `contentMediaType`: a JSON text in base32.
    Base32Json,
    /// `contentEncoding` and `contentMediaType`: a JSON text in base32hex.
    Base32HexJson,
    /// `contentEncoding` and `contentMediaType`: a JSON text in base64.
    Base64Json,
    /// `contentEncoding` and `contentMediaType`: a JSON text in base64url.
    Base64UrlJson,
}

/// Every format with its name; the only list of them.
const NAMES: [(&str, Format); 30] = [
    ("date", Format::Date),
    ("date-time", Format::DateTime),
    ("duration", Format::Duration),
    ("email", Format::Email),
    ("hostname", Format::Hostname),
    ("idn-email", Format::IdnEmail),
    ("idn-hostname", Format::IdnHostname),
    ("ipv4", Format::Ipv4),
    ("ipv6", Format::Ipv6),
    ("iri", Format::Iri),
    ("iri-reference", Format::IriReference),
    ("json-pointer", Format::JsonPointer),
    ("regex", Format::Regex),
    ("relative-json-pointer", Format::RelativeJsonPointer),
    ("time", Format::Time),
    ("uri", Format::Uri),
    ("uri-reference", Format::UriReference),
    ("uri-template", Format::UriTemplate),
    ("uuid", Format::Uuid),
    ("content:base16", Format::Base16),
    ("content:base32", Format::Base32),
    ("content:base32hex", Format::Base32Hex),
    ("content:base64", Format::Base64),
    ("content:base64url", Format::Base64Url),
    ("content:json", Format::Json),
    ("content:base16+json", Format::Base16Json),
    ("content:base32+json", Format::Base32Json),
    ("content:base32hex+json", Format::Base32HexJson),
    ("content:base64+json", Format::Base64Json),
    ("content:base64url+json", Format::Base64UrlJson),
];

impl Format {
    /// The format of this name; `None` for a name that no draft defines.
    ///
    /// ```
    /// use event_contracts::rules::Format;
    ///
    /// const TIME: Option<Format> = Format::named("time");
    /// assert_eq!(TIME, Some(Format::Time));
    /// assert_eq!(Format::named("color"), None);
    /// ```
    #[must_use]
    pub const fn named(name: &str) -> Option<Self> {
        let mut at = 0;
        while at < NAMES.len() {
            if is_same(NAMES[at].0, name) {
                return Some(NAMES[at].1);
            }
            at += 1;
        }
        None
    }

    /// What JSON Schema calls the format.
    ///
    /// ```
    /// use event_contracts::rules::Format;
    ///
    /// assert_eq!(Format::DateTime.name(), "date-time");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        // The names stand in the order of the variants, as the assertion below sees to.
        NAMES[self as usize].0
    }

    /// Whether `text` has this format.
    #[must_use]
    pub fn admits(self, text: &str) -> bool {
        match self {
            Self::Date => Date::parse(text).is_some(),
            Self::DateTime => Timestamp::parse(text).is_some(),
            Self::Duration => duration::is_valid(text),
            Self::Email => email::is_valid(text),
            Self::Hostname => hostname::is_valid(text),
            Self::IdnEmail => email::is_international(text),
            Self::IdnHostname => idn::is_valid(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Iri => uri::is_absolute(text, Alphabet::Unicode),
            Self::IriReference => uri::is_reference(text, Alphabet::Unicode),
            Self::JsonPointer => pointer::is_valid(text),
            Self::Regex => regex::is_valid(text),
            Self::RelativeJsonPointer => pointer::is_relative(text),
            Self::Time => value::is_time(text),
            Self::Uri => uri::is_absolute(text, Alphabet::Ascii),
            Self::UriReference => uri::is_reference(text, Alphabet::Ascii),
            Self::UriTemplate => template::is_valid(text),
            Self::Uuid => Uuid::parse(text).is_some(),
            _ => self.content().is_none_or(|content| content.refused_by(text).is_none()),
        }
    }

    /// Why a text that it does not admit is refused.
    #[cold]
    pub(crate) fn refusal(self, text: &str) -> Refusal {
        let keyword = self.content().and_then(|content| content.refused_by(text));
        Refusal::new(keyword.unwrap_or("format"), self.expectation())
    }

    /// What stands inside a text of this format.
    fn content(self) -> Option<Content> {
        let (encoding, is_json) = match self {
            Self::Json => (None, true),
            Self::Base16 => (Some(Encoding::Base16), false),
            Self::Base16Json => (Some(Encoding::Base16), true),
            Self::Base32 => (Some(Encoding::Base32), false),
            Self::Base32Json => (Some(Encoding::Base32), true),
            Self::Base32Hex => (Some(Encoding::Base32Hex), false),
            Self::Base32HexJson => (Some(Encoding::Base32Hex), true),
            Self::Base64 => (Some(Encoding::Base64), false),
            Self::Base64Json => (Some(Encoding::Base64), true),
            Self::Base64Url => (Some(Encoding::Base64Url), false),
            Self::Base64UrlJson => (Some(Encoding::Base64Url), true),
            _ => return None,
        };
        Some(Content { encoding, is_json })
    }

    /// What a text of this format is called after the word "expected".
    #[must_use]
    pub const fn expectation(self) -> &'static str {
        match self {
            Self::Date => Date::EXPECTATION,
            Self::DateTime => Timestamp::EXPECTATION,
            Self::Duration => "a duration, as in P1DT12H",
            Self::Email => "an email address",
            Self::Hostname => "a host name",
            Self::IdnEmail => "an internationalized email address",
            Self::IdnHostname => "an internationalized host name",
            Self::Ipv4 => "an IPv4 address",
            Self::Ipv6 => "an IPv6 address",
            Self::Iri => "an absolute IRI",
            Self::IriReference => "an IRI reference",
            Self::JsonPointer => "a JSON pointer",
            Self::Regex => "a regular expression",
            Self::RelativeJsonPointer => "a relative JSON pointer",
            Self::Time => "a time with its offset",
            Self::Uri => "an absolute URI",
            Self::UriReference => "a URI reference",
            Self::UriTemplate => "a URI template",
            Self::Uuid => Uuid::EXPECTATION,
            Self::Base16 => "base16",
            Self::Base32 => "base32",
            Self::Base32Hex => "base32hex",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Json => "a JSON text",
            Self::Base16Json => "a JSON text in base16",
            Self::Base32Json => "a JSON text in base32",
            Self::Base32HexJson => "a JSON text in base32hex",
            Self::Base64Json => "a JSON text in base64",
            Self::Base64UrlJson => "a JSON text in base64url",
        }
    }
}

const _: () = {
    let mut at = 0;
    while at < NAMES.len() {
        assert!(NAMES[at].1 as usize == at, "a format is not where its name is");
        at += 1;
    }
};

/// Equality of texts in a constant.
const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}
