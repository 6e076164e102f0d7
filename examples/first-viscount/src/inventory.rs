//! Inventory management: reserves for new orders, releases for cancelled ones, settles with completed ones.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts::Event;
use event_contracts_delivery::{Failure, Handler, Outcome, Publisher, Record};
use example_contracts::first_viscount::{
    FirstViscountEvent, InventoryAdjusted, InventoryUpdated, OrderCancelled, OrderCompleted, OrderCreated,
    ProductCreated, ProductDeleted, ProductId, ProductUpdated, services,
};
use example_kit::{Context, Error, Once, Task};

use crate::receipt::{correlation, decode};
use crate::warehouse::Warehouse;

/// The service around the warehouse.
pub struct Inventory {
    context: Context,
    publisher: Publisher,
    once: Once,
    warehouse: Mutex<Warehouse>,
}

/// Starts the service.
///
/// # Errors
/// No consumer or no producer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let (publisher, once) = (context.publisher()?, context.once());
    let inventory = Arc::new(Inventory { context: context.clone(), publisher, once, warehouse: Mutex::default() });
    context.share(&inventory);
    Ok(vec![context.consume(&services::INVENTORY_MANAGEMENT, inventory)?])
}

impl Inventory {
    /// The warehouse as it is now.
    #[must_use]
    pub fn warehouse(&self) -> Warehouse {
        self.lock().clone()
    }

    /// Puts pieces on the shelf.
    ///
    /// # Errors
    /// No broker takes the event.
    pub async fn restock(&self, product: &ProductId, pieces: u32) -> Result<InventoryUpdated, Error> {
        let event = self.lock().restock(product.clone(), pieces, correlation("update")?)?;
        self.publish(product, &event).await?;
        Ok(event)
    }

    /// Corrects the stock to what was counted.
    ///
    /// # Errors
    /// No broker takes the event.
    pub async fn adjust(&self, product: &ProductId, counted: u32) -> Result<InventoryAdjusted, Error> {
        let event = self.lock().adjust(product.clone(), counted, correlation("adjustment")?)?;
        self.publish(product, &event).await?;
        Ok(event)
    }

    async fn initialise(&self, event: &ProductCreated) -> Result<(), Failure> {
        self.lock().levels.entry(event.data.product_id.clone()).or_default();
        self.context.tell(&event.data.product_id, "product.created → stocked, 0 pieces");
        Ok(())
    }

    async fn rename(&self, event: &ProductUpdated) -> Result<(), Failure> {
        // Stock is kept by product id here, so a new SKU only matters to whoever prints labels.
        self.context.tell(&event.data.product_id, format_args!("product.updated → label {}", event.data.sku));
        Ok(())
    }

    async fn clean_up(&self, event: &ProductDeleted) -> Result<(), Failure> {
        self.lock().levels.remove(&event.data.product_id);
        self.context.tell(&event.data.product_id, "product.deleted → no longer stocked");
        Ok(())
    }

    async fn reserve(&self, order: &OrderCreated) -> Result<(), Failure> {
        let reserved = self.lock().reserve(order)?;
        for event in &reserved {
            self.publish(&order.data.order_id, event).await.map_err(Failure::failed)?;
            let alert = self.lock().alert(event).map_err(Failure::failed)?;
            if let Some(alert) = alert {
                self.publish(&event.data.product_id, &alert).await.map_err(Failure::failed)?;
            }
        }
        Ok(())
    }

    async fn release(&self, order: &OrderCancelled) -> Result<(), Failure> {
        let released = self.lock().release(order)?;
        for event in &released {
            self.publish(&order.data.order_id, event).await.map_err(Failure::failed)?;
        }
        Ok(())
    }

    async fn settle(&self, order: &OrderCompleted) -> Result<(), Failure> {
        let updated = self.lock().settle(order)?;
        for event in &updated {
            self.publish(&event.data.product_id, event).await.map_err(Failure::failed)?;
        }
        Ok(())
    }

    async fn publish<E: Event + Sync>(&self, subject: &(dyn std::fmt::Display + Sync), event: &E) -> Result<(), Error> {
        self.context.tell(subject, format_args!("→ {}", E::TYPE));
        self.publisher.publish(event).await?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Warehouse> {
        self.warehouse.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for Inventory {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match decode(&self.context, record)? {
            FirstViscountEvent::ProductCreated(event) => self.once.handle(&event, self.initialise(&event)).await,
            FirstViscountEvent::ProductUpdated(event) => self.once.handle(&event, self.rename(&event)).await,
            FirstViscountEvent::ProductDeleted(event) => self.once.handle(&event, self.clean_up(&event)).await,
            FirstViscountEvent::OrderCreated(event) => self.once.handle(&event, self.reserve(&event)).await,
            FirstViscountEvent::OrderCancelled(event) => self.once.handle(&event, self.release(&event)).await,
            FirstViscountEvent::OrderCompleted(event) => self.once.handle(&event, self.settle(&event)).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}
