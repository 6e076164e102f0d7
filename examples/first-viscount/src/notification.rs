//! Notification: tells customers and staff what concerns them.

use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::first_viscount::{
    FirstViscountEvent, LowStockAlert, OrderCancelled, OrderCreated, OrderValidated, PriceChanged, ProductOutOfStock,
};
use example_kit::{Dispatch, Follow, Follower, Step};

use crate::receipt::decode;

/// What was sent, in its order.
#[derive(Debug, Clone, Default)]
pub struct Outbound {
    /// Whom it was about, and what it said.
    pub sent: Vec<(String, &'static str)>,
}

impl Outbound {
    fn send(&mut self, about: &str, what: &'static str) -> Result<Option<Step>, Failure> {
        self.sent.push((about.to_owned(), what));
        Ok(Some(Step::new(about, format_args!("message: {what}"))))
    }
}

impl Dispatch for Outbound {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match decode(service.context(), record)? {
            FirstViscountEvent::OrderCreated(event) => service.react(&event).await,
            FirstViscountEvent::OrderValidated(event) => service.react(&event).await,
            FirstViscountEvent::OrderCancelled(event) => service.react(&event).await,
            FirstViscountEvent::PriceChanged(event) => service.react(&event).await,
            FirstViscountEvent::ProductOutOfStock(event) => service.react(&event).await,
            FirstViscountEvent::LowStockAlert(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

/// One message per event.
macro_rules! messages {
    ($($event:ty: $about:ident => $what:literal),* $(,)?) => {$(
        impl Follow<$event> for Outbound {
            fn follow(&mut self, event: &$event) -> Result<Option<Step>, Failure> {
                self.send(event.data.$about.as_str(), $what)
            }
        }
    )*};
}

messages! {
    OrderCreated: order_id => "we have your order",
    OrderValidated: order_id => "your order is being prepared",
    OrderCancelled: order_id => "your order is cancelled",
    PriceChanged: product_id => "a product on your list has another price",
    ProductOutOfStock: product_id => "sold out",
    LowStockAlert: product_id => "runs low, to the staff",
}
