//! The order service and everybody who listens: ten events on ten topics, eleven services.

pub mod conversing;
pub mod finance;
pub mod inventory;
pub mod notification;
pub mod orders;
pub mod products;
pub mod reporting;
pub mod scenario;
pub mod shipping;
pub mod telling;
pub mod watching;

use example_contracts::order_service::{services, topics};
use example_kit::{Follower, Service, System};

use crate::conversing::{Conversations, Desk};
use crate::finance::Ledger;
use crate::notification::Outbound;
use crate::reporting::Figures;
use crate::shipping::Shipments;
use crate::watching::{Board, Trail, Watch};

/// The system with all its services.
#[must_use]
pub fn system() -> System {
    System {
        name: example_contracts::order_service::SYSTEM,
        title: "one publisher, ten topics, ten subscribers; every caused event names its cause",
        topics: topics::ALL,
        services: services(),
        scenario: |context| Box::pin(scenario::play(context)),
    }
}

/// Every service of the document; all but the first only follow events.
macro_rules! followers {
    ($($contract:ident: $state:expr),* $(,)?) => {
        vec![
            Service { contract: &services::ORDER_SERVICE, start: orders::start },
            $(Service {
                contract: &services::$contract,
                start: |context| Follower::start(context, &services::$contract, $state),
            },)*
        ]
    };
}

fn services() -> Vec<Service> {
    followers! {
        INVENTORY: products::stock(),
        FINANCE: Ledger::default(),
        SHIPPING: Shipments::default(),
        NOTIFICATION: Outbound::default(),
        REPORTING: Figures::default(),
        AUDIT: Trail::default(),
        SECURITY: Watch::default(),
        DASHBOARD: Board::default(),
        CHATBOT: Conversations::default(),
        CUSTOMER_SERVICE: Desk::default(),
    }
}
