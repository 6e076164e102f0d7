//! A cluster, topics and groups that no other test or run uses, and handlers to fill them with.

use std::fmt::Write as _;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use event_contracts_delivery::{
    Cluster, ConsumeError, Consumer, Count, Failure, GroupProtocol, Handler, Inbox, MemoryInbox, Outcome, Publisher,
    Record, Shutdown, Tally, TopicSpec, Transaction,
};
use tokio::task::JoinHandle;

use crate::contract::ShopEvents;

/// How long a broker may take for anything: a classic group on a real cluster is slow to start.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct World {
    pub(crate) cluster: Cluster,
    pub(crate) tally: Tally,
    /// Names of this test in this run begin with it.
    pub(crate) unique: String,
}

impl World {
    pub(crate) fn new() -> Self {
        static TESTS: AtomicU32 = AtomicU32::new(0);
        let cluster = match std::env::var("KAFKA_BOOTSTRAP") {
            Ok(brokers) => match std::env::var("KAFKA_GROUP_PROTOCOL").as_deref() {
                Ok("consumer") => Cluster::at(&brokers).group_protocol(GroupProtocol::Consumer),
                _ => Cluster::at(&brokers),
            },
            Err(_) => Cluster::embedded().expect("a broker starts inside this process"),
        };
        let started = SystemTime::UNIX_EPOCH.elapsed().expect("the clock is past 1970").as_millis();
        let test = TESTS.fetch_add(1, Ordering::Relaxed);
        Self { cluster, tally: Tally::new(), unique: format!("ec-{started}-{}-{test}", process::id()) }
    }

    /// A new topic.
    pub(crate) async fn topic(&self, partitions: u32) -> String {
        let spec = TopicSpec::new(format!("{}-topic", self.unique), partitions).retention(Duration::from_hours(1));
        self.cluster.ensure_topics(&[spec]).await.expect("the topic is created");
        format!("{}-topic", self.unique)
    }

    pub(crate) fn publisher(&self) -> Publisher {
        Publisher::new(&self.cluster, self.tally.service("test", "publisher")).expect("the producer starts")
    }

    /// Runs a new member of this test's group.
    pub(crate) fn consume<H: Handler>(&self, topic: &str, handler: &Arc<H>) -> Running {
        let counters = self.tally.service("test", "consumer");
        let consumer = Consumer::new(&self.cluster, &self.unique, &[topic], counters).expect("the consumer starts");
        let shutdown = Shutdown::new();
        let task = tokio::spawn(consumer.run(Arc::clone(handler), shutdown.clone()));
        Running { shutdown, task }
    }

    pub(crate) async fn consumed(&self, count: u64) {
        until("records are consumed", || self.tally.total(Count::Consumed) >= count).await;
    }
}

pub(crate) struct Running {
    pub(crate) shutdown: Shutdown,
    task: JoinHandle<Result<(), ConsumeError>>,
}

impl Running {
    pub(crate) async fn stop(self) -> Result<(), ConsumeError> {
        self.shutdown.request();
        self.ended().await
    }

    /// Ends the member in the middle of whatever it is doing.
    pub(crate) async fn abort(self) {
        self.task.abort();
        assert!(self.task.await.expect_err("the consumer is aborted").is_cancelled());
    }

    pub(crate) async fn ended(self) -> Result<(), ConsumeError> {
        let ended = tokio::time::timeout(PATIENCE, self.task).await;
        ended.expect("the consumer ends in time").expect("the consumer does not panic")
    }
}

pub(crate) async fn until(what: &str, mut reached: impl FnMut() -> bool) {
    let wait = async {
        while !reached() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, wait).await.is_ok(), "waited in vain until {what}");
}

/// Keeps every record and answers with a function.
pub(crate) struct Witness<F> {
    answer: F,
    seen: Mutex<Vec<Record>>,
}

impl<F: Fn(&Record) -> Result<Outcome, Failure>> Witness<F> {
    pub(crate) fn new(answer: F) -> Arc<Self> {
        Arc::new(Self { answer, seen: Mutex::default() })
    }

    pub(crate) fn seen(&self) -> Vec<Record> {
        self.seen.lock().expect("no test panics with the lock").clone()
    }

    /// The payloads, which these tests keep to plain text.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.seen().iter().map(|record| String::from_utf8_lossy(record.payload()).into_owned()).collect()
    }
}

impl<F: Fn(&Record) -> Result<Outcome, Failure> + Send + Sync + 'static> Handler for Witness<F> {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        self.seen.lock().expect("no test panics with the lock").push(record.clone());
        (self.answer)(record)
    }
}

/// A service as its author writes it: decode, once per key, effect, commit.
#[derive(Default)]
pub(crate) struct Shop {
    pub(crate) group: String,
    pub(crate) inbox: MemoryInbox,
    pub(crate) effects: Mutex<String>,
}

impl Handler for Shop {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        let event = ShopEvents::decode(record.payload())?;
        let Some(key) = event.idempotency_key() else { return Ok(Outcome::Ignored) };
        let Some(transaction) = self.inbox.begin(&self.group, &key).await? else { return Ok(Outcome::Duplicate) };
        match event {
            ShopEvents::Placed(order) if order.pieces > 100 => {
                return Err(Failure::refused("more pieces than there are"));
            }
            ShopEvents::Placed(order) => {
                let mut effects = self.effects.lock().expect("no test panics with the lock");
                write!(effects, "{}={} ", order.order_id, order.pieces).expect("a String takes any text");
            }
            ShopEvents::Withdrawn(_) | ShopEvents::Unknown(_) => return Ok(Outcome::Ignored),
        }
        transaction.commit().await?;
        Ok(Outcome::Handled)
    }
}
