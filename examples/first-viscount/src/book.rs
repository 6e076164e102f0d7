//! The order book: orders on their way, and what order management knows of products and reservations.

use std::collections::BTreeMap;

use event_contracts::{BuildError, Decimal, Event, IllegalTransition, Lifecycle, Timestamp, Uuid};
use event_contracts_delivery::Failure;
use example_contracts::first_viscount::{
    CorrelationId, CustomerId, InventoryReleased, InventoryReserved, ItemReservation, Money, OrderCancelled,
    OrderCancelledData, OrderCancelledDataCancellationReason, OrderCancelledDataCancelledBy, OrderCompleted,
    OrderCompletedData, OrderCreated, OrderCreatedData, OrderId, OrderItem, OrderRefunded, OrderRefundedData,
    OrderRefundedDataRefundMethod, OrderRefundedDataRefundReason, OrderState, OrderStatus, OrderValidated,
    OrderValidatedData, PostalAddress, ProductId, ReservationId, ReservationState, UtcTime, ValidationResults,
};
use example_kit::Error;

use crate::receipt::correlation;

/// Orders, goods and reservations.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// What can be ordered.
    pub goods: BTreeMap<ProductId, Goods>,
    /// Every order.
    pub orders: BTreeMap<OrderId, Order>,
    /// Every reservation that inventory management told of.
    pub reservations: BTreeMap<ReservationId, ReservationState>,
}

/// A product, as far as orders need to know it.
#[derive(Debug, Clone, Default)]
pub struct Goods {
    /// Prices by the moment from which they apply, so that the order in which changes arrive does not matter.
    pub prices: BTreeMap<UtcTime, Money>,
    /// Whether it is sold at all.
    pub active: bool,
    /// Whether there is none left.
    pub sold_out: bool,
}

/// An order on its way.
#[derive(Debug, Clone)]
pub struct Order {
    /// Where it stands.
    pub state: OrderState,
    /// The flow that all of its events belong to.
    pub flow: CorrelationId,
    /// What was ordered.
    pub items: Vec<OrderItem>,
    /// What it costs.
    pub total: Money,
    /// The stock that is held for it.
    pub held: Vec<ItemReservation>,
}

impl Goods {
    /// The price that applies now.
    #[must_use]
    pub fn price(&self) -> Option<&Money> {
        let now = UtcTime::new(Timestamp::now()).ok()?;
        self.prices.range(..=now).next_back().map(|(_, price)| price)
    }
}

impl Order {
    fn is_covered(&self) -> bool {
        let held = |product: &ProductId| {
            self.held.iter().filter(|held| held.product_id == *product).map(|held| *held.quantity).sum::<u32>()
        };
        self.items.iter().all(|item| held(&item.product_id) >= *item.quantity)
    }

    fn advance<E: Event>(&mut self, event: &E) -> Result<(), IllegalTransition>
    where
        OrderState: Lifecycle<E>,
    {
        self.state = OrderState::next(Some(self.state), event)?;
        Ok(())
    }
}

impl Book {
    /// Enters a new order at the prices that apply now.
    pub(crate) fn place(
        &mut self,
        id: OrderId,
        customer: CustomerId,
        lines: &[(&ProductId, u32)],
        address: PostalAddress,
    ) -> Result<OrderCreated, Error> {
        let items = lines.iter().map(|(product, pieces)| self.line(product, *pieces)).collect::<Result<Vec<_>, _>>()?;
        let total = items.iter().try_fold(Decimal::ZERO, |sum, item| sum.checked_add(&item.total_price));
        let total = Money::new(total.ok_or("the total is too large")?)?;
        let data = OrderCreatedData::builder()
            .order_id(id.clone())
            .customer_id(customer)
            .total_amount(total.clone())
            .currency("USD")
            .status(OrderStatus::Pending)
            .items(items.clone())
            .shipping_address(address.clone())
            .billing_address(address)
            .build()?;
        let flow = correlation("order")?;
        let event = OrderCreated::builder().event_id(Uuid::new_v4()).correlation_id(flow.clone()).data(data).build()?;
        let state = OrderState::next(self.orders.get(&id).map(|known| known.state), &event)?;
        self.orders.insert(id, Order { state, flow, items, total, held: vec![] });
        Ok(event)
    }

    fn line(&self, product: &ProductId, pieces: u32) -> Result<OrderItem, Error> {
        let goods = self.goods.get(product).filter(|goods| goods.active).ok_or("the product is not sold")?;
        if goods.sold_out {
            return Err("the product is sold out".into());
        }
        let price = goods.price().ok_or("the product has no price yet")?;
        let line_price = price.checked_mul(&Decimal::from(pieces)).ok_or("the price of the line is too large")?;
        let item = OrderItem::builder().product_id(product.clone()).quantity(pieces).unit_price(price.clone());
        Ok(item.total_price(line_price).build()?)
    }

