//! Bytes → type → version → payload.
//!
//! Refusals keep to that order. A message that is fine is read first, since reading settles type and version by the way;
//! only one that is refused is looked at step by step, to tell which step refuses it.

mod version;

use std::borrow::Cow;

use crate::error::{BuildError, Category, DecodeError};
use crate::event::{Event, EventInfo};
use crate::json::{Reader, pointer, seek};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::version::Version;

/// A message whose type is known and whose version and payload are not yet looked at.
#[derive(Debug)]
pub struct Message<'a> {
    text: &'a str,
    event_type: Cow<'a, str>,
    /// What was passed on the way to the type, if nothing was unusual.
    found: Option<seek::Found>,
}

impl<'a> Message<'a> {
    /// Finds the event type at `type_at`, reading no further than that, and what stands before it only by its brackets.
    ///
    /// # Errors
    /// [`DecodeError`] of category [`Category::Malformed`] if the bytes are not JSON as far as they were read, of category
    /// [`Category::UnknownType`] if there is no text at `type_at`.
    pub fn scan(bytes: &'a [u8], type_at: &'static str) -> Result<Self, DecodeError> {
        let unknown = |refusal| DecodeError::new(Category::UnknownType, None, None, refusal);
        let text = Reader::from_bytes(bytes).map_err(unknown)?.text();
        match Self::sought(text, type_at) {
            Some(message) => Ok(message),
            None => Self::scan_strictly(text, type_at),
        }
    }

    /// Finds the type where it usually stands, as it is usually spelled.
    #[inline]
    fn sought(text: &'a str, type_at: &'static str) -> Option<Self> {
        let found = seek::member(text, pointer::single_segment(type_at)?)?;
        let mut reader = Reader::at(text, found.value);
        if reader.peek() != Some(b'"') {
            return None;
        }
        let event_type = Cow::Borrowed(reader.plain_string().ok()?);
        Some(Self { text, event_type, found: Some(found) })
    }

