//! What a program says of a system in which something goes wrong.

use std::sync::Arc;
use std::time::Duration;

use event_contracts_delivery::{Cluster, Count, Failure, Handler, Outcome, Record};
use example_kit::{Context, Error, Service, Stage, Story, System, Task, play};

const TOPIC: event_contracts::Topic = event_contracts::Topic {
    name: "kit.events",
    partitions: 1,
    replication: 1,
    retention: Duration::from_hours(1),
    compacted: false,
};
const CONTRACT: event_contracts::Service =
    event_contracts::Service { name: "fragile", title: "Fragile", publishes: &[], subscribes: &["kit.events"] };

/// Cannot handle anything.
struct Fragile;

impl Handler for Fragile {
    async fn handle(&self, _: &Record) -> Result<Outcome, Failure> {
        Err(Failure::failed("the store is away"))
    }
}

fn start(context: &Context) -> Result<Vec<Task>, Error> {
    Ok(vec![context.consume(&CONTRACT, Arc::new(Fragile))?])
}

fn system(scenario: fn(Context) -> example_kit::BoxFuture<'static, Result<(), Error>>) -> System {
    let services = vec![Service { contract: &CONTRACT, start }];
    System { name: "kit", title: "a system that fails", topics: &[TOPIC], services, scenario }
}

#[tokio::test]
async fn a_service_that_stops_by_itself_is_told_with_its_reason() {
    let scenario = |context: Context| -> example_kit::BoxFuture<'static, Result<(), Error>> {
        Box::pin(async move {
            context.story.chapter("kit", "an event comes");
            context.publisher()?.publish_raw(TOPIC.name, "1", b"{}").await?;
            Ok(())
        })
    };
    let story = Story::silent();
    let cluster = Cluster::embedded().expect("a broker starts inside this process");
    let stage = Stage::open(system(scenario), None, cluster, story.clone()).await.expect("the system starts");
    stage.play().await;
    stage.ended().await;
    let context = stage.close().await;
    let said = "kit: a service stopped by itself: consumer group `kit.fragile` failed to handle record kit.events[0]@0: the store is away";
    assert_eq!(story.broken(), [said]);
    assert_eq!(context.tally.total(Count::Published), 1);
}

#[tokio::test]
async fn a_scenario_that_ends_early_is_no_success() {
    let story = Story::silent();
    let cluster = Cluster::embedded().expect("a broker starts inside this process");
    let ended = play(vec![(system(|_| Box::pin(async { Err("no money".into()) })), cluster)], story.clone()).await;
    assert!(!ended.expect("the system starts"));
    assert_eq!(story.broken(), ["the scenario ends well, not with: no money"]);
}
