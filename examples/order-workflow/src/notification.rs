//! Notification: tells the customer about the paid order, which ends the workflow.

use std::sync::{Arc, Mutex, PoisonError};

use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::order_workflow::{
    OrderCompleted, OrderFailurePayload, OrderId, OrderNotificationFailed, OrderPaymentCompletedEvents,
    OrderWorkflowState, PaymentCompleted, services,
};
use example_kit::{Context, Error, Task};

use crate::original::Original;
use crate::step::Step;

/// A customer who cannot be told anything.
const UNREACHABLE: &str = "cust-unreachable";

/// The service.
#[derive(Debug)]
pub struct Notification {
    step: Step,
    told: Mutex<Vec<OrderId>>,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let notification = Arc::new(Notification { step: Step::new(context)?, told: Mutex::default() });
    context.share(&notification);
    Ok(vec![context.consume(&services::NOTIFICATION, notification)?])
}

impl Notification {
    /// How far this service has seen an order come.
    #[must_use]
    pub fn state(&self, order: &OrderId) -> Option<OrderWorkflowState> {
        self.step.state(order)
    }

    /// The orders whose customers were told, once for each time.
    #[must_use]
    pub fn told(&self) -> Vec<OrderId> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn notify(&self, event: &PaymentCompleted, record: &Record) -> Result<(), Failure> {
        let order = &event.order_id;
        self.step.take(order, Some(OrderWorkflowState::InventoryReserved), event).await?;
        if event.payload.customer_id == UNREACHABLE {
            let original = Original::of(record)?;
            let failure = failed(&original, original.failed("CUSTOMER_UNREACHABLE: the message came back")?)?;
            return self.step.publish(order, &failure, "customer not reached").await;
        }
        let completed = OrderCompleted::builder()
            .order_id(order.clone())
            .correlation_id(event.correlation_id.clone())
            .payload(event.payload.clone())
            .build()
            .map_err(Failure::failed)?;
        self.step.publish(order, &completed, "customer told").await?;
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(order.clone());
        Ok(())
    }
}

impl Handler for Notification {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderPaymentCompletedEvents::decode(record.payload()) {
            Ok(OrderPaymentCompletedEvents::PaymentCompleted(event)) => {
                self.step.once.handle(&event, self.notify(&event, record)).await
            }
            Ok(OrderPaymentCompletedEvents::Unknown(_)) => Ok(Outcome::Ignored),
            Err(error) => Err(self.step.unreadable(record, error, "INVALID_EVENT", failed).await),
        }
    }
}

fn failed(original: &Original, payload: OrderFailurePayload) -> Result<OrderNotificationFailed, Failure> {
    OrderNotificationFailed::builder()
        .order_id(original.order_id.clone())
        .correlation_id(original.correlation_id.clone())
        .payload(payload)
        .build()
        .map_err(Failure::failed)
}