    /// Notes stock that is held; the order is validated once all of it is.
    pub(crate) fn hold(&mut self, event: &InventoryReserved) -> Result<Option<OrderValidated>, Failure> {
        let data = &event.data;
        let known = self.reservations.get(&data.reservation_id).copied();
        let order = self.orders.get_mut(&data.order_id).ok_or_else(|| Failure::refused("an order of somebody else"))?;
        let state = ReservationState::next(known, event)?;
        let held = ItemReservation::builder()
            .product_id(data.product_id.clone())
            .reservation_id(data.reservation_id.clone())
            .quantity(data.quantity)
            .build()
            .map_err(Failure::failed)?;
        order.held.push(held);
        self.reservations.insert(data.reservation_id.clone(), state);
        if !order.is_covered() {
            return Ok(None);
        }
        let validated = validated(&data.order_id, order).map_err(Failure::failed)?;
        order.advance(&validated)?;
        Ok(Some(validated))
    }

    /// Notes stock that is no longer held.
    pub(crate) fn let_go(&mut self, event: &InventoryReleased) -> Result<(), Failure> {
        let id = &event.data.reservation_id;
        let state = ReservationState::next(self.reservations.get(id).copied(), event)?;
        self.reservations.insert(id.clone(), state);
        for order in self.orders.values_mut() {
            order.held.retain(|held| held.reservation_id != *id);
        }
        Ok(())
    }

    /// Completes an order that is paid and delivered.
    pub(crate) fn complete(&mut self, id: &OrderId) -> Result<OrderCompleted, Error> {
        let order = self.order(id)?;
        let data = OrderCompletedData::builder()
            .order_id(id.clone())
            .completion_time(Timestamp::now())
            .payment_id(named("pay"))
            .fulfillment_id(named("ful"))
            .final_amount(order.total.clone())
            .build()?;
        let event = OrderCompleted::builder().event_id(Uuid::new_v4()).correlation_id(order.flow.clone());
        let event = event.data(data).build()?;
        order.advance(&event)?;
        Ok(event)
    }

    /// Cancels an order at the customer's request.
    pub(crate) fn cancel(&mut self, id: &OrderId) -> Result<OrderCancelled, Error> {
        let order = self.order(id)?;
        let data = OrderCancelledData::builder()
            .order_id(id.clone())
            .cancellation_reason(OrderCancelledDataCancellationReason::CustomerRequest)
            .cancelled_by(OrderCancelledDataCancelledBy::Customer)
            .cancelled_at(Timestamp::now())
            .refund_required(true)
            .refund_amount(order.total.clone())
            .build()?;
        let event = OrderCancelled::builder().event_id(Uuid::new_v4()).correlation_id(order.flow.clone());
        let event = event.data(data).build()?;
        order.advance(&event)?;
        Ok(event)
    }

    /// Closes an order whose money went back.
    pub(crate) fn refund(&mut self, id: &OrderId) -> Result<OrderRefunded, Error> {
        let order = self.order(id)?;
        let event = refund(id, order)?;
        order.advance(&event)?;
        Ok(event)
    }

    fn order(&mut self, id: &OrderId) -> Result<&mut Order, Error> {
        self.orders.get_mut(id).ok_or_else(|| "no order of this id".into())
    }
}

fn validated(id: &OrderId, order: &Order) -> Result<OrderValidated, BuildError> {
    let data = OrderValidatedData::builder()
        .order_id(id.clone())
        // Every check has the one outcome that the contract allows.
        .validation_results(ValidationResults::builder().build()?)
        .reservations(order.held.clone())
        .build()?;
    OrderValidated::builder().event_id(Uuid::new_v4()).correlation_id(order.flow.clone()).data(data).build()
}

/// The event that the money of an order went back.
pub(crate) fn refund(id: &OrderId, order: &Order) -> Result<OrderRefunded, BuildError> {
    let data = OrderRefundedData::builder()
        .order_id(id.clone())
        .refund_id(named("ref"))
        .refund_amount(order.total.clone())
        .refund_reason(OrderRefundedDataRefundReason::OrderCancelled)
        .refund_method(OrderRefundedDataRefundMethod::OriginalPaymentMethod)
        .processed_at(Timestamp::now())
        .build()?;
    OrderRefunded::builder().event_id(Uuid::new_v4()).correlation_id(order.flow.clone()).data(data).build()
}

/// An id of another service, which would come with its answer.
fn named(kind: &str) -> String {
    format!("{kind}_{}", Uuid::new_v4()).replace('-', "_")
}
