//! Monitoring: reads every failure from `order.failed` and lists it for people.

use event_contracts::Event;
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_workflow::{
    CorrelationId, OrderFailedEvents, OrderFailurePayload, OrderId, OrderInventoryFailed, OrderNotificationFailed,
    OrderPaymentFailed, OrderValidationFailed, services,
};
use example_kit::{Context, Dispatch, Error, Follow, Follower, Step, Task};

/// What the service knows: every failure, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Monitoring {
    /// The failures.
    pub alerts: Vec<Alert>,
}

/// One failure, as a person wants to see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Which step failed: the event's type.
    pub step: &'static str,
    /// For which order.
    pub order: OrderId,
    /// In which run.
    pub correlation: CorrelationId,
    /// Why, and what the step was given.
    pub failure: OrderFailurePayload,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    Follower::start(context, &services::MONITORING, Monitoring::default())
}

impl Dispatch for Monitoring {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderFailedEvents::decode(record.payload())? {
            OrderFailedEvents::OrderValidationFailed(event) => service.react(&event).await,
            OrderFailedEvents::OrderInventoryFailed(event) => service.react(&event).await,
            OrderFailedEvents::OrderPaymentFailed(event) => service.react(&event).await,
            OrderFailedEvents::OrderNotificationFailed(event) => service.react(&event).await,
            OrderFailedEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

impl Monitoring {
    fn alert(
        &mut self,
        step: &'static str,
        order: &OrderId,
        correlation: &CorrelationId,
        failure: &OrderFailurePayload,
    ) -> Step {
        let alert = Alert { step, order: order.clone(), correlation: correlation.clone(), failure: failure.clone() };
        self.alerts.push(alert);
        Step::new(format_args!("order {order}"), format_args!("{step} → noted for a person"))
    }
}

impl Follow<OrderValidationFailed> for Monitoring {
    fn follow(&mut self, event: &OrderValidationFailed) -> Result<Option<Step>, Failure> {
        Ok(Some(self.alert(OrderValidationFailed::TYPE, &event.order_id, &event.correlation_id, &event.payload)))
    }
}

impl Follow<OrderInventoryFailed> for Monitoring {
    fn follow(&mut self, event: &OrderInventoryFailed) -> Result<Option<Step>, Failure> {
        Ok(Some(self.alert(OrderInventoryFailed::TYPE, &event.order_id, &event.correlation_id, &event.payload)))
    }
}

impl Follow<OrderPaymentFailed> for Monitoring {
    fn follow(&mut self, event: &OrderPaymentFailed) -> Result<Option<Step>, Failure> {
        Ok(Some(self.alert(OrderPaymentFailed::TYPE, &event.order_id, &event.correlation_id, &event.payload)))
    }
}

impl Follow<OrderNotificationFailed> for Monitoring {
    fn follow(&mut self, event: &OrderNotificationFailed) -> Result<Option<Step>, Failure> {
        Ok(Some(self.alert(OrderNotificationFailed::TYPE, &event.order_id, &event.correlation_id, &event.payload)))
    }
}
