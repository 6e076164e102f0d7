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
    bytes: &'a [u8],
    /// Always text.
    event_type: Cow<'a, [u8]>,
    /// Where the version begins, if it was asked for and nothing was unusual.
    version: Option<usize>,
}

/// Where messages state their type and version, as JSON Pointers: a constant, so that nothing is left of looking at them.
///
/// ```
/// use event_contracts::decode::{Message, Route};
/// const ROUTE: &Route = &Route::by_type("/type").and_version("/version");
/// let message = Message::scan(br#"{"type":"order.created","version":1,"data":{}}"#, ROUTE)?;
/// assert_eq!(message.event_type(), "order.created");
/// # Ok::<(), event_contracts::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Route {
    type_at: &'static str,
    type_name: Option<seek::Name>,
    version_name: Option<seek::Name>,
}

impl Route {
    /// The type alone.
    #[must_use]
    pub const fn by_type(type_at: &'static str) -> Self {
        Self { type_at, type_name: seek::Name::of(type_at), version_name: None }
    }

    /// The version, too: found on the same way.
    #[must_use]
    pub const fn and_version(self, version_at: &'static str) -> Self {
        Self { version_name: seek::Name::of(version_at), ..self }
    }
}

impl<'a> Message<'a> {
    /// Finds the event type, and the version if the route knows of one, by quotes and brackets alone: whatever is chosen by
    /// the type reads the whole message anyway.
    ///
    /// # Errors
    /// [`DecodeError`] of category [`Category::Malformed`] if the bytes are not JSON as far as they were read, of category
    /// [`Category::UnknownType`] if there is no text where the type should be.
    pub fn scan(bytes: &'a [u8], route: &Route) -> Result<Self, DecodeError> {
        match sought(bytes, route) {
            Some((event_type, version)) => Ok(Self { bytes, event_type: Cow::Borrowed(event_type), version }),
            None => Self::scan_strictly(bytes, route.type_at),
        }
    }

    /// Finds the type and checks all that stands before it.
    #[cold]
    fn scan_strictly(bytes: &'a [u8], type_at: &'static str) -> Result<Self, DecodeError> {
        let unknown = |refusal| DecodeError::new(Category::UnknownType, None, None, refusal);
        let text = Reader::from_bytes(bytes).map_err(unknown)?.text();
        let found = reader_at(text, type_at).and_then(|reader| match reader {
            Some(mut reader) => reader.string(),
            None => Err(Refusal::new("required", format!("an event type at `{type_at}`"))),
        });
        match found {
            Ok(event_type) => Ok(Self { bytes, event_type: into_bytes(event_type), version: None }),
            Err(refusal) => Err(unknown(refusal.locate(text))),
        }
    }

    /// The event type on the wire.
    #[must_use]
    pub fn event_type(&self) -> &str {
        str::from_utf8(&self.event_type).unwrap_or_default()
    }

    /// The same as bytes: what a router compares with [`Event::TYPE_BYTES`] need not be text.
    #[inline]
    #[must_use]
    pub fn type_bytes(&self) -> &[u8] {
        &self.event_type
    }

    /// The whole message.
    ///
    /// # Errors
    /// [`DecodeError`] of category [`Category::Malformed`] if it is not UTF-8, or begins with a byte-order mark.
    pub fn text(&self) -> Result<&'a str, DecodeError> {
        match Reader::from_bytes(self.bytes) {
            Ok(reader) => Ok(reader.text()),
            Err(refusal) => Err(self.refuse(Category::Malformed, None, refusal)),
        }
    }

    /// The version that a message of the type of `E` states, where it usually stands: what a router needs beside the type.
    #[inline]
    #[must_use]
    pub fn version<E: Event>(&self) -> Option<Version> {
        let at = self.version.or_else(|| {
            let name = const { seek::Name::of_any(E::INFO.version_at) };
            let [at] = seek::members(self.bytes, [name?]);
            at
        });
        E::INFO.version.parse_like(self.bytes.get(at?..)?)
    }

    /// A refusal that has its pointer already.
    fn refuse(&self, category: Category, version: Option<Version>, refusal: Refusal) -> DecodeError {
        DecodeError::new(category, Some(self.event_type()), version, refusal)
    }
}

