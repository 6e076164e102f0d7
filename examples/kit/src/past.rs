//! Leaves aside what earlier runs, or other programs, left on the topics of a cluster.

use std::time::Duration;

use event_contracts_delivery::rdkafka::ClientConfig;
use event_contracts_delivery::rdkafka::consumer::{BaseConsumer, CommitMode, Consumer as _};
use event_contracts_delivery::rdkafka::error::KafkaError;
use event_contracts_delivery::rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use crate::context::Context;
use crate::system::Error;

/// How long the cluster may take to answer one question.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Lets these groups begin where their topics end now: services that keep their state in memory know nothing of before.
///
/// # Errors
/// The cluster does not answer.
pub(crate) async fn skip(context: &Context, groups: Vec<(String, &'static [&'static str])>) -> Result<(), Error> {
    if context.cluster.mock().is_some() {
        // Its past is as short as its life.
        return Ok(());
    }
    let brokers = context.cluster.brokers().to_owned();
    let skipped = tokio::task::spawn_blocking(move || {
        groups.iter().try_for_each(|(group, topics)| to_end(&brokers, group, topics))
    });
    Ok(skipped.await??)
}

fn to_end(brokers: &str, group: &str, topics: &[&str]) -> Result<(), KafkaError> {
    let consumer: BaseConsumer =
        ClientConfig::new().set("bootstrap.servers", brokers).set("group.id", group).create()?;
    let mut ends = TopicPartitionList::new();
    for topic in topics {
        let metadata = consumer.fetch_metadata(Some(topic), TIMEOUT)?;
        for partition in metadata.topics().iter().flat_map(|topic| topic.partitions()) {
            let (_, end) = consumer.fetch_watermarks(topic, partition.id(), TIMEOUT)?;
            if end > 0 {
                ends.add_partition_offset(topic, partition.id(), Offset::Offset(end))?;
            }
        }
    }
    if ends.count() == 0 {
        return Ok(());
    }
    if let Err(cause) = consumer.commit(&ends, CommitMode::Sync) {
        // The group has a member elsewhere, which reads on from where it is.
        tracing::warn!(group, %cause, "what is left on the topics is read");
    }
    Ok(())
}
