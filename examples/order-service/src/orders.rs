//! The order service: it owns the orders and tells everybody else what happens to them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts::{Decimal, Lifecycle, Uuid};
use example_contracts::order_service::{
    Amount, AuditAction, CorrelationId, CustomerId, EventId, OrderCreated, OrderCreatedData, OrderId, OrderItem,
    OrderNumber, OrderState, OrderStatus, ProductId, ShippingAddress, SourceChannel,
};
use example_kit::{Context, Error, Task};

use crate::telling::{Actor, Teller, audit, metadata};

mod chats;
mod overrides;
pub mod steps;

/// The orders, behind the calls that an HTTP interface would make.
pub struct Orders {
    teller: Teller,
    book: Mutex<BTreeMap<OrderId, Order>>,
    entered: AtomicU32,
}

/// The number of the first order.
const FIRST_NUMBER: u32 = 1234;

/// An order as the order service keeps it.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number, as people read it.
    pub number: OrderNumber,
    /// Whose it is.
    pub customer: CustomerId,
    /// Where it stands.
    pub state: OrderState,
    /// What the customer pays.
    pub total: Amount,
    /// Its lines.
    pub items: Vec<OrderItem>,
    /// Shared by all events about it.
    pub correlation: CorrelationId,
    /// The event that told of its creation.
    pub origin: EventId,
}

/// What a customer wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who wants it.
    pub customer: CustomerId,
    /// What is wanted.
    pub items: Vec<OrderItem>,
    /// Through which channel the wish came.
    pub channel: SourceChannel,
    /// Where it goes.
    pub address: ShippingAddress,
}

/// Starts the service: it consumes nothing.
///
/// # Errors
/// No producer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let teller = Teller::new(context.clone())?;
    context.share(&Arc::new(Orders { teller, book: Mutex::default(), entered: AtomicU32::new(0) }));
    Ok(vec![])
}

impl Orders {
    /// What publishes the events: how many deliveries it may expect, and a way past the rules of this service.
    #[must_use]
    pub fn teller(&self) -> &Teller {
        &self.teller
    }

    /// The order as it stands.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn order(&self, id: OrderId) -> Result<Order, Error> {
        self.book().get(&id).cloned().ok_or_else(|| "no order of this id".into())
    }

    /// Takes an order.
    ///
    /// # Errors
    /// If the wish is not a valid order, or if no broker takes the events.
    pub async fn create(&self, wish: Wish, actor: &Actor) -> Result<OrderCreated, Error> {
        let order = self.enter(&wish)?;
        let data = OrderCreatedData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .customer_id(order.customer)
            .total_amount(order.total.clone())
            .currency("THB")
            .status(OrderStatus::Pending)
            .items(order.items.clone())
            .shipping_address(wish.address)
            .created_by(actor.user)
            .source_channel(wish.channel)
            .build()?;
        let event = OrderCreated::builder()
            .event_id(order.origin)
            .data(data)
            .metadata(metadata(&order, None, actor)?)
            .build()?;
        OrderState::next(None, &event)?;
        self.keep(order.clone());
        self.teller.tell(&order.number, &event).await?;
        self.teller.tell(&order.number, &audit(&order, AuditAction::Create, None, event.event_id, actor)?).await?;
        Ok(event)
    }

    /// Gives a wish its ids.
    fn enter(&self, wish: &Wish) -> Result<Order, Error> {
        let running = FIRST_NUMBER + self.entered.fetch_add(1, Ordering::Relaxed);
        Ok(Order {
            id: OrderId::new(Uuid::new_v4())?,
            number: OrderNumber::new(format!("ORD-2025-{running:06}"))?,
            customer: wish.customer,
            state: OrderState::Pending,
            total: total(&wish.items)?,
            items: wish.items.clone(),
            correlation: CorrelationId::new(Uuid::new_v4())?,
            origin: EventId::new(Uuid::new_v4())?,
        })
    }

    fn keep(&self, order: Order) {
        self.book().insert(order.id, order);
    }

    fn book(&self) -> MutexGuard<'_, BTreeMap<OrderId, Order>> {
        // Orders are replaced as a whole, so a poisoned lock still holds whole orders.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line of an order.
///
/// # Errors
/// No piece, or an amount that is none.
pub fn line(product: ProductId, pieces: u32, price: &str) -> Result<OrderItem, Error> {
    let price: Decimal = price.parse()?;
    let line_price = price.checked_mul(&Decimal::from(pieces)).ok_or("the price of the line is too large")?;
    let item = OrderItem::builder().product_id(product).quantity(pieces).unit_price(price).total_price(line_price);
    Ok(item.build()?)
}

fn total(items: &[OrderItem]) -> Result<Amount, Error> {
    let sum = items.iter().try_fold(Decimal::ZERO, |sum, item| sum.checked_add(&item.total_price));
    Ok(Amount::new(sum.ok_or("the total is too large")?)?)
}