/// The type where it usually stands, as it is usually spelled, and the offset of the version.
#[inline]
fn sought<'a>(bytes: &'a [u8], route: &Route) -> Option<(&'a [u8], Option<usize>)> {
    let type_name = route.type_name?;
    let (found, version) = match route.version_name {
        Some(version_name) => seek::members(bytes, [type_name, version_name]).into(),
        None => (seek::members(bytes, [type_name])[0], None),
    };
    Some((seek::ascii_string(bytes, found?)?, version))
}

fn into_bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
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
    let message = Message::scan(bytes, const { &Route::by_type(E::INFO.type_at) })?;
    if message.type_bytes() == E::TYPE_BYTES {
        return Ok(message);
    }
    // What stands before the type is to be sound, too.
    let message = Message::scan_strictly(bytes, E::INFO.type_at)?;
    let refusal = at_pointer(Refusal::new("const", format!("the event type `{}`", E::TYPE)), E::INFO.type_at);
    Err(message.refuse(Category::UnknownType, None, refusal))
}

/// Reads a message as `E` if it is of its major version; otherwise the version is refused.
#[doc(hidden)]
pub fn read<E: Event>(message: &Message<'_>) -> Result<E, DecodeError> {
    let text = message.text()?;
    match read_at_once(text) {
        Some(event) => Ok(event),
        None => read_stepwise(message, text),
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
fn read_stepwise<E: Event>(message: &Message<'_>, text: &str) -> Result<E, DecodeError> {
    let version = version::readable::<E>(message, text)?;
    let refuse = |refusal: Refusal| message.refuse(Category::Invalid, version, refusal.locate(text));
    let mut reader = Reader::new(text);
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
    let text = message.text()?;
    if let Some(event) = read_at_once(text) {
        return Ok(event);
    }
    match version::stated(message, text, E::INFO)? {
        Some(version) if version.major() < E::VERSION.major() => upcast(Older::read_message(message)?)
            .map_err(|error| message.refuse(Category::Invalid, Some(version), error.into_first().locate(text))),
        _ => read_stepwise(message, text),
    }
}

/// Like [`read`], without making an event of the message; one without a schema is read all the same.
#[doc(hidden)]
pub fn judge<E: Event>(message: &Message<'_>) -> Result<(), DecodeError> {
    let Some(schema) = E::INFO.schema else { return read::<E>(message).map(drop) };
    let text = message.text()?;
    if version::is_stated_readably::<E>(message) && schema.check(text).is_ok() {
        return Ok(());
    }
    let version = version::readable::<E>(message, text)?;
    schema.check(text).map_err(|refusal| message.refuse(Category::Invalid, version, refusal))
}

/// Like [`judge`], for an event that has a predecessor.
#[doc(hidden)]
pub fn judge_or_older<E: Event, Older: Event>(message: &Message<'_>) -> Result<(), DecodeError> {
    if version::is_stated_readably::<E>(message) {
        return judge::<E>(message);
    }
    match version::stated(message, message.text()?, E::INFO)? {
        Some(version) if version.major() < E::VERSION.major() => Older::judge_message(message),
        _ => judge::<E>(message),
    }
}

/// Everything that the schema of `E` has against a message; nothing if it is no text.
#[doc(hidden)]
#[must_use]
pub fn violations<E: Event>(message: &Message<'_>) -> Vec<DecodeError> {
    let (Some(schema), Ok(text)) = (E::INFO.schema, message.text()) else { return Vec::new() };
    let version = version::stated(message, text, E::INFO).ok().flatten();
    let refuse = |refusal| message.refuse(Category::Invalid, version, refusal);
    schema.violations(text).into_iter().map(refuse).collect()
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
