//! The order service: tells that an order was created or cancelled, once that is persisted.

use std::sync::Arc;

use event_contracts::Uuid;
use event_contracts_delivery::{Position, Publisher};
use example_contracts::flowops::{OrderCancelled, OrderCancelledPayload, OrderCreated, OrderCreatedPayload, OrderItem};
use example_kit::{Context, Error, Task};

/// The orders, behind the calls that an HTTP interface would make.
pub struct Orders {
    context: Context,
    publisher: Publisher,
}

/// Starts the service: it consumes nothing.
///
/// # Errors
/// No producer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    context.share(&Arc::new(Orders { context: context.clone(), publisher: context.publisher()? }));
    Ok(vec![])
}

impl Orders {
    /// Creates an order of these articles and tells so.
    ///
    /// # Errors
    /// The order breaks the contract, or no broker takes the event.
    pub async fn create(&self, order_id: &str, items: &[(&str, u32)]) -> Result<OrderCreated, Error> {
        let items = items.iter().map(|(sku, qty)| OrderItem::builder().sku(*sku).qty(*qty).build());
        let items = items.collect::<Result<Vec<_>, _>>()?;
        let payload = OrderCreatedPayload::builder().order_id(order_id).items(items).build()?;
        let event = OrderCreated::builder().event_id(Uuid::new_v4()).payload(payload).build()?;
        self.publish_created(&event).await?;
        Ok(event)
    }

    /// Publishes an event of an order that was created: a second time, if the service does not know about the first.
    ///
    /// # Errors
    /// No broker takes the event.
    pub async fn publish_created(&self, event: &OrderCreated) -> Result<Position, Error> {
        self.context.tell(&event.payload.order_id, "created → ORDER_CREATED");
        Ok(self.publisher.publish(event).await?)
    }

    /// Cancels an order and tells so.
    ///
    /// # Errors
    /// The id breaks the contract, or no broker takes the event.
    pub async fn cancel(&self, order_id: &str) -> Result<OrderCancelled, Error> {
        let payload = OrderCancelledPayload::builder().order_id(order_id).build()?;
        let event = OrderCancelled::builder().event_id(Uuid::new_v4()).payload(payload).build()?;
        self.context.tell(order_id, "cancelled → ORDER_CANCELLED");
        self.publisher.publish(&event).await?;
        Ok(event)
    }
}
