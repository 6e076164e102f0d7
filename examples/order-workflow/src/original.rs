//! What a message says about itself, as far as it can be read: failures carry it on.

use event_contracts::json::{Reader, Writer};
use event_contracts::rules::Rules;
use event_contracts::{Category, Data, DecodeError, Json, headers};
use event_contracts_delivery::{Failure, Record};
use example_contracts::order_workflow::{CorrelationId, OrderFailurePayload, OrderId};

/// What stands for an id that cannot be read.
const UNKNOWN: &str = "unknown";
/// How much of a text that is no JSON is carried on: the failure must fit into a message itself.
const MOST: usize = 10_000;

/// A message that could not be processed.
#[derive(Debug, Clone)]
pub struct Original {
    /// Its order; the record's key stands in, or `unknown`.
    pub order_id: OrderId,
    /// Its correlation; the record's header stands in, or `unknown`.
    pub correlation_id: CorrelationId,
    payload: Option<Json>,
}

/// The envelope without any of its promises.
#[derive(Debug, Data)]
struct Readable {
    #[data(name = "orderId")]
    order_id: Option<Json>,
    #[data(name = "correlationId")]
    correlation_id: Option<Json>,
    payload: Option<Json>,
}

impl Original {
    /// Reads what can be read.
    ///
    /// # Errors
    /// None that a message could cause.
    pub fn of(record: &Record) -> Result<Self, Failure> {
        let readable = Reader::from_bytes(record.payload()).and_then(|mut reader| {
            Readable::read(&mut reader, &Rules::NONE).and_then(|read| reader.end().map(|()| read))
        });
        let (order_id, correlation_id, payload) = match readable {
            Ok(read) => (read.order_id, read.correlation_id, read.payload.map(carried)),
            Err(_) => (None, None, Some(text(&String::from_utf8_lossy(record.payload())))),
        };
        let key = record.key().and_then(|key| std::str::from_utf8(key).ok()).and_then(|key| OrderId::new(key).ok());
        let header = record.header(headers::CORRELATION_ID).and_then(|header| CorrelationId::new(header).ok());
        Ok(Self {
            order_id: first(order_id, key).map_or_else(|| OrderId::new(UNKNOWN), Ok).map_err(Failure::failed)?,
            correlation_id: first(correlation_id, header)
                .map_or_else(|| CorrelationId::new(UNKNOWN), Ok)
                .map_err(Failure::failed)?,
            payload,
        })
    }

    /// The payload of a failure event: why, and what the step was given.
    ///
    /// # Errors
    /// `reason` has no code in front, `OUT_OF_STOCK: …`.
    pub fn failed(&self, reason: &str) -> Result<OrderFailurePayload, Failure> {
        let mut payload = OrderFailurePayload::builder().failure_reason(reason);
        if let Some(original) = &self.payload {
            payload = payload.original_payload(original.clone());
        }
        payload.build().map_err(Failure::failed)
    }
}

/// The reason for a message that is no valid event. `code` stands for one that breaks its schema.
#[must_use]
pub fn reason(code: &str, error: &DecodeError) -> String {
    let code = if error.category() == Category::Invalid { code } else { "MALFORMED_EVENT" };
    let at = if error.pointer().is_empty() { String::new() } else { format!(" at {}", error.pointer()) };
    format!("{code}: expected {}{at}", error.expectation())
}

/// An id out of the message if it is a valid one, or what stands in.
fn first<T: Data>(read: Option<Json>, otherwise: Option<T>) -> Option<T> {
    read.and_then(|json| T::read(&mut Reader::new(json.as_str()), &Rules::NONE).ok()).or(otherwise)
}

/// An original payload is an object, a text or nothing; anything else is carried as its text.
fn carried(payload: Json) -> Json {
    if matches!(payload.as_str().as_bytes().first(), Some(b'{' | b'"' | b'n')) {
        payload
    } else {
        text(payload.as_str())
    }
}

fn text(plain: &str) -> Json {
    let plain: String = plain.chars().take(MOST).collect();
    let mut writer = Writer::new();
    writer.string(&plain);
    writer.into_string().parse().unwrap_or_else(|_| Json::null())
}
