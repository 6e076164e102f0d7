//! What can go wrong between a service and its cluster. Causes stand in `source()`; payload values stand nowhere.

use std::error::Error;
use std::fmt;

use event_contracts::{EncodeError, IdempotencyKey};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::record::Position;

/// An error with its causes on one line, for a log.
pub(crate) struct Chain<'a>(pub(crate) &'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.0.to_string();
        f.write_str(&said)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            let text = cause.to_string();
            // Errors of rdkafka say their cause themselves and have it as a source too.
            if !said.contains(&text) {
                write!(f, ": {text}")?;
            }
            said = text;
            next = cause.source();
        }
        Ok(())
    }
}

/// Why a cluster is not ready to be used.
#[derive(Debug)]
pub struct ClusterError {
    what: Box<str>,
    cause: KafkaError,
}

impl ClusterError {
    pub(crate) fn new(what: impl Into<Box<str>>, cause: KafkaError) -> Self {
        Self { what: what.into(), cause }
    }
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for ClusterError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

/// Why an event was not published, or not known to be.
#[derive(Debug)]
pub struct PublishError {
    topic: Box<str>,
    kind: PublishErrorKind,
}

#[derive(Debug)]
enum PublishErrorKind {
    Encode(EncodeError),
    Delivery(KafkaError),
}

impl PublishError {
    pub(crate) fn encode(topic: &str, cause: EncodeError) -> Self {
        Self { topic: topic.into(), kind: PublishErrorKind::Encode(cause) }
    }

    pub(crate) fn delivery(topic: &str, cause: KafkaError) -> Self {
        Self { topic: topic.into(), kind: PublishErrorKind::Delivery(cause) }
    }

    /// The topic it was meant for.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Whether the event itself is at fault: invalid, or planned and not published on purpose. No retry helps.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self.kind, PublishErrorKind::Encode(_))
    }

    /// Whether the same event may well be published later: brokers are away, the queue is full, it took too long.
    ///
    /// After a time-out the event may have been written nonetheless; consumers recognise the second one by its key.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        use RDKafkaErrorCode as Code;
        let PublishErrorKind::Delivery(cause) = &self.kind else { return false };
        let permanent = [
            Code::Fatal,
            Code::MessageSizeTooLarge,
            Code::InvalidTopic,
            Code::UnknownTopic,
            Code::UnknownTopicOrPartition,
            Code::TopicAuthorizationFailed,
            Code::ClusterAuthorizationFailed,
            Code::InvalidRecord,
        ];
        cause.rdkafka_error_code().is_some_and(|code| !permanent.contains(&code))
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PublishErrorKind::Encode(_) => write!(f, "failed to encode an event for topic `{}`", self.topic),
            PublishErrorKind::Delivery(_) => write!(f, "no broker acknowledged a record for topic `{}`", self.topic),
        }
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            PublishErrorKind::Encode(cause) => Some(cause),
            PublishErrorKind::Delivery(cause) => Some(cause),
        }
    }
}

/// Why a consumer stopped without having been asked to.
#[derive(Debug)]
pub struct ConsumeError {
    group: Box<str>,
    kind: ConsumeErrorKind,
}

#[derive(Debug)]
enum ConsumeErrorKind {
    Client(KafkaError),
    Handler { position: Position, cause: Box<dyn Error + Send + Sync> },
}

impl ConsumeError {
    pub(crate) fn client(group: &str, cause: KafkaError) -> Self {
        Self { group: group.into(), kind: ConsumeErrorKind::Client(cause) }
    }

    pub(crate) fn handler(group: &str, position: Position, cause: Box<dyn Error + Send + Sync>) -> Self {
        Self { group: group.into(), kind: ConsumeErrorKind::Handler { position, cause } }
    }

    /// The consumer group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// The record that was not handled and will come again; none if Kafka itself refused the consumer.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        match &self.kind {
            ConsumeErrorKind::Client(_) => None,
            ConsumeErrorKind::Handler { position, .. } => Some(position),
        }
    }
}

impl fmt::Display for ConsumeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ConsumeErrorKind::Client(_) => write!(f, "consumer group `{}` cannot consume", self.group),
            ConsumeErrorKind::Handler { position, .. } => {
                write!(f, "consumer group `{}` failed to handle record {position}", self.group)
            }
        }
    }
}

impl Error for ConsumeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            ConsumeErrorKind::Client(cause) => Some(cause),
            ConsumeErrorKind::Handler { cause, .. } => Some(&**cause),
        }
    }
}

/// Why an inbox could not say whether an event was handled, or could not remember that it was.
#[derive(Debug)]
pub struct InboxError {
    group: Box<str>,
    key: IdempotencyKey,
    cause: Box<dyn Error + Send + Sync>,
}

impl InboxError {
    /// The store behind the inbox failed on this key of this consumer group.
    #[must_use]
    pub fn new(group: &str, key: &IdempotencyKey, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { group: group.into(), key: key.clone(), cause: cause.into() }
    }

    /// The key that it was asked for.
    #[must_use]
    pub fn key(&self) -> &IdempotencyKey {
        &self.key
    }
}

impl fmt::Display for InboxError {
    // Without the key, which is made of payload values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the inbox of consumer group `{}` is not available", self.group)
    }
}

impl Error for InboxError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}
