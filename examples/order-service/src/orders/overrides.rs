//! Orders beyond the stock at hand.

use event_contracts::Uuid;
use example_contracts::order_service::{
    AuditAction, OrderId, OrderStockOverrideApplied, OrderStockOverrideAppliedData, OverriddenItem, OverrideDetails,
};
use example_kit::Error;

use super::Orders;
use crate::telling::{Actor, audit, metadata};

impl Orders {
    /// Accepts an order beyond the stock at hand.
    ///
    /// # Errors
    /// If there is no such order, or if no broker takes the events.
    pub async fn override_stock(
        &self,
        id: OrderId,
        item: OverriddenItem,
        actor: &Actor,
    ) -> Result<OrderStockOverrideApplied, Error> {
        let order = self.order(id)?;
        let details =
            OverrideDetails::builder().reason("VIP customer special request").approved_by(actor.user).build()?;
        let data = OrderStockOverrideAppliedData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .customer_id(order.customer)
            .override_details(details)
            .items_overridden(vec![item])
            .build()?;
        let event = OrderStockOverrideApplied::builder()
            .event_id(Uuid::new_v4())
            .data(data)
            .metadata(metadata(&order, Some(order.origin), actor)?)
            .build()?;
        self.teller.tell(&order.number, &event).await?;
        // The contract keeps the set of actions open, so a new one needs no new version.
        let action = AuditAction::Unknown("stock_override".into());
        self.teller.tell(&order.number, &audit(&order, action, None, event.event_id, actor)?).await?;
        Ok(event)
    }
}
