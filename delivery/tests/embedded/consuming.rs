//! The consumer loop: outcomes, commits, restarts, shutdown.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use event_contracts::Event as _;
use event_contracts_delivery::{Count, Counters, Failure, Handler, Outcome, Record};
use tokio::sync::Notify;

use crate::contract::placed;
use crate::world::{Shop, Witness, World, until};

fn counts(counters: &Counters) -> [u64; 5] {
    [Count::Consumed, Count::Duplicate, Count::Ignored, Count::Refused, Count::Poison].map(|count| counters.get(count))
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_poison_and_refusals_are_told_apart_and_stop_nothing() {
    let world = World::new();
    let topic = world.topic(1).await;
    let publisher = world.publisher();
    let order = |number, pieces| placed("a", number, pieces).encode_planned().expect("the event is valid");
    let messages = [
        order(1, 10),
        order(1, 10),
        b"{\"type\":\"order.placed\",\"order_id\":".to_vec(),
        br#"{"type":"order.placed","order_id":"a-2","run":"a","pieces":"many"}"#.to_vec(),
        Vec::new(),
        order(2, 1000),
        br#"{"type":"parcel.lost","anything":true}"#.to_vec(),
        order(2, 20),
        order(1, 10),
    ];
    for message in &messages {
        publisher.publish_raw(&topic, "a", message).await.expect("the record is acknowledged");
    }
    let shop = Arc::new(Shop { group: world.unique.clone(), ..Shop::default() });
    let running = world.consume(&topic, &shop);
    world.consumed(messages.len() as u64).await;
    running.stop().await.expect("none of these stops a consumer");
    // The refused order left no mark, so the same key had its effect when it became possible.
    assert_eq!(*shop.effects.lock().expect("the consumer is gone"), "a-1=10 a-2=20 ");
    assert_eq!(counts(&world.tally.service("test", "consumer")), [9, 2, 1, 1, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_was_not_handled_comes_again_and_no_other_does() {
    let world = World::new();
    let topic = world.topic(1).await;
    let publisher = world.publisher();
    for text in ["1", "2", "3", "4"] {
        publisher.publish_raw(&topic, "key", text.as_bytes()).await.expect("the record is acknowledged");
    }
    let store_is_away = AtomicBool::new(true);
    let witness = Witness::new(move |record| {
        let fails = record.payload() == b"3" && store_is_away.swap(false, Ordering::Relaxed);
        if fails { Err(Failure::failed("the store is away")) } else { Ok(Outcome::Handled) }
    });
    let error = world.consume(&topic, &witness).ended().await.expect_err("the third record was not handled");
    assert_eq!(error.position().map(|position| position.offset), Some(2));
    assert_eq!(error.to_string(), format!("consumer group `{}` failed to handle record {topic}[0]@2", world.unique));
    assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("the store is away"));
    assert_eq!(world.tally.total(Count::Consumed), 2);

    let restarted = world.consume(&topic, &witness);
    world.consumed(4).await;
    restarted.stop().await.expect("the store is back");
    assert_eq!(witness.texts(), ["1", "2", "3", "3", "4"]);

    // A third member finds everything committed.
    publisher.publish_raw(&topic, "key", b"5").await.expect("the record is acknowledged");
    let third = world.consume(&topic, &witness);
    world.consumed(5).await;
    third.stop().await.expect("a stop is no failure");
    assert_eq!(witness.texts(), ["1", "2", "3", "3", "4", "5"]);
}

/// Takes its time over every record.
#[derive(Default)]
struct Slow {
    begun: Notify,
    finished: AtomicBool,
}

impl Handler for Slow {
    async fn handle(&self, _: &Record) -> Result<Outcome, Failure> {
        self.begun.notify_one();
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.finished.store(true, Ordering::Relaxed);
        Ok(Outcome::Handled)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_in_hand_comes_again_after_an_abort() {
    let world = World::new();
    let topic = world.topic(1).await;
    world.publisher().publish_raw(&topic, "key", b"1").await.expect("the record is acknowledged");
    let slow = Arc::new(Slow::default());
    let running = world.consume(&topic, &slow);
    slow.begun.notified().await;
    running.abort().await;
    assert!(!slow.finished.load(Ordering::Relaxed));

    let witness = Witness::new(|_: &Record| Ok(Outcome::Handled));
    let restarted = world.consume(&topic, &witness);
    world.consumed(1).await;
    restarted.stop().await.expect("a stop is no failure");
    assert_eq!(witness.texts(), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_finishes_the_record_in_hand_and_takes_no_time() {
    let world = World::new();
    let topic = world.topic(1).await;
    let publisher = world.publisher();
    for text in ["1", "2"] {
        publisher.publish_raw(&topic, "key", text.as_bytes()).await.expect("the record is acknowledged");
    }
    let slow = Arc::new(Slow::default());
    let running = world.consume(&topic, &slow);
    slow.begun.notified().await;
    let asked = Instant::now();
    running.stop().await.expect("a stop is no failure");
    assert!(asked.elapsed() < Duration::from_millis(1500), "stopped after {:?}", asked.elapsed());
    assert!(slow.finished.load(Ordering::Relaxed));
    assert_eq!(world.tally.total(Count::Consumed), 1);

    let witness = Witness::new(|_: &Record| Ok(Outcome::Handled));
    let next = world.consume(&topic, &witness);
    world.consumed(2).await;
    next.stop().await.expect("a stop is no failure");
    assert_eq!(witness.texts(), ["2"], "the first record was committed");

    let asked = Instant::now();
    let joining = world.consume(&topic, &witness);
    joining.stop().await.expect("a stop while joining is no failure");
    drop((publisher, world));
    assert!(asked.elapsed() < Duration::from_millis(1500), "all gone after {:?}", asked.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_does_not_wait_for_a_cluster_that_is_away() {
    let world = World::new();
    let topic = world.topic(1).await;
    let witness = Witness::new(|_: &Record| Ok(Outcome::Handled));
    world.publisher().publish_raw(&topic, "key", b"1").await.expect("the record is acknowledged");
    let running = world.consume(&topic, &witness);
    world.consumed(1).await;
    match world.cluster.mock() {
        Some(mock) => mock.broker_down(1).expect("the only broker goes"),
        None => return running.stop().await.expect("a stop is no failure"),
    }
    let asked = Instant::now();
    running.stop().await.expect("a stop is no failure");
    assert!(asked.elapsed() < Duration::from_secs(15), "stopped after {:?}", asked.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_member_takes_its_share_and_hands_it_back() {
    let world = World::new();
    let topic = world.topic(4).await;
    let publisher = world.publisher();
    let (first, second) =
        (Witness::new(|_: &Record| Ok(Outcome::Handled)), Witness::new(|_: &Record| Ok(Outcome::Handled)));
    let mut count = 0;
    let mut publish = async || {
        for _ in 0..8 {
            let key = count.to_string();
            publisher.publish_raw(&topic, &key, key.as_bytes()).await.expect("the record is acknowledged");
            count += 1;
        }
    };
    publish().await;
    let running_first = world.consume(&topic, &first);
    world.consumed(8).await;
    let running_second = world.consume(&topic, &second);
    while second.seen().is_empty() {
        publish().await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    running_second.stop().await.expect("a stop is no failure");
    publish().await;
    let all = || first.seen().len() + second.seen().len();
    until("the first member has it all again", || all() >= count).await;
    running_first.stop().await.expect("a stop is no failure");

    let mut texts = [first.texts(), second.texts()].concat();
    texts.sort_by_key(|text| text.parse::<usize>().ok());
    assert_eq!(texts, (0..count).map(|number| number.to_string()).collect::<Vec<_>>(), "each record once");
}
