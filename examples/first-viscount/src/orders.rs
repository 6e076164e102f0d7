//! Order management: takes orders, follows their stock, and tells each step by an event that is still planned.

use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts::Event;
use event_contracts_delivery::{Failure, Handler, Outcome, Position, Publisher, Record};
use example_contracts::first_viscount::{
    CustomerId, FirstViscountEvent, InventoryReleased, InventoryReserved, OrderCancelled, OrderCompleted, OrderCreated,
    OrderId, OrderRefunded, PostalAddress, PriceChanged, ProductCreated, ProductDeleted, ProductId, ProductOutOfStock,
    ProductUpdated, services,
};
use example_kit::{Context, Error, Once, Task};

use crate::book::Book;
use crate::receipt::decode;

/// The service around the order book.
pub struct Orders {
    context: Context,
    publisher: Publisher,
    once: Once,
    book: Mutex<Book>,
}

/// Starts the service.
///
/// # Errors
/// No consumer or no producer can be created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let (publisher, once) = (context.publisher()?, context.once());
    let orders = Arc::new(Orders { context: context.clone(), publisher, once, book: Mutex::default() });
    context.share(&orders);
    Ok(vec![context.consume(&services::ORDER_MANAGEMENT, orders)?])
}

impl Orders {
    /// The order book as it is now.
    #[must_use]
    pub fn book(&self) -> Book {
        self.lock().clone()
    }

    /// Takes an order.
    ///
    /// # Errors
    /// A product that is not sold, an id that was taken, or no broker.
    pub async fn place(
        &self,
        id: &OrderId,
        customer: CustomerId,
        lines: &[(&ProductId, u32)],
        address: PostalAddress,
    ) -> Result<OrderCreated, Error> {
        let event = self.lock().place(id.clone(), customer, lines, address)?;
        self.publish(id, &event).await?;
        Ok(event)
    }

    /// Completes an order once payment and fulfillment say so.
    ///
    /// # Errors
    /// An [`IllegalTransition`](event_contracts::IllegalTransition) unless it is validated.
    pub async fn complete(&self, id: &OrderId) -> Result<OrderCompleted, Error> {
        let event = self.lock().complete(id)?;
        self.publish(id, &event).await?;
        Ok(event)
    }

    /// Cancels an order at the customer's request.
    ///
    /// # Errors
    /// An [`IllegalTransition`](event_contracts::IllegalTransition) once it is completed.
    pub async fn cancel(&self, id: &OrderId) -> Result<OrderCancelled, Error> {
        let event = self.lock().cancel(id)?;
        self.publish(id, &event).await?;
        Ok(event)
    }

    /// Closes an order whose money went back.
    ///
    /// # Errors
    /// An [`IllegalTransition`](event_contracts::IllegalTransition) unless it is completed or cancelled.
    pub async fn refund(&self, id: &OrderId) -> Result<OrderRefunded, Error> {
        let event = self.lock().refund(id)?;
        self.publish(id, &event).await?;
        Ok(event)
    }

    /// Publishes one of our events. They are planned, which takes the explicit way.
    ///
    /// # Errors
    /// No broker takes the event.
    pub async fn publish<E: Event + Sync>(&self, id: &OrderId, event: &E) -> Result<Position, Error> {
        self.context.tell(id, format_args!("→ {}", E::TYPE));
        Ok(self.publisher.publish_planned(event).await?)
    }

    async fn list(&self, event: &ProductCreated) -> Result<(), Failure> {
        let mut book = self.lock();
        let goods = book.goods.entry(event.data.product_id.clone()).or_default();
        goods.active = event.data.is_active;
        goods.prices.insert(event.timestamp.clone(), event.data.price.clone());
        self.told(&event.data.product_id, format_args!("product.created → on sale for {}", event.data.price));
        Ok(())
    }

    async fn relist(&self, event: &ProductUpdated) -> Result<(), Failure> {
        if let Some(goods) = self.lock().goods.get_mut(&event.data.product_id) {
            goods.active = event.data.is_active;
        }
        Ok(())
    }

    async fn reprice(&self, event: &PriceChanged) -> Result<(), Failure> {
        let data = &event.data;
        let mut book = self.lock();
        let goods = book.goods.entry(data.product_id.clone()).or_default();
        goods.prices.insert(data.effective_date.clone(), data.new_price.clone());
        self.told(
            &data.product_id,
            format_args!("product.price_changed → {} after {}", data.new_price, data.old_price),
        );
        Ok(())
    }

    async fn sell_out(&self, event: &ProductOutOfStock) -> Result<(), Failure> {
        if let Some(goods) = self.lock().goods.get_mut(&event.data.product_id) {
            goods.sold_out = true;
            self.told(&event.data.product_id, "product.out_of_stock → orders are turned down");
        }
        Ok(())
    }

    async fn unlist(&self, event: &ProductDeleted) -> Result<(), Failure> {
        self.lock().goods.remove(&event.data.product_id);
        self.told(&event.data.product_id, "product.deleted → not for sale");
        Ok(())
    }

    async fn hold(&self, event: &InventoryReserved) -> Result<(), Failure> {
        let validated = self.lock().hold(event)?;
        if let Some(validated) = validated {
            self.publish(&event.data.order_id, &validated).await.map_err(Failure::failed)?;
        }
        Ok(())
    }

    async fn let_go(&self, event: &InventoryReleased) -> Result<(), Failure> {
        self.lock().let_go(event)?;
        self.told(&event.data.product_id, format_args!("InventoryReleased → {} pieces let go", event.data.quantity));
        Ok(())
    }

    fn told(&self, subject: &dyn Display, what: impl Display) {
        self.context.tell(subject, what);
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for Orders {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match decode(&self.context, record)? {
            FirstViscountEvent::ProductCreated(event) => self.once.handle(&event, self.list(&event)).await,
            FirstViscountEvent::ProductUpdated(event) => self.once.handle(&event, self.relist(&event)).await,
            FirstViscountEvent::PriceChanged(event) => self.once.handle(&event, self.reprice(&event)).await,
            FirstViscountEvent::ProductOutOfStock(event) => self.once.handle(&event, self.sell_out(&event)).await,
            FirstViscountEvent::ProductDeleted(event) => self.once.handle(&event, self.unlist(&event)).await,
            FirstViscountEvent::InventoryReserved(event) => self.once.handle(&event, self.hold(&event)).await,
            FirstViscountEvent::InventoryReleased(event) => self.once.handle(&event, self.let_go(&event)).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}
