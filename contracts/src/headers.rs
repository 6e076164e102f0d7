//! Kafka headers: what a consumer can route by without parsing the message.

use crate::event::Event;

/// A header of a Kafka record: name and UTF-8 value.
pub type Header = (&'static str, String);

/// The event type, as on the wire.
pub const EVENT_TYPE: &str = "event-type";
/// The version, as text.
pub const EVENT_VERSION: &str = "event-version";
/// Always `application/json`.
pub const CONTENT_TYPE: &str = "content-type";
/// The correlation id, where the envelope has one.
pub const CORRELATION_ID: &str = "correlation-id";
/// The id of the event that caused this one, where the envelope has it.
pub const CAUSATION_ID: &str = "causation-id";
/// The canonical idempotency key.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

pub(crate) fn of<E: Event>(event: &E) -> Vec<Header> {
    let mut headers = vec![
        (EVENT_TYPE, E::TYPE.to_owned()),
        (EVENT_VERSION, event.version().to_string()),
        (CONTENT_TYPE, "application/json".to_owned()),
        (IDEMPOTENCY_KEY, event.idempotency_key().as_str().to_owned()),
    ];
    headers.extend(event.correlation_id().map(|id| (CORRELATION_ID, id)));
    headers.extend(event.causation_id().map(|id| (CAUSATION_ID, id)));
    headers
}

/// The same event in the binary mode of CloudEvents' Kafka protocol binding 1.0.2: attributes as `ce_` headers, the
/// message itself as data. Events without an id of their own are identified by their idempotency key.
pub fn cloud_events<E: Event>(event: &E) -> Vec<Header> {
    let mut headers = vec![
        ("ce_specversion", "1.0".to_owned()),
        ("ce_id", event.id().unwrap_or_else(|| event.idempotency_key().as_str().to_owned())),
        ("ce_source", format!("/{}/{}", E::INFO.system, E::TOPIC)),
        ("ce_type", E::TYPE.to_owned()),
        (CONTENT_TYPE, "application/json".to_owned()),
    ];
    headers.extend(event.time().map(|time| ("ce_time", time.to_string())));
    headers.extend(event.correlation_id().map(|id| ("ce_correlationid", id)));
    headers
}
