//! The scenario of the order workflow, and what every service counted in it.

use event_contracts_delivery::Count;
use example_contracts::order_workflow::{OrderWorkflowState, SYSTEM, Sku};
use example_kit::{Context, Follower};
use example_order_workflow::analytics::Analytics;
use example_order_workflow::inventory::Inventory;
use example_order_workflow::monitoring::{Alert, Monitoring};
use example_order_workflow::notification::Notification;
use example_order_workflow::payment::Payment;
use example_order_workflow::validator::Validator;
use tokio::sync::OnceCell;

const SERVICES: [&str; 7] =
    ["order-api", "validator", "inventory", "payment", "notification", "analytics", "monitoring"];

/// One run is enough for all tests of this file.
async fn played() -> &'static Context {
    static PLAYED: OnceCell<Context> = OnceCell::const_new();
    let play = async || example_kit::rehearse(example_order_workflow::system()).await.expect("the system starts");
    PLAYED.get_or_init(play).await
}

async fn counts(count: Count) -> [u64; 7] {
    let context = played().await;
    SERVICES.map(|service| context.tally.service(SYSTEM, service).get(count))
}

async fn alerts() -> Vec<Alert> {
    played().await.service::<Follower<Monitoring>>().state().alerts
}

#[tokio::test]
async fn w1_w3_every_workflow_ends_as_it_should() {
    let story = &played().await.story;
    assert_eq!(story.broken(), [""; 0]);
    assert_eq!(story.chapters().len(), 8);
    assert!(story.chapters().iter().all(|chapter| chapter.held > 0));
    // Seven orders placed and one placed again; each step passes on what it does not fail, and fails are published too.
    assert_eq!(counts(Count::Published).await, [8, 9, 7, 6, 4, 0, 0]);
}

#[tokio::test]
async fn w2_completed_orders_count_to_the_cent() {
    let analytics = played().await.service::<Follower<Analytics>>().state();
    assert_eq!(analytics.orders, 3);
    assert_eq!(analytics.turnover.to_string(), "199.96");
}

#[tokio::test]
async fn w4_failures_say_why_and_carry_the_original() {
    let alerts = alerts().await;
    let code = |alert: &Alert| alert.failure.failure_reason.split(':').next().map(str::to_owned);
    let codes: Vec<String> = alerts.iter().filter_map(code).collect();
    let expected = ["VALIDATION_FAILED", "VALIDATION_FAILED", "MALFORMED_EVENT", "MALFORMED_EVENT", "OUT_OF_STOCK"];
    assert_eq!(codes, [&expected[..], &["PAYMENT_DECLINED", "CUSTOMER_UNREACHABLE"]].concat());
    assert!(alerts.iter().all(|alert| alert.failure.original_payload.is_some()));
    assert_eq!(alerts[1].failure.failure_reason, "VALIDATION_FAILED: expected a member `customerId` at /payload");
}

#[tokio::test]
async fn w5_messages_that_do_not_decode_end_on_order_failed() {
    assert_eq!(counts(Count::Poison).await, [0, 2, 1, 0, 0, 0, 0]);
    let alerts = alerts().await;
    let unreadable = || alerts.iter().filter(|alert| alert.failure.failure_reason.starts_with("MALFORMED_EVENT"));
    assert_eq!(unreadable().count(), 2);
    // The record's key stands in for the order id, nothing for the correlation.
    assert!(unreadable().all(|alert| alert.order.as_str().starts_with("web-")));
    assert!(unreadable().all(|alert| alert.correlation.as_str() == "unknown"));
}

#[tokio::test]
async fn w6_reprocessing_changes_nothing() {
    assert_eq!(counts(Count::Duplicate).await, [0, 1, 0, 0, 1, 0, 0]);
    let context = played().await;
    let told = context.service::<Notification>().told();
    assert_eq!(told.len(), 3);
    assert!(told.windows(2).all(|two| two[0] != two[1]));
    // 2 + 1 + 1, and 1 for the customer who was not reached: set aside once each.
    let inventory = context.service::<Inventory>();
    assert_eq!(inventory.set_aside_of(&Sku::new("ITEM-A").unwrap()), 5);
    for order in told {
        assert_eq!(context.service::<Validator>().state(&order), Some(OrderWorkflowState::Validated));
        assert_eq!(inventory.state(&order), Some(OrderWorkflowState::InventoryReserved));
        assert_eq!(context.service::<Payment>().state(&order), Some(OrderWorkflowState::Paid));
        assert_eq!(context.service::<Notification>().state(&order), Some(OrderWorkflowState::Completed));
    }
}

#[tokio::test]
async fn w7_monitoring_gets_every_failure() {
    let steps: Vec<&str> = alerts().await.iter().map(|alert| alert.step).collect();
    let of = |step: &str| steps.iter().filter(|other| **other == step).count();
    let failures = ["OrderValidationFailed", "OrderInventoryFailed", "OrderPaymentFailed", "OrderNotificationFailed"];
    assert_eq!(failures.map(of), [3, 2, 1, 1]);
    assert_eq!(counts(Count::Consumed).await[6], 7);
}
