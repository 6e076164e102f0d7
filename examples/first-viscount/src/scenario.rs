//! What people do with First Viscount, and what must come of it at everybody who listens.

mod beyond;

use std::collections::BTreeMap;
use std::sync::Arc;

use event_contracts::{Decimal, Event, IllegalTransition};
use event_contracts_delivery::Count;
use example_contracts::first_viscount::{
    CustomerId, InventoryUpdated, OrderCreated, OrderId, OrderState, PostalAddress, ProductCreatedData,
    ProductCreatedDataAttribute, ProductId, ReservationState,
};
use example_kit::{Context, Dispatch, Error, Follower};
use serde_json::Value;

use crate::analytics::Figures;
use crate::book::Book;
use crate::catalog::Catalog;
use crate::inventory::Inventory;
use crate::orders::Orders;
use crate::payment::{Charge, Charges};
use crate::records::{History, Picking, Records, Reorders, Trail};
use crate::search::Index;
use crate::warehouse::Level;

/// Plays all workflows.
///
/// # Errors
/// An event that breaks the contract, or a broker that is away.
pub async fn play(context: Context) -> Result<(), Error> {
    let (catalog, inventory, orders) = (context.service(), context.service(), context.service());
    let scene = Scene { context, catalog, inventory, orders, coffee: ProductId::new("prod_coffee")? };
    scene.a_product_enters().await?;
    scene.an_order_completes().await?;
    scene.an_event_comes_twice().await?;
    scene.an_order_is_cancelled().await?;
    scene.the_last_piece_goes().await?;
    scene.a_newer_minor_version().await?;
    scene.another_major_version().await?;
    scene.without_the_opt_in().await?;
    scene.a_product_leaves().await
}

struct Scene {
    context: Context,
    catalog: Arc<Catalog>,
    inventory: Arc<Inventory>,
    orders: Arc<Orders>,
    coffee: ProductId,
}

impl Scene {
    fn chapter(&self, title: &str) {
        self.context.story.chapter(self.context.system, title);
    }

    fn expect(&self, what: &str, holds: bool) {
        self.context.story.expect(what, holds);
    }

    /// Waits for something of the state of a service that only follows.
    async fn sees<S: Dispatch + Clone>(&self, what: &str, holds: impl Fn(S) -> bool) {
        let service = self.context.service::<Follower<S>>();
        self.context.story.eventually(what, || holds(service.state())).await;
    }

    async fn stock(&self, what: &str, level: Level) {
        let holds = || self.inventory.warehouse().levels.get(&self.coffee) == Some(&level);
        self.context.story.eventually(what, holds).await;
    }

    async fn book(&self, what: &str, holds: impl Fn(Book) -> bool) {
        self.context.story.eventually(what, || holds(self.orders.book())).await;
    }

    async fn counted(&self, count: Count, number: u64) {
        let what = format!("{count} in all: {number}");
        self.context.story.eventually(what, || self.context.tally.total(count) == number).await;
    }

    /// Orders coffee and waits until the order is validated.
    async fn order(&self, id: &OrderId, pieces: u32) -> Result<OrderCreated, Error> {
        let address = PostalAddress::builder().street("123 Main St").city("Anytown").state("CA").zip("12345");
        let address = address.country("US").build()?;
        let customer = CustomerId::new("cust_123456789")?;
        let created = self.orders.place(id, customer, &[(&self.coffee, pieces)], address).await?;
        self.state_of(id, OrderState::Validated).await;
        Ok(created)
    }

    async fn state_of(&self, id: &OrderId, state: OrderState) {
        let what = format!("{id} is {state}");
        self.book(&what, |book| book.orders.get(id).is_some_and(|order| order.state == state)).await;
    }

    async fn paid(&self, id: &OrderId, charge: Charge) {
        let what = format!("the charge of {id} is {charge:?}");
        self.sees(&what, |charges: Charges| charges.charges.get(id) == Some(&charge)).await;
    }

    async fn a_product_enters(&self) -> Result<(), Error> {
        self.chapter("a product enters the catalog, is stocked, described and repriced");
        self.catalog.create(product(&self.coffee, "Premium Coffee Beans")?.build()?).await?;
        self.stock("inventory stocks it", Level::default()).await;
        self.sees("search finds it", |index: Index| index.texts.contains_key(&self.coffee)).await;
        self.book("it can be ordered", |book| book.goods.get(&self.coffee).is_some_and(|goods| goods.active)).await;
        self.inventory.restock(&self.coffee, 12).await?;
        self.stock("12 pieces are there", Level { quantity: 12, reserved: 0 }).await;
        self.sees("analytics knows", |figures: Figures| figures.seen.contains_key(InventoryUpdated::TYPE)).await;
        self.catalog.describe(&self.coffee, "now organic certified").await?;
        let organic = |index: Index| index.texts.get(&self.coffee).is_some_and(|text| text.contains("organic"));
        self.sees("search finds the new words", organic).await;
        self.catalog.set_price(&self.coffee, "22.99".try_into()?).await?;
        let price = Decimal::new(2299, 2);
        let repriced = |book: Book| book.goods.get(&self.coffee).and_then(|goods| goods.price().cloned());
        self.book("orders cost the new price", |book| repriced(book).is_some_and(|now| *now == price)).await;
        Ok(())
    }

