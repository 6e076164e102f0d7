//! The scenario of First Viscount, and the numbers that it leaves behind.

use event_contracts::{Decimal, Status};
use event_contracts_delivery::Count;
use example_contracts::first_viscount::{FirstViscountEvent, OrderState, services};
use example_first_viscount::analytics::Figures;
use example_first_viscount::notification::Outbound;
use example_first_viscount::orders::Orders;
use example_first_viscount::records::Records;
use example_kit::{Context, Follower};

#[tokio::test(flavor = "multi_thread")]
async fn v1_v3_v9_v10_fifteen_events_reach_their_consumers() {
    let context = example_kit::rehearse(example_first_viscount::system()).await.expect("the system runs");
    assert_eq!(context.story.broken(), Vec::<String>::new());
    assert_eq!(context.story.chapters().len(), 9);
    everything_is_counted(&context);
    everybody_agrees(&context);
}

/// Published, consumed, duplicates and refused of a service.
fn counts(context: &Context, service: &'static str) -> [u64; 4] {
    let counters = context.of(service).counters();
    [Count::Published, Count::Consumed, Count::Duplicate, Count::Refused].map(|count| counters.get(count))
}

fn everything_is_counted(context: &Context) {
    // V10: a repeated `order.created` is a duplicate to three. V3: version 2.0 is refused by three.
    let expected = [
        ("accounting", [0, 1, 0, 0]),
        ("analytics", [0, 15, 0, 1]),
        ("audit", [0, 1, 0, 0]),
        ("customer", [0, 3, 0, 0]),
        ("fulfillment", [0, 3, 0, 0]),
        ("inventory-management", [10, 12, 1, 1]),
        ("notification", [0, 11, 1, 0]),
        ("order-management", [11, 12, 0, 2]),
        ("payment", [0, 8, 1, 0]),
        ("procurement", [0, 1, 0, 0]),
        ("product-catalog", [6, 3, 0, 0]),
        ("search", [0, 5, 0, 1]),
    ];
    assert_eq!(services::ALL.iter().map(|service| service.name).collect::<Vec<_>>(), expected.map(|(name, _)| name));
    for (service, expected) in expected {
        assert_eq!(counts(context, service), expected, "{service}");
    }
    assert_eq!(context.tally.total(Count::Poison), 0);
    assert_eq!(context.tally.total(Count::Ignored), 0, "nobody is subscribed to what does not concern it");
}

fn everybody_agrees(context: &Context) {
    let book = context.service::<Orders>().book();
    let states: Vec<_> = book.orders.iter().map(|(id, order)| (id.as_str(), order.state)).collect();
    let ended = [OrderState::Completed, OrderState::Refunded, OrderState::Completed];
    assert_eq!(states, ["order_1001", "order_1002", "order_1003"].into_iter().zip(ended).collect::<Vec<_>>());
    let figures = context.service::<Follower<Figures>>().state();
    assert_eq!(figures.sales, Decimal::new(20691, 2), "91.96 + 114.95");
    assert_eq!(figures.refunds, context.service::<Follower<Records>>().state().refunds);
    assert_eq!(figures.seen.len(), 9, "every type that the contract sends to analytics");
    // Of the 11 events that notification reads one is the duplicate.
    assert_eq!(context.service::<Follower<Outbound>>().state().sent.len(), 10);
}

#[test]
fn v1_every_event_has_a_publisher_and_consumers_that_run() {
    let running: Vec<_> =
        example_first_viscount::system().services.iter().map(|service| service.contract.name).collect();
    assert_eq!(running.len(), services::ALL.len());
    assert_eq!(FirstViscountEvent::EVENTS.len(), 15);
    for event in FirstViscountEvent::EVENTS {
        assert!(!event.consumers.is_empty(), "{}", event.event_type);
        let named = event.producers.iter().chain(event.consumers);
        assert!(named.into_iter().all(|service| running.contains(service)), "{}", event.event_type);
    }
    let planned = FirstViscountEvent::EVENTS.iter().filter(|event| event.status == Status::Planned).count();
    assert_eq!(planned, 5, "those of order management");
}
