//! Shipping: one shipment per order, ready when the payment clears, handed to a carrier through the dispatch API.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use event_contracts::{Lifecycle, Timestamp};
use event_contracts_delivery::{Count, Failure, Handler, Outcome, Publisher, Record};
use example_contracts::commerce::{
    CancellableShipmentStatus, Carrier, EmailAddress, OrderCancelled, OrderCreated, OrderEvents, OrderId,
    PaymentEvents, PaymentSucceeded, ShipmentCancellationReason, ShipmentId, ShipmentState, ShippingCancelled,
    ShippingCancelledData, ShippingDelivered, ShippingDeliveredData, ShippingDispatched, ShippingDispatchedData,
    ShippingReady, ShippingReadyData, TrackingNumber, services, topics,
};
use example_kit::{Context, Error, Once, Rows, Task};

/// The service.
#[derive(Debug)]
pub struct Shipping {
    context: Context,
    publisher: Publisher,
    once: Once,
    shipments: Rows<OrderId, Shipment>,
    next_id: AtomicU64,
}

/// The shipment of one order.
#[derive(Debug, Clone)]
struct Shipment {
    id: ShipmentId,
    state: ShipmentState,
    user_email: EmailAddress,
}
