//! Bytes → type → version → payload, in that order.

use std::borrow::Cow;

use crate::error::{BuildError, Category, DecodeError};
use crate::event::{Event, EventInfo};
use crate::json::{Reader, pointer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::version::Version;

/// A message whose type is known and whose version and payload are not yet looked at.
#[derive(Debug)]
pub struct Message<'a> {
    text: &'a str,
    event_type: Cow<'a, str>,
}

impl<'a> Message<'a> {
    /// Finds the event type at `type_at`, reading no further than that.
    ///
    /// # Errors
    /// [`DecodeError`] of category [`Category::Malformed`] if the bytes are not JSON as far as they were read, of category
    /// [`Category::UnknownType`] if there is no text at `type_at`.
    pub fn scan(bytes: &'a [u8], type_at: &'static str) -> Result<Self, DecodeError> {
        let unknown = |refusal| DecodeError::new(Category::UnknownType, None, None, refusal);
        let text = Reader::from_bytes(bytes).map_err(unknown)?.text();
        let found = reader_at(text, type_at).and_then(|reader| match reader {
            Some(mut reader) => reader.string(),
            None => Err(Refusal::new("required", format!("an event type at `{type_at}`"))),
        });
        match found {
            Ok(event_type) => Ok(Self { text, event_type }),
            Err(refusal) => Err(unknown(refusal.locate(text))),
        }
    }

    /// The event type on the wire.
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// The whole message.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    fn refuse(&self, category: Category, version: Option<Version>, refusal: Refusal) -> DecodeError {
        self.refuse_at(category, version, refusal.locate(self.text))
    }

    /// A refusal that has its pointer already.
    fn refuse_at(&self, category: Category, version: Option<Version>, refusal: Refusal) -> DecodeError {
        DecodeError::new(category, Some(&self.event_type), version, refusal)
    }
}

/// The message, if it is of the type of `E`.
pub(crate) fn message<E: Event>(bytes: &[u8]) -> Result<Message<'_>, DecodeError> {
    let message = Message::scan(bytes, E::INFO.type_at)?;
    if message.event_type == E::TYPE {
        return Ok(message);
    }
    let refusal = at_pointer(Refusal::new("const", format!("the event type `{}`", E::TYPE)), E::INFO.type_at);
    Err(message.refuse(Category::UnknownType, None, refusal))
}

/// Checks the version of a message and reads it as `E` if `E` is of its major; otherwise the version is refused.
#[doc(hidden)]
pub fn read<E: Event>(message: &Message<'_>) -> Result<E, DecodeError> {
    let version = readable_version::<E>(message)?;
    let refuse = |refusal| message.refuse(Category::Invalid, version, refusal);
    let mut reader = Reader::new(message.text);
    let event = E::read(&mut reader, &Rules::NONE).map_err(refuse)?;
    reader.end().map_err(refuse)?;
    Ok(event)
}

/// Like [`read`], without making an event of the message; one without a schema is read all the same.
#[doc(hidden)]
pub fn judge<E: Event>(message: &Message<'_>) -> Result<(), DecodeError> {
    let Some(schema) = E::INFO.schema else { return read::<E>(message).map(drop) };
    let version = readable_version::<E>(message)?;
    schema.check(message.text).map_err(|refusal| message.refuse_at(Category::Invalid, version, refusal))
}

/// Like [`judge`], for an event that has a predecessor.
#[doc(hidden)]
pub fn judge_or_older<E: Event, Older: Event>(message: &Message<'_>) -> Result<(), DecodeError> {
    match wire_version(message, E::INFO)? {
        Some(version) if version.major() < E::VERSION.major() => Older::judge_message(message),
        _ => judge::<E>(message),
    }
}

/// Everything that the schema of `E` has against a message.
#[doc(hidden)]
#[must_use]
pub fn violations<E: Event>(message: &Message<'_>) -> Vec<DecodeError> {
    let version = wire_version(message, E::INFO).ok().flatten();
    let found = E::INFO.schema.map(|schema| schema.violations(message.text)).unwrap_or_default();
    found.into_iter().map(|refusal| message.refuse_at(Category::Invalid, version, refusal)).collect()
}

/// All violations, if what comes first is one of them: a broken text or an unknown version is the only thing to tell.
#[doc(hidden)]
#[must_use]
pub fn all_or(violations: Result<Vec<DecodeError>, DecodeError>, first: DecodeError) -> Vec<DecodeError> {
    let all = violations.unwrap_or_default();
    if first.category() == Category::Invalid && !all.is_empty() { all } else { vec![first] }
}

/// The version that the message states, if `E` reads it.
fn readable_version<E: Event>(message: &Message<'_>) -> Result<Option<Version>, DecodeError> {
    let version = wire_version(message, E::INFO)?;
    match version.filter(|version| !E::VERSION.reads(*version)) {
        Some(version) => Err(unsupported(message, E::INFO, version)),
        None => Ok(version),
    }
}

/// Like [`read`], for an event that has a predecessor: older majors go through it and are upcast.
#[doc(hidden)]
pub fn read_or_upcast<E: Event, Older: Event>(
    message: &Message<'_>,
    upcast: fn(Older) -> Result<E, BuildError>,
) -> Result<E, DecodeError> {
    match wire_version(message, E::INFO)? {
        Some(version) if version.major() < E::VERSION.major() => upcast(Older::read_message(message)?)
            .map_err(|error| message.refuse(Category::Invalid, Some(version), error.into_first())),
        _ => read(message),
    }
}

/// The version that the message states; `None` where the schema has to judge (no version, or one of another form).
fn wire_version(message: &Message<'_>, info: &'static EventInfo) -> Result<Option<Version>, DecodeError> {
    let Some(version_at) = info.version_at else { return Ok(None) };
    let raw =
        member_at(message.text, version_at).map_err(|refusal| message.refuse(Category::Invalid, None, refusal))?;
    Ok(raw.and_then(|raw| info.version.parse_like(raw)))
}

fn unsupported(message: &Message<'_>, info: &'static EventInfo, version: Version) -> DecodeError {
    let refusal = Refusal::new("version", format!("version {} or a compatible one", info.version));
    let refusal = at_pointer(refusal, info.version_at.unwrap_or_default());
    message.refuse(Category::UnsupportedVersion, Some(version), refusal)
}

/// A refusal of the member that `pointer` leads to.
fn at_pointer(refusal: Refusal, pointer: &str) -> Refusal {
    let segments: Vec<_> = pointer::segments(pointer).collect();
    segments.into_iter().rev().fold(refusal, |refusal, segment| refusal.within(segment))
}

/// The raw text of the member that `pointer` leads to through objects; stops reading there.
fn member_at<'a>(text: &'a str, pointer: &str) -> Result<Option<&'a str>, Refusal> {
    match reader_at(text, pointer)? {
        Some(mut reader) => reader.raw().map(Some),
        None => Ok(None),
    }
}

/// A reader that stands before the member that `pointer` leads to through objects.
fn reader_at<'a>(text: &'a str, pointer: &str) -> Result<Option<Reader<'a>>, Refusal> {
    let mut reader = Reader::new(text);
    'level: for segment in pointer::segments(pointer) {
        let mut members = reader.begin_object()?;
        while let Some(name) = reader.next_member(&mut members)? {
            if *name == *segment {
                continue 'level;
            }
            reader.raw()?;
        }
        return Ok(None);
    }
    Ok(Some(reader))
}
