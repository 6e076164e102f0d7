//! What reaches the brokers, and how a consumer sees it.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

use event_contracts::Event as _;
use event_contracts::headers::{CORRELATION_ID, EVENT_TYPE, EVENT_VERSION, IDEMPOTENCY_KEY};
use event_contracts_delivery::{Cluster, Count, Counters, Outcome, Publisher, TopicSpec};

use crate::contract::{TOPIC, placed, withdrawn};
use crate::world::{Witness, World, until};

#[tokio::test(flavor = "multi_thread")]
async fn events_carry_their_contract_and_keep_their_order() {
    let world = World::new();
    world.cluster.ensure_topics(&[TopicSpec::new(TOPIC, 4)]).await.expect("the topic is created");
    let publisher = world.publisher();
    let run = world.unique.clone();
    for pieces in 0..30 {
        let position =
            publisher.publish(&placed(&run, (pieces % 5) as u32, pieces)).await.expect("the event is acknowledged");
        assert_eq!(position.topic, TOPIC);
    }

    // The topic is the contract's, so a real cluster still has the records of earlier runs.
    let ours = run.clone();
    let witness = Witness::new(move |record| {
        let outcome = if record.header(CORRELATION_ID) == Some(&ours) { Outcome::Handled } else { Outcome::Ignored };
        Ok(outcome)
    });
    let running = world.consume(TOPIC, &witness);
    let counters = world.tally.service("test", "consumer");
    until("all events are handled", || counters.get(Count::Consumed) - counters.get(Count::Ignored) == 30).await;
    running.stop().await.expect("a stop is no failure");

    let mut orders = BTreeMap::<_, Vec<_>>::new();
    let mut partitions = HashMap::new();
    for record in witness.seen().iter().filter(|record| record.header(CORRELATION_ID) == Some(&run)) {
        let event = crate::contract::Placed::decode(record.payload()).expect("what was published decodes");
        assert_eq!(record.key(), Some(event.partition_key().as_bytes()));
        assert_eq!(record.header(EVENT_TYPE), Some("order.placed"));
        assert_eq!(record.header(EVENT_VERSION), Some("1"));
        assert_eq!(record.header(IDEMPOTENCY_KEY), Some(event.idempotency_key().as_str()));
        let age = SystemTime::now().duration_since(record.timestamp().expect("records are dated")).unwrap_or_default();
        assert!(age < Duration::from_mins(2), "published {age:?} ago");
        assert_eq!(*partitions.entry(event.order_id.clone()).or_insert(record.partition()), record.partition());
        orders.entry(event.order_id).or_default().push(event.pieces);
    }
    let expected = (0..5).map(|order| (format!("{run}-{order}"), (0..6).map(|round| round * 5 + order).collect()));
    assert_eq!(orders, expected.collect());
    assert_eq!(world.tally.total(Count::Published), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_event_is_published_on_purpose_only() {
    let world = World::new();
    world.cluster.ensure_topics(&[TopicSpec::new(TOPIC, 4)]).await.expect("the topic is created");
    let publisher = world.publisher();
    let event = withdrawn(&world.unique);
    let error = publisher.publish(&event).await.expect_err("the event is planned");
    assert!(error.is_invalid() && !error.is_transient() && error.topic() == TOPIC, "{error:?}");
    publisher.publish_planned(&event).await.expect("the opt-in publishes it");
    assert_eq!(world.tally.total(Count::Published), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_are_created_once_and_on_as_many_brokers_as_there_are() {
    let world = World::new();
    let topic = TopicSpec::new(format!("{}-a", world.unique), 2).replication(100);
    for _ in 0..2 {
        world.cluster.ensure_topics(std::slice::from_ref(&topic)).await.expect("an existing topic is fine");
    }
    let error = world.cluster.ensure_topics(&[TopicSpec::new("no such/name", 1)]).await;
    // The embedded broker takes any name.
    assert!(
        world.cluster.mock().is_some() || error.expect_err("not a topic's name").to_string().contains("no such/name")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_events_at_once_are_all_acknowledged_in_time() {
    let world = World::new();
    let topic = world.topic(3).await;
    let publisher = world.publisher();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..2000_u32 {
        let (publisher, topic) = (publisher.clone(), topic.clone());
        tasks.spawn(async move { publisher.publish_raw(&topic, &number.to_string(), &[b'x'; 1024]).await.map(drop) });
    }
    while let Some(published) = tasks.join_next().await {
        published.expect("publishing does not panic").expect("the record is acknowledged");
    }
    publisher.flush(Duration::from_secs(1)).await.expect("nothing is left under way");
    assert_eq!(world.tally.total(Count::Published), 2000);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_waits_for_a_broker_and_not_for_ever() {
    let world = World::new();
    if let Some(mock) = world.cluster.mock() {
        mock.broker_down(1).expect("the only broker goes");
    } else {
        return;
    }
    let topic = format!("{}-topic", world.unique);
    let (publisher, name) = (world.publisher(), topic.clone());
    let publishing = tokio::spawn(async move { publisher.publish_raw(&name, "key", b"patience").await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!publishing.is_finished());
    world.cluster.mock().expect("the cluster is embedded").broker_up(1).expect("the broker comes back");
    publishing.await.expect("publishing does not panic").expect("the event is acknowledged after all");

    let nowhere = Cluster::at("127.0.0.1:1").property("message.timeout.ms", "200");
    let publisher = Publisher::new(&nowhere, Counters::default()).expect("nothing is connected yet");
    let error = publisher.publish_raw(&topic, "key", b"secret").await.expect_err("there is no broker");
    assert!(error.is_transient() && !error.is_invalid());
    assert_eq!(error.to_string(), format!("no broker acknowledged a record for topic `{topic}`"));
    assert!(!format!("{error:?}").contains("secret"));
}
