//! What a service gets to run with.

use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use event_contracts::Service;
use event_contracts_delivery::{
    Cluster, ClusterError, ConsumeError, Consumer, Count, Counters, Failure, Handler, Publisher, Shutdown, Tally,
};
use tokio::task::JoinHandle;

use crate::once::Once;
use crate::story::Story;
use crate::system::Error;

/// A running consumer.
pub type Task = JoinHandle<Result<(), ConsumeError>>;

/// What a service, or the scenario of a system, gets to run with. Clones are cheap and the same context.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where the topics are.
    pub cluster: Cluster,
    /// The counters of all services.
    pub tally: Tally,
    /// Tells the user what happens.
    pub story: Story,
    /// One for all.
    pub shutdown: Shutdown,
    /// The system, `commerce`.
    pub system: &'static str,
    /// The service that this context is bound to; `user` in a scenario.
    pub service: &'static str,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    publishers: HashMap<&'static str, Publisher>,
    services: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Context {
    /// The context of a system's scenario.
    #[must_use]
    pub fn new(system: &'static str, cluster: Cluster, story: Story) -> Self {
        Self {
            cluster,
            tally: Tally::new(),
            story,
            shutdown: Shutdown::new(),
            system,
            service: "user",
            shared: Arc::default(),
        }
    }

    /// The same context, bound to another service.
    #[must_use]
    pub fn of(&self, service: &'static str) -> Self {
        Self { service, ..self.clone() }
    }

    /// The publisher of this service, the same one each time; it counts for the service.
    ///
    /// # Errors
    /// [`ClusterError`] if the producer cannot be created.
    pub fn publisher(&self) -> Result<Publisher, ClusterError> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(publisher) = shared.publishers.get(self.service) {
            return Ok(publisher.clone());
        }
        let publisher = Publisher::new(&self.cluster, self.counters())?;
        shared.publishers.insert(self.service, publisher.clone());
        Ok(publisher)
    }

    /// The counters of this service.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.tally.service(self.system, self.service)
    }

    /// The consumer group of this service. It names the system too, as several have a `payment`.
    #[must_use]
    pub fn group(&self) -> String {
        format!("{}.{}", self.system, self.service)
    }

    /// An empty memory of what this service has handled.
    #[must_use]
    pub fn once(&self) -> Once {
        Once::new(self.clone())
    }

    /// Runs `handler` on every topic that the contract subscribes the service to.
    ///
    /// # Errors
    /// Whatever keeps the consumer from being created.
    pub fn consume<H: Handler>(&self, contract: &Service, handler: Arc<H>) -> Result<Task, Error> {
        let mut cluster = self.cluster.clone();
        if cluster.mock().is_some() {
            // An embedded broker answers a consumer that waits for records only when this time is over.
            cluster = cluster.property("fetch.wait.max.ms", "10");
        }
        let consumer = Consumer::new(&cluster, &self.group(), contract.subscribes, self.counters())?;
        Ok(tokio::spawn(consumer.run(handler, self.shutdown.clone())))
    }

    /// Lets the scenario, or another service, call this one: [`Context::service`] finds it by its type.
    pub fn share<S: Any + Send + Sync>(&self, service: &Arc<S>) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.services.insert(TypeId::of::<S>(), Arc::clone(service) as Arc<dyn Any + Send + Sync>);
    }

    /// The service of this type: its API as far as it has one inside the process.
    ///
    /// # Panics
    /// If no such service was shared, since a scenario starts all of them.
    #[must_use]
    pub fn service<S: Any + Send + Sync>(&self) -> Arc<S> {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let found = shared.services.get(&TypeId::of::<S>()).cloned();
        found
            .and_then(|service| service.downcast().ok())
            .unwrap_or_else(|| panic!("no `{}` is shared", type_name::<S>()))
    }

    /// Where numbers start that no recent run has used: small ones on a broker of our own, which begins empty.
    #[must_use]
    pub fn first_number(&self) -> u64 {
        if self.cluster.mock().is_some() {
            return 1001;
        }
        // Tenths of a second: a run takes longer than it has orders. Eight digits of them last for months.
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        (now.as_secs() * 10 + u64::from(now.subsec_millis() / 100)) % 100_000_000
    }

    /// The answer of this service to a call of its API. A refusal is told, logged and counted like that of an event.
    ///
    /// # Errors
    /// The failure that it was given.
    pub fn answer<T>(&self, subject: impl Display, result: Result<T, Failure>) -> Result<T, Failure> {
        if let Err(Failure::Refused(reason)) = &result {
            self.counters().add(Count::Refused);
            tracing::warn!(system = self.system, service = self.service, %reason, "call refused");
            self.tell(subject, format_args!("call refused: {reason}"));
        }
        result
    }

    /// Tells what this service did with what: `context.tell("order 1001", "payment.succeeded → PAID")`.
    pub fn tell(&self, subject: impl Display, what: impl Display) {
        self.story.tell(self.service, &subject.to_string(), &what.to_string());
    }
}
