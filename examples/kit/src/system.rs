//! A system as a program starts it: topics, services, and the scenario that puts them to work.

use std::future::Future;
use std::pin::Pin;

use crate::context::{Context, Task};

/// Whatever ends a scenario or keeps a service from starting.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A future behind a plain function pointer.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One reference system.
#[derive(Debug, Clone)]
pub struct System {
    /// Its name, `commerce`: the folder of its schemas.
    pub name: &'static str,
    /// One line about it.
    pub title: &'static str,
    /// Its topics, as the contract describes them.
    pub topics: &'static [event_contracts::Topic],
    /// Its services. Each runs as a consumer group of its own.
    pub services: Vec<Service>,
    /// What a user does with the system, step by step: `|context| Box::pin(scenario::play(context))`.
    ///
    /// It runs after all services were started. Each [`Story::chapter`](crate::Story::chapter) is one workflow, which
    /// is completed if all of its expectations hold.
    pub scenario: fn(Context) -> BoxFuture<'static, Result<(), Error>>,
}

/// One service of a system.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// The contract: name, topics that it publishes to and subscribes to.
    pub contract: &'static event_contracts::Service,
    /// Starts it; the context is bound to the service. Usually `share` the service, then `consume` with it.
    pub start: fn(&Context) -> Result<Vec<Task>, Error>,
}

/// An error with its causes on one line.
#[must_use]
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut text = said.clone();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_says = cause.to_string();
        // Errors of rdkafka say their cause themselves and have it as a source too.
        if !said.contains(&cause_says) {
            text.push_str(": ");
            text.push_str(&cause_says);
        }
        said = cause_says;
        next = cause.source();
    }
    text
}
