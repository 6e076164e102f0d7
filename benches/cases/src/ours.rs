//! What we do with an event, type by type behind function pointers.

use std::hint::black_box;

use event_contracts::decode::{Message, Route};
use event_contracts::json::Reader;
use event_contracts::rules::Rules;
use event_contracts::{DecodeError, Event};

use crate::keep;

/// Our operations; each tells whether it succeeded.
pub struct Ours {
    /// Bytes to a typed, checked event.
    pub decode: fn(&[u8]) -> bool,
    /// The reader alone: no dispatch, no version, no validator behind it.
    pub read: fn(&[u8]) -> bool,
    /// Whether the schema accepts the bytes; nothing is kept.
    pub validate: fn(&[u8]) -> bool,
    /// Bytes to the enum of the event's topic.
    pub topic: fn(&[u8]) -> bool,
    /// Finds the type and the version of a message, and nothing else.
    pub route: fn(&[u8]) -> bool,
    /// A function that encodes the event that these bytes hold, and checks it once more.
    pub encoder: fn(&[u8]) -> Box<dyn Fn() -> bool>,
    /// Likewise by our own check and writer alone.
    pub writer: fn(&[u8]) -> Box<dyn Fn() -> bool>,
}

impl Ours {
    /// The operations of an event type; `topic` decodes the enum of its topic.
    pub(crate) const fn of<E: Event + 'static>(topic: fn(&[u8]) -> bool) -> Self {
        Self {
            decode: |bytes| keep(E::decode(bytes)),
            read: |bytes| keep(read::<E>(bytes)),
            validate: |bytes| keep(validate::<E>(bytes)),
            topic,
            route: |bytes| route::<E>(bytes),
            encoder: |bytes| {
                let event = E::decode(bytes).expect("examples are valid");
                Box::new(move || keep(black_box(&event).encode_planned()))
            },
            writer: |bytes| {
                let event = E::decode(bytes).expect("examples are valid");
                Box::new(move || written(black_box(&event)))
            },
        }
    }
}

/// The gateway's call.
fn validate<E: Event>(bytes: &[u8]) -> Result<(), DecodeError> {
    E::validate(bytes)
}

fn read<E: Event>(bytes: &[u8]) -> Result<E, event_contracts::Refusal> {
    let mut reader = Reader::from_bytes(bytes)?;
    let event = E::read(&mut reader, &Rules::NONE)?;
    reader.end()?;
    Ok(event)
}

fn written<E: Event>(event: &E) -> bool {
    let checked = event.check(&Rules::NONE).is_ok();
    let mut writer = event_contracts::json::Writer::with_capacity(512);
    event.write(&mut writer, &Rules::NONE);
    checked && !black_box(writer.into_bytes()).is_empty()
}

/// What a router does before it knows whether anybody wants the message.
fn route<E: Event>(bytes: &[u8]) -> bool {
    let Ok(message) = Message::scan(bytes, const { &route_of(E::INFO) }) else { return false };
    black_box(message.type_bytes());
    E::INFO.version_at.is_none() || black_box(message.version::<E>()).is_some()
}

const fn route_of(info: &event_contracts::EventInfo) -> Route {
    let by_type = Route::by_type(info.type_at);
    match info.version_at {
        Some(version_at) => by_type.and_version(version_at),
        None => by_type,
    }
}
