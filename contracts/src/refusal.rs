//! Why a text or a value was refused: the place, the keyword and the expectation.

use std::borrow::Cow;
use std::convert::Infallible;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::num::TryFromIntError;

use crate::json::pointer;

/// Why a JSON text or a value was refused: where, by which JSON Schema keyword, what was expected.
///
/// It never holds values of the payload, so it may be logged where the payload may not.
///
/// ```
/// use event_contracts::Timestamp;
///
/// let refusal = "yesterday".parse::<Timestamp>().unwrap_err();
/// assert_eq!(refusal.keyword(), "format");
/// assert_eq!(refusal.to_string(), "expected an RFC 3339 date-time");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal(Box<Inner>);

/// Boxed, so that a `Result<T, Refusal>` is no larger than it must be on the path that succeeds.
#[derive(Clone, PartialEq, Eq)]
struct Inner {
    keyword: &'static str,
    expectation: Cow<'static, str>,
    offset: Option<usize>,
    pointer: String,
}

impl Refusal {
    /// A refusal by `keyword`; `expectation` reads after the word "expected".
    #[cold]
    #[must_use]
    pub fn new(keyword: &'static str, expectation: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { keyword, expectation: expectation.into(), offset: None, pointer: String::new() }))
    }

    /// Not JSON: `expectation` names the token that should stand at `offset`.
    #[cold]
    pub(crate) fn syntax(expectation: impl Into<Cow<'static, str>>, offset: usize) -> Self {
        Self::new("syntax", expectation).at(offset)
    }

    /// A member of an object that occurs twice; `offset` is that of the second one.
    #[cold]
    #[must_use]
    pub fn duplicate(offset: usize) -> Self {
        Self::new("duplicate", "each member once").at(offset)
    }

    /// An object without its member `name`; place it at the offset of the object's `{`.
    #[cold]
    #[must_use]
    pub fn required(name: &str) -> Self {
        Self::new("required", format!("a member `{name}`"))
    }

    /// The same refusal at the byte `offset`, unless it has an offset already.
    #[cold]
    #[must_use]
    pub fn at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// The same refusal one level further out: `segment` goes in front of the pointer.
    ///
    /// For values that are checked, not read: the segments are added while the check unwinds.
    #[cold]
    #[must_use]
    pub fn within(mut self, segment: impl fmt::Display) -> Self {
        let mut path = String::new();
        pointer::push_segment(&mut path, &segment.to_string());
        self.0.pointer.insert_str(0, &path);
        self
    }

    /// The same refusal with its whole pointer in `text`, the text that was read: that of the value at its offset, and
    /// what the pointer says inside that value. To be asked once.
    #[cold]
    #[must_use]
    pub fn locate(mut self, text: &str) -> Self {
        if let Some(offset) = self.0.offset {
            self.0.pointer.insert_str(0, &pointer::pointer_at(text, offset));
        }
        self
    }

    /// The keyword of JSON Schema that refuses, such as `type`, `minimum` or `required`.
    ///
    /// Three more belong to the text itself: `syntax` (not JSON), `duplicate` (an object has two
    /// members of one name) and `depth` (nested too deeply).
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        self.0.keyword
    }

    /// What was expected, such as "an integer"; reads after the word "expected".
    #[must_use]
    pub fn expectation(&self) -> &str {
        &self.0.expectation
    }

    /// Byte offset of the value concerned; for `required` that of the object's `{`.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// The JSON Pointer (RFC 6901) of the value concerned; empty for the whole value.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// Whether the text itself is at fault (`syntax`, `duplicate`, `depth`), whatever the schema.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        matches!(self.0.keyword, "syntax" | "duplicate" | "depth")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.0.expectation)?;
        if !self.0.pointer.is_empty() {
            f.write_str(" at `")?;
            for letter in self.0.pointer.chars() {
                // A member's name may hold anything, and messages end up in logs.
                if letter.is_control() { write!(f, "{}", letter.escape_unicode())? } else { f.write_char(letter)? }
            }
            f.write_str("`")?;
        }
        // Inside a broken text the pointer only says where the reader had got to.
        match self.0.offset {
            Some(offset) if self.is_malformed() => write!(f, " (byte {offset})"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("keyword", &self.0.keyword)
            .field("expectation", &self.0.expectation)
            .field("offset", &self.0.offset)
            .field("pointer", &self.0.pointer)
            .finish()
    }
}

impl Error for Refusal {}

/// A conversion that cannot fail is never refused; generic code need not tell the two apart.
impl From<Infallible> for Refusal {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// An integer of Rust that does not fit into the type of a member.
impl From<TryFromIntError> for Refusal {
    fn from(_: TryFromIntError) -> Self {
        Self::new("type", "an integer that the type of the member holds")
    }
}
