//! Payment: charges the customer once stock is set aside.

use std::sync::Arc;

use event_contracts::Decimal;
use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::order_workflow::{
    InventoryReserved, OrderFailurePayload, OrderId, OrderInventoryReservedEvents, OrderPaymentFailed,
    OrderWorkflowState, PaymentCompleted, PaymentId, services,
};
use example_kit::{Context, Error, Rows, Task};

use crate::original::Original;
use crate::step::Step;

/// The mock provider declines what costs more.
const LIMIT: Decimal = Decimal::new(1000, 0);

/// The service.
#[derive(Debug)]
pub struct Payment {
    step: Step,
    paid: Rows<OrderId, PaymentCompleted>,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let payment = Arc::new(Payment { step: Step::new(context)?, paid: Rows::new() });
    context.share(&payment);
    Ok(vec![context.consume(&services::PAYMENT, payment)?])
}

impl Payment {
    /// How far this service has seen an order come.
    #[must_use]
    pub fn state(&self, order: &OrderId) -> Option<OrderWorkflowState> {
        self.step.state(order)
    }

    /// Publishes a payment once more: the provider calls us twice.
    ///
    /// # Errors
    /// The order is not paid, or no broker took the event.
    pub async fn announce_again(&self, order: &OrderId) -> Result<(), Failure> {
        let event = self.paid.get(order).ok_or_else(|| Failure::refused("the order is not paid"))?;
        self.step.publish_again(order, &event).await
    }

    async fn charge(&self, event: &InventoryReserved, record: &Record) -> Result<(), Failure> {
        let order = &event.order_id;
        self.step.take(order, Some(OrderWorkflowState::Validated), event).await?;
        if *event.payload.total_amount > LIMIT {
            let original = Original::of(record)?;
            let failure = failed(&original, original.failed("PAYMENT_DECLINED: above the limit of the card")?)?;
            return self.step.publish(order, &failure, "declined").await;
        }
        let mut payload = event.payload.clone();
        payload.payment_id = Some(PaymentId::new(format!("pay-{order}")).map_err(Failure::failed)?);
        let completed = PaymentCompleted::builder()
            .order_id(order.clone())
            .correlation_id(event.correlation_id.clone())
            .payload(payload)
            .build()
            .map_err(Failure::failed)?;
        self.paid.turn().await.put(order.clone(), completed.clone());
        self.step.publish(order, &completed, "charged").await
    }
}

impl Handler for Payment {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match OrderInventoryReservedEvents::decode(record.payload()) {
            Ok(OrderInventoryReservedEvents::InventoryReserved(event)) => {
                self.step.once.handle(&event, self.charge(&event, record)).await
            }
            Ok(OrderInventoryReservedEvents::Unknown(_)) => Ok(Outcome::Ignored),
            Err(error) => Err(self.step.unreadable(record, error, "INVALID_EVENT", failed).await),
        }
    }
}

fn failed(original: &Original, payload: OrderFailurePayload) -> Result<OrderPaymentFailed, Failure> {
    OrderPaymentFailed::builder()
        .order_id(original.order_id.clone())
        .correlation_id(original.correlation_id.clone())
        .payload(payload)
        .build()
        .map_err(Failure::failed)
}
