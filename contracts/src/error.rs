//! What can go wrong between bytes and events, as a caller must tell it apart.

use std::fmt;

use crate::event::EventInfo;
use crate::refusal::Refusal;
use crate::version::Version;

/// Why a message was not decoded: event, version, JSON Pointer, keyword and expectation, never a payload value.
#[derive(Debug, Clone)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    category: Category,
    event: Option<Box<str>>,
    version: Option<Version>,
    refusal: Refusal,
}

/// What a consumer must branch on: each wants another answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// Not JSON, or JSON that parsers read differently (duplicate members): no retry helps.
    Malformed,
    /// Not an event of this type, or no type where the envelope wants one.
    UnknownType,
    /// A major version that this code was not generated for.
    UnsupportedVersion,
    /// The right type and version, but the schema refuses the message.
    Invalid,
}

impl DecodeError {
    pub(crate) fn new(category: Category, event: Option<&str>, version: Option<Version>, refusal: Refusal) -> Self {
        let category = if refusal.is_malformed() { Category::Malformed } else { category };
        Self(Box::new(Inner { category, event: event.map(printable), version, refusal }))
    }

    /// Which of the four it is.
    #[must_use]
    pub fn category(&self) -> Category {
        self.0.category
    }

    /// The event type that the message states, as far as it could be read.
    #[must_use]
    pub fn event(&self) -> Option<&str> {
        self.0.event.as_deref()
    }

    /// The version that the message states, if that could be read.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.0.version
    }

    /// JSON Pointer (RFC 6901) to the member that was refused.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.0.refusal.pointer()
    }

    /// The JSON Schema keyword that refused it: `minimum`, `required`, `type`, …
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        self.0.refusal.keyword()
    }

    /// What would have been accepted.
    #[must_use]
    pub fn expectation(&self) -> &str {
        self.0.refusal.expectation()
    }
}

/// An event type from the wire, cut so that a hostile one cannot flood a log.
fn printable(event: &str) -> Box<str> {
    event.chars().filter(|letter| !letter.is_control()).take(100).collect()
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.category {
            Category::Malformed => f.write_str("malformed message")?,
            Category::UnknownType => f.write_str("unknown event type")?,
            Category::UnsupportedVersion => f.write_str("unsupported version")?,
            Category::Invalid => f.write_str("invalid event")?,
        }
        if let Some(event) = self.event() {
            write!(f, " `{event}`")?;
        }
        if let Some(version) = self.0.version {
            write!(f, " version {version}")?;
        }
        write!(f, ": {}", self.0.refusal)
    }
}

impl std::error::Error for DecodeError {}

/// Why an event was not encoded.
#[derive(Debug, Clone)]
pub struct EncodeError {
    info: &'static EventInfo,
    refusal: Option<Refusal>,
}

impl EncodeError {
    pub(crate) fn planned(info: &'static EventInfo) -> Self {
        Self { info, refusal: None }
    }

    pub(crate) fn invalid(info: &'static EventInfo, refusal: Refusal) -> Self {
        Self { info, refusal: Some(refusal) }
    }

    /// Whether the event is fine but only planned.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        self.refusal.is_none()
    }

    /// JSON Pointer to the member that the schema refuses; empty for a planned event.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.refusal.as_ref().map_or("", Refusal::pointer)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.refusal {
            Some(refusal) => write!(f, "invalid event `{}`: {refusal}", self.info.event_type),
            None => {
                write!(f, "`{}` is planned, not live: `encode_planned` encodes it on purpose", self.info.event_type)
            }
        }
    }
}

impl std::error::Error for EncodeError {}

/// Why a builder did not build: every problem at once.
#[derive(Debug, Clone)]
pub struct BuildError {
    what: &'static str,
    refusals: Vec<Refusal>,
}

impl BuildError {
    #[doc(hidden)]
    #[must_use]
    pub fn new(what: &'static str, refusals: Vec<Refusal>) -> Self {
        Self { what, refusals }
    }

    /// The first problem, for whoever can tell only one.
    pub(crate) fn into_first(self) -> Refusal {
        self.refusals.into_iter().next().unwrap_or_else(|| Refusal::new("schema", "a valid value"))
    }

    /// Each problem, in the order of the members.
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be built: ", self.what)?;
        for (index, refusal) in self.refusals.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{refusal}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BuildError {}
