//! What the steps of the workflow have in common: a state per order, and failures that are told.

use event_contracts::{DecodeError, Event, Lifecycle};
use event_contracts_delivery::{Failure, Publisher, Record};
use example_contracts::order_workflow::{OrderFailurePayload, OrderId, OrderWorkflowState};
use example_kit::{Context, Error, Once, Rows};

use crate::original::{Original, reason};

/// One step: what a service of the workflow works with.
#[derive(Debug)]
pub struct Step {
    /// What the service runs with.
    pub context: Context,
    /// What it has handled.
    pub once: Once,
    publisher: Publisher,
    orders: Rows<OrderId, OrderWorkflowState>,
}

impl Step {
    /// A step that has seen no orders.
    ///
    /// # Errors
    /// The producer cannot be created.
    pub fn new(context: &Context) -> Result<Self, Error> {
        let once = context.once().about("order");
        Ok(Self { context: context.clone(), once, publisher: context.publisher()?, orders: Rows::new() })
    }

    /// Takes an order in: `event` is legal in `before`, the state that it has when this step first hears of it.
    ///
    /// # Errors
    /// The lifecycle refuses: this step has seen the order go further.
    pub async fn take<E: Event>(
        &self,
        order: &OrderId,
        before: Option<OrderWorkflowState>,
        event: &E,
    ) -> Result<OrderWorkflowState, Failure>
    where
        OrderWorkflowState: Lifecycle<E>,
    {
        let orders = self.orders.turn().await;
        let state = OrderWorkflowState::next(orders.get(order).or(before), event)?;
        orders.put(order.clone(), state);
        Ok(state)
    }

    /// Publishes the outcome and moves the order on by it.
    ///
    /// # Errors
    /// The lifecycle refuses, or no broker took the event.
    pub async fn publish<E: Event>(&self, order: &OrderId, event: &E, what: &str) -> Result<(), Failure>
    where
        OrderWorkflowState: Lifecycle<E>,
    {
        let orders = self.orders.turn().await;
        let state = OrderWorkflowState::next(orders.get(order), event)?;
        self.publisher.publish(event).await?;
        orders.put(order.clone(), state);
        self.context.tell(format_args!("order {order}"), format_args!("{what} → {state}, {}", E::TYPE));
        Ok(())
    }

    /// Publishes an event once more: what a sender does that has not seen the acknowledgement.
    ///
    /// # Errors
    /// No broker took the event.
    pub async fn publish_again<E: Event>(&self, order: &OrderId, event: &E) -> Result<(), Failure> {
        self.publisher.publish(event).await?;
        self.context.tell(format_args!("order {order}"), format_args!("{} once more", E::TYPE));
        Ok(())
    }

    /// Answers a message that is no valid event: its failure is published, and it counts as poison.
    pub async fn unreadable<E: Event>(
        &self,
        record: &Record,
        error: DecodeError,
        code: &str,
        failed: fn(&Original, OrderFailurePayload) -> Result<E, Failure>,
    ) -> Failure {
        match self.tell_unreadable(record, &reason(code, &error), failed).await {
            Ok(()) => Failure::Poison(error),
            Err(failure) => failure,
        }
    }

    /// How far this step has seen an order come.
    #[must_use]
    pub fn state(&self, order: &OrderId) -> Option<OrderWorkflowState> {
        self.orders.get(order)
    }

    async fn tell_unreadable<E: Event>(
        &self,
        record: &Record,
        reason: &str,
        failed: fn(&Original, OrderFailurePayload) -> Result<E, Failure>,
    ) -> Result<(), Failure> {
        let original = Original::of(record)?;
        let event = failed(&original, original.failed(reason)?)?;
        self.publisher.publish(&event).await?;
        self.context.tell(format_args!("order {}", original.order_id), format_args!("{reason} → {}", E::TYPE));
        Ok(())
    }
}
