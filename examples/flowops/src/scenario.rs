//! What a user does with FlowOps, and what must come of it.

use std::sync::Arc;

use event_contracts_delivery::Count;
use example_contracts::flowops::topics::ORDER_EVENTS;
use example_kit::{Context, Error};

use crate::inventory::Inventory;
use crate::order::Orders;
use crate::skeleton::Skeleton;
use crate::stock::Stock;

/// Plays all workflows.
///
/// # Errors
/// An order that breaks the contract, or a broker that is away.
pub async fn play(context: Context) -> Result<(), Error> {
    let scene = Scene { orders: context.service(), inventory: context.service(), context };
    scene.reserved_and_released().await?;
    scene.delivered_twice().await?;
    scene.short_of_stock().await?;
    scene.cancelled_without_a_trace().await?;
    scene.not_for_us().await?;
    scene.read_and_logged().await
}

struct Scene {
    context: Context,
    orders: Arc<Orders>,
    inventory: Arc<Inventory>,
}

impl Scene {
    fn chapter(&self, title: &str) {
        self.context.story.chapter(self.context.system, title);
    }

    async fn eventually(&self, what: &str, holds: impl Fn(&Stock) -> bool) {
        self.context.story.eventually(what, || holds(&self.inventory.stock())).await;
    }

    /// Waits until the inventory has counted so many.
    async fn counted(&self, count: Count, number: u64) {
        let counters = self.context.of("inventory").counters();
        let what = format!("inventory counts {count}: {number}");
        self.context.story.eventually(what, || counters.get(count) == number).await;
    }

    async fn reserved_and_released(&self) -> Result<(), Error> {
        self.chapter("an order reserves its stock, its cancellation releases it");
        self.orders.create("ORD-123", &[("SKU-1", 2), ("SKU-2", 1)]).await?;
        self.eventually("3 pieces are held", |stock| stock.held() == 3 && stock.on_shelf("SKU-1") == 8).await;
        self.orders.cancel("ORD-123").await?;
        self.eventually("they are on the shelf again", |stock| stock.held() == 0 && stock.on_shelf("SKU-1") == 10)
            .await;
        Ok(())
    }

    async fn delivered_twice(&self) -> Result<(), Error> {
        self.chapter("an event that is delivered twice reserves once");
        let event = self.orders.create("ORD-124", &[("SKU-1", 4)]).await?;
        self.orders.publish_created(&event).await?;
        self.counted(Count::Duplicate, 1).await;
        self.eventually("4 pieces are held, not 8", |stock| stock.held() == 4).await;
        Ok(())
    }

    async fn short_of_stock(&self) -> Result<(), Error> {
        self.chapter("an order beyond the stock is refused and takes nothing");
        self.orders.create("ORD-125", &[("SKU-2", 1), ("SKU-3", 2)]).await?;
        self.counted(Count::Refused, 1).await;
        self.eventually("nothing more is held", |stock| stock.held() == 4 && stock.on_shelf("SKU-2") == 5).await;
        Ok(())
    }

    async fn cancelled_without_a_trace(&self) -> Result<(), Error> {
        self.chapter("the cancellation of an order that holds nothing is refused");
        self.orders.cancel("ORD-125").await?;
        self.counted(Count::Refused, 2).await;
        Ok(())
    }

    async fn not_for_us(&self) -> Result<(), Error> {
        self.chapter("what is no event, or none of ours, does not stop the partition");
        let publisher = self.context.publisher()?;
        self.context.tell("garbage", "written by some other program");
        publisher.publish_raw(ORDER_EVENTS.name, "garbage", b"\xff not JSON").await?;
        self.context.tell("ORDER_ARCHIVED", "an event that the contract does not list");
        publisher.publish_raw(ORDER_EVENTS.name, "ORD-123", br#"{"eventType":"ORDER_ARCHIVED"}"#).await?;
        self.orders.create("ORD-126", &[("SKU-2", 5)]).await?;
        self.counted(Count::Poison, 1).await;
        self.counted(Count::Ignored, 1).await;
        self.eventually("the order behind them has its stock", |stock| stock.held() == 9).await;
        Ok(())
    }

    async fn read_and_logged(&self) -> Result<(), Error> {
        self.chapter("the skeleton consumer reads everything in its order and changes nothing");
        let skeleton = self.context.service::<Skeleton>();
        let written = self.context.tally.total(Count::Published);
        self.context.story.eventually("it has read every record", || skeleton.read().len() as u64 == written).await;
        self.context.story.expect("in the order of the partition", skeleton.read().is_sorted());
        Ok(())
    }
}
