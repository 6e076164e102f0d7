//! The loop of a consumer group's member: read, handle, remember the offset, commit.

use std::fmt;
use std::time::Duration;

use rdkafka::ClientContext;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer as _, ConsumerContext, Rebalance, StreamConsumer};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::topic_partition_list::TopicPartitionList;
use tokio::time::Instant;
use tracing::{debug, error, info, warn};

use crate::cluster::Cluster;
use crate::error::{Chain, ConsumeError};
use crate::handler::{Failure, Handler, Outcome};
use crate::record::Record;
use crate::seldom::Seldom;
use crate::shutdown::Shutdown;
use crate::tally::{Count, Counters};

/// How long a handled record may stay uncommitted: a commit per record would bound the throughput by round trips.
const COMMIT_INTERVAL: Duration = Duration::from_millis(100);

/// How long an orderly leave may take.
const LEAVE_WITHIN: Duration = Duration::from_secs(5);

/// A member of a consumer group.
pub struct Consumer {
    client: StreamConsumer<Member>,
    group: Box<str>,
    counters: Counters,
    seldom: Seldom,
    // Below the client: fields are dropped in their order.
    cluster: Cluster,
}

impl Consumer {
    /// Subscribes to `topics` as a member of `group`, from the beginning where the group has committed nothing.
    ///
    /// # Errors
    /// [`ConsumeError`] if librdkafka refuses a property of the cluster or the name of a topic.
    pub fn new(cluster: &Cluster, group: &str, topics: &[&str], counters: Counters) -> Result<Self, ConsumeError> {
        let failed = |cause| ConsumeError::client(group, cause);
        let client: StreamConsumer<Member> = cluster
            .group_config()
            .set("group.id", group)
            .set("auto.offset.reset", "earliest")
            // Both by hand: the client would store an offset before the handler has seen the record.
            .set("enable.auto.commit", "false")
            .set("enable.auto.offset.store", "false")
            .create_with_context(Member { group: group.into(), seldom: Seldom::default() })
            .map_err(failed)?;
        client.subscribe(topics).map_err(failed)?;
        Ok(Self { client, group: group.into(), counters, seldom: Seldom::default(), cluster: cluster.clone() })
    }

    /// Hands every record to `handler`, one after the other, until `shutdown` is requested.
    ///
    /// An offset is committed only after the handler has answered. A record that is no valid event, or an event that is
    /// refused, is counted and logged, and the partition goes on. On shutdown the record in hand is finished first.
    ///
    /// # Errors
    /// [`ConsumeError`] if handling a record failed: its offset is not committed, and it is the first of its partition
    /// that the next member gets. Also if Kafka refuses the member for good.
    pub async fn run<H: Handler>(self, handler: H, shutdown: Shutdown) -> Result<(), ConsumeError> {
        info!(group = &*self.group, "consumer started");
        let result = self.consume(&handler, &shutdown).await;
        let group = self.group.clone();
        self.leave_in_time().await;
        info!(group = &*group, failed = result.is_err(), "consumer stopped");
        result
    }

    async fn consume<H: Handler>(&self, handler: &H, shutdown: &Shutdown) -> Result<(), ConsumeError> {
        let stop = shutdown.requested();
        tokio::pin!(stop);
        let mut commit_at = None;
        loop {
            let received = tokio::select! {
                // In this order: a busy topic must not keep the loop from stopping or committing.
                biased;
                () = &mut stop => return Ok(()),
                () = due(commit_at) => {
                    self.commit(CommitMode::Async);
                    commit_at = None;
                    continue;
                }
                received = self.client.recv() => received.map(|message| Record::received(&message)),
            };
            if let Some(record) = self.accept(received)? {
                let answer = handler.handle(&record).await;
                self.finish(&record, answer)?;
                commit_at = commit_at.or_else(|| Some(Instant::now() + COMMIT_INTERVAL));
            }
        }
    }

    /// Tells what ends a consumer from what librdkafka gets over by itself.
    fn accept(&self, received: KafkaResult<Record>) -> Result<Option<Record>, ConsumeError> {
        match received {
            Ok(record) => Ok(Some(record)),
            Err(cause @ KafkaError::MessageConsumptionFatal(_)) => Err(ConsumeError::client(&self.group, cause)),
            Err(cause) => {
                if self.seldom.now() {
                    warn!(group = &*self.group, brokers = self.cluster.brokers(), %cause, "waiting for the cluster");
                }
                Ok(None)
            }
        }
    }

