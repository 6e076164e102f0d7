//! A contract of two events, written by hand.

use event_contracts::{Constant, Event, Events, UnknownEvent};

pub(crate) const TOPIC: &str = "event-contracts-delivery-test";

#[derive(Debug, Clone, PartialEq, Event)]
#[event(system = "shop", topic = "event-contracts-delivery-test", type = "order.placed", version = 1)]
#[event(partition_key(order_id), idempotency_key(order_id), correlation(run))]
pub(crate) struct Placed {
    #[data(name = "type", constant = "order.placed")]
    pub(crate) event_type: Constant,
    pub(crate) order_id: String,
    pub(crate) run: String,
    pub(crate) pieces: u64,
}

#[derive(Debug, Clone, PartialEq, Event)]
#[event(
    system = "shop",
    topic = "event-contracts-delivery-test",
    type = "order.withdrawn",
    version = 1,
    status = "planned"
)]
#[event(partition_key(order_id), idempotency_key(order_id))]
pub(crate) struct Withdrawn {
    #[data(name = "type", constant = "order.withdrawn")]
    pub(crate) event_type: Constant,
    pub(crate) order_id: String,
}

#[derive(Debug, Clone, PartialEq, Events)]
#[events(type_at = "/type")]
pub(crate) enum ShopEvents {
    Placed(Placed),
    Withdrawn(Withdrawn),
    Unknown(UnknownEvent),
}

pub(crate) fn placed(run: &str, order: u32, pieces: u64) -> Placed {
    Placed { event_type: Constant, order_id: format!("{run}-{order}"), run: run.into(), pieces }
}

pub(crate) fn withdrawn(run: &str) -> Withdrawn {
    Withdrawn { event_type: Constant, order_id: run.into() }
}
