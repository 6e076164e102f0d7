//! The warehouse: stock levels and reservations, and the events that their changes are told by.

use std::collections::BTreeMap;
use std::time::Duration;

use event_contracts::{BuildError, Lifecycle, Timestamp, Uuid};
use event_contracts_delivery::Failure;
use example_contracts::first_viscount::{
    CorrelationId, InventoryAdjusted, InventoryAdjustedData, InventoryAdjustedDataAdjustmentType, InventoryReleased,
    InventoryReleasedData, InventoryReleasedDataReason, InventoryReserved, InventoryReservedData, InventoryUpdated,
    InventoryUpdatedData, InventoryUpdatedDataUpdateType, LowStockAlert, LowStockAlertData,
    LowStockAlertDataAlertLevel, OrderCancelled, OrderCompleted, OrderCreated, OrderId, OrderItem, ProductId, Quantity,
    ReservationId, ReservationState,
};

/// The only location there is.
const LOCATION: &str = "warehouse_main";
/// Fewer available pieces than this raise an alert.
pub const THRESHOLD: u32 = 10;
/// How long a reservation waits for its order to be completed.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Stock levels and reservations.
#[derive(Debug, Clone, Default)]
pub struct Warehouse {
    /// Stock by product.
    pub levels: BTreeMap<ProductId, Level>,
    /// Every reservation that was not used up by its order.
    pub reservations: BTreeMap<ReservationId, Reservation>,
}

/// The stock of one product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Level {
    /// All pieces, reserved ones included.
    pub quantity: u32,
    /// The reserved ones.
    pub reserved: u32,
}

/// Pieces that are set aside for an order.
#[derive(Debug, Clone)]
pub struct Reservation {
    /// Where it stands.
    pub state: ReservationState,
    /// For whom.
    pub order: OrderId,
    /// Of what.
    pub product: ProductId,
    /// How many.
    pub quantity: Quantity,
}

impl Level {
    /// The pieces that can still be reserved.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.quantity.saturating_sub(self.reserved)
    }
}

impl Warehouse {
    /// Sets the pieces of an order aside, all or none.
    pub(crate) fn reserve(&mut self, order: &OrderCreated) -> Result<Vec<InventoryReserved>, Failure> {
        for item in &order.data.items {
            let level =
                self.levels.get(&item.product_id).ok_or_else(|| Failure::refused("a product that is not stocked"))?;
            if level.available() < *item.quantity {
                return Err(Failure::refused("the order asks for more than is available"));
            }
        }
        order.data.items.iter().map(|item| self.reserve_item(order, item)).collect()
    }

    fn reserve_item(&mut self, order: &OrderCreated, item: &OrderItem) -> Result<InventoryReserved, Failure> {
        let event = reserved(order, item).map_err(Failure::failed)?;
        let id = event.data.reservation_id.clone();
        let state = ReservationState::next(self.reservations.get(&id).map(|known| known.state), &event)?;
        let (order, product, quantity) = (order.data.order_id.clone(), item.product_id.clone(), item.quantity);
        self.levels.entry(product.clone()).or_default().reserved += *quantity;
        self.reservations.insert(id, Reservation { state, order, product, quantity });
        Ok(event)
    }

    /// The alert that a product runs low, if this reservation made it cross the threshold.
    pub(crate) fn alert(&self, of: &InventoryReserved) -> Result<Option<LowStockAlert>, BuildError> {
        let product = &of.data.product_id;
        let available = self.levels.get(product).map_or(0, Level::available);
        if available >= THRESHOLD || available + *of.data.quantity < THRESHOLD {
            return Ok(None);
        }
        let critical = available < THRESHOLD / 4;
        let level = if critical { LowStockAlertDataAlertLevel::Critical } else { LowStockAlertDataAlertLevel::Warning };
        let data = LowStockAlertData::builder()
            .product_id(product.clone())
            .location_id(LOCATION)
            .current_quantity(available)
            .threshold(THRESHOLD)
            .alert_level(level)
            .build()?;
        let alert = LowStockAlert::builder().event_id(Uuid::new_v4()).correlation_id(of.correlation_id.clone());
        alert.data(data).build().map(Some)
    }

