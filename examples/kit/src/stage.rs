//! A system while it runs: topics created, services started, and stopped in the end.

use std::time::Duration;

use event_contracts_delivery::{Cluster, TopicSpec};

use crate::context::{Context, Task};
use crate::past;
use crate::story::Story;
use crate::system::{Error, System, with_causes};

/// How long nothing may move before a system counts as done.
const QUIET: Duration = Duration::from_millis(300);

/// How long a service may take to commit and to leave its group.
const PARTING: Duration = Duration::from_secs(10);

/// A running system.
#[derive(Debug)]
pub struct Stage {
    /// What its scenario runs with.
    pub context: Context,
    system: System,
    tasks: Vec<Task>,
}

impl Stage {
    /// Creates the topics and starts the services that `wanted` names, or all of them.
    ///
    /// All together begin with what is published from now on; a single one goes on where its group has stopped.
    ///
    /// # Errors
    /// The cluster is not reached or refuses a topic, or a service does not start.
    pub async fn open(system: System, wanted: Option<&str>, cluster: Cluster, story: Story) -> Result<Self, Error> {
        let context = Context::new(system.name, cluster, story);
        context.cluster.ensure_topics(&system.topics.iter().map(TopicSpec::from).collect::<Vec<_>>()).await?;
        if wanted.is_none() {
            let contracts = system.services.iter().map(|service| service.contract);
            past::skip(&context, contracts.map(|one| (context.of(one.name).group(), one.subscribes)).collect()).await?;
        }
        let mut tasks = Vec::new();
        for service in &system.services {
            if wanted.is_none_or(|wanted| wanted == service.contract.name) {
                let of_service = context.of(service.contract.name);
                // Registers the service for the table even if it never counts anything.
                let _ = of_service.counters();
                tasks.extend((service.start)(&of_service)?);
            }
        }
        Ok(Self { context, system, tasks })
    }

    /// Plays the scenario and waits until the last event has had its effect.
    pub async fn play(&self) {
        let story = &self.context.story;
        story.system(self.system.name, self.system.title);
        if let Err(error) = (self.system.scenario)(self.context.clone()).await {
            story.expect(format_args!("the scenario ends well, not with: {}", with_causes(&*error)), false);
        }
        self.context.tally.settled(QUIET).await;
    }

    /// Waits until a service stops by itself, which none should.
    pub async fn ended(&self) {
        while !self.tasks.iter().any(Task::is_finished) {
            tokio::time::sleep(QUIET).await;
        }
    }

    /// Asks the services to stop and waits for them; one that had stopped by itself is told.
    pub async fn close(self) -> Context {
        self.context.shutdown.request();
        for task in self.tasks {
            let why = match tokio::time::timeout(PARTING, task).await {
                Ok(Ok(Ok(()))) => continue,
                Ok(Ok(Err(error))) => format!("a service stopped by itself: {}", with_causes(&error)),
                Ok(Err(error)) => format!("a service stopped by itself: {}", with_causes(&error)),
                Err(_) => "a service does not stop: is the cluster away?".to_owned(),
            };
            self.context.story.complain(format_args!("{}: {why}", self.context.system));
        }
        self.context
    }
}
