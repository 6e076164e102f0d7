//! Where the topics live: a Kafka cluster by address, or a broker inside this process.

use std::fmt;
use std::sync::Arc;

use rdkafka::ClientConfig;
use rdkafka::client::DefaultClientContext;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{BaseProducer, DefaultProducerContext, Producer};

use crate::error::ClusterError;

/// A Kafka cluster that publishers and consumers connect to. Clones are the same cluster.
///
/// An embedded one lives as long as its last clone; publishers and consumers hold one each.
#[derive(Clone)]
pub struct Cluster {
    brokers: Box<str>,
    config: ClientConfig,
    group_protocol: GroupProtocol,
    embedded: Option<Arc<BaseProducer>>,
}

/// How the members of a consumer group agree on who reads which partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupProtocol {
    /// Decided by the members; every version of Kafka speaks it.
    Classic,
    /// Decided by the broker (KIP-848): faster, and without a stop of the whole group. Kafka 4.0 and later.
    Consumer,
}

impl Cluster {
    /// Starts a broker inside this process, on a loopback port that other processes can reach as well.
    ///
    /// It has no transactions, no retention and no memory beyond its own life: for demos and tests.
    ///
    /// # Errors
    /// [`ClusterError`] if librdkafka refuses to start it.
    pub fn embedded() -> Result<Self, ClusterError> {
        // The mock cluster is asked for through a client that owns it: a `MockCluster` of our own is tied to its thread.
        let owner: BaseProducer = ClientConfig::new()
            .set("test.mock.num.brokers", "1")
            .create()
            .map_err(|cause| ClusterError::new("failed to start the embedded broker", cause))?;
        let mock = owner.client().mock_cluster();
        let brokers = mock.expect("the client was configured to own a mock cluster").bootstrap_servers();
        // The mock holds a classic group back for three seconds whenever its first member joins.
        Ok(Self { embedded: Some(Arc::new(owner)), ..Self::at(&brokers) }.group_protocol(GroupProtocol::Consumer))
    }

    /// The cluster behind these bootstrap servers, `host:port` separated by commas. Nothing is connected yet.
    #[must_use]
    pub fn at(brokers: &str) -> Self {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", brokers);
        Self { brokers: brokers.into(), config, group_protocol: GroupProtocol::Classic, embedded: None }
    }

    /// Sets a property of librdkafka for every client: `security.protocol`, `client.id`, …
    ///
    /// What delivery itself depends on (`acks`, `enable.auto.commit`, …) is set after these and wins.
    #[must_use]
    pub fn property(mut self, name: &str, value: &str) -> Self {
        self.config.set(name, value);
        self
    }

    /// Chooses the protocol of consumer groups; [`GroupProtocol::Classic`] unless the cluster is embedded.
    #[must_use]
    pub fn group_protocol(mut self, protocol: GroupProtocol) -> Self {
        self.group_protocol = protocol;
        self
    }

    /// The bootstrap servers, to connect other programs to an embedded cluster too.
    #[must_use]
    pub fn brokers(&self) -> &str {
        &self.brokers
    }

    /// The broker inside this process, if it is one: tests make it fail through this.
    #[must_use]
    pub fn mock(&self) -> Option<MockCluster<'_, DefaultProducerContext>> {
        self.embedded.as_deref().and_then(|owner| owner.client().mock_cluster())
    }

    /// The configuration that every client of this cluster starts from.
    pub(crate) fn client_config(&self) -> ClientConfig {
        self.config.clone()
    }

    /// The configuration of a member of a consumer group.
    pub(crate) fn group_config(&self) -> ClientConfig {
        let mut config = self.client_config();
        match self.group_protocol {
            // Cooperative: a member that joins or leaves does not interrupt those whose partitions stay.
            GroupProtocol::Classic => config.set("partition.assignment.strategy", "cooperative-sticky"),
            GroupProtocol::Consumer => config.set("group.protocol", "consumer"),
        };
        config
    }

    pub(crate) fn admin(&self) -> Result<rdkafka::admin::AdminClient<DefaultClientContext>, ClusterError> {
        let failed =
            |cause| ClusterError::new(format!("failed to create an admin client for `{}`", self.brokers), cause);
        self.client_config().create().map_err(failed)
    }
}

impl fmt::Debug for Cluster {
    // By hand, since properties hold passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cluster")
            .field("brokers", &self.brokers)
            .field("group_protocol", &self.group_protocol)
            .field("embedded", &self.embedded.is_some())
            .finish_non_exhaustive()
    }
}
