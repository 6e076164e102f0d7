//! FlowOps: Order publishes, Inventory reserves and releases; a second consumer only reads and logs.

pub mod inventory;
pub mod order;
pub mod scenario;
pub mod skeleton;
pub mod stock;

use example_contracts::flowops::{services, topics};
use example_kit::{Service, System};

/// The system with all its services.
#[must_use]
pub fn system() -> System {
    System {
        name: example_contracts::flowops::SYSTEM,
        title: "orders reserve stock, cancellations release it, on one partition",
        topics: topics::ALL,
        services: vec![
            Service { contract: &services::ORDER, start: order::start },
            Service { contract: &services::INVENTORY, start: inventory::start },
            Service { contract: &skeleton::CONTRACT, start: skeleton::start },
        ],
        scenario: |context| Box::pin(scenario::play(context)),
    }
}
