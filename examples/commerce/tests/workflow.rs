//! The scenario of the commerce system, and what every service counted in it.

use event_contracts::{Category, Event};
use event_contracts_delivery::Count;
use example_commerce::notifications::Notifications;
use example_contracts::commerce::{
    CancellableOrderStatus, CommerceEvent, OrderCancellationReason, OrderCancelled, OrderCancelledData, SYSTEM,
};
use example_kit::Context;
use tokio::sync::OnceCell;

/// One run is enough for all tests of this file.
async fn played() -> &'static Context {
    static PLAYED: OnceCell<Context> = OnceCell::const_new();
    let play = async || example_kit::rehearse(example_commerce::system()).await.expect("the system starts");
    PLAYED.get_or_init(play).await
}

fn counts(context: &Context, service: &str) -> [u64; 6] {
    let counters = context.tally.service(SYSTEM, service);
    Count::ALL.map(|count| counters.get(count))
}

#[tokio::test]
async fn c5_c7_every_workflow_ends_as_it_should() {
    let story = &played().await.story;
    assert_eq!(story.broken(), [""; 0]);
    assert_eq!(story.chapters().len(), 6);
    assert!(story.chapters().iter().all(|chapter| chapter.held > 0));
}

#[tokio::test]
async fn c6_planned_events_are_published_on_purpose_only() {
    let data = OrderCancelledData::builder()
        .reason(OrderCancellationReason::Fraud)
        .previous_status(CancellableOrderStatus::Paid)
        .build()
        .unwrap();
    let event = OrderCancelled::builder().order_id(7).data(data).build().unwrap();
    assert!(event.encode().unwrap_err().is_planned());

    // Six created, three cancelled, one refunded; eight payments, two of them failed; nine of shipments.
    let context = played().await;
    let published = ["order", "payment", "shipping", "notifications"].map(|service| counts(context, service)[0]);
    assert_eq!(published, [10, 8, 9, 0]);
}

#[tokio::test]
async fn c8_duplicates_change_nothing() {
    let context = played().await;
    let duplicates = ["order", "payment", "shipping", "notifications"].map(|service| counts(context, service)[2]);
    assert_eq!(duplicates, [1, 0, 1, 1]);
    let mails = context.service::<Notifications>().mails();
    let to_grace = mails.iter().filter(|mail| mail.to.as_str() == "grace@example.org").count();
    assert_eq!(to_grace, 3);
}

#[tokio::test]
async fn c9_illegal_transitions_are_counted_and_have_no_effect() {
    let context = played().await;
    let refused = ["order", "payment", "shipping", "notifications"].map(|service| counts(context, service)[4]);
    // The payment of the cancelled order, twice; and the call of the dispatch API.
    assert_eq!(refused, [1, 0, 2, 0]);
}

#[tokio::test]
async fn c10_a_poison_message_is_counted_and_skipped() {
    let context = played().await;
    let poison = ["order", "payment", "shipping", "notifications"].map(|service| counts(context, service)[5]);
    assert_eq!(poison, [0, 1, 1, 1]);
    assert_eq!(CommerceEvent::decode(b"{").unwrap_err().category(), Category::Malformed);
}

#[tokio::test]
async fn c12_each_customer_is_mailed_about_each_step() {
    let context = played().await;
    assert_eq!(context.service::<Notifications>().mails().len(), 26);
    // All events of the three topics, and what is no event.
    assert_eq!(counts(context, "notifications")[1], 28);
}
