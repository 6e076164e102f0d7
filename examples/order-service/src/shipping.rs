//! Shipping: prepares with the status, creates the shipment of a confirmed order, cancels that of a cancelled one.

use std::collections::BTreeMap;

use event_contracts::{Event, Lifecycle};
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    OrderCancelled, OrderConfirmed, OrderId, OrderServiceEvent, OrderState, OrderStatusChanged,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// Shipments by order.
#[derive(Debug, Clone, Default)]
pub struct Shipments {
    /// Where each order stands that shipping has heard of.
    pub orders: BTreeMap<OrderId, OrderState>,
    /// Orders with a shipment.
    pub created: Vec<OrderId>,
    /// Orders whose shipment was called off.
    pub cancelled: Vec<OrderId>,
}

impl Shipments {
    fn advance<E: Event>(&mut self, order: OrderId, event: &E) -> Result<OrderState, Failure>
    where
        OrderState: Lifecycle<E>,
    {
        // Shipping is not told of new orders: one that it does not know is pending.
        let known = self.orders.get(&order).copied().unwrap_or(OrderState::Pending);
        let state = OrderState::next(Some(known), event)?;
        self.orders.insert(order, state);
        Ok(state)
    }
}

impl Dispatch for Shipments {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::OrderStatusChanged(event) => service.react(&event).await,
            OrderServiceEvent::OrderConfirmed(event) => service.react(&event).await,
            OrderServiceEvent::OrderCancelled(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderStatusChanged> for Shipments {
    fn follow(&mut self, event: &OrderStatusChanged) -> Result<Option<Step>, Failure> {
        let what = match self.advance(event.data.order_id, event)? {
            OrderState::Confirmed => "shipment prepared",
            OrderState::Processing => "picked and packed",
            OrderState::Shipped => "handed to the carrier",
            OrderState::Delivered => "delivered",
            // `order.cancelled` says it again, with what shipping has to undo.
            OrderState::Pending | OrderState::Cancelled => return Ok(None),
        };
        Ok(Some(Step::new(&event.data.order_number, what)))
    }
}

impl Follow<OrderConfirmed> for Shipments {
    fn follow(&mut self, event: &OrderConfirmed) -> Result<Option<Step>, Failure> {
        self.advance(event.data.order_id, event)?;
        self.created.push(event.data.order_id);
        Ok(Some(Step::new(&event.data.order_number, "shipment created")))
    }
}

impl Follow<OrderCancelled> for Shipments {
    fn follow(&mut self, event: &OrderCancelled) -> Result<Option<Step>, Failure> {
        self.advance(event.data.order_id, event)?;
        if !self.created.contains(&event.data.order_id) {
            return Ok(None);
        }
        self.cancelled.push(event.data.order_id);
        Ok(Some(Step::new(&event.data.order_number, "shipment cancelled")))
    }
}
