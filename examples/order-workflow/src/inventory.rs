//! Inventory: sets stock aside for a validated order.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::order_workflow::{
    InventoryReserved, OrderFailurePayload, OrderId, OrderInventoryFailed, OrderItem, OrderValidated,
    OrderValidatedEvents, OrderWorkflowState, ReservationId, Sku, services,
};
use example_kit::{Context, Error, Task};

use crate::original::Original;
use crate::step::Step;

/// What the warehouse has of every article when the service starts.
const PIECES: u32 = 100;

/// The service.
#[derive(Debug)]
pub struct Inventory {
    step: Step,
    reserved: Mutex<BTreeMap<Sku, u32>>,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let inventory = Arc::new(Inventory { step: Step::new(context)?, reserved: Mutex::default() });
    context.share(&inventory);
    Ok(vec![context.consume(&services::INVENTORY, inventory)?])
}

impl Inventory {
    /// How many pieces of an article are set aside.
    #[must_use]
    pub fn set_aside_of(&self, sku: &Sku) -> u32 {
        self.reserved.lock().unwrap_or_else(PoisonError::into_inner).get(sku).copied().unwrap_or_default()
    }

    /// How far this service has seen an order come.
    #[must_use]
    pub fn state(&self, order: &OrderId) -> Option<OrderWorkflowState> {
        self.step.state(order)
    }

    async fn reserve(&self, event: &OrderValidated, record: &Record) -> Result<(), Failure> {
        let order = &event.order_id;
        self.step.take(order, Some(OrderWorkflowState::Created), event).await?;
        if !self.set_aside(&event.payload.items) {
            let original = Original::of(record)?;
            let failure = failed(&original, original.failed("OUT_OF_STOCK: fewer pieces than ordered")?)?;
            return self.step.publish(order, &failure, "out of stock").await;
        }
        let mut payload = event.payload.clone();
        payload.reservation_id = Some(ReservationId::new(format!("res-{order}")).map_err(Failure::failed)?);
        let reserved = InventoryReserved::builder()
            .order_id(order.clone())
            .correlation_id(event.correlation_id.clone())
            .payload(payload)
            .build()
            .map_err(Failure::failed)?;
        self.step.publish(order, &reserved, "stock set aside").await
    }

    /// All lines or none.
    fn set_aside(&self, items: &[OrderItem]) -> bool {
        let mut reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = |reserved: &BTreeMap<Sku, u32>, sku| reserved.get(sku).copied().unwrap_or_default();
        if items.iter().any(|item| taken(&reserved, &item.sku) + *item.quantity > PIECES) {
            return false;
        }
        for item in items {
            *reserved.entry(item.sku.clone()).or_default() += *item.quantity;
        }
        true
    }
}

impl Handler for Inventory {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderValidatedEvents::decode(record.payload()) {
            Ok(OrderValidatedEvents::OrderValidated(event)) => {
                self.step.once.handle(&event, self.reserve(&event, record)).await
            }
            Ok(OrderValidatedEvents::Unknown(_)) => Ok(Outcome::Ignored),
            Err(error) => Err(self.step.unreadable(record, error, "INVALID_EVENT", failed).await),
        }
    }
}

fn failed(original: &Original, payload: OrderFailurePayload) -> Result<OrderInventoryFailed, Failure> {
    OrderInventoryFailed::builder()
        .order_id(original.order_id.clone())
        .correlation_id(original.correlation_id.clone())
        .payload(payload)
        .build()
        .map_err(Failure::failed)
}
