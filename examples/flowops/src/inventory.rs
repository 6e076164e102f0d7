//! Inventory as a full consumer: reserves the stock of created orders, releases that of cancelled ones.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::flowops::{OrderCancelled, OrderCreated, OrderEvents, Sku, services};
use example_kit::{Context, Error, Once, Task};

use crate::stock::Stock;

/// What the warehouse starts with.
pub const SHELF: [(&str, u32); 3] = [("SKU-1", 10), ("SKU-2", 5), ("SKU-3", 1)];

/// The inventory service.
pub struct Inventory {
    context: Context,
    once: Once,
    stock: Mutex<Stock>,
}

/// Starts the service.
///
/// # Errors
/// No consumer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let shelf = SHELF.into_iter().map(|(sku, pieces)| Sku::new(sku).map(|sku| (sku, pieces)));
    let stock = Mutex::new(Stock::of(shelf.collect::<Result<Vec<_>, _>>()?));
    let inventory = Arc::new(Inventory { context: context.clone(), once: context.once(), stock });
    context.share(&inventory);
    Ok(vec![context.consume(&services::INVENTORY, inventory)?])
}

impl Inventory {
    /// The stock as it is now.
    #[must_use]
    pub fn stock(&self) -> Stock {
        self.lock().clone()
    }

    async fn reserve(&self, event: &OrderCreated) -> Result<(), Failure> {
        self.lock().reserve(&event.payload).map_err(Failure::refused)?;
        self.context.tell(&event.payload.order_id, "ORDER_CREATED → stock reserved");
        Ok(())
    }

    async fn release(&self, event: &OrderCancelled) -> Result<(), Failure> {
        self.lock().release(&event.payload).map_err(Failure::refused)?;
        self.context.tell(&event.payload.order_id, "ORDER_CANCELLED → stock released");
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Stock> {
        // A change of the stock is made of a single assignment, so a poisoned lock still holds a whole stock.
        self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for Inventory {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderEvents::decode(record.payload())? {
            OrderEvents::OrderCreated(event) => self.once.handle(&event, self.reserve(&event)).await,
            OrderEvents::OrderCancelled(event) => self.once.handle(&event, self.release(&event)).await,
            OrderEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}
