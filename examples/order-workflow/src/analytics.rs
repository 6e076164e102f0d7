//! Analytics: counts completed orders and what they came to.

use event_contracts::Decimal;
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_workflow::{OrderCompleted, OrderCompletedEvents, services};
use example_kit::{Context, Dispatch, Error, Follow, Follower, Step, Task};

/// What the service knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Analytics {
    /// How many orders were completed.
    pub orders: u64,
    /// What they came to, to the cent.
    pub turnover: Decimal,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    Follower::start(context, &services::ANALYTICS, Analytics { orders: 0, turnover: Decimal::new(0, 2) })
}

impl Dispatch for Analytics {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderCompletedEvents::decode(record.payload())? {
            OrderCompletedEvents::OrderCompleted(event) => service.react(&event).await,
            OrderCompletedEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderCompleted> for Analytics {
    fn follow(&mut self, event: &OrderCompleted) -> Result<Option<Step>, Failure> {
        let turnover = self.turnover.checked_add(&event.payload.total_amount);
        self.turnover = turnover.ok_or_else(|| Failure::refused("the turnover is beyond counting"))?;
        self.orders += 1;
        let Self { orders, turnover } = self;
        Ok(Some(Step::new(
            format_args!("order {}", event.order_id),
            format_args!("{orders} completed, {turnover} in all"),
        )))
    }
}
