//! First Viscount: fifteen events, a topic each; three services that publish and nine that listen.

pub mod analytics;
pub mod book;
pub mod catalog;
pub mod inventory;
pub mod notification;
pub mod orders;
pub mod payment;
mod receipt;
pub mod records;
pub mod scenario;
pub mod search;
pub mod warehouse;

use example_contracts::first_viscount::{services, topics};
use example_kit::{Follower, Service, System};

use crate::analytics::Figures;
use crate::notification::Outbound;
use crate::payment::Charges;
use crate::records::{History, Picking, Records, Reorders, Trail};
use crate::search::Index;

/// The system with all its services.
#[must_use]
pub fn system() -> System {
    System {
        name: example_contracts::first_viscount::SYSTEM,
        title: "a topic per event; products, stock and orders, the latter still planned",
        topics: topics::ALL,
        services: services(),
        scenario: |context| Box::pin(scenario::play(context)),
    }
}

/// Those who publish, and those who only follow events.
macro_rules! services {
    ($($contract:ident: $state:ty),* $(,)?) => {
        vec![
            Service { contract: &services::PRODUCT_CATALOG, start: catalog::start },
            Service { contract: &services::INVENTORY_MANAGEMENT, start: inventory::start },
            Service { contract: &services::ORDER_MANAGEMENT, start: orders::start },
            $(Service {
                contract: &services::$contract,
                start: |context| Follower::start(context, &services::$contract, <$state>::default()),
            },)*
        ]
    };
}

fn services() -> Vec<Service> {
    services! {
        SEARCH: Index,
        ANALYTICS: Figures,
        NOTIFICATION: Outbound,
        PAYMENT: Charges,
        FULFILLMENT: Picking,
        PROCUREMENT: Reorders,
        CUSTOMER: History,
        ACCOUNTING: Records,
        AUDIT: Trail,
    }
}
