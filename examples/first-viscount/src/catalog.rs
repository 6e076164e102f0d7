//! Product catalog: owns products and prices, and notices when one of them has run out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts::{Event, Timestamp, Uuid};
use event_contracts_delivery::{Failure, Handler, Outcome, Publisher, Record};
use example_contracts::first_viscount::{
    FirstViscountEvent, InventoryUpdated, Money, PriceChanged, PriceChangedData, ProductChange, ProductCreated,
    ProductCreatedData, ProductDeleted, ProductDeletedData, ProductDeletedDataReason, ProductId, ProductOutOfStock,
    ProductOutOfStockData, ProductUpdated, ProductUpdatedData, services,
};
use example_kit::{Context, Error, Once, Task};
use serde_json::Value;

use crate::receipt::{correlation, decode};

/// The catalog.
pub struct Catalog {
    context: Context,
    publisher: Publisher,
    once: Once,
    products: Mutex<BTreeMap<ProductId, ProductCreatedData>>,
}

/// Starts the service.
///
/// # Errors
/// No consumer or no producer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let (publisher, once) = (context.publisher()?, context.once());
    let catalog = Arc::new(Catalog { context: context.clone(), publisher, once, products: Mutex::default() });
    context.share(&catalog);
    Ok(vec![context.consume(&services::PRODUCT_CATALOG, catalog)?])
}

impl Catalog {
    /// Adds a product.
    ///
    /// # Errors
    /// No broker takes the event.
    pub async fn create(&self, data: ProductCreatedData) -> Result<ProductCreated, Error> {
        let event = ProductCreated::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(correlation("product")?)
            .data(data.clone())
            .build()?;
        let id = data.product_id.clone();
        self.products().insert(id.clone(), data);
        self.publish(&id, &event).await?;
        Ok(event)
    }

    /// Writes another description of a product.
    ///
    /// # Errors
    /// There is no such product, or no broker takes the event.
    pub async fn describe(&self, id: &ProductId, description: &str) -> Result<ProductUpdated, Error> {
        let data = self.product(id)?;
        let change = ProductChange::builder()
            .field("description")
            .old_value(data.description.as_deref().map_or(Value::Null, Value::from))
            .new_value(Value::from(description))
            .build()?;
        let data = ProductUpdatedData::builder()
            .product_id(data.product_id)
            .name(data.name)
            .description(description)
            .category_id(data.category_id)
            .price(data.price)
            .sku(data.sku)
            .is_active(data.is_active)
            .attributes(data.attributes)
            .changes(vec![change])
            .build()?;
        let event = ProductUpdated::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(correlation("product")?)
            .data(data)
            .build()?;
        self.change(id, |product| product.description = Some(description.to_owned()));
        self.publish(id, &event).await?;
        Ok(event)
    }

    /// Sets another price, which applies at once.
    ///
    /// # Errors
    /// There is no such product, or no broker takes the event.
    pub async fn set_price(&self, id: &ProductId, price: Money) -> Result<PriceChanged, Error> {
        let data = PriceChangedData::builder()
            .product_id(id.clone())
            .old_price(self.product(id)?.price)
            .new_price(price.clone())
            .effective_date(Timestamp::now())
            .build()?;
        let event = PriceChanged::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(correlation("price")?)
            .data(data)
            .build()?;
        self.change(id, |product| product.price = price);
        self.publish(id, &event).await?;
        Ok(event)
    }

    /// Removes a product for good.
    ///
    /// # Errors
    /// There is no such product, or no broker takes the event.
    pub async fn delete(&self, id: &ProductId) -> Result<ProductDeleted, Error> {
        let data = ProductDeletedData::builder()
            .product_id(id.clone())
            .name(self.product(id)?.name)
            .reason(ProductDeletedDataReason::Discontinued)
            .build()?;
        let event = ProductDeleted::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(correlation("product")?)
            .data(data)
            .build()?;
        self.products().remove(id);
        self.publish(id, &event).await?;
        Ok(event)
    }

    fn product(&self, id: &ProductId) -> Result<ProductCreatedData, Error> {
        self.products().get(id).cloned().ok_or_else(|| "no product of this id".into())
    }

    fn change(&self, id: &ProductId, change: impl FnOnce(&mut ProductCreatedData)) {
        if let Some(product) = self.products().get_mut(id) {
            change(product);
        }
    }

    fn products(&self) -> MutexGuard<'_, BTreeMap<ProductId, ProductCreatedData>> {
        // Products change by single assignments, so a poisoned lock still holds whole ones.
        self.products.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn publish<E: Event + Sync>(&self, id: &ProductId, event: &E) -> Result<(), Error> {
        self.context.tell(id, format_args!("→ {}", E::TYPE));
        self.publisher.publish(event).await?;
        Ok(())
    }

    /// Tells that a product has run out, as part of the flow that took the last piece.
    async fn notice(&self, event: &InventoryUpdated) -> Result<(), Failure> {
        let stock = &event.data;
        if *stock.available_quantity > 0 || !self.products().contains_key(&stock.product_id) {
            return Ok(());
        }
        let data = ProductOutOfStockData::builder()
            .product_id(stock.product_id.clone())
            .last_stock_level(stock.available_quantity)
            .location_id(stock.location_id.clone())
            .build()
            .map_err(Failure::failed)?;
        let event = ProductOutOfStock::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(event.correlation_id.clone())
            .data(data)
            .build()
            .map_err(Failure::failed)?;
        self.publish(&stock.product_id, &event).await.map_err(Failure::failed)
    }
}

impl Handler for Catalog {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match decode(&self.context, record)? {
            FirstViscountEvent::InventoryUpdated(event) => self.once.handle(&event, self.notice(&event)).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}
