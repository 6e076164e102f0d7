//! Payment: prepares the charge of a new order, makes it once the order is validated, refunds a cancelled one.

use std::collections::BTreeMap;

use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::first_viscount::{
    FirstViscountEvent, Money, OrderCancelled, OrderCreated, OrderId, OrderValidated,
};
use example_kit::{Dispatch, Follow, Follower, Step};

use crate::receipt::decode;

/// Charges by order.
///
/// The three events come on three topics without a mutual order, and all of them may come late. The policy: a charge
/// only ever moves forward, whatever arrives in whichever order.
#[derive(Debug, Clone, Default)]
pub struct Charges {
    /// Where the money of each order is.
    pub charges: BTreeMap<OrderId, Charge>,
    /// What is owed to customers.
    pub owed: Vec<(OrderId, Money)>,
}

/// Where the money of an order is; a later one never becomes an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Charge {
    /// Known, and not asked for.
    Prepared,
    /// With us.
    Made,
    /// On its way back.
    GivenBack,
}

impl Charges {
    /// Moves the charge forward; `false` if it was there or further.
    fn advance(&mut self, order: &OrderId, to: Charge) -> bool {
        let known = self.charges.get(order).copied();
        let moves = known.is_none_or(|known| known < to);
        if moves {
            self.charges.insert(order.clone(), to);
        }
        moves
    }
}

impl Dispatch for Charges {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match decode(service.context(), record)? {
            FirstViscountEvent::OrderCreated(event) => service.react(&event).await,
            FirstViscountEvent::OrderValidated(event) => service.react(&event).await,
            FirstViscountEvent::OrderCancelled(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderCreated> for Charges {
    fn follow(&mut self, event: &OrderCreated) -> Result<Option<Step>, Failure> {
        let data = &event.data;
        let prepared = self.advance(&data.order_id, Charge::Prepared);
        Ok(prepared
            .then(|| Step::new(&data.order_id, format_args!("{} {} to be charged", data.total_amount, data.currency))))
    }
}

impl Follow<OrderValidated> for Charges {
    fn follow(&mut self, event: &OrderValidated) -> Result<Option<Step>, Failure> {
        let made = self.advance(&event.data.order_id, Charge::Made);
        Ok(made.then(|| Step::new(&event.data.order_id, "charged")))
    }
}

impl Follow<OrderCancelled> for Charges {
    fn follow(&mut self, event: &OrderCancelled) -> Result<Option<Step>, Failure> {
        let data = &event.data;
        let (true, Some(amount)) = (data.refund_required, &data.refund_amount) else { return Ok(None) };
        if !self.advance(&data.order_id, Charge::GivenBack) {
            return Ok(None);
        }
        self.owed.push((data.order_id.clone(), amount.clone()));
        Ok(Some(Step::new(&data.order_id, format_args!("{amount} on its way back"))))
    }
}
