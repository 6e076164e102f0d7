#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod cluster;
pub mod consumer;
pub mod error;
pub mod handler;
pub mod inbox;
pub mod publisher;
pub mod record;
mod seldom;
pub mod shutdown;
pub mod tally;
pub mod topic;

pub use cluster::{Cluster, GroupProtocol};
pub use consumer::Consumer;
pub use error::{ClusterError, ConsumeError, InboxError, PublishError};
pub use handler::{Failure, Handler, Outcome};
pub use inbox::{Inbox, MemoryInbox, Transaction};
pub use publisher::Publisher;
pub use rdkafka;
pub use record::{Position, Record};
pub use shutdown::Shutdown;
pub use tally::{Count, Counters, Tally};
pub use topic::TopicSpec;
