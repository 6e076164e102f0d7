//! A version that events spell as `major.minor`.

use std::fmt;

use crate::json::{Digits, Reader};
use crate::rules::Format;
use crate::value::spelled_as_string;

/// A version as `"major.minor"`, each a canonical integer: `"1.0"`, never `"01.0"`.
///
/// ```
/// use event_contracts::VersionText;
///
/// let version: VersionText = "1.12".parse()?;
/// assert_eq!((version.major(), version.minor()), (1, 12));
/// assert!(version > VersionText::new(1, 2));
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionText {
    major: u32,
    minor: u32,
}

impl VersionText {
    /// There is but one spelling.
    fn canonical(&self) -> String {
        self.to_string()
    }

    pub(crate) const KEYWORD: &'static str = "pattern";
    const FORMAT: Option<Format> = None;
    pub(crate) const EXPECTATION: &'static str = "a version such as `1.0`";

    /// The version `major.minor`.
    #[must_use]
    pub const fn new(major: u32, minor: u32) -> Self {
        Self { major, minor }
    }

    /// Grows with breaking changes.
    #[must_use]
    pub const fn major(&self) -> u32 {
        self.major
    }

    /// Grows with compatible changes.
    #[must_use]
    pub const fn minor(&self) -> u32 {
        self.minor
    }

    #[inline]
    fn with_spelling<T>(&self, take: impl FnOnce(&[u8]) -> T) -> T {
        let mut text = [b'.'; 21];
        let (major, minor) = (Digits::of(self.major.into()), Digits::of(self.minor.into()));
        let (major, minor) = (major.as_bytes(), minor.as_bytes());
        let end = major.len() + 1 + minor.len();
        text[..major.len()].copy_from_slice(major);
        text[major.len() + 1..end].copy_from_slice(minor);
        take(&text[..end])
    }

    #[inline]
    fn read_plain(_: &mut Reader<'_>) -> Option<Self> {
        None
    }

    #[inline]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        Some(Self { major: canonical(major)?, minor: canonical(minor)? })
    }
}

#[inline]
fn canonical(digits: &str) -> Option<u32> {
    match digits.as_bytes() {
        // `parse` alone would take a sign.
        [b'0'] => Some(0),
        [b'1'..=b'9', ..] => digits.parse().ok(),
        _ => None,
    }
}

impl fmt::Display for VersionText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

spelled_as_string!(VersionText);
