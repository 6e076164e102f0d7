//! Payment: charges the customer through a mock provider and tells how that went.

use std::sync::Arc;

use event_contracts_delivery::{Failure, Handler, Outcome, Publisher, Record};
use example_contracts::commerce::{
    OrderCancelled, OrderCreated, OrderEvents, OrderId, PaymentFailed, PaymentFailedData, PaymentFailureReason,
    PaymentProvider, PaymentSucceeded, PaymentSucceededData, services,
};
use example_kit::{Context, Error, Once, Rows, Task};

/// The mock provider declines what costs more: 1000.00.
const LIMIT_CENTS: u64 = 100_000;

/// The service.
#[derive(Debug)]
pub struct Payment {
    context: Context,
    publisher: Publisher,
    once: Once,
    charges: Rows<OrderId, Charge>,
}

/// What Payment knows of one order.
#[derive(Debug, Clone)]
struct Charge {
    order: OrderCreated,
    paid: Option<PaymentSucceeded>,
    /// The order was cancelled: whatever was paid, or ever will be, goes back.
    called_off: bool,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let payment = Arc::new(Payment {
        context: context.clone(),
        publisher: context.publisher()?,
        once: context.once().about("order"),
        charges: Rows::new(),
    });
    context.share(&payment);
    Ok(vec![context.consume(&services::PAYMENT, payment)?])
}

impl Payment {
    /// What the provider calls when money arrives. A provider may call it twice for one payment.
    ///
    /// # Errors
    /// Payment does not know the order, or no broker took the event.
    pub async fn money_arrived(&self, id: OrderId) -> Result<(), Failure> {
        let charges = self.charges.turn().await;
        let charge = charges.get(&id).ok_or_else(|| Failure::refused("no such order"))?;
        let event = match charge.paid.clone() {
            Some(event) => event,
            None => succeeded(&charge.order)?,
        };
        self.publisher.publish(&event).await?;
        let fate = if charge.called_off { "; the order is cancelled, so the money goes back" } else { "" };
        self.tell(id, format_args!("payment.succeeded, {}{fate}", event.data.payment_id));
        charges.put(id, Charge { paid: Some(event), ..charge });
        Ok(())
    }

    /// Whether the customer has the money for this order back.
    #[must_use]
    pub fn gave_back(&self, id: OrderId) -> bool {
        self.charges.get(&id).is_some_and(|charge| charge.called_off && charge.paid.is_some())
    }

    async fn charge(&self, order: &OrderCreated) -> Result<(), Failure> {
        let id = order.order_id;
        {
            let charges = self.charges.turn().await;
            charges.put(id, Charge { order: order.clone(), paid: None, called_off: false });
        }
        if *order.data.amount_cents <= LIMIT_CENTS {
            return self.money_arrived(id).await;
        }
        let event = failed(order)?;
        self.publisher.publish_planned(&event).await?;
        self.tell(id, format_args!("payment.failed, {}", event.data.reason));
        Ok(())
    }

    async fn give_back(&self, event: &OrderCancelled) -> Result<(), Failure> {
        let charges = self.charges.turn().await;
        let Some(charge) = charges.get(&event.order_id) else { return Ok(()) };
        let answer = if charge.paid.is_some() { "the money goes back" } else { "nothing was paid" };
        self.tell(event.order_id, format_args!("order.cancelled → {answer}"));
        charges.put(event.order_id, Charge { called_off: true, ..charge });
        Ok(())
    }

    fn tell(&self, id: OrderId, what: std::fmt::Arguments<'_>) {
        self.context.tell(format_args!("order {id}"), what);
    }
}

impl Handler for Payment {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderEvents::decode(record.payload())? {
            OrderEvents::OrderCreated(event) => self.once.handle(&event, self.charge(&event)).await,
            OrderEvents::OrderCancelled(event) => self.once.handle(&event, self.give_back(&event)).await,
            OrderEvents::OrderRefunded(_) | OrderEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

fn succeeded(order: &OrderCreated) -> Result<PaymentSucceeded, Failure> {
    let data = PaymentSucceededData::builder()
        .amount_cents(order.data.amount_cents)
        .currency(order.data.currency.clone())
        .provider(PaymentProvider::Mock)
        .payment_id(format!("pm_{}", order.order_id))
        .build()
        .map_err(Failure::failed)?;
    let event = PaymentSucceeded::builder().order_id(order.order_id).user_email(order.user_email.clone()).data(data);
    event.build().map_err(Failure::failed)
}

fn failed(order: &OrderCreated) -> Result<PaymentFailed, Failure> {
    let data = PaymentFailedData::builder()
        .amount_cents(order.data.amount_cents)
        .currency(order.data.currency.clone())
        .provider(PaymentProvider::Mock)
        .reason(PaymentFailureReason::CardDeclined)
        .code("do_not_honor")
        .build()
        .map_err(Failure::failed)?;
    let event = PaymentFailed::builder().order_id(order.order_id).user_email(order.user_email.clone()).data(data);
    event.build().map_err(Failure::failed)
}
