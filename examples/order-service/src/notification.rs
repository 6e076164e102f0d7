//! Notification: tells customers about their orders, each kind of news once.

use std::collections::BTreeMap;
use std::fmt;

use event_contracts::{Event, Lifecycle};
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    ChatOrderCreated, OrderCancelled, OrderConfirmed, OrderCreated, OrderId, OrderNumber, OrderServiceEvent,
    OrderState, OrderStatusChanged, OrderStockOverrideApplied, OrderUpdated,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// What was sent, in its order.
#[derive(Debug, Clone, Default)]
pub struct Outbound {
    /// The messages.
    pub sent: Vec<(OrderId, Notice)>,
    states: BTreeMap<OrderId, OrderState>,
}

/// A kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// We have your order.
    Receipt,
    /// Your order was changed.
    Change,
    /// Your order is confirmed.
    Confirmation,
    /// Your order is on its way.
    Shipping,
    /// Your order has arrived.
    Delivery,
    /// Your order is called off.
    Cancellation,
    /// Part of your order comes later.
    Delay,
    /// Is this the order that you meant?
    Question,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Receipt => "receipt",
            Self::Change => "change",
            Self::Confirmation => "confirmation",
            Self::Shipping => "shipping notice",
            Self::Delivery => "delivery notice",
            Self::Cancellation => "cancellation",
            Self::Delay => "notice of a delay",
            Self::Question => "question whether this is meant",
        })
    }
}

impl Outbound {
    fn send(&mut self, order: OrderId, number: &OrderNumber, notice: Notice) -> Option<Step> {
        self.sent.push((order, notice));
        Some(Step::new(number, format_args!("customer gets: {notice}")))
    }

    fn advance<E: Event>(&mut self, order: OrderId, event: &E) -> Result<(Option<OrderState>, OrderState), Failure>
    where
        OrderState: Lifecycle<E>,
    {
        let before = self.states.get(&order).copied();
        let state = OrderState::next(before, event)?;
        self.states.insert(order, state);
        Ok((before, state))
    }
}

/// What news a step is. A confirmation and a cancellation are told on two topics: only the first one is a step.
fn news(before: Option<OrderState>, now: OrderState) -> Option<Notice> {
    match now {
        _ if before == Some(now) => None,
        OrderState::Pending => Some(Notice::Receipt),
        OrderState::Confirmed => Some(Notice::Confirmation),
        OrderState::Processing => None,
        OrderState::Shipped => Some(Notice::Shipping),
        OrderState::Delivered => Some(Notice::Delivery),
        OrderState::Cancelled => Some(Notice::Cancellation),
    }
}

impl Dispatch for Outbound {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::OrderCreated(event) => service.react(&event).await,
            OrderServiceEvent::OrderUpdated(event) => service.react(&event).await,
            OrderServiceEvent::OrderStatusChanged(event) => service.react(&event).await,
            OrderServiceEvent::OrderConfirmed(event) => service.react(&event).await,
            OrderServiceEvent::OrderCancelled(event) => service.react(&event).await,
            OrderServiceEvent::OrderStockOverrideApplied(event) => service.react(&event).await,
            OrderServiceEvent::ChatOrderCreated(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

/// Events that move an order: the customer hears of the new state.
macro_rules! news_of_a_step {
    ($($event:ty),*) => {$(
        impl Follow<$event> for Outbound {
            fn follow(&mut self, event: &$event) -> Result<Option<Step>, Failure> {
                let (before, now) = self.advance(event.data.order_id, event)?;
                let notice = news(before, now);
                Ok(notice.and_then(|notice| self.send(event.data.order_id, &event.data.order_number, notice)))
            }
        }
    )*};
}

/// Events that leave an order where it is: the customer hears of them as such.
macro_rules! news_by_itself {
    ($($event:ty => $notice:expr),*) => {$(
        impl Follow<$event> for Outbound {
            fn follow(&mut self, event: &$event) -> Result<Option<Step>, Failure> {
                Ok(self.send(event.data.order_id, &event.data.order_number, $notice))
            }
        }
    )*};
}

news_of_a_step!(OrderCreated, OrderStatusChanged, OrderConfirmed, OrderCancelled);
news_by_itself!(
    OrderUpdated => Notice::Change,
    OrderStockOverrideApplied => Notice::Delay,
    ChatOrderCreated => Notice::Question
);