    async fn an_order_completes(&self) -> Result<(), Error> {
        self.chapter("an order is reserved, validated, paid, packed and completed");
        let id = OrderId::new("order_1001")?;
        let created = self.order(&id, 4).await?;
        self.expect("4 pieces cost 91.96 exactly", *created.data.total_amount == Decimal::new(9196, 2));
        self.paid(&id, Charge::Made).await;
        let flow = created.correlation_id;
        let packed = |picking: Picking| picking.orders.contains(&(id.clone(), flow.clone()));
        self.sees("fulfillment packs it, in the flow of the order", packed).await;
        self.sees("procurement reorders what runs low", |orders: Reorders| orders.products.contains(&self.coffee))
            .await;
        self.orders.complete(&id).await?;
        self.stock("the pieces are gone", Level { quantity: 8, reserved: 0 }).await;
        self.sees("the customer's history has it", |past: History| past.entries.contains(&(id.clone(), "completed")))
            .await;
        self.sees("91.96 are sold", |figures: Figures| figures.sales == Decimal::new(9196, 2)).await;
        Ok(())
    }

    async fn an_event_comes_twice(&self) -> Result<(), Error> {
        self.chapter("an event with the id of one before has no effect");
        let id = OrderId::new("order_1002")?;
        let created = self.order(&id, 2).await?;
        self.orders.publish(&id, &created).await?;
        self.counted(Count::Duplicate, 3).await;
        self.stock("2 pieces are reserved, not 4", Level { quantity: 8, reserved: 2 }).await;
        self.sees("analytics counts them once", |figures: Figures| figures.demand() == 6).await;
        Ok(())
    }

    async fn an_order_is_cancelled(&self) -> Result<(), Error> {
        self.chapter("an order is cancelled, released and refunded; a reservation ends once");
        let id = OrderId::new("order_1002")?;
        // A charge goes back only if it was made: the topics of an order have no mutual order.
        self.paid(&id, Charge::Made).await;
        self.orders.cancel(&id).await?;
        self.stock("the pieces are free", Level { quantity: 8, reserved: 0 }).await;
        let ended = |book: Book| book.reservations.values().any(|state| *state == ReservationState::Released);
        self.book("orders know that the reservation ended", ended).await;
        self.sees("analytics too: 4 pieces of demand are left", |figures: Figures| figures.demand() == 4).await;
        self.paid(&id, Charge::GivenBack).await;
        let completed = self.orders.complete(&id).await.err();
        let illegal = completed.and_then(|error| error.downcast_ref::<IllegalTransition>().cloned());
        self.expect(
            "a cancelled order is not completed",
            illegal.is_some_and(|illegal| illegal.from() == Some("cancelled")),
        );

        self.orders.refund(&id).await?;
        let refund = Decimal::new(4598, 2);
        self.sees("accounting books 45.98 exactly", |records: Records| records.refunds == refund).await;
        self.sees("analytics knows", |figures: Figures| figures.refunds == refund).await;
        self.sees("so does the customer", |past: History| past.entries.contains(&(id.clone(), "refunded"))).await;

        self.release_once_more().await?;
        self.counted(Count::Refused, 2).await;
        self.sees("the demand is as it was", |figures: Figures| figures.demand() == 4).await;
        Ok(())
    }

    async fn the_last_piece_goes(&self) -> Result<(), Error> {
        self.chapter("stock is corrected, and the last piece goes");
        self.inventory.adjust(&self.coffee, 5).await?;
        let on_record = |trail: Trail| trail.adjustments.iter().any(|(_, change, _)| *change == -3);
        self.sees("audit has the 3 damaged pieces on record", on_record).await;
        let id = OrderId::new("order_1003")?;
        self.order(&id, 5).await?;
        self.orders.complete(&id).await?;
        self.stock("the shelf is empty", Level::default()).await;
        self.book("it is sold out", |book| book.goods.get(&self.coffee).is_some_and(|goods| goods.sold_out)).await;
        let refused = self.order(&OrderId::new("order_1004")?, 1).await;
        self.expect("another order is turned down", refused.is_err_and(|error| error.to_string().contains("sold out")));
        Ok(())
    }

    async fn a_product_leaves(&self) -> Result<(), Error> {
        self.chapter("a product leaves the catalog");
        self.catalog.delete(&self.coffee).await?;
        self.sees("search finds it no more", |index: Index| !index.texts.contains_key(&self.coffee)).await;
        self.book("it cannot be ordered", |book| !book.goods.contains_key(&self.coffee)).await;
        let stocked = || self.inventory.warehouse().levels.contains_key(&self.coffee);
        self.context.story.eventually("it is not stocked", || !stocked()).await;
        Ok(())
    }
}

/// A product of the catalog, up to members that only some have.
fn product(id: &ProductId, name: &str) -> Result<example_contracts::first_viscount::ProductCreatedDataBuilder, Error> {
    let weight = ProductCreatedDataAttribute::new(Value::from("1kg"))?;
    Ok(ProductCreatedData::builder()
        .product_id(id.clone())
        .name(name)
        .description("High-quality arabica coffee beans from Guatemala")
        .category_id("cat_beverages")
        .price("24.99")
        .sku("COFFEE-PREM-001")
        .is_active(true)
        .attributes(BTreeMap::from([("weight".to_owned(), weight)])))
}
