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
        DecodeError::new(category, Some(&self.event_type), version, refusal.locate(self.text))
    }
}

/// Decodes one event of a type known beforehand.
pub(crate) fn event<E: Event>(bytes: &[u8]) -> Result<E, DecodeError> {
    let message = Message::scan(bytes, E::INFO.type_at)?;
    if message.event_type != E::TYPE {
        let refusal = at_pointer(Refusal::new("const", format!("the event type `{}`", E::TYPE)), E::INFO.type_at);
        return Err(message.refuse(Category::UnknownType, None, refusal));
    }
    E::read_message(&message)
}

/// Checks the version of a message and reads it as `E` if `E` is of its major; otherwise the version is refused.
#[doc(hidden)]
pub fn read<E: Event>(message: &Message<'_>) -> Result<E, DecodeError> {
    let version = wire_version(message, E::INFO)?;
    if let Some(version) = version.filter(|version| !E::VERSION.reads(*version)) {
        return Err(unsupported(message, E::INFO, version));
    }
    let refuse = |refusal| message.refuse(Category::Invalid, version, refusal);
    let mut reader = Reader::new(message.text);
    let event = E::read(&mut reader, &Rules::NONE).map_err(refuse)?;
    reader.end().map_err(refuse)?;
    // Until conformance tests have proven the reader exact by itself, the validator has the last word: nothing that the
    // schema refuses gets through.
    E::INFO
        .schema
        .map_or(Ok(()), |schema| schema.check(message.text))
        .map_err(|refusal| refuse(refusal).by_second_opinion())?;
    Ok(event)
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
