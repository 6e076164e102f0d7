//! Validator: checks a new order.

use std::sync::Arc;

use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::order_workflow::{
    OrderCreated, OrderCreatedEvents, OrderFailurePayload, OrderId, OrderPayload, OrderValidated,
    OrderValidationFailed, OrderWorkflowState, services,
};
use example_kit::{Context, Error, Task};

use crate::original::Original;
use crate::step::Step;

/// The service.
#[derive(Debug)]
pub struct Validator {
    step: Step,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let validator = Arc::new(Validator { step: Step::new(context)? });
    context.share(&validator);
    Ok(vec![context.consume(&services::VALIDATOR, validator)?])
}

impl Validator {
    /// How far this service has seen an order come.
    #[must_use]
    pub fn state(&self, order: &OrderId) -> Option<OrderWorkflowState> {
        self.step.state(order)
    }

    async fn validate(&self, event: &OrderCreated, record: &Record) -> Result<(), Failure> {
        let order = &event.order_id;
        self.step.take(order, None, event).await?;
        if let Err(what) = check(&event.payload) {
            let original = Original::of(record)?;
            let failure = failed(&original, original.failed(&format!("VALIDATION_FAILED: {what}"))?)?;
            return self.step.publish(order, &failure, what).await;
        }
        let validated = OrderValidated::builder()
            .order_id(order.clone())
            .correlation_id(event.correlation_id.clone())
            .payload(event.payload.clone())
            .build()
            .map_err(Failure::failed)?;
        self.step.publish(order, &validated, "sound").await
    }
}

impl Handler for Validator {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderCreatedEvents::decode(record.payload()) {
            Ok(OrderCreatedEvents::OrderCreated(event)) => {
                self.step.once.handle(&event, self.validate(&event, record)).await
            }
            Ok(OrderCreatedEvents::Unknown(_)) => Ok(Outcome::Ignored),
            Err(error) => Err(self.step.unreadable(record, error, "VALIDATION_FAILED", failed).await),
        }
    }
}

fn failed(original: &Original, payload: OrderFailurePayload) -> Result<OrderValidationFailed, Failure> {
    OrderValidationFailed::builder()
        .order_id(original.order_id.clone())
        .correlation_id(original.correlation_id.clone())
        .payload(payload)
        .build()
        .map_err(Failure::failed)
}

/// What no schema can say.
fn check(payload: &OrderPayload) -> Result<(), &'static str> {
    let mut skus: Vec<_> = payload.items.iter().map(|item| &item.sku).collect();
    skus.sort();
    match skus.windows(2).any(|two| two[0] == two[1]) {
        true => Err("two lines name the same sku"),
        false => Ok(()),
    }
}
