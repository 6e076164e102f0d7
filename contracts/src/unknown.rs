//! An event that the contract does not know: kept whole, so that it can be logged by type, counted or passed on.

use crate::decode::Message;
use crate::error::{Category, DecodeError};
use crate::json::Reader;
use crate::value::Json;

/// A well-formed message of a type that the topic's contract does not list.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownEvent {
    event_type: Box<str>,
    message: Json,
}

impl UnknownEvent {
    /// Keeps a message whole.
    ///
    /// # Errors
    /// [`DecodeError`] of category [`Category::Malformed`] if it is not JSON to its end.
    pub fn keep(message: &Message<'_>) -> Result<Self, DecodeError> {
        let text = message.text()?;
        let mut reader = Reader::new(text);
        let raw = reader.raw().and_then(|raw| reader.end().map(|()| raw));
        match raw.and_then(str::parse) {
            Ok(json) => Ok(Self { event_type: message.event_type().into(), message: json }),
            Err(refusal) => {
                Err(DecodeError::new(Category::Malformed, Some(message.event_type()), None, refusal.locate(text)))
            }
        }
    }

    /// The event type on the wire.
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// The whole message.
    #[must_use]
    pub fn message(&self) -> &Json {
        &self.message
    }
}
