//! What every event type promises: its contract as constants, its keys, its way to and from bytes.

use std::fmt;

use crate::data::Data;
use crate::decode::{self, Message};
use crate::error::{DecodeError, EncodeError};
use crate::headers::{self, Header};
use crate::idempotency::IdempotencyKey;
use crate::json::Writer;
use crate::rules::Rules;
use crate::schema::Schema;
use crate::value::Timestamp;
use crate::version::Version;

/// One kind of fact on a topic, in one major version.
///
/// Types implement it by `#[derive(Event)]`, generated and hand-written ones alike. An implementor guarantees that
/// [`Event::partition_key`] and [`Event::idempotency_key`] depend on the event's own members alone and never
/// change for a given event: both are read again when the event is published a second time.
pub trait Event: Data {
    /// What the contract says about this event.
    const INFO: &'static EventInfo;
    /// The event type as on the wire, `order.created`.
    const TYPE: &'static str = Self::INFO.event_type;
    /// The same, to be matched against [`Message::type_bytes`](crate::decode::Message::type_bytes).
    const TYPE_BYTES: &'static [u8] = Self::TYPE.as_bytes();
    /// The topic that carries it.
    const TOPIC: &'static str = Self::INFO.topic;
    /// The newest version this type was generated from.
    const VERSION: Version = Self::INFO.version;

    /// Whether reading an event settles its type and its version: `read` refuses any other type, and `version` tells what
    /// stands at the contract's place. If not, both are looked for in the text first.
    #[doc(hidden)]
    const READS_TYPE_AND_VERSION: bool = false;

    /// The version that this event states, or the contract's where the wire has none.
    fn version(&self) -> Version;

    /// What the partition is chosen by, as text: events of one key stay in order.
    fn partition_key(&self) -> String;

    /// What makes two deliveries of this event one fact.
    fn idempotency_key(&self) -> IdempotencyKey;

    /// When the event happened, where the envelope says so.
    fn time(&self) -> Option<&Timestamp> {
        None
    }

    /// The unique id of this event, where the envelope has one.
    fn id(&self) -> Option<String> {
        None
    }

    /// What links all events of one request, where the envelope has it.
    fn correlation_id(&self) -> Option<String> {
        None
    }

    /// The id of the event that caused this one, where the envelope has it.
    fn causation_id(&self) -> Option<String> {
        None
    }

    /// Reads a message whose type has matched, through older versions if need be.
    #[doc(hidden)]
    fn read_message(message: &Message<'_>) -> Result<Self, DecodeError>;

    /// Judges a message whose type has matched, by the older version's schema if need be.
    #[doc(hidden)]
    fn judge_message(message: &Message<'_>) -> Result<(), DecodeError>;

    /// Decodes a message: type first, then version, then payload.
    ///
    /// # Errors
    /// [`DecodeError`] says which of the three refused the message, where and why.
    fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        decode::event(bytes)
    }

    /// Like [`Event::decode`], for tools: tells everything that is wrong with a message, not only what comes first.
    ///
    /// # Errors
    /// Every reason, in the order of the text.
    fn decode_all(bytes: &[u8]) -> Result<Self, Vec<DecodeError>> {
        let message = decode::message::<Self>(bytes).map_err(|error| vec![error])?;
        Self::read_message(&message).map_err(|first| decode::all_or(Ok(decode::violations::<Self>(&message)), first))
    }

    /// Judges a message without making an event of it, for gateways: accepts what [`Event::decode`] accepts, upcasters
    /// apart, and allocates nothing.
    ///
    /// # Errors
    /// As of [`Event::decode`].
    fn validate(bytes: &[u8]) -> Result<(), DecodeError> {
        decode::validate::<Self>(bytes)
    }

    /// Whether the event was written under a newer minor version than this code knows: members may be
    /// present that it does not understand. They are kept.
    fn is_newer(&self) -> bool {
        self.version() > Self::VERSION
    }

    /// Encodes a live event after checking it once more, since its members are public.
    ///
    /// # Errors
    /// [`EncodeError`] if a member was changed to something the schema refuses, or if the event is only planned:
    /// nobody is promised to understand it yet, see [`Event::encode_planned`].
    fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        if Self::INFO.status == Status::Planned {
            return Err(EncodeError::planned(Self::INFO));
        }
        self.encode_planned()
    }

    /// Encodes an event whatever its status: the explicit opt-in that publishing a planned event needs.
    ///
    /// # Errors
    /// [`EncodeError`] if a member was changed to something the schema refuses.
    fn encode_planned(&self) -> Result<Vec<u8>, EncodeError> {
        self.check(&Rules::NONE).map_err(|refusal| EncodeError::invalid(Self::INFO, refusal))?;
        let mut writer = Writer::with_capacity(512);
        self.write(&mut writer, &Rules::NONE);
        Ok(writer.into_bytes())
    }

    /// Kafka headers that let a consumer route without parsing the message.
    fn headers(&self) -> Vec<Header> {
        headers::of(self)
    }
}

/// The contract of one event, as constants.
#[derive(Debug)]
#[non_exhaustive]
pub struct EventInfo {
    /// The system, a folder under `schemas/`.
    pub system: &'static str,
    /// The topic.
    pub topic: &'static str,
    /// The event type as on the wire.
    pub event_type: &'static str,
    /// The newest version this contract knows.
    pub version: Version,
    /// Whether the event is published today.
    pub status: Status,
    /// Services that publish it.
    pub producers: &'static [&'static str],
    /// Services that consume it.
    pub consumers: &'static [&'static str],
    /// JSON Pointer to the event type.
    pub type_at: &'static str,
    /// JSON Pointer to the version, if the wire has one.
    pub version_at: Option<&'static str>,
    /// The schema, for judging messages without decoding them.
    pub schema: Option<&'static Schema>,
    /// The schema with everything it refers to, as one JSON Schema document: for registries and other languages.
    pub document: Option<&'static str>,
}

impl EventInfo {
    /// The contract of an event with the usual places and nobody named; derived code fills in the rest.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(system: &'static str, topic: &'static str, event_type: &'static str, version: Version) -> Self {
        Self {
            system,
            topic,
            event_type,
            version,
            status: Status::Live,
            producers: &[],
            consumers: &[],
            type_at: "/type",
            version_at: None,
            schema: None,
            document: None,
        }
    }
}

/// Where an event stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Described, but not published yet: encoding one takes [`Event::encode_planned`].
    Planned,
    /// Published.
    Live,
    /// Still published, on its way out.
    Deprecated,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Planned => "planned",
            Self::Live => "live",
            Self::Deprecated => "deprecated",
        })
    }
}