    /// Finds the type and checks all that stands before it.
    #[cold]
    fn scan_strictly(text: &'a str, type_at: &'static str) -> Result<Self, DecodeError> {
        let found = reader_at(text, type_at).and_then(|reader| match reader {
            Some(mut reader) => reader.string(),
            None => Err(Refusal::new("required", format!("an event type at `{type_at}`"))),
        });
        match found {
            Ok(event_type) => Ok(Self { text, event_type, found: None }),
            Err(refusal) => Err(DecodeError::new(Category::UnknownType, None, None, refusal.locate(text))),
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

    /// The version that a message of the type of `E` states, where it usually stands: what a router needs beside the type.
    #[must_use]
    pub fn version<E: Event>(&self) -> Option<Version> {
        version::sought(self.text, self.found.as_ref(), E::INFO)
    }

    fn refuse(&self, category: Category, version: Option<Version>, refusal: Refusal) -> DecodeError {
        self.refuse_at(category, version, refusal.locate(self.text))
    }

    /// A refusal that has its pointer already.
    fn refuse_at(&self, category: Category, version: Option<Version>, refusal: Refusal) -> DecodeError {
        DecodeError::new(category, Some(&self.event_type), version, refusal)
    }
}

/// An event from the bytes of a message.
pub(crate) fn event<E: Event>(bytes: &[u8]) -> Result<E, DecodeError> {
    if let Some(event) = event_at_once(bytes) {
        return Ok(event);
    }
    message::<E>(bytes).and_then(|message| E::read_message(&message))
}

/// An event from the bytes of a message that nothing is to be said against.
#[doc(hidden)]
#[inline]
#[must_use]
pub fn event_at_once<E: Event>(bytes: &[u8]) -> Option<E> {
    let reader = Reader::from_bytes(bytes).ok()?;
    read_at_once(reader.text())
}

/// Judges the bytes of a message.
pub(crate) fn validate<E: Event>(bytes: &[u8]) -> Result<(), DecodeError> {
    if const { settles_type_and_version(E::INFO) }
        && let Some(schema) = E::INFO.schema
        && schema.check_bytes(bytes).is_ok()
    {
        return Ok(());
    }
    message::<E>(bytes).and_then(|message| E::judge_message(&message))
}

/// Whether the schema of an event refuses any other type and any other major version.
const fn settles_type_and_version(info: &EventInfo) -> bool {
    match info.schema {
        Some(schema) => schema.settles_type(info) && schema.settles_major(info),
        None => false,
    }
}

/// The message, if it is of the type of `E`.
pub(crate) fn message<E: Event>(bytes: &[u8]) -> Result<Message<'_>, DecodeError> {
    let message = Message::scan(bytes, E::INFO.type_at)?;
    if message.event_type == E::TYPE {
        return Ok(message);
    }
    // What stands before the type is to be sound, too.
    let message = Message::scan_strictly(message.text, E::INFO.type_at)?;
    let refusal = at_pointer(Refusal::new("const", format!("the event type `{}`", E::TYPE)), E::INFO.type_at);
    Err(message.refuse(Category::UnknownType, None, refusal))
}

/// Reads a message as `E` if it is of its major version; otherwise the version is refused.
#[doc(hidden)]
pub fn read<E: Event>(message: &Message<'_>) -> Result<E, DecodeError> {
    match read_at_once(message.text) {
        Some(event) => Ok(event),
        None => read_stepwise(message),
    }
}

/// The event, if nothing is to be said against the message.
#[inline]
fn read_at_once<E: Event>(text: &str) -> Option<E> {
    if !E::READS_TYPE_AND_VERSION {
        return None;
    }
    let mut reader = Reader::new(text);
    let event = E::read(&mut reader, &Rules::NONE).ok()?;
    (reader.end().is_ok() && version::is_readable(&event)).then_some(event)
}

/// `read`, the version first.
#[cold]
fn read_stepwise<E: Event>(message: &Message<'_>) -> Result<E, DecodeError> {
    let version = version::readable::<E>(message)?;
    let refuse = |refusal| message.refuse(Category::Invalid, version, refusal);
    let mut reader = Reader::new(message.text);
    let event = E::read(&mut reader, &Rules::NONE).map_err(refuse)?;
    reader.end().map_err(refuse)?;
    Ok(event)
}

/// Like [`read`], for an event that has a predecessor: older majors go through it and are upcast.
#[doc(hidden)]
pub fn read_or_upcast<E: Event, Older: Event>(
    message: &Message<'_>,
    upcast: fn(Older) -> Result<E, BuildError>,
) -> Result<E, DecodeError> {
    if let Some(event) = read_at_once(message.text) {
        return Ok(event);
    }
    match version::stated(message, E::INFO)? {
        Some(version) if version.major() < E::VERSION.major() => upcast(Older::read_message(message)?)
            .map_err(|error| message.refuse(Category::Invalid, Some(version), error.into_first())),
        _ => read_stepwise(message),
    }
}

/// Like [`read`], without making an event of the message; one without a schema is read all the same.
#[doc(hidden)]
pub fn judge<E: Event>(message: &Message<'_>) -> Result<(), DecodeError> {
    let Some(schema) = E::INFO.schema else { return read::<E>(message).map(drop) };
    if version::is_stated_readably::<E>(message.text, message.found.as_ref()) && schema.check(message.text).is_ok() {
        return Ok(());
    }
    let version = version::readable::<E>(message)?;
    schema.check(message.text).map_err(|refusal| message.refuse_at(Category::Invalid, version, refusal))
}

/// Like [`judge`], for an event that has a predecessor.
#[doc(hidden)]
pub fn judge_or_older<E: Event, Older: Event>(message: &Message<'_>) -> Result<(), DecodeError> {
    if version::is_stated_readably::<E>(message.text, message.found.as_ref()) {
        return judge::<E>(message);
    }
    match version::stated(message, E::INFO)? {
        Some(version) if version.major() < E::VERSION.major() => Older::judge_message(message),
        _ => judge::<E>(message),
    }
}

/// Everything that the schema of `E` has against a message.
#[doc(hidden)]
#[must_use]
pub fn violations<E: Event>(message: &Message<'_>) -> Vec<DecodeError> {
    let version = version::stated(message, E::INFO).ok().flatten();
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
