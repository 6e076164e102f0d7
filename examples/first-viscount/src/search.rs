//! Search: keeps the index in step with the catalog.

use std::collections::BTreeMap;

use event_contracts::Event;
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::first_viscount::{
    FirstViscountEvent, ProductCreated, ProductDeleted, ProductId, ProductUpdated,
};
use example_kit::{Dispatch, Follow, Follower, Step};

use crate::receipt::decode;

/// The index.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The text that a product is found by.
    pub texts: BTreeMap<ProductId, String>,
    /// Products told by a newer minor version, as they came: members that this code does not know are kept.
    pub newer: Vec<ProductCreated>,
}

impl Index {
    fn put(&mut self, product: &ProductId, name: &str, description: Option<&str>) {
        self.texts.insert(product.clone(), [Some(name), description].map(Option::unwrap_or_default).join(" "));
    }
}

impl Dispatch for Index {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match decode(service.context(), record)? {
            FirstViscountEvent::ProductCreated(event) => service.react(&event).await,
            FirstViscountEvent::ProductUpdated(event) => service.react(&event).await,
            FirstViscountEvent::ProductDeleted(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<ProductCreated> for Index {
    fn follow(&mut self, event: &ProductCreated) -> Result<Option<Step>, Failure> {
        let data = &event.data;
        self.put(&data.product_id, &data.name, data.description.as_deref());
        if event.is_newer() {
            self.newer.push(event.clone());
        }
        Ok(Some(Step::new(&data.product_id, "product.created → indexed")))
    }
}

impl Follow<ProductUpdated> for Index {
    fn follow(&mut self, event: &ProductUpdated) -> Result<Option<Step>, Failure> {
        let data = &event.data;
        self.put(&data.product_id, &data.name, data.description.as_deref());
        Ok(Some(Step::new(&data.product_id, format_args!("product.updated → indexed, {} changed", data.changes.len()))))
    }
}

impl Follow<ProductDeleted> for Index {
    fn follow(&mut self, event: &ProductDeleted) -> Result<Option<Step>, Failure> {
        self.texts.remove(&event.data.product_id);
        Ok(Some(Step::new(&event.data.product_id, "product.deleted → found no more")))
    }
}
