//! Order: takes the checkout, reserves stock, owns the state of an order.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use event_contracts::Lifecycle;
use event_contracts_delivery::{Failure, Handler, Outcome, Publisher, Record};
use example_contracts::commerce::{
    CancellableOrderStatus, EmailAddress, OrderCancellationReason, OrderCancelled, OrderCancelledData, OrderCreated,
    OrderCreatedData, OrderId, OrderItem, OrderRefunded, OrderRefundedData, OrderState, PaymentEvents, PaymentFailed,
    PaymentSucceeded, RefundReason, services,
};
use example_kit::{Context, Error, Once, Rows, Task};

/// The service.
#[derive(Debug)]
pub struct Order {
    context: Context,
    publisher: Publisher,
    once: Once,
    orders: Rows<OrderId, OrderRow>,
    next_id: AtomicU64,
}

/// What Order knows of one order.
#[derive(Debug, Clone)]
struct OrderRow {
    state: OrderState,
    user_email: EmailAddress,
    payment: Option<PaymentSucceeded>,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let order = Arc::new(Order {
        context: context.clone(),
        publisher: context.publisher()?,
        once: context.once().about("order"),
        orders: Rows::new(),
        next_id: AtomicU64::new(context.first_number()),
    });
    context.share(&order);
    Ok(vec![context.consume(&services::ORDER, order)?])
}

impl Order {
    /// The checkout: the order exists from here on and waits for its payment.
    ///
    /// # Errors
    /// What was ordered is refused by the contract, or no broker took the event.
    pub async fn checkout(&self, user_email: &str, items: Vec<OrderItem>) -> Result<OrderId, Failure> {
        let amount: u64 = items.iter().map(|item| u64::from(*item.qty) * *item.unit_price_cents).sum();
        let data = OrderCreatedData::builder().amount_cents(amount).currency("USD").items(items).build();
        let created = OrderCreated::builder()
            .order_id(self.next_id.fetch_add(1, Ordering::Relaxed))
            .user_email(user_email)
            .data(data.map_err(Failure::refused)?)
            .build()
            .map_err(Failure::refused)?;
        let (id, user_email) = (created.order_id, created.user_email.clone());
        let orders = self.orders.turn().await;
        let state = OrderState::next(None, &created)?;
        self.publisher.publish(&created).await?;
        orders.put(id, OrderRow { state, user_email, payment: None });
        self.tell(id, format_args!("checked out, order.created → {state}"));
        Ok(id)
    }

    /// Calls the order off; if it had been paid, a refund is due.
    ///
    /// # Errors
    /// There is no such order, or the lifecycle does not let it be cancelled any more.
    pub async fn cancel(&self, id: OrderId, reason: OrderCancellationReason) -> Result<(), Failure> {
        self.context.answer(named(id), self.call_off(id, reason).await)
    }

    /// Gives the customer the money back, which ends the order.
    ///
    /// # Errors
    /// There is no such order, it was never paid, or the lifecycle does not let it be refunded.
    pub async fn refund(&self, id: OrderId, reason: RefundReason) -> Result<(), Failure> {
        self.context.answer(named(id), self.pay_back(id, reason).await)
    }

    /// Where an order stands.
    #[must_use]
    pub fn state(&self, id: OrderId) -> Option<OrderState> {
        self.orders.get(&id).map(|row| row.state)
    }

    async fn call_off(&self, id: OrderId, reason: OrderCancellationReason) -> Result<(), Failure> {
        let orders = self.orders.turn().await;
        let row = orders.get(&id).ok_or_else(|| Failure::refused("no such order"))?;
        let previous = match row.state {
            OrderState::PaymentFailed => CancellableOrderStatus::PaymentFailed,
            OrderState::Paid => CancellableOrderStatus::Paid,
            // The others cannot be cancelled, which the lifecycle is about to say.
            OrderState::PendingPayment | OrderState::Cancelled | OrderState::Refunded => {
                CancellableOrderStatus::PendingPayment
            }
        };
        let data = OrderCancelledData::builder().reason(reason).previous_status(previous).build();
        let cancelled = OrderCancelled::builder()
            .order_id(id)
            .user_email(row.user_email.clone())
            .data(data.map_err(Failure::refused)?)
            .build()
            .map_err(Failure::refused)?;
        let state = OrderState::next(Some(row.state), &cancelled)?;
        self.publisher.publish_planned(&cancelled).await?;
        orders.put(id, OrderRow { state, ..row });
        self.tell(id, format_args!("order.cancelled → {state}"));
        Ok(())
    }

    async fn pay_back(&self, id: OrderId, reason: RefundReason) -> Result<(), Failure> {
        let orders = self.orders.turn().await;
        let row = orders.get(&id).ok_or_else(|| Failure::refused("no such order"))?;
        let payment = row.payment.as_ref().ok_or_else(|| Failure::refused("the order was never paid"))?;
        let data = OrderRefundedData::builder()
            .amount_cents(*payment.data.amount_cents)
            .currency(payment.data.currency.clone())
            .payment_id(payment.data.payment_id.clone())
            .reason(reason)
            .build();
        let refunded = OrderRefunded::builder()
            .order_id(id)
            .user_email(row.user_email.clone())
            .data(data.map_err(Failure::refused)?)
            .build()
            .map_err(Failure::refused)?;
        let state = OrderState::next(Some(row.state), &refunded)?;
        self.publisher.publish_planned(&refunded).await?;
        orders.put(id, OrderRow { state, ..row });
        self.tell(id, format_args!("order.refunded → {state}"));
        Ok(())
    }

    async fn paid(&self, event: &PaymentSucceeded) -> Result<(), Failure> {
        let orders = self.orders.turn().await;
        let row = orders.get(&event.order_id);
        let state = OrderState::next(row.as_ref().map(|row| row.state), event)?;
        if let Some(row) = row {
            orders.put(event.order_id, OrderRow { state, payment: Some(event.clone()), ..row });
        }
        self.tell(event.order_id, format_args!("payment.succeeded → {state}"));
        Ok(())
    }

    async fn not_paid(&self, event: &PaymentFailed) -> Result<(), Failure> {
        let orders = self.orders.turn().await;
        let row = orders.get(&event.order_id);
        let state = OrderState::next(row.as_ref().map(|row| row.state), event)?;
        if let Some(row) = row {
            orders.put(event.order_id, OrderRow { state, ..row });
        }
        self.tell(event.order_id, format_args!("payment.failed ({}) → {state}", event.data.reason));
        Ok(())
    }

    fn tell(&self, id: OrderId, what: fmt::Arguments<'_>) {
        self.context.tell(named(id), what);
    }
}

impl Handler for Order {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match PaymentEvents::decode(record.payload())? {
            PaymentEvents::PaymentSucceeded(event) => self.once.handle(&event, self.paid(&event)).await,
            PaymentEvents::PaymentFailed(event) => self.once.handle(&event, self.not_paid(&event)).await,
            PaymentEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

fn named(id: OrderId) -> String {
    format!("order {id}")
}
