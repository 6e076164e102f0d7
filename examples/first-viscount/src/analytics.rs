//! Analytics: prices, demand, stock and sales over time.

use std::collections::BTreeMap;

use event_contracts::{Decimal, Event, Lifecycle};
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::first_viscount::{
    FirstViscountEvent, InventoryAdjusted, InventoryReleased, InventoryReserved, InventoryUpdated, LowStockAlert,
    Money, OrderCompleted, OrderRefunded, PriceChanged, ProductOutOfStock, ReservationId, ReservationState,
};
use example_kit::{Dispatch, Follow, Follower, Step};

use crate::receipt::decode;

/// The figures.
#[derive(Debug, Clone)]
pub struct Figures {
    /// How many events of each type there were.
    pub seen: BTreeMap<&'static str, u32>,
    /// Reservations, and how many pieces each is for.
    pub reservations: BTreeMap<ReservationId, (ReservationState, u32)>,
    /// What completed orders brought.
    pub sales: Decimal,
    /// What was paid back.
    pub refunds: Decimal,
}

impl Default for Figures {
    fn default() -> Self {
        Self { seen: BTreeMap::new(), reservations: BTreeMap::new(), sales: Decimal::ZERO, refunds: Decimal::ZERO }
    }
}

impl Figures {
    /// Pieces that were asked for and not let go.
    #[must_use]
    pub fn demand(&self) -> u32 {
        let held = self.reservations.values().filter(|(state, _)| *state == ReservationState::Reserved);
        held.map(|(_, pieces)| pieces).sum()
    }

    fn reservation<E: Event>(&mut self, id: &ReservationId, pieces: u32, event: &E) -> Result<Option<Step>, Failure>
    where
        ReservationState: Lifecycle<E>,
    {
        let known = self.reservations.get(id).map(|(state, _)| *state);
        let state = ReservationState::next(known, event)?;
        self.reservations.insert(id.clone(), (state, pieces));
        self.count::<E>()
    }

    fn count<E: Event>(&mut self) -> Result<Option<Step>, Failure> {
        *self.seen.entry(E::TYPE).or_default() += 1;
        Ok(None)
    }
}

/// Adds to a sum of money, to the last digit.
fn add(sum: &mut Decimal, amount: &Money) -> Result<(), Failure> {
    *sum = sum.checked_add(amount).ok_or_else(|| Failure::refused("an amount beyond all books"))?;
    Ok(())
}

impl Dispatch for Figures {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match decode(service.context(), record)? {
            FirstViscountEvent::PriceChanged(event) => service.react(&event).await,
            FirstViscountEvent::ProductOutOfStock(event) => service.react(&event).await,
            FirstViscountEvent::InventoryReserved(event) => service.react(&event).await,
            FirstViscountEvent::InventoryReleased(event) => service.react(&event).await,
            FirstViscountEvent::InventoryAdjusted(event) => service.react(&event).await,
            FirstViscountEvent::InventoryUpdated(event) => service.react(&event).await,
            FirstViscountEvent::LowStockAlert(event) => service.react(&event).await,
            FirstViscountEvent::OrderCompleted(event) => service.react(&event).await,
            FirstViscountEvent::OrderRefunded(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

/// Events that are counted and no more.
macro_rules! counted {
    ($($event:ty),*) => {$(
        impl Follow<$event> for Figures {
            fn follow(&mut self, _: &$event) -> Result<Option<Step>, Failure> {
                self.count::<$event>()
            }
        }
    )*};
}

counted!(PriceChanged, ProductOutOfStock, InventoryAdjusted, InventoryUpdated, LowStockAlert);

impl Follow<InventoryReserved> for Figures {
    fn follow(&mut self, event: &InventoryReserved) -> Result<Option<Step>, Failure> {
        self.reservation(&event.data.reservation_id, *event.data.quantity, event)
    }
}

impl Follow<InventoryReleased> for Figures {
    fn follow(&mut self, event: &InventoryReleased) -> Result<Option<Step>, Failure> {
        self.reservation(&event.data.reservation_id, *event.data.quantity, event)
    }
}

impl Follow<OrderCompleted> for Figures {
    fn follow(&mut self, event: &OrderCompleted) -> Result<Option<Step>, Failure> {
        add(&mut self.sales, &event.data.final_amount)?;
        self.count::<OrderCompleted>()
    }
}

impl Follow<OrderRefunded> for Figures {
    fn follow(&mut self, event: &OrderRefunded) -> Result<Option<Step>, Failure> {
        add(&mut self.refunds, &event.data.refund_amount)?;
        self.count::<OrderRefunded>()
    }
}
