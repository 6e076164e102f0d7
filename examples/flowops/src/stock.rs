//! The stock of the warehouse: what is on the shelf, and what is held for which order.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use example_contracts::flowops::{OrderCancelledPayload, OrderCreatedPayload, OrderId, Sku};

/// Pieces on the shelf and pieces held for orders.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    shelf: BTreeMap<Sku, u32>,
    held: BTreeMap<OrderId, Vec<(Sku, u32)>>,
}

/// Why stock stayed as it was. Holds no ids, since refusals end up in logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockError {
    /// The order asks for more of an article than is on the shelf.
    Shortage,
    /// Nothing is held for the order: it never was, or it was released before.
    NothingHeld,
    /// Stock is held for the order already.
    AlreadyHeld,
}

impl Stock {
    /// A warehouse with these pieces on its shelf.
    #[must_use]
    pub fn of(shelf: impl IntoIterator<Item = (Sku, u32)>) -> Self {
        Self { shelf: shelf.into_iter().collect(), held: BTreeMap::new() }
    }

    /// Takes all articles of the order off the shelf, or none of them.
    ///
    /// # Errors
    /// [`StockError`] if an article is short or the order has its stock already.
    pub fn reserve(&mut self, order: &OrderCreatedPayload) -> Result<(), StockError> {
        if self.held.contains_key(&order.order_id) {
            return Err(StockError::AlreadyHeld);
        }
        // A copy, so that an order whose last article is short takes nothing.
        let mut shelf = self.shelf.clone();
        for item in &order.items {
            let pieces = shelf.get_mut(&item.sku).ok_or(StockError::Shortage)?;
            *pieces = pieces.checked_sub(*item.qty).ok_or(StockError::Shortage)?;
        }
        self.shelf = shelf;
        let pieces = order.items.iter().map(|item| (item.sku.clone(), *item.qty)).collect();
        self.held.insert(order.order_id.clone(), pieces);
        Ok(())
    }

    /// Puts everything back that is held for the order.
    ///
    /// # Errors
    /// [`StockError`] if nothing is held for it.
    pub fn release(&mut self, order: &OrderCancelledPayload) -> Result<(), StockError> {
        let held = self.held.remove(&order.order_id).ok_or(StockError::NothingHeld)?;
        for (sku, pieces) in held {
            *self.shelf.entry(sku).or_default() += pieces;
        }
        Ok(())
    }

    /// How many pieces of an article are free.
    #[must_use]
    pub fn on_shelf(&self, sku: &str) -> u32 {
        self.shelf.iter().find(|(known, _)| known.as_str() == sku).map_or(0, |(_, pieces)| *pieces)
    }

    /// How many pieces of all articles are held for orders.
    #[must_use]
    pub fn held(&self) -> u32 {
        self.held.values().flatten().map(|(_, pieces)| pieces).sum()
    }
}

impl fmt::Display for StockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shortage => "the order asks for more than is on the shelf",
            Self::NothingHeld => "no stock is held for the order",
            Self::AlreadyHeld => "stock is held for the order already",
        })
    }
}

impl Error for StockError {}