    /// Counts and logs the answer; the record is done unless handling it failed.
    fn finish(&self, record: &Record, answer: Result<Outcome, Failure>) -> Result<(), ConsumeError> {
        let group = &*self.group;
        let position = record.position();
        let count = match answer {
            Ok(Outcome::Handled) => {
                debug!(group, %position, "handled");
                None
            }
            Ok(Outcome::Duplicate) => {
                info!(group, %position, "duplicate, handled before");
                Some(Count::Duplicate)
            }
            Ok(Outcome::Ignored) => {
                debug!(group, %position, "ignored, not ours");
                Some(Count::Ignored)
            }
            Err(Failure::Refused(reason)) => {
                warn!(group, %position, reason = %Chain(&*reason), "refused");
                Some(Count::Refused)
            }
            Err(Failure::Poison(reason)) => {
                error!(group, %position, %reason, "poison message skipped");
                Some(Count::Poison)
            }
            Err(Failure::Failed(cause)) => {
                error!(group, %position, cause = %Chain(&*cause), "handling failed, the record stays uncommitted");
                return Err(ConsumeError::handler(group, position.clone(), cause));
            }
        };
        self.counters.add(Count::Consumed);
        if let Some(count) = count {
            self.counters.add(count);
        }
        if let Err(cause) = self.client.store_offset(record.topic(), record.partition(), record.offset()) {
            // The partition went to another member meanwhile, which reads the record again.
            warn!(group, %position, %cause, "offset not stored");
        }
        Ok(())
    }

    fn commit(&self, mode: CommitMode) {
        if let Err(cause) = nothing_is_fine(self.client.commit_consumer_state(mode)) {
            warn!(group = &*self.group, %cause, "offsets not committed");
        }
    }

    /// Commits what is handled and leaves the group, so that other members take over at once.
    ///
    /// Both wait for brokers, and a cluster that is away would keep them waiting for good. So they happen on a thread of
    /// their own, which is left behind when it takes too long: what was not committed comes again.
    async fn leave_in_time(self) {
        let group = self.group.clone();
        let (done, left) = tokio::sync::oneshot::channel();
        let leave = move || {
            self.commit(CommitMode::Sync);
            drop(self);
            // Nobody may be waiting any more.
            let _ = done.send(());
        };
        if let Err(cause) = std::thread::Builder::new().name(format!("leave {group}")).spawn(leave) {
            warn!(group = &*group, %cause, "no thread to leave the group in an orderly way");
        }
        if tokio::time::timeout(LEAVE_WITHIN, left).await.is_err() {
            warn!(
                group = &*group,
                seconds = LEAVE_WITHIN.as_secs(),
                "the cluster did not let the consumer leave, gone without"
            );
        }
    }
}

impl fmt::Debug for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer").field("group", &self.group).field("cluster", &self.cluster).finish_non_exhaustive()
    }
}

async fn due(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Committing when nothing was handled since the last commit is an error to librdkafka and none to us.
fn nothing_is_fine(result: KafkaResult<()>) -> KafkaResult<()> {
    match result {
        Err(KafkaError::ConsumerCommit(RDKafkaErrorCode::NoOffset)) => Ok(()),
        result => result,
    }
}

/// What librdkafka tells a member of a group while it polls.
struct Member {
    group: Box<str>,
    seldom: Seldom,
}

impl ClientContext for Member {
    fn error(&self, error: KafkaError, reason: &str) {
        if self.seldom.now() {
            warn!(group = &*self.group, %error, reason, "the client has trouble with the cluster");
        }
    }
}

impl ConsumerContext for Member {
    fn pre_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        // Polling waits while a record is in hand, so everything read from a partition that goes is handled by now, and
        // its new owner must find it committed.
        if let Rebalance::Revoke(partitions) = rebalance {
            info!(group = &*self.group, partitions = partitions.count(), "partitions revoked");
            if let Err(cause) = nothing_is_fine(consumer.commit_consumer_state(CommitMode::Sync)) {
                warn!(group = &*self.group, %cause, "offsets not committed before partitions went");
            }
        }
    }

    fn post_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        match rebalance {
            Rebalance::Assign(partitions) => {
                info!(group = &*self.group, partitions = partitions.count(), "partitions assigned");
            }
            Rebalance::Revoke(_) => {}
            Rebalance::Error(cause) => warn!(group = &*self.group, %cause, "rebalance failed"),
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, offsets: &TopicPartitionList) {
        if let Err(cause) = nothing_is_fine(result) {
            warn!(group = &*self.group, partitions = offsets.count(), %cause, "offsets not committed");
        }
    }
}
