//! Inventory as its first milestone had it: a consumer that reads and logs, beside the full one in a group of its own.

use std::sync::{Arc, Mutex, PoisonError};

use event_contracts::Service;
use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::flowops::{OrderEvents, services};
use example_kit::{Context, Error, Task};
use tracing::info;

/// The inventory service under another name, and thereby in another group.
pub const CONTRACT: Service =
    Service { name: "inventory-skeleton", title: "Inventory Service (skeleton)", ..services::INVENTORY };

/// The skeleton, with the offsets that it has read in their order.
#[derive(Default)]
pub struct Skeleton {
    read: Mutex<Vec<i64>>,
}

/// Starts the service.
///
/// # Errors
/// No consumer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let skeleton = Arc::new(Skeleton::default());
    context.share(&skeleton);
    Ok(vec![context.consume(&CONTRACT, skeleton)?])
}

impl Skeleton {
    /// The offsets that it has read.
    #[must_use]
    pub fn read(&self) -> Vec<i64> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Handler for Skeleton {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).push(record.offset());
        // No inbox: reading and logging an event twice does no harm.
        let event = OrderEvents::decode(record.payload())?;
        info!(position = %record.position(), event_type = event.event_type(), "read");
        match event {
            OrderEvents::Unknown(_) => Ok(Outcome::Ignored),
            _ => Ok(Outcome::Handled),
        }
    }
}
