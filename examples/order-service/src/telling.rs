//! How the order service tells: events that name their cause, and the audit and statistics that go with them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use event_contracts::{BuildError, Event, Timestamp, Uuid};
use event_contracts_delivery::Publisher;
use example_contracts::order_service::{
    AuditAction, AuditActor, AuditChange, DateRange, EventId, EventMetadata, MetricName, OrderAudit, OrderAuditData,
    OrderNumber, OrderStatisticsUpdated, OrderStatisticsUpdatedData, UserId, UserType,
};
use example_kit::{Context, Error};
use serde_json::Value;

use crate::orders::Order;

/// Publishes events and counts how many deliveries they are owed: one to each consumer that the contract names.
pub struct Teller {
    context: Context,
    publisher: Publisher,
    deliveries: AtomicU64,
}

/// Who asks the order service for something.
#[derive(Debug, Clone, Copy)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserType,
    /// The address of the request.
    pub address: &'static str,
}

impl Teller {
    pub(crate) fn new(context: Context) -> Result<Self, Error> {
        Ok(Self { publisher: context.publisher()?, context, deliveries: AtomicU64::new(0) })
    }

    /// Publishes an event about this order.
    ///
    /// # Errors
    /// The event is invalid, or no broker takes it.
    pub async fn tell<E: Event + Sync>(&self, order: &OrderNumber, event: &E) -> Result<(), Error> {
        self.context.tell(order, format_args!("→ {}", E::TYPE));
        self.publisher.publish(event).await?;
        self.expect_deliveries::<E>();
        Ok(())
    }

    /// Expects whatever was written to the topic of this event to reach all of its consumers.
    pub fn expect_deliveries<E: Event>(&self) {
        self.deliveries.fetch_add(E::INFO.consumers.len() as u64, Ordering::Relaxed);
    }

    /// How many records all consumers together have to read for all that was told.
    #[must_use]
    pub fn deliveries(&self) -> u64 {
        self.deliveries.load(Ordering::Relaxed)
    }
}

/// How an event about `order` hangs together with others: everything goes back to the request that created the order.
///
/// # Errors
/// The contract refuses it.
pub fn metadata(order: &Order, cause: Option<EventId>, actor: &Actor) -> Result<EventMetadata, BuildError> {
    let mut metadata = EventMetadata::builder().correlation_id(order.correlation).user_id(actor.user).build()?;
    metadata.causation_id = cause;
    Ok(metadata)
}

/// The entry of the audit trail about `cause`, which moved the status as `change` says.
///
/// # Errors
/// The actor's address is none.
pub fn audit(
    order: &Order,
    action: AuditAction,
    change: Option<(&str, &str)>,
    cause: EventId,
    actor: &Actor,
) -> Result<OrderAudit, Error> {
    let who = AuditActor::builder().user_id(actor.user).user_type(actor.kind).ip_address(actor.address).build()?;
    let mut data = OrderAuditData::builder()
        .order_id(order.id)
        .order_number(order.number.clone())
        .action(action)
        .actor(who)
        .build()?;
    if let Some((old, new)) = change {
        let change = AuditChange::builder().field("status").old_value(Value::from(old)).new_value(Value::from(new));
        data.changes = Some(change.build()?);
    }
    let metadata = metadata(order, Some(cause), actor)?;
    Ok(OrderAudit::builder().event_id(Uuid::new_v4()).data(data).metadata(metadata).build()?)
}

/// That figures of today are stale, because of the event `cause` of type `trigger`.
///
/// # Errors
/// The clock is beyond all calendars.
pub fn statistics(order: &Order, trigger: &str, cause: EventId) -> Result<OrderStatisticsUpdated, Error> {
    let now = Timestamp::now().unix_seconds();
    let start = Timestamp::from_unix(now - now.rem_euclid(86_400), 0).ok_or("today has no beginning")?;
    let end = start.checked_add(Duration::from_secs(86_399)).ok_or("today has no end")?;
    let mut products: Vec<_> = order.items.iter().map(|item| item.product_id).collect();
    products.sort_unstable();
    products.dedup();
    let data = OrderStatisticsUpdatedData::builder()
        .trigger_event(trigger)
        .affected_metrics(vec![MetricName::DailyRevenue, MetricName::CustomerLifetimeValue])
        .date_range(DateRange::builder().start(start).end(end).build()?)
        .customer_id(order.customer)
        .product_ids(products)
        .build()?;
    // Nobody asked for this one: it has a cause and no user.
    let metadata = EventMetadata::builder().correlation_id(order.correlation).causation_id(cause).build()?;
    Ok(OrderStatisticsUpdated::builder().event_id(Uuid::new_v4()).data(data).metadata(metadata).build()?)
}
