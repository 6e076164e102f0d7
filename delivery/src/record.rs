//! A record as a handler gets it: where it stands, and its bytes.

use std::fmt;
use std::time::{Duration, SystemTime};

use rdkafka::Message;
use rdkafka::message::{BorrowedMessage, Headers};

/// Where a record stands. Its text names the record in logs and errors: `order.events[2]@17`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The offset in the partition.
    pub offset: i64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]@{}", self.topic, self.partition, self.offset)
    }
}

/// One record of a topic, read by a consumer group.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    position: Position,
    key: Option<Vec<u8>>,
    payload: Option<Vec<u8>>,
    headers: Vec<(String, Option<Vec<u8>>)>,
    timestamp: Option<SystemTime>,
}

impl Record {
    /// A record that came by no broker: a handler can be tested with it.
    #[must_use]
    pub fn new(position: Position, key: Option<&[u8]>, payload: Option<&[u8]>) -> Self {
        let owned = |bytes: Option<&[u8]>| bytes.map(<[u8]>::to_vec);
        Self { position, key: owned(key), payload: owned(payload), headers: Vec::new(), timestamp: None }
    }

    /// The same record with one more header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: Option<&[u8]>) -> Self {
        self.headers.push((name.into(), value.map(<[u8]>::to_vec)));
        self
    }

    pub(crate) fn received(message: &BorrowedMessage<'_>) -> Self {
        let position =
            Position { topic: message.topic().to_owned(), partition: message.partition(), offset: message.offset() };
        let mut record = Self::new(position, message.key(), message.payload());
        for header in message.headers().into_iter().flat_map(Headers::iter) {
            record = record.with_header(header.key, header.value);
        }
        record.timestamp = message.timestamp().to_millis().and_then(instant);
        record
    }

    /// Where it stands.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// The topic it was read from.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.position.topic
    }

    /// The partition it was read from.
    #[must_use]
    pub fn partition(&self) -> i32 {
        self.position.partition
    }

    /// Its offset in the partition.
    #[must_use]
    pub fn offset(&self) -> i64 {
        self.position.offset
    }

    /// The key, by which the producer chose the partition.
    #[must_use]
    pub fn key(&self) -> Option<&[u8]> {
        self.key.as_deref()
    }

    /// The message; empty for a tombstone, which no decoder takes for an event.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        self.payload.as_deref().unwrap_or_default()
    }

    /// Whether it has no message at all: on a compacted topic, the deletion of its key.
    #[must_use]
    pub fn is_tombstone(&self) -> bool {
        self.payload.is_none()
    }

    /// All headers in their order; names may repeat, values may be absent.
    pub fn headers(&self) -> impl Iterator<Item = (&str, Option<&[u8]>)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_deref()))
    }

    /// The last header of this name, as text. Routing by [`event_contracts::headers::EVENT_TYPE`] needs no decoder.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().rev().find(|(header, _)| header == name)?;
        std::str::from_utf8(value.as_deref()?).ok()
    }

    /// When it was written, by the producer's or the broker's clock as the topic is configured.
    #[must_use]
    pub fn timestamp(&self) -> Option<SystemTime> {
        self.timestamp
    }
}

impl fmt::Debug for Record {
    // By hand, since keys, payloads and headers hold personal data and records end up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("position", &format_args!("{}", self.position))
            .field("payload_bytes", &self.payload.as_ref().map(Vec::len))
            .field("headers", &self.headers.len())
            .finish_non_exhaustive()
    }
}

fn instant(milliseconds: i64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(u64::try_from(milliseconds).ok()?))
}
