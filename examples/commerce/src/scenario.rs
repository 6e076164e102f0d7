//! What users do with the shop, and what must come of it.

use std::sync::Arc;

use event_contracts::IllegalTransition;
use event_contracts_delivery::{Count, Failure};
use example_contracts::commerce::{
    OrderCancellationReason, OrderId, OrderItem, OrderState, RefundReason, SYSTEM, ShipmentState, topics,
};
use example_kit::{Context, Error};

use crate::notifications::Notifications;
use crate::order::Order;
use crate::payment::Payment;
use crate::shipping::Shipping;

/// What a message on a topic looks like that some other program got wrong.
const GARBAGE: &[u8] = b"{\"type\": \"order.created\", oops";

/// The shop, as its users reach it.
struct Shop {
    context: Context,
    order: Arc<Order>,
    payment: Arc<Payment>,
    shipping: Arc<Shipping>,
    notifications: Arc<Notifications>,
}

/// Plays every workflow of the system.
///
/// # Errors
/// A call is refused that should not be, or no broker takes an event.
pub async fn play(context: Context) -> Result<(), Error> {
    let shop = Shop {
        order: context.service(),
        payment: context.service(),
        shipping: context.service(),
        notifications: context.service(),
        context,
    };
    shop.an_order_goes_all_the_way().await?;
    shop.a_payment_is_announced_twice().await?;
    shop.a_message_is_no_event().await?;
    shop.a_payment_fails().await?;
    shop.a_payment_comes_too_late().await?;
    shop.a_paid_order_is_cancelled().await?;
    shop.list_mails();
    Ok(())
}

impl Shop {
    /// C5, C7: checkout, payment, dispatch; and the planned `shipping.delivered`.
    async fn an_order_goes_all_the_way(&self) -> Result<(), Error> {
        self.chapter("an order is paid, dispatched and delivered");
        let id = self.order.checkout("ada@example.org", items(2, 12_999)?).await?;
        self.ready(id).await;
        self.shipping.dispatch(id).await?;
        self.shipping_is(id, ShipmentState::Dispatched).await;
        self.shipping.delivered(id).await?;
        self.mailed(id, &["we have it", "paid, thank you", "packed", "on its way", "delivered"]).await;
        Ok(())
    }

    /// C8.
    async fn a_payment_is_announced_twice(&self) -> Result<(), Error> {
        self.chapter("a payment that is announced twice has one effect");
        let id = self.order.checkout("grace@example.org", items(1, 4_950)?).await?;
        self.ready(id).await;
        let before = self.count(Count::Duplicate);
        self.payment.money_arrived(id).await?;
        let counted = || self.count(Count::Duplicate) - before;
        self.eventually("order, shipping and notifications each count a duplicate", || counted() >= 3).await;
        self.mailed(id, &["we have it", "paid, thank you", "packed"]).await;
        self.order_is(id, OrderState::Paid).await;
        Ok(())
    }

    /// C10.
    async fn a_message_is_no_event(&self) -> Result<(), Error> {
        self.chapter("a message that is no event holds nobody up");
        let before = self.count(Count::Poison);
        let topic = topics::ORDER_EVENTS.name;
        let position = self.context.publisher()?.publish_raw(topic, "0", GARBAGE).await?;
        self.context.tell(&position, "something that is no event");
        let counted = || self.count(Count::Poison) - before;
        self.eventually("payment, shipping and notifications each log, count and skip it", || counted() >= 3).await;
        let id = self.order.checkout("edsger@example.org", items(1, 990)?).await?;
        self.ready(id).await;
        Ok(())
    }

    /// C6, C9.
    async fn a_payment_fails(&self) -> Result<(), Error> {
        self.chapter("a payment fails: nothing is dispatched, the order is cancelled");
        let id = self.order.checkout("barbara@example.org", items(3, 89_900)?).await?;
        self.order_is(id, OrderState::PaymentFailed).await;
        self.shipping_is(id, ShipmentState::PendingPayment).await;
        let refused = illegal(self.shipping.dispatch(id).await);
        let from = refused.as_ref().and_then(IllegalTransition::from);
        self.expect("the lifecycle refuses a dispatch from PENDING_PAYMENT", from == Some("PENDING_PAYMENT"));
        self.order.cancel(id, OrderCancellationReason::PaymentTimeout).await?;
        self.order_is(id, OrderState::Cancelled).await;
        self.shipping_is(id, ShipmentState::Cancelled).await;
        self.mailed(id, &["we have it", "payment failed", "cancelled", "shipment called off"]).await;
        Ok(())
    }

