//! What customers order, what goes wrong on the way, and what must come of it.

use std::sync::Arc;

use event_contracts::{Json, UnknownMembers};
use event_contracts_delivery::Count;
use example_contracts::order_workflow::{OrderId, OrderItem, OrderWorkflowState, SYSTEM, topics};
use example_kit::{Context, Error, Follower};

use crate::monitoring::{Alert, Monitoring};
use crate::notification::Notification;
use crate::order_api::OrderApi;
use crate::payment::Payment;

/// The system, as its users reach it.
struct Workflow {
    context: Context,
    api: Arc<OrderApi>,
    payment: Arc<Payment>,
    notification: Arc<Notification>,
    monitoring: Arc<Follower<Monitoring>>,
}

/// Plays every workflow of the system.
///
/// # Errors
/// A call is refused that should not be, or no broker takes an event.
pub async fn play(context: Context) -> Result<(), Error> {
    let workflow = Workflow {
        api: context.service(),
        payment: context.service(),
        notification: context.service(),
        monitoring: context.service(),
        context,
    };
    workflow.an_order_goes_all_the_way().await?;
    workflow.events_come_again().await?;
    workflow.a_check_fails().await?;
    workflow.a_member_is_missing().await?;
    workflow.messages_are_no_events().await?;
    workflow.stock_runs_out().await?;
    workflow.a_card_is_declined().await?;
    workflow.a_customer_is_not_reached().await?;
    workflow.list_failures();
    Ok(())
}

impl Workflow {
    /// W1, W2, W3.
    async fn an_order_goes_all_the_way(&self) -> Result<(), Error> {
        self.chapter("an order goes through every step");
        let note: Json = r#""for Lin, with love""#.parse()?;
        let mut extra = UnknownMembers::default();
        extra.insert("giftNote", note.clone());
        let order = self.api.place("cust-1", items("ITEM-A", 2)?, "99.98", extra).await?;
        self.completed(&order).await;
        let placed = self.api.order(&order);
        let Some((created, completed)) = placed.as_ref().and_then(|row| Some((&row.created, row.completed.as_ref()?)))
        else {
            return Ok(());
        };
        let payload = &completed.payload;
        self.expect("the correlation id is that of the beginning", created.correlation_id == completed.correlation_id);
        let added = payload.reservation_id.is_some() && payload.payment_id.is_some();
        self.expect("reservationId and paymentId, added on the way, are there", added);
        let kept = payload.unknown_members().get("giftNote") == Some(&note);
        self.expect("giftNote, which no service knows, came through all of them", kept);
        Ok(())
    }

    /// W6.
    async fn events_come_again(&self) -> Result<(), Error> {
        self.chapter("events that come again change nothing");
        let order = self.place("cust-2", "ITEM-A", 1, "49.99").await?;
        self.completed(&order).await;
        let before = self.context.tally.total(Count::Duplicate);
        self.api.place_again(&order).await?;
        self.payment.announce_again(&order).await?;
        let counted = || self.context.tally.total(Count::Duplicate) - before;
        self.eventually("validator and notification each count a duplicate", || counted() == 2).await;
        let told = || self.notification.told().iter().filter(|told| **told == order).count();
        self.expect("the customer was told once", told() == 1);
        Ok(())
    }

    /// W4.
    async fn a_check_fails(&self) -> Result<(), Error> {
        self.chapter("a check fails");
        let items = [items("ITEM-A", 1)?, items("ITEM-A", 2)?].concat();
        let order = self.api.place("cust-3", items, "149.97", UnknownMembers::default()).await?;
        self.failed(&order, "OrderValidationFailed", "VALIDATION_FAILED: two lines name the same sku").await;
        Ok(())
    }

    /// W4, as the document has it; only another program can write such a message.
    async fn a_member_is_missing(&self) -> Result<(), Error> {
        self.chapter("another program leaves out customerId");
        let number = self.context.first_number();
        let message = format!(
            r#"{{"eventType":"OrderCreated","orderId":"web-{number}","correlationId":"corr-web-{number}","timestamp":"2026-02-06T12:00:00Z","payload":{{"items":[{{"sku":"ITEM-A","quantity":2}}],"totalAmount":99.98}}}}"#
        );
        self.write(topics::ORDER_CREATED.name, &format!("web-{number}"), &message).await?;
        let order = OrderId::new(format!("web-{number}"))?;
        let reason = "VALIDATION_FAILED: expected a member `customerId` at /payload";
        if let Some(alert) = self.failed(&order, "OrderValidationFailed", reason).await {
            self.expect("its correlation id is kept", alert.correlation.as_str() == format!("corr-web-{number}"));
            let original: Json = r#"{"items":[{"sku":"ITEM-A","quantity":2}],"totalAmount":99.98}"#.parse()?;
            self.expect("its payload is kept as it came", alert.failure.original_payload == Some(original));
        }
        Ok(())
    }

