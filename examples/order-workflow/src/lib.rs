//! The order workflow: an order travels from service to service, and every failure ends on one topic.

pub mod analytics;
pub mod inventory;
pub mod monitoring;
pub mod notification;
pub mod order_api;
pub mod original;
pub mod payment;
pub mod scenario;
pub mod step;
pub mod validator;

use example_contracts::order_workflow::{SYSTEM, services, topics};
use example_kit::{Service, System};

/// The system as a program starts it.
#[must_use]
pub fn system() -> System {
    System {
        name: SYSTEM,
        title: "an order travels from service to service; every failure ends on `order.failed`",
        topics: topics::ALL,
        services: vec![
            Service { contract: &services::ORDER_API, start: order_api::start },
            Service { contract: &services::VALIDATOR, start: validator::start },
            Service { contract: &services::INVENTORY, start: inventory::start },
            Service { contract: &services::PAYMENT, start: payment::start },
            Service { contract: &services::NOTIFICATION, start: notification::start },
            Service { contract: &services::ANALYTICS, start: analytics::start },
            Service { contract: &services::MONITORING, start: monitoring::start },
        ],
        scenario: |context| Box::pin(scenario::play(context)),
    }
}