    /// C9, on the side of the consumers.
    async fn a_payment_comes_too_late(&self) -> Result<(), Error> {
        self.chapter("a payment for a cancelled order is refused, and the money goes back");
        let id = self.order.checkout("kurt@example.org", items(1, 250_000)?).await?;
        self.order_is(id, OrderState::PaymentFailed).await;
        self.order.cancel(id, OrderCancellationReason::CustomerRequest).await?;
        self.shipping_is(id, ShipmentState::Cancelled).await;
        let before = self.count(Count::Refused);
        self.payment.money_arrived(id).await?;
        let counted = || self.count(Count::Refused) - before;
        self.eventually("order and shipping each refuse it", || counted() >= 2).await;
        self.eventually("payment gives the money back", || self.payment.gave_back(id)).await;
        self.order_is(id, OrderState::Cancelled).await;
        self.shipping_is(id, ShipmentState::Cancelled).await;
        Ok(())
    }

    /// C6: `order.cancelled`, `shipping.cancelled`, `order.refunded`.
    async fn a_paid_order_is_cancelled(&self) -> Result<(), Error> {
        self.chapter("a paid order is cancelled and refunded");
        let id = self.order.checkout("alan@example.org", items(1, 7_400)?).await?;
        self.ready(id).await;
        self.order.cancel(id, OrderCancellationReason::CustomerRequest).await?;
        self.shipping_is(id, ShipmentState::Cancelled).await;
        self.eventually("payment gives the money back", || self.payment.gave_back(id)).await;
        self.order.refund(id, RefundReason::OrderCancelled).await?;
        self.order_is(id, OrderState::Refunded).await;
        let subjects =
            ["we have it", "paid", "packed", "cancelled", "shipment called off", "your money is on its way back"];
        self.mailed(id, &subjects).await;
        Ok(())
    }

    /// C12.
    fn list_mails(&self) {
        let mails = self.notifications.mails();
        self.context.story.line(format_args!("\n  {} mails were sent", mails.len()));
        for mail in mails {
            self.context.story.line(format_args!("    {:<24}{}", mail.to, mail.subject));
        }
    }

    async fn ready(&self, id: OrderId) {
        self.order_is(id, OrderState::Paid).await;
        self.shipping_is(id, ShipmentState::ReadyToShip).await;
    }

    async fn order_is(&self, id: OrderId, state: OrderState) {
        self.eventually(format!("order {id} is {state}"), || self.order.state(id) == Some(state)).await;
    }

    async fn shipping_is(&self, id: OrderId, state: ShipmentState) {
        self.eventually(format!("the shipment of order {id} is {state}"), || self.shipping.state(id) == Some(state))
            .await;
    }

    /// One mail each and no other, in whatever order: the topics keep none among each other.
    async fn mailed(&self, id: OrderId, subjects: &[&str]) {
        let all = || {
            let sent = self.notifications.subjects(id);
            let about = |subject: &&str| sent.iter().filter(|mail| mail.contains(&format!(": {subject}"))).count() == 1;
            sent.len() == subjects.len() && subjects.iter().all(about)
        };
        self.eventually(format!("the customer of order {id} got {} mails", subjects.len()), all).await;
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

    fn count(&self, count: Count) -> u64 {
        self.context.tally.total(count)
    }
}

fn items(quantity: u32, unit_price_cents: u64) -> Result<Vec<OrderItem>, Error> {
    let item = OrderItem::builder().product_id(1).qty(quantity).unit_price_cents(unit_price_cents).build()?;
    Ok(vec![item])
}

/// The lifecycle's refusal, if that is what a call ended with.
fn illegal<T>(answer: Result<T, Failure>) -> Option<IllegalTransition> {
    match answer {
        Err(Failure::Refused(reason)) => reason.downcast().ok().map(|illegal| *illegal),
        _ => None,
    }
}
