//! Inventory: reserves, adjusts, commits and releases stock, counts negative stock, and reports a shortage.

use std::collections::BTreeMap;

use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    OrderCancelled, OrderConfirmed, OrderCreated, OrderId, OrderItem, OrderServiceEvent, OrderStockOverrideApplied,
    OrderUpdated, ProductId,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// Pieces per product.
type Pieces = BTreeMap<ProductId, i64>;

/// The stock: what can still be promised, and what is set aside for which order.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    /// What can still be promised; below zero after an override.
    pub free: Pieces,
    /// Set aside until the order is confirmed or cancelled.
    pub reserved: BTreeMap<OrderId, Pieces>,
    /// Given away for good, unless the order is cancelled before it is shipped.
    pub committed: BTreeMap<OrderId, Pieces>,
    /// What was missing, for whoever reorders.
    pub shortages: Vec<Shortage>,
}

/// An order asked for more than there was. The contract has no event for it: the report is this entry and a story line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The order.
    pub order: OrderId,
    /// What was short.
    pub product: ProductId,
    /// How many pieces were missing.
    pub missing: i64,
}

impl Stock {
    /// Moves `wanted` from the shelf to the order, or reports the first shortage and moves nothing.
    fn reserve(&mut self, order: OrderId, wanted: &Pieces) -> Option<&Shortage> {
        let missing = |(product, pieces): (&ProductId, &i64)| {
            let missing = pieces - self.free.get(product).copied().unwrap_or_default();
            (missing > 0).then_some(Shortage { order, product: *product, missing })
        };
        if let Some(shortage) = wanted.iter().find_map(missing) {
            self.shortages.push(shortage);
            return self.shortages.last();
        }
        self.take(order, wanted);
        None
    }

    fn take(&mut self, order: OrderId, wanted: &Pieces) {
        let reserved = self.reserved.entry(order).or_default();
        for (product, pieces) in wanted {
            *self.free.entry(*product).or_default() -= pieces;
            *reserved.entry(*product).or_default() += pieces;
        }
    }
}

fn add<'a>(items: impl IntoIterator<Item = &'a OrderItem>, sign: i64, sum: &mut Pieces) {
    for item in items {
        *sum.entry(item.product_id).or_default() += sign * i64::from(*item.quantity);
    }
}

impl Dispatch for Stock {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::OrderCreated(event) => service.react(&event).await,
            OrderServiceEvent::OrderUpdated(event) => service.react(&event).await,
            OrderServiceEvent::OrderConfirmed(event) => service.react(&event).await,
            OrderServiceEvent::OrderCancelled(event) => service.react(&event).await,
            OrderServiceEvent::OrderStockOverrideApplied(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderCreated> for Stock {
    fn follow(&mut self, event: &OrderCreated) -> Result<Option<Step>, Failure> {
        let mut wanted = Pieces::new();
        add(&event.data.items, 1, &mut wanted);
        let what = match self.reserve(event.data.order_id, &wanted) {
            None => "stock reserved".to_owned(),
            Some(shortage) => format!("SHORTAGE: {} pieces missing", shortage.missing),
        };
        Ok(Some(Step::new(&event.data.order_number, what)))
    }
}

impl Follow<OrderUpdated> for Stock {
    fn follow(&mut self, event: &OrderUpdated) -> Result<Option<Step>, Failure> {
        let Some(items) = &event.data.changes.items else { return Ok(None) };
        let mut wanted = Pieces::new();
        add(&items.added, 1, &mut wanted);
        add(&items.removed, -1, &mut wanted);
        for item in &items.modified {
            if let Some(change) = &item.quantity {
                *wanted.entry(item.product_id).or_default() += i64::from(*change.new) - i64::from(*change.old);
            }
        }
        let what = match self.reserve(event.data.order_id, &wanted) {
            None => "reservation adjusted".to_owned(),
            Some(shortage) => format!("SHORTAGE: {} pieces missing", shortage.missing),
        };
        Ok(Some(Step::new(&event.data.order_number, what)))
    }
}

impl Follow<OrderConfirmed> for Stock {
    fn follow(&mut self, event: &OrderConfirmed) -> Result<Option<Step>, Failure> {
        let order = event.data.order_id;
        let pieces =
            self.reserved.remove(&order).ok_or_else(|| Failure::refused("nothing is reserved for the order"))?;
        self.committed.insert(order, pieces);
        Ok(Some(Step::new(&event.data.order_number, "stock committed")))
    }
}

impl Follow<OrderCancelled> for Stock {
    fn follow(&mut self, event: &OrderCancelled) -> Result<Option<Step>, Failure> {
        let order = event.data.order_id;
        // What we set aside ourselves counts, not what the event says: an order that was short holds nothing.
        let held = self.reserved.remove(&order).or_else(|| self.committed.remove(&order));
        let Some(held) = held else { return Ok(None) };
        for (product, pieces) in held {
            *self.free.entry(product).or_default() += pieces;
        }
        Ok(Some(Step::new(&event.data.order_number, "stock released")))
    }
}

impl Follow<OrderStockOverrideApplied> for Stock {
    fn follow(&mut self, event: &OrderStockOverrideApplied) -> Result<Option<Step>, Failure> {
        let items = &event.data.items_overridden;
        let wanted = items.iter().map(|item| (item.product_id, i64::from(*item.requested_quantity))).collect();
        self.take(event.data.order_id, &wanted);
        let below: i64 = self.free.values().filter(|pieces| **pieces < 0).sum();
        Ok(Some(Step::new(&event.data.order_number, format_args!("reserved beyond the stock: {below} pieces"))))
    }
}
