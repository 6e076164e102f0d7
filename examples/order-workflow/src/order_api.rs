//! The order API: takes orders from customers and learns which of them have ended well.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use event_contracts::{Lifecycle, UnknownMembers};
use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::order_workflow::{
    OrderCompleted, OrderCompletedEvents, OrderCreated, OrderId, OrderItem, OrderPayload, OrderWorkflowState, services,
};
use example_kit::{Context, Error, Rows, Task};

use crate::step::Step;

/// The service.
#[derive(Debug)]
pub struct OrderApi {
    step: Step,
    placed: Rows<OrderId, Placed>,
    next_id: AtomicU64,
}

/// What the API knows of one order.
#[derive(Debug, Clone)]
pub struct Placed {
    /// As the customer placed it.
    pub created: OrderCreated,
    /// As it came out of the last step, if it did.
    pub completed: Option<OrderCompleted>,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let next_id = AtomicU64::new(context.first_number());
    let api = Arc::new(OrderApi { step: Step::new(context)?, placed: Rows::new(), next_id });
    context.share(&api);
    Ok(vec![context.consume(&services::ORDER_API, api)?])
}

impl OrderApi {
    /// Takes an order. `extra` are members of the payload that the contract does not know.
    ///
    /// # Errors
    /// The contract refuses the order, or no broker took the event.
    pub async fn place(
        &self,
        customer: &str,
        items: Vec<OrderItem>,
        total: &str,
        extra: UnknownMembers,
    ) -> Result<OrderId, Failure> {
        let number = self.next_id.fetch_add(1, Ordering::Relaxed);
        let payload =
            OrderPayload::builder().customer_id(customer).items(items).total_amount(total).unknown_members(extra);
        let created = OrderCreated::builder()
            .order_id(format!("ord-{number}"))
            .correlation_id(format!("corr-{number}"))
            .payload(payload.build().map_err(Failure::refused)?)
            .build()
            .map_err(Failure::refused)?;
        let id = created.order_id.clone();
        self.placed.turn().await.put(id.clone(), Placed { created: created.clone(), completed: None });
        self.step.publish(&id, &created, "placed").await?;
        Ok(id)
    }

    /// Publishes an order once more: the client has not seen our answer and asks again.
    ///
    /// # Errors
    /// There is no such order, or no broker took the event.
    pub async fn place_again(&self, id: &OrderId) -> Result<(), Failure> {
        let placed = self.placed.get(id).ok_or_else(|| Failure::refused("no such order"))?;
        self.step.publish_again(id, &placed.created).await
    }

    /// What the API knows of an order.
    #[must_use]
    pub fn order(&self, id: &OrderId) -> Option<Placed> {
        self.placed.get(id)
    }

    async fn complete(&self, event: &OrderCompleted) -> Result<(), Failure> {
        let id = &event.order_id;
        let placed = self.placed.turn().await;
        let Some(row) = placed.get(id) else { return Err(Failure::refused("no such order")) };
        // The steps in between are no events of the API: that the order was paid is what this event says.
        let state = OrderWorkflowState::next(Some(OrderWorkflowState::Paid), event)?;
        placed.put(id.clone(), Placed { completed: Some(event.clone()), ..row });
        self.step.context.tell(format_args!("order {id}"), format_args!("OrderCompleted → {state}"));
        Ok(())
    }
}

impl Handler for OrderApi {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderCompletedEvents::decode(record.payload())? {
            OrderCompletedEvents::OrderCompleted(event) => self.step.once.handle(&event, self.complete(&event)).await,
            OrderCompletedEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}
