//! Shipping: one shipment per order, ready when the payment clears, handed to a carrier through the dispatch API.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use event_contracts::{Lifecycle, Timestamp};
use event_contracts_delivery::{Failure, Handler, Outcome, Publisher, Record};
use example_contracts::commerce::{
    CancellableShipmentStatus, Carrier, EmailAddress, OrderCancelled, OrderCreated, OrderEvents, OrderId,
    PaymentEvents, PaymentSucceeded, ShipmentCancellationReason, ShipmentId, ShipmentState, ShippingCancelled,
    ShippingCancelledData, ShippingDelivered, ShippingDeliveredData, ShippingDispatched, ShippingDispatchedData,
    ShippingReady, ShippingReadyData, TrackingNumber, services, topics,
};
use example_kit::rows::{Rows, Turn};
use example_kit::{Context, Error, Once, Task};

/// The service.
#[derive(Debug)]
pub struct Shipping {
    context: Context,
    publisher: Publisher,
    once: Once,
    shipments: Rows<OrderId, Shipment>,
    /// Payments that overtook their order: topics keep no order among each other.
    early: Rows<OrderId, ()>,
    next_id: AtomicU64,
}

/// The shipment of one order.
#[derive(Debug, Clone)]
struct Shipment {
    id: ShipmentId,
    state: ShipmentState,
    user_email: EmailAddress,
}

type Shipments<'a> = Turn<'a, OrderId, Shipment>;

/// Starts the service.
///
/// # Errors
/// Whatever keeps its producer or consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let shipping = Arc::new(Shipping {
        context: context.clone(),
        publisher: context.publisher()?,
        once: context.once().about("order"),
        shipments: Rows::new(),
        early: Rows::new(),
        next_id: AtomicU64::new(1),
    });
    context.share(&shipping);
    Ok(vec![context.consume(&services::SHIPPING, shipping)?])
}

impl Shipping {
    /// The dispatch API: a carrier takes the shipment of this order.
    ///
    /// # Errors
    /// There is no shipment, or the lifecycle refuses: `IllegalTransition` inside [`Failure::Refused`].
    pub async fn dispatch(&self, order: OrderId) -> Result<TrackingNumber, Failure> {
        self.context.answer(named(order), self.hand_over(order).await)
    }

    /// The carrier's report that the shipment arrived.
    ///
    /// # Errors
    /// There is no shipment, or the lifecycle refuses: `IllegalTransition` inside [`Failure::Refused`].
    pub async fn delivered(&self, order: OrderId) -> Result<(), Failure> {
        self.context.answer(named(order), self.arrive(order).await)
    }

    /// Where the shipment of an order stands.
    #[must_use]
    pub fn state(&self, order: OrderId) -> Option<ShipmentState> {
        self.shipments.get(&order).map(|shipment| shipment.state)
    }

    async fn hand_over(&self, order: OrderId) -> Result<TrackingNumber, Failure> {
        let shipments = self.shipments.turn().await;
        let shipment = shipments.get(&order).ok_or_else(|| Failure::refused("no shipment for this order"))?;
        let data = ShippingDispatchedData::builder()
            .shipment_id(shipment.id)
            .carrier(Carrier::DemoCarrier)
            .tracking_number(format!("TRK-{:04}", *shipment.id))
            .build();
        let event = ShippingDispatched::builder()
            .order_id(order)
            .user_email(shipment.user_email.clone())
            .data(data.map_err(Failure::failed)?)
            .build()
            .map_err(Failure::failed)?;
        let state = ShipmentState::next(Some(shipment.state), &event)?;
        self.publisher.publish(&event).await?;
        self.tell(order, format_args!("dispatch API → {state}, {}, shipping.dispatched", event.data.tracking_number));
        shipments.put(order, Shipment { state, ..shipment });
        Ok(event.data.tracking_number)
    }

    async fn arrive(&self, order: OrderId) -> Result<(), Failure> {
        let shipments = self.shipments.turn().await;
        let shipment = shipments.get(&order).ok_or_else(|| Failure::refused("no shipment for this order"))?;
        let data = ShippingDeliveredData::builder().shipment_id(shipment.id).delivered_at(Timestamp::now()).build();
        let event = ShippingDelivered::builder()
            .order_id(order)
            .user_email(shipment.user_email.clone())
            .data(data.map_err(Failure::failed)?)
            .build()
            .map_err(Failure::failed)?;
        let state = ShipmentState::next(Some(shipment.state), &event)?;
        self.publisher.publish_planned(&event).await?;
        self.tell(order, format_args!("carrier reports → {state}, shipping.delivered"));
        shipments.put(order, Shipment { state, ..shipment });
        Ok(())
    }

