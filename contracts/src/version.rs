//! Versions of events and what a consumer makes of one that it was not generated from.

use std::fmt;

use crate::error::BuildError;
use crate::json::Reader;

/// The version of an event, under the scheme of its system.
///
/// ```
/// use event_contracts::Version;
/// let known = Version::MajorMinor { major: 1, minor: 0 };
/// let newer = Version::MajorMinor { major: 1, minor: 3 };
/// assert!(newer > known);
/// assert!(known.reads(newer) && !known.reads(Version::MajorMinor { major: 2, minor: 0 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The wire carries none: the contract's major version, which the schema's file name states.
    Implicit(u32),
    /// An integer that grows with every addition; nothing is ever removed, so there is one major version.
    Integer(u64),
    /// Minor for compatible changes, major for breaking ones.
    MajorMinor {
        /// Grows with a breaking change.
        major: u32,
        /// Grows with a compatible one.
        minor: u32,
    },
}

impl Version {
    /// The major version: what decides which schema a message is read by.
    #[must_use]
    pub const fn major(self) -> u32 {
        match self {
            Self::Implicit(major) | Self::MajorMinor { major, .. } => major,
            Self::Integer(_) => 1,
        }
    }

    /// Whether code generated for `self` can read a message of version `wire`: any minor of its own major.
    #[must_use]
    pub const fn reads(self, wire: Self) -> bool {
        self.major() == wire.major()
    }

    /// The version that the JSON value at the beginning of `bytes` states, under the scheme of `self`; it may go on behind.
    #[expect(
        clippy::inline_always,
        reason = "the scheme is known where this is called; a result in memory costs more than the rest"
    )]
    #[inline(always)]
    pub(crate) fn parse_like(self, bytes: &[u8]) -> Option<Self> {
        match self {
            Self::Implicit(_) => Some(self),
            Self::Integer(_) => integer(bytes).or_else(|| integer_of_any_size(bytes)),
            Self::MajorMinor { .. } => major_minor(bytes).or_else(|| major_minor_of_any_spelling(bytes)),
        }
    }
}

/// A version as it is nearly always spelled: a few digits.
#[inline]
fn integer(bytes: &[u8]) -> Option<Version> {
    let (version, rest) = few_digits(bytes)?;
    let goes_on = matches!(rest, [b'0'..=b'9' | b'.' | b'e' | b'E', ..]);
    (!goes_on).then_some(Version::Integer(version.into()))
}

/// A version as it is nearly always spelled: a few digits, a dot, a few digits.
#[inline]
fn major_minor(bytes: &[u8]) -> Option<Version> {
    let [b'"', rest @ ..] = bytes else { return None };
    let (major, [b'.', rest @ ..]) = few_digits(rest)? else { return None };
    let (minor, [b'"', ..]) = few_digits(rest)? else { return None };
    Some(Version::MajorMinor { major, minor })
}

/// The number that a few digits make, and what stands behind them.
#[inline]
fn few_digits(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (mut number, mut count) = (0, 0);
    while let Some(digit) = bytes.get(count).filter(|byte| byte.is_ascii_digit()) {
        if count == 9 {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
        count += 1;
    }
    (count > 0).then(|| (number, &bytes[count..]))
}

#[cold]
fn integer_of_any_size(bytes: &[u8]) -> Option<Version> {
    let mut reader = Reader::from_bytes(bytes).ok()?;
    reader.number().ok()?.parse().ok().map(Version::Integer)
}

#[cold]
fn major_minor_of_any_spelling(bytes: &[u8]) -> Option<Version> {
    let text = Reader::from_bytes(bytes).ok()?.string().ok()?;
    let (major, minor) = text.split_once('.')?;
    Some(Version::MajorMinor { major: major.parse().ok()?, minor: minor.parse().ok()? })
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Implicit(major) => write!(f, "{major}"),
            Self::Integer(version) => write!(f, "{version}"),
            Self::MajorMinor { major, minor } => write!(f, "{major}.{minor}"),
        }
    }
}

/// A major version that can be turned into the next one.
///
/// Implemented by hand, once per step, in the crate that includes the generated types; a decoder that reads older majors
/// asks for every step of the chain, so a missing one does not compile.
#[diagnostic::on_unimplemented(
    message = "no upcaster leads from `{Older}` to `{Self}`",
    label = "reads older major versions, too",
    note = "implement `event_contracts::Upcast<{Older}>` for `{Self}`"
)]
pub trait Upcast<Older>: Sized {
    /// The same fact, as this version says it.
    ///
    /// # Errors
    /// Where the older version allowed what this one does not: the decoder refuses the message.
    fn upcast(older: Older) -> Result<Self, BuildError>;
}
