//! The scenario of the order service, and the numbers that it leaves behind.

use event_contracts::Decimal;
use event_contracts_delivery::Count;
use example_contracts::order_service::{AuditAction, OrderStatus, services, topics};
use example_kit::{Context, Follower};
use example_order_service::finance::Ledger;
use example_order_service::inventory::Stock;
use example_order_service::products::{COFFEE, KETTLE, product};
use example_order_service::reporting::Figures;
use example_order_service::watching::{Board, Trail};

#[tokio::test(flavor = "multi_thread")]
async fn o2_o4_o7_ten_topics_reach_ten_subscribers() {
    let context = example_kit::rehearse(example_order_service::system()).await.expect("the system runs");
    assert_eq!(context.story.broken(), Vec::<String>::new());
    assert_eq!(context.story.chapters().len(), 6);
    everything_is_counted(&context);
    the_books_are_right(&context);
}

/// Published, consumed, duplicates, refused and poison of a service.
fn counts(context: &Context, service: &'static str) -> [u64; 5] {
    let counters = context.of(service).counters();
    [Count::Published, Count::Consumed, Count::Duplicate, Count::Refused, Count::Poison]
        .map(|count| counters.get(count))
}

fn everything_is_counted(context: &Context) {
    let expected = [
        ("audit", [0, 16, 0, 0, 0]),
        ("chatbot", [0, 2, 0, 0, 0]),
        ("customer-service", [0, 2, 0, 0, 0]),
        ("dashboard", [0, 3, 0, 0, 0]),
        ("finance", [0, 21, 1, 1, 1]),
        ("inventory", [0, 14, 1, 0, 1]),
        ("notification", [0, 22, 1, 1, 1]),
        ("order-service", [41, 0, 0, 0, 0]),
        ("reporting", [0, 34, 1, 0, 0]),
        ("security", [0, 16, 0, 0, 0]),
        ("shipping", [0, 10, 0, 1, 0]),
    ];
    assert_eq!(services::ALL.iter().map(|service| service.name).collect::<Vec<_>>(), expected.map(|(name, _)| name));
    for (service, expected) in expected {
        assert_eq!(counts(context, service), expected, "{service}");
    }
    assert_eq!(context.tally.total(Count::Ignored), 0, "nobody is subscribed to what does not concern it");
}

fn the_books_are_right(context: &Context) {
    let ledger = context.service::<Follower<Ledger>>().state();
    assert_eq!(ledger.revenue, Decimal::new(35005, 2), "250.10 + 99.95");
    assert_eq!(ledger.refunds, Decimal::new(9995, 2));
    let stock = context.service::<Follower<Stock>>().state();
    // 3 given away, 1 + 10 + 1 + 4 reserved.
    assert_eq!([COFFEE, KETTLE].map(|number| stock.free[&product(number)]), [81, 2]);
    let figures = context.service::<Follower<Figures>>().state();
    assert_eq!(figures.steps[&OrderStatus::Confirmed], 2);
    assert_eq!(figures.overridden, 3);
    let trail = context.service::<Follower<Trail>>().state();
    assert!(trail.entries.iter().all(|(_, cause)| cause.is_some()), "O2: a caused event points at its cause");
    let created = trail.entries.iter().filter(|(action, _)| *action == AuditAction::Create).count();
    assert_eq!(created as u32, figures.orders.values().sum::<u32>());
    assert_eq!(context.service::<Follower<Board>>().state().causes.len(), 3);
}

#[test]
fn o7_every_subscriber_of_the_document_runs() {
    let running: Vec<_> = example_order_service::system().services.iter().map(|service| *service.contract).collect();
    assert_eq!(running.len(), services::ALL.len());
    assert!(services::ALL.iter().all(|service| running.contains(service)));
    assert_eq!(topics::ALL.len(), 10);
    let read = |topic: &str| services::ALL.iter().any(|service| service.subscribes.contains(&topic));
    assert!(topics::ALL.iter().all(|topic| read(topic.name)));
}
