//! Topics and services of a system, as its contract describes them.

use std::time::Duration;

/// A topic with the settings that its contract asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// The name.
    pub name: &'static str,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How long events stay.
    pub retention: Duration,
    /// Whether the newest event of each key stays beyond that.
    pub compacted: bool,
}

/// A service with the topics that it publishes and subscribes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// The id, in kebab-case; it makes a good consumer group.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Topics with events that it publishes.
    pub publishes: &'static [&'static str],
    /// Topics with events that it consumes.
    pub subscribes: &'static [&'static str],
}
