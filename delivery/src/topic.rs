//! Topics as the contract wants them, created where they are missing.

use std::time::Duration;

use event_contracts::Topic;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use tokio::time::Instant;
use tracing::{info, warn};

use crate::cluster::Cluster;
use crate::error::ClusterError;

/// How long the cluster may take to describe itself or to create topics.
const ADMIN_TIMEOUT: Duration = Duration::from_secs(15);
/// How often brokers are asked whether they know a new topic by now.
const ANNOUNCED_POLL: Duration = Duration::from_millis(50);

/// A topic as the contract describes it.
///
/// ```
/// use std::time::Duration;
/// use event_contracts_delivery::TopicSpec;
/// let topic = TopicSpec::new("order.events", 6).replication(3).retention(Duration::from_hours(7 * 24));
/// assert_eq!(topic.partitions, 6);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicSpec {
    /// Its name.
    pub name: String,
    /// Into how many partitions it is split: what bounds the number of parallel consumers of a group.
    pub partitions: u32,
    /// On how many brokers each partition is kept.
    pub replication: u32,
    /// How long records are kept; the cluster's default if `None`.
    pub retention: Option<Duration>,
    /// Whether the newest record of each key stays for good.
    pub compacted: bool,
}

/// What the contract asks for.
impl From<&Topic> for TopicSpec {
    fn from(topic: &Topic) -> Self {
        let spec =
            Self::new(topic.name, topic.partitions).replication(topic.replication.into()).retention(topic.retention);
        Self { compacted: topic.compacted, ..spec }
    }
}

impl TopicSpec {
    /// A topic on one broker, with the cluster's default retention.
    #[must_use]
    pub fn new(name: impl Into<String>, partitions: u32) -> Self {
        Self { name: name.into(), partitions, replication: 1, retention: None, compacted: false }
    }

    /// On how many brokers each partition is kept.
    #[must_use]
    pub fn replication(mut self, replication: u32) -> Self {
        self.replication = replication;
        self
    }

    /// How long records are kept.
    #[must_use]
    pub fn retention(mut self, retention: Duration) -> Self {
        self.retention = Some(retention);
        self
    }
}

impl Cluster {
    /// Creates the topics that are missing and leaves existing ones alone, with a notice if their partitions differ.
    ///
    /// A replication factor above the number of brokers is lowered to it, with a notice.
    ///
    /// # Errors
    /// [`ClusterError`] names the topic that was not created and says why, or that the cluster was not reached.
    pub async fn ensure_topics(&self, topics: &[TopicSpec]) -> Result<(), ClusterError> {
        if let Some(mock) = self.mock() {
            return topics.iter().try_for_each(|topic| create_embedded(&mock, topic));
        }
        self.create_missing(topics).await
    }

    async fn create_missing(&self, topics: &[TopicSpec]) -> Result<(), ClusterError> {
        let (admin, existing) = self.describe().await?;
        let mut created = Vec::new();
        for topic in topics {
            if let Some((_, partitions)) = existing.topics.iter().find(|(name, _)| *name == topic.name) {
                if usize::try_from(topic.partitions) != Ok(*partitions) {
                    warn!(
                        topic = topic.name,
                        wanted = topic.partitions,
                        partitions,
                        "existing topic has another number of partitions"
                    );
                }
                continue;
            }
            create(&admin, topic, existing.brokers).await?;
            created.push(topic);
        }
        self.announced(&created).await
    }

    /// Waits until brokers know the topics that their controller has just created: a consumer that subscribes before
    /// would not find them and not look again for minutes.
    async fn announced(&self, created: &[&TopicSpec]) -> Result<(), ClusterError> {
        let deadline = Instant::now() + ADMIN_TIMEOUT;
        let mut missing = created.to_vec();
        while let Some(first) = missing.first() {
            if Instant::now() > deadline {
                let what = format!("no broker knows topic `{}`, which was created", first.name);
                return Err(ClusterError::new(what, KafkaError::AdminOp(RDKafkaErrorCode::OperationTimedOut)));
            }
            let (_, existing) = self.describe().await?;
            missing.retain(|topic| {
                !existing.topics.iter().any(|(name, partitions)| *name == topic.name && *partitions > 0)
            });
            tokio::time::sleep(ANNOUNCED_POLL).await;
        }
        Ok(())
    }

    async fn describe(&self) -> Result<(AdminClient<DefaultClientContext>, Existing), ClusterError> {
        let admin = self.admin()?;
        let brokers = self.brokers().to_owned();
        let described = tokio::task::spawn_blocking(move || {
            let metadata = admin
                .inner()
                .fetch_metadata(None, ADMIN_TIMEOUT)
                .map_err(|cause| ClusterError::new(format!("failed to reach a broker at `{brokers}`"), cause))?;
            let topics =
                metadata.topics().iter().map(|topic| (topic.name().to_owned(), topic.partitions().len())).collect();
            let brokers = u32::try_from(metadata.brokers().len()).unwrap_or(u32::MAX).max(1);
            Ok((admin, Existing { brokers, topics }))
        });
        described.await.expect("describing a cluster does not panic and is not aborted")
    }
}

/// What a cluster has before we add to it.
struct Existing {
    brokers: u32,
    topics: Vec<(String, usize)>,
}

async fn create(
    admin: &AdminClient<DefaultClientContext>,
    topic: &TopicSpec,
    brokers: u32,
) -> Result<(), ClusterError> {
    let failed = |cause| ClusterError::new(format!("failed to create topic `{}`", topic.name), cause);
    let replication = capped(topic, brokers);
    let retention = topic.retention.map(|retention| retention.as_millis().to_string());
    let mut new = NewTopic::new(&topic.name, whole(topic.partitions), TopicReplication::Fixed(whole(replication)));
    if let Some(retention) = &retention {
        new = new.set("retention.ms", retention);
    }
    if topic.compacted {
        new = new.set("cleanup.policy", "compact");
    }
    let options = AdminOptions::new().request_timeout(Some(ADMIN_TIMEOUT)).operation_timeout(Some(ADMIN_TIMEOUT));
    for result in admin.create_topics([&new], &options).await.map_err(failed)? {
        match result {
            Ok(_) => info!(topic = topic.name, partitions = topic.partitions, replication, "topic created"),
            // Another service was faster.
            Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((_, code)) => return Err(failed(KafkaError::AdminOp(code))),
        }
    }
    Ok(())
}

fn create_embedded(mock: &MockCluster<'_, DefaultProducerContext>, topic: &TopicSpec) -> Result<(), ClusterError> {
    match mock.create_topic(&topic.name, whole(topic.partitions), whole(capped(topic, 1))) {
        Ok(()) | Err(KafkaError::MockCluster(RDKafkaErrorCode::TopicAlreadyExists)) => Ok(()),
        Err(cause) => {
            Err(ClusterError::new(format!("failed to create topic `{}` on the embedded broker", topic.name), cause))
        }
    }
}

fn capped(topic: &TopicSpec, brokers: u32) -> u32 {
    if topic.replication > brokers {
        info!(
            topic = topic.name,
            wanted = topic.replication,
            brokers,
            "replication is lowered to the number of brokers"
        );
    }
    topic.replication.min(brokers)
}

fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
