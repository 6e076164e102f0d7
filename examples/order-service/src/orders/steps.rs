//! What changes an order on its way, each step checked by the lifecycle before anybody hears of it.

use event_contracts::{Event, Lifecycle, Uuid};
use example_contracts::order_service::{
    AmountChange, AuditAction, EventId, ItemChanges, OrderCancelled, OrderCancelledData, OrderChanges, OrderConfirmed,
    OrderConfirmedData, OrderId, OrderItem, OrderState, OrderStatus, OrderStatusChanged, OrderStatusChangedData,
    OrderUpdated, OrderUpdatedData, RestockItem, StatusChange,
};
use example_kit::Error;

use super::{Order, Orders, total};
use crate::telling::{Actor, audit, metadata, statistics};

impl Orders {
    /// Adds a line to an order.
    ///
    /// # Errors
    /// If there is no such order, or if no broker takes the events.
    pub async fn add_item(&self, id: OrderId, item: OrderItem, actor: &Actor) -> Result<OrderUpdated, Error> {
        let mut order = self.order(id)?;
        let old = order.total.clone();
        order.items.push(item.clone());
        order.total = total(&order.items)?;
        let amount = AmountChange::builder().old(old).new(order.total.clone()).build()?;
        let items = ItemChanges::builder().added(vec![item]).removed(vec![]).modified(vec![]).build()?;
        let changes = OrderChanges::builder().items(items).total_amount(amount).build()?;
        let data = OrderUpdatedData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .customer_id(order.customer)
            .changes(changes)
            .updated_by(actor.user)
            .reason("Customer requested item addition")
            .build()?;
        let event = OrderUpdated::builder()
            .event_id(Uuid::new_v4())
            .data(data)
            .metadata(metadata(&order, Some(order.origin), actor)?)
            .build()?;
        self.keep(order.clone());
        self.teller.tell(&order.number, &event).await?;
        self.teller.tell(&order.number, &audit(&order, AuditAction::Update, None, event.event_id, actor)?).await?;
        Ok(event)
    }

    /// Confirms an order: payment and stock are settled.
    ///
    /// # Errors
    /// An [`IllegalTransition`](event_contracts::IllegalTransition) unless the order is pending.
    pub async fn confirm(&self, id: OrderId, actor: &Actor) -> Result<OrderConfirmed, Error> {
        let changed = self.advance(id, OrderStatus::Confirmed, "Payment confirmed", actor).await?;
        let order = self.order(id)?;
        let data = OrderConfirmedData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .customer_id(order.customer)
            .total_amount(order.total.clone())
            .confirmed_by(actor.user)
            .payment_confirmed(true)
            .inventory_reserved(true)
            .build()?;
        let event = OrderConfirmed::builder()
            .event_id(Uuid::new_v4())
            .data(data)
            .metadata(metadata(&order, Some(changed.event_id), actor)?)
            .build()?;
        self.settle(&order, &event, event.event_id).await?;
        Ok(event)
    }

    /// Calls an order off.
    ///
    /// # Errors
    /// An [`IllegalTransition`](event_contracts::IllegalTransition) once the order is shipped.
    pub async fn cancel(&self, id: OrderId, refund: bool, actor: &Actor) -> Result<OrderCancelled, Error> {
        let changed = self.advance(id, OrderStatus::Cancelled, "Customer request", actor).await?;
        let order = self.order(id)?;
        let restock = order
            .items
            .iter()
            .map(|item| RestockItem::builder().product_id(item.product_id).quantity(item.quantity).build());
        let data = OrderCancelledData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .customer_id(order.customer)
            .cancellation_reason("Customer request")
            .cancelled_by(actor.user)
            .automatic(false)
            .refund_required(refund)
            .items_to_restock(restock.collect::<Result<Vec<_>, _>>()?)
            .build()?;
        let event = OrderCancelled::builder()
            .event_id(Uuid::new_v4())
            .data(data)
            .metadata(metadata(&order, Some(changed.event_id), actor)?)
            .build()?;
        self.settle(&order, &event, event.event_id).await?;
        Ok(event)
    }

    /// Moves an order to another status.
    ///
    /// # Errors
    /// An [`IllegalTransition`](event_contracts::IllegalTransition) if that is not the next one; nothing is published.
    pub async fn advance(
        &self,
        id: OrderId,
        to: OrderStatus,
        reason: &str,
        actor: &Actor,
    ) -> Result<OrderStatusChanged, Error> {
        let order = self.order(id)?;
        let event = status_changed(&order, to, reason, actor)?;
        self.transition(id, &event)?;
        self.teller.tell(&order.number, &event).await?;
        let change = Some((order.state.as_str(), to.as_str()));
        self.teller
            .tell(&order.number, &audit(&order, AuditAction::StatusUpdate, change, event.event_id, actor)?)
            .await?;
        Ok(event)
    }

    /// Publishes the event that settles an order, and that figures are stale because of it.
    async fn settle<E: Event + Sync>(&self, order: &Order, event: &E, id: EventId) -> Result<(), Error>
    where
        OrderState: Lifecycle<E>,
    {
        self.transition(order.id, event)?;
        self.teller.tell(&order.number, event).await?;
        self.teller.tell(&order.number, &statistics(order, E::TYPE, id)?).await
    }

    /// Moves the order by the event, if that is legal.
    fn transition<E: Event>(&self, id: OrderId, event: &E) -> Result<(), Error>
    where
        OrderState: Lifecycle<E>,
    {
        let mut book = self.book();
        let order = book.get_mut(&id).ok_or("no order of this id")?;
        order.state = OrderState::next(Some(order.state), event)?;
        Ok(())
    }
}

/// The event that tells of a new status, legal or not.
///
/// # Errors
/// The reason is empty.
pub fn status_changed(
    order: &Order,
    to: OrderStatus,
    reason: &str,
    actor: &Actor,
) -> Result<OrderStatusChanged, Error> {
    // States and statuses have the same names: those of the wire.
    let from: OrderStatus = order.state.as_str().parse()?;
    let data = OrderStatusChangedData::builder()
        .order_id(order.id)
        .order_number(order.number.clone())
        .customer_id(order.customer)
        .status_change(StatusChange::builder().from(from).to(to).build()?)
        .reason(reason)
        .changed_by(actor.user)
        .automatic(false)
        .build()?;
    let metadata = metadata(order, Some(order.origin), actor)?;
    Ok(OrderStatusChanged::builder().event_id(Uuid::new_v4()).data(data).metadata(metadata).build()?)
}
