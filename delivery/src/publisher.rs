//! Publishing events: encoded by their contract, keyed by it, and acknowledged by the broker.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use event_contracts::{EncodeError, Event};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord, Producer};
use rdkafka::util::Timeout;
use tracing::{debug, warn};

use crate::cluster::Cluster;
use crate::error::{ClusterError, PublishError};
use crate::record::Position;
use crate::seldom::Trouble;
use crate::tally::{Count, Counters};

/// What we choose where the cluster's properties do not.
const DEFAULTS: [(&str, &str); 3] = [
    // How long librdkafka retries before it gives a record up. Its own default, five minutes, outlives most callers.
    ("message.timeout.ms", "30000"),
    // Callers wait for each acknowledgement: waiting for company first would only add to that. Records published at the
    // same time still share requests.
    ("linger.ms", "0"),
    // The hash of the Java client, so that one key means one partition whoever publishes.
    ("partitioner", "murmur2_random"),
];
/// How long a full queue of the client may hold a publisher back.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the last clone waits for records that somebody else gave up waiting for.
const DROP_TIMEOUT: Duration = Duration::from_millis(500);

/// Publishes events, each written once per call and acknowledged by all in-sync replicas. Clones are the same producer.
#[derive(Clone)]
pub struct Publisher {
    client: Arc<Client>,
    counters: Counters,
}

/// A producer and what it must not outlive.
struct Client {
    producer: FutureProducer<Trouble>,
    // Below the producer: fields are dropped in their order.
    cluster: Cluster,
}

/// A record on its way out. An outbox keeps these until they are published.
struct Outgoing<'a> {
    topic: &'a str,
    key: &'a str,
    payload: &'a [u8],
    headers: Vec<event_contracts::headers::Header>,
}

impl Publisher {
    /// A publisher that counts into `counters`.
    ///
    /// # Errors
    /// [`ClusterError`] if librdkafka refuses a property of the cluster.
    pub fn new(cluster: &Cluster, counters: Counters) -> Result<Self, ClusterError> {
        let mut config = cluster.client_config();
        for (name, value) in DEFAULTS {
            if config.get(name).is_none() {
                config.set(name, value);
            }
        }
        let producer = config
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .create_with_context(Trouble::default())
            .map_err(|cause| {
                ClusterError::new(format!("failed to create a producer for `{}`", cluster.brokers()), cause)
            })?;
        Ok(Self { client: Arc::new(Client { producer, cluster: cluster.clone() }), counters })
    }

    /// Publishes a live event and waits until the brokers have it.
    ///
    /// # Errors
    /// [`PublishError`] if the event is invalid or only planned, or if no broker acknowledged it in time.
    pub async fn publish<E: Event>(&self, event: &E) -> Result<Position, PublishError> {
        self.send_event(event, event.encode()).await
    }

    /// Publishes an event whatever its status: the explicit opt-in that a planned event needs.
    ///
    /// # Errors
    /// [`PublishError`] if the event is invalid, or if no broker acknowledged it in time.
    pub async fn publish_planned<E: Event>(&self, event: &E) -> Result<Position, PublishError> {
        self.send_event(event, event.encode_planned()).await
    }

    /// Publishes bytes that no contract vouches for and no header describes: what other programs, and tests, write.
    ///
    /// # Errors
    /// [`PublishError`] if no broker acknowledged the record in time.
    pub async fn publish_raw(&self, topic: &str, key: &str, payload: &[u8]) -> Result<Position, PublishError> {
        self.send(Outgoing { topic, key, payload, headers: Vec::new() }).await
    }

    /// Waits until everything handed over so far is acknowledged or given up, for at most `within`.
    ///
    /// Only records whose publisher did not wait for them (its future was dropped) can still be under way.
    ///
    /// # Errors
    /// [`ClusterError`] if some are still under way after that time.
    pub async fn flush(&self, within: Duration) -> Result<(), ClusterError> {
        let client = Arc::clone(&self.client);
        let flushed = tokio::task::spawn_blocking(move || {
            let failed = |cause| {
                ClusterError::new(format!("records are still under way to `{}`", client.cluster.brokers()), cause)
            };
            client.producer.flush(within).map_err(failed)
        });
        flushed.await.expect("flushing does not panic and is not aborted")
    }

    async fn send_event<E: Event>(
        &self,
        event: &E,
        encoded: Result<Vec<u8>, EncodeError>,
    ) -> Result<Position, PublishError> {
        let payload = encoded.map_err(|cause| PublishError::encode(E::TOPIC, cause))?;
        let outgoing =
            Outgoing { topic: E::TOPIC, key: &event.partition_key(), payload: &payload, headers: event.headers() };
        self.send(outgoing).await
    }

    async fn send(&self, outgoing: Outgoing<'_>) -> Result<Position, PublishError> {
        let Outgoing { topic, key, payload, headers } = outgoing;
        let headers = headers.iter().fold(OwnedHeaders::new_with_capacity(headers.len()), |sum, (name, value)| {
            sum.insert(Header { key: name, value: Some(value) })
        });
        let record = FutureRecord::to(topic).key(key).payload(payload).headers(headers);
        match self.client.producer.send(record, Timeout::After(QUEUE_TIMEOUT)).await {
            Ok(delivery) => {
                let position =
                    Position { topic: topic.to_owned(), partition: delivery.partition, offset: delivery.offset };
                self.counters.add(Count::Published);
                debug!(%position, "published");
                Ok(position)
            }
            // The error comes with the record, which is dropped here: it holds payload values.
            Err((cause, _)) => Err(PublishError::delivery(topic, cause)),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Nothing to wait for is the usual case: whoever publishes waits for the acknowledgement.
        if self.producer.in_flight_count() > 0 && self.producer.flush(DROP_TIMEOUT).is_err() {
            warn!(brokers = self.cluster.brokers(), "records that nobody waited for are dropped unacknowledged");
        }
    }
}

impl fmt::Debug for Publisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publisher").field("cluster", &self.client.cluster).finish_non_exhaustive()
    }
}