    /// Gives back what is reserved for a cancelled order.
    pub(crate) fn release(&mut self, order: &OrderCancelled) -> Result<Vec<InventoryReleased>, Failure> {
        let mut events = Vec::new();
        for (id, reservation) in &mut self.reservations {
            if reservation.order == order.data.order_id && reservation.state == ReservationState::Reserved {
                let event = released(id, reservation, &order.correlation_id).map_err(Failure::failed)?;
                reservation.state = ReservationState::next(Some(reservation.state), &event)?;
                if let Some(level) = self.levels.get_mut(&reservation.product) {
                    level.reserved -= *reservation.quantity;
                }
                events.push(event);
            }
        }
        Ok(events)
    }

    /// Takes what is reserved for a completed order out of the stock.
    pub(crate) fn settle(&mut self, order: &OrderCompleted) -> Result<Vec<InventoryUpdated>, Failure> {
        let of_order = |reservation: &Reservation| {
            reservation.order == order.data.order_id && reservation.state == ReservationState::Reserved
        };
        let used = self.reservations.extract_if(.., |_, reservation| of_order(reservation));
        let mut events = Vec::new();
        for (_, Reservation { product, quantity, .. }) in used {
            let level = self.levels.entry(product.clone()).or_default();
            level.quantity -= *quantity;
            level.reserved -= *quantity;
            // The contract keeps the set of kinds open.
            let kind = InventoryUpdatedDataUpdateType::Unknown("sale".into());
            let event = updated(product, *level, kind, "order.completed", order.correlation_id.clone());
            events.push(event.map_err(Failure::failed)?);
        }
        Ok(events)
    }

    /// Puts pieces on the shelf.
    pub(crate) fn restock(
        &mut self,
        product: ProductId,
        pieces: u32,
        flow: CorrelationId,
    ) -> Result<InventoryUpdated, BuildError> {
        let level = self.levels.entry(product.clone()).or_default();
        level.quantity += pieces;
        updated(product, *level, InventoryUpdatedDataUpdateType::Restock, "purchase_order_received", flow)
    }

    /// Corrects the stock to what was counted.
    pub(crate) fn adjust(
        &mut self,
        product: ProductId,
        counted: u32,
        flow: CorrelationId,
    ) -> Result<InventoryAdjusted, BuildError> {
        let level = self.levels.entry(product.clone()).or_default();
        let data = InventoryAdjustedData::builder()
            .product_id(product)
            .location_id(LOCATION)
            .old_quantity(level.quantity)
            .new_quantity(counted)
            .adjustment_type(InventoryAdjustedDataAdjustmentType::Damage)
            .reason("units damaged during inspection")
            .reference_number("ADJ-2024-001")
            .build()?;
        level.quantity = counted;
        InventoryAdjusted::builder().event_id(Uuid::new_v4()).correlation_id(flow).data(data).build()
    }
}

fn reserved(order: &OrderCreated, item: &OrderItem) -> Result<InventoryReserved, BuildError> {
    let data = InventoryReservedData::builder()
        .reservation_id(format!("res_{}", Uuid::new_v4()).replace('-', "_"))
        .product_id(item.product_id.clone())
        .quantity(item.quantity)
        .location_id(LOCATION)
        .order_id(order.data.order_id.clone())
        .expires_at(Timestamp::now() + PATIENCE)
        .build()?;
    let event = InventoryReserved::builder().event_id(Uuid::new_v4()).correlation_id(order.correlation_id.clone());
    event.data(data).build()
}

/// The event that ends a reservation.
///
/// # Errors
/// The contract refuses it.
pub fn released(
    id: &ReservationId,
    reservation: &Reservation,
    flow: &CorrelationId,
) -> Result<InventoryReleased, BuildError> {
    let data = InventoryReleasedData::builder()
        .reservation_id(id.clone())
        .product_id(reservation.product.clone())
        .quantity(reservation.quantity)
        .location_id(LOCATION)
        .reason(InventoryReleasedDataReason::OrderCancelled)
        .build()?;
    InventoryReleased::builder().event_id(Uuid::new_v4()).correlation_id(flow.clone()).data(data).build()
}

fn updated(
    product: ProductId,
    level: Level,
    kind: InventoryUpdatedDataUpdateType,
    because: &str,
    flow: CorrelationId,
) -> Result<InventoryUpdated, BuildError> {
    let data = InventoryUpdatedData::builder()
        .product_id(product)
        .location_id(LOCATION)
        .quantity(level.quantity)
        .reserved_quantity(level.reserved)
        .available_quantity(level.available())
        .update_type(kind)
        .source_event(because)
        .build()?;
    InventoryUpdated::builder().event_id(Uuid::new_v4()).correlation_id(flow).data(data).build()
}
