//! The commerce system: a shop whose services talk by events in one stable envelope.

pub mod notifications;
pub mod order;
pub mod payment;
pub mod scenario;
pub mod shipping;

use example_contracts::commerce::{SYSTEM, services, topics};
use example_kit::{Service, System};

/// The system as a program starts it.
#[must_use]
pub fn system() -> System {
    System {
        name: SYSTEM,
        title: "a shop: order, payment, shipping, notifications",
        topics: topics::ALL,
        services: vec![
            Service { contract: &services::ORDER, start: order::start },
            Service { contract: &services::PAYMENT, start: payment::start },
            Service { contract: &services::SHIPPING, start: shipping::start },
            Service { contract: &services::NOTIFICATIONS, start: notifications::start },
        ],
        scenario: |context| Box::pin(scenario::play(context)),
    }
}