    /// W5.
    async fn messages_are_no_events(&self) -> Result<(), Error> {
        self.chapter("messages that are no events end on order.failed too");
        let number = self.context.first_number() + 1;
        let cut = format!(r#"{{"eventType": "OrderCreated", "orderId": "web-{number}"#);
        self.write(topics::ORDER_CREATED.name, &format!("web-{number}"), &cut).await?;
        let order = OrderId::new(format!("web-{number}"))?;
        if let Some(alert) = self.failed(&order, "OrderValidationFailed", "MALFORMED_EVENT: ").await {
            let text = alert.failure.original_payload.is_some_and(|original| original.as_str().starts_with("\"{"));
            self.expect("the text is kept; the record's key stands in for the order id", text);
        }
        let next = format!("web-{}", number + 1);
        self.write(topics::ORDER_VALIDATED.name, &next, "hello").await?;
        self.failed(&OrderId::new(next)?, "OrderInventoryFailed", "MALFORMED_EVENT: ").await;
        let order = self.place("cust-4", "ITEM-A", 1, "49.99").await?;
        self.completed(&order).await;
        Ok(())
    }

    /// W4.
    async fn stock_runs_out(&self) -> Result<(), Error> {
        self.chapter("stock runs out");
        let order = self.place("cust-5", "ITEM-B", 101, "505.00").await?;
        self.failed(&order, "OrderInventoryFailed", "OUT_OF_STOCK: ").await;
        Ok(())
    }

    /// W4.
    async fn a_card_is_declined(&self) -> Result<(), Error> {
        self.chapter("a card is declined");
        let order = self.place("cust-6", "ITEM-C", 1, "1000.01").await?;
        let alert = self.failed(&order, "OrderPaymentFailed", "PAYMENT_DECLINED: ").await;
        let original = alert.and_then(|alert| alert.failure.original_payload);
        let reservation = original.is_some_and(|original| original.as_str().contains("reservationId"));
        self.expect("the failure says which reservation to release", reservation);
        Ok(())
    }

    /// W4.
    async fn a_customer_is_not_reached(&self) -> Result<(), Error> {
        self.chapter("a customer is not reached");
        let order = self.place("cust-unreachable", "ITEM-A", 1, "49.99").await?;
        self.failed(&order, "OrderNotificationFailed", "CUSTOMER_UNREACHABLE: ").await;
        let completed = self.api.order(&order).and_then(|placed| placed.completed);
        self.expect("the order does not count as completed", completed.is_none());
        Ok(())
    }

    /// W7.
    fn list_failures(&self) {
        let alerts = self.monitoring.state().alerts;
        self.context.story.line(format_args!("\n  monitoring lists {} failures", alerts.len()));
        for Alert { step, order, correlation, failure } in alerts {
            let reason = &failure.failure_reason;
            self.context.story.line(format_args!("    {order:<14}{correlation:<19}{step:<25}{reason}"));
        }
    }

    async fn place(&self, customer: &str, sku: &str, quantity: u32, total: &str) -> Result<OrderId, Error> {
        Ok(self.api.place(customer, items(sku, quantity)?, total, UnknownMembers::default()).await?)
    }

    async fn completed(&self, order: &OrderId) {
        let completed = || self.api.order(order).is_some_and(|placed| placed.completed.is_some());
        self.eventually(format!("order {order} is {}", OrderWorkflowState::Completed), completed).await;
    }

    /// Expects the alert of a failure, with a reason that begins like this.
    async fn failed(&self, order: &OrderId, step: &str, reason: &str) -> Option<Alert> {
        let alert = || {
            let alerts = self.monitoring.state().alerts.into_iter();
            alerts.rev().find(|alert| alert.order == *order && alert.step == step)
        };
        let what = format!("monitoring has {step} of order {order}, {}", reason.trim_end_matches([':', ' ']));
        self.eventually(what, || alert().is_some_and(|alert| alert.failure.failure_reason.starts_with(reason))).await;
        alert()
    }

    /// Writes what our own services cannot write.
    async fn write(&self, topic: &str, key: &str, message: &str) -> Result<(), Error> {
        let position = self.context.publisher()?.publish_raw(topic, key, message.as_bytes()).await?;
        self.context.tell(format_args!("order {key}"), format_args!("a message of another program, {position}"));
        Ok(())
    }

    fn chapter(&self, title: &str) {
        self.context.story.chapter(SYSTEM, title);
    }

    fn expect(&self, what: &str, holds: bool) {
        self.context.story.expect(what, holds);
    }

    async fn eventually(&self, what: impl std::fmt::Display, holds: impl FnMut() -> bool) {
        self.context.story.eventually(what, holds).await;
    }
}

fn items(sku: &str, quantity: u32) -> Result<Vec<OrderItem>, Error> {
    Ok(vec![OrderItem::builder().sku(sku).quantity(quantity).build()?])
}