    async fn prepare(&self, event: &OrderCreated) -> Result<(), Failure> {
        let order = event.order_id;
        let shipments = self.shipments.turn().await;
        let state = ShipmentState::next(shipments.get(&order).map(|shipment| shipment.state), event)?;
        let id = ShipmentId::new(self.next_id.fetch_add(1, Ordering::Relaxed)).map_err(Failure::failed)?;
        let shipment = Shipment { id, state, user_email: event.user_email.clone() };
        self.tell(order, format_args!("order.created → shipment {id} {state}"));
        shipments.put(order, shipment.clone());
        if self.early.get(&order).is_some() {
            self.release(&shipments, order, shipment).await?;
        }
        Ok(())
    }

    async fn paid(&self, event: &PaymentSucceeded) -> Result<(), Failure> {
        let order = event.order_id;
        let shipments = self.shipments.turn().await;
        let Some(shipment) = shipments.get(&order) else {
            self.early.turn().await.put(order, ());
            self.tell(order, format_args!("payment.succeeded came before order.created, which it waits for"));
            return Ok(());
        };
        self.release(&shipments, order, shipment).await
    }

    async fn release(&self, shipments: &Shipments<'_>, order: OrderId, shipment: Shipment) -> Result<(), Failure> {
        let data = ShippingReadyData::builder().shipment_id(shipment.id).build().map_err(Failure::failed)?;
        let event = ShippingReady::builder().order_id(order).user_email(shipment.user_email.clone()).data(data);
        let event = event.build().map_err(Failure::failed)?;
        let state = ShipmentState::next(Some(shipment.state), &event)?;
        self.publisher.publish(&event).await?;
        self.tell(order, format_args!("payment.succeeded → shipment {} {state}, shipping.ready", shipment.id));
        shipments.put(order, Shipment { state, ..shipment });
        Ok(())
    }

    async fn call_off(&self, event: &OrderCancelled) -> Result<(), Failure> {
        let order = event.order_id;
        let shipments = self.shipments.turn().await;
        let shipment = shipments.get(&order).ok_or_else(|| Failure::refused("no shipment for this order"))?;
        let previous = match shipment.state {
            ShipmentState::ReadyToShip => CancellableShipmentStatus::ReadyToShip,
            // The others but PENDING_PAYMENT cannot be called off, which the lifecycle is about to say.
            _ => CancellableShipmentStatus::PendingPayment,
        };
        let data = ShippingCancelledData::builder()
            .shipment_id(shipment.id)
            .reason(ShipmentCancellationReason::OrderCancelled)
            .previous_status(previous)
            .build();
        let event = ShippingCancelled::builder()
            .order_id(order)
            .user_email(shipment.user_email.clone())
            .data(data.map_err(Failure::failed)?)
            .build()
            .map_err(Failure::failed)?;
        let state = ShipmentState::next(Some(shipment.state), &event)?;
        self.publisher.publish_planned(&event).await?;
        self.tell(order, format_args!("order.cancelled → shipment {} {state}, shipping.cancelled", shipment.id));
        shipments.put(order, Shipment { state, ..shipment });
        Ok(())
    }

    fn tell(&self, order: OrderId, what: fmt::Arguments<'_>) {
        self.context.tell(named(order), what);
    }
}

impl Handler for Shipping {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        if record.topic() == topics::PAYMENT_EVENTS.name {
            return match PaymentEvents::decode(record.payload())? {
                PaymentEvents::PaymentSucceeded(event) => self.once.handle(&event, self.paid(&event)).await,
                PaymentEvents::PaymentFailed(_) | PaymentEvents::Unknown(_) => Ok(Outcome::Ignored),
            };
        }
        match OrderEvents::decode(record.payload())? {
            OrderEvents::OrderCreated(event) => self.once.handle(&event, self.prepare(&event)).await,
            OrderEvents::OrderCancelled(event) => self.once.handle(&event, self.call_off(&event)).await,
            OrderEvents::OrderRefunded(_) | OrderEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

fn named(order: OrderId) -> String {
    format!("order {order}")
}
