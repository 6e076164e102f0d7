//! Those who keep a record of one kind: audit, procurement, fulfillment, customer and accounting.

use event_contracts::{Decimal, Uuid};
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::first_viscount::{
    CorrelationId, FirstViscountEvent, InventoryAdjusted, LowStockAlert, OrderCompleted, OrderId, OrderRefunded,
    OrderValidated, ProductId,
};
use example_kit::{Dispatch, Follow, Follower, Step};

use crate::receipt::decode;

/// Audit: corrections of the stock, with who backs them.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// The event, the pieces that came or went, and the paper.
    pub adjustments: Vec<(Uuid, i64, Option<String>)>,
}

/// Procurement: what to reorder.
#[derive(Debug, Clone, Default)]
pub struct Reorders {
    /// Each product once, until it comes in.
    pub products: Vec<ProductId>,
}

/// Fulfillment: what to pick and pack.
#[derive(Debug, Clone, Default)]
pub struct Picking {
    /// Orders, with the flow that they belong to.
    pub orders: Vec<(OrderId, CorrelationId)>,
}

/// Customer: what became of each order.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What happened, in the order of its arrival.
    pub entries: Vec<(OrderId, &'static str)>,
}

/// Accounting: refunds in the financial records.
#[derive(Debug, Clone)]
pub struct Records {
    /// Everything that was paid back.
    pub refunds: Decimal,
}

impl Default for Records {
    fn default() -> Self {
        Self { refunds: Decimal::ZERO }
    }
}

/// Which events each of them follows.
macro_rules! follows {
    ($($state:ty: $($event:ident)|+;)*) => {$(
        impl Dispatch for $state {
            async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
                match decode(service.context(), record)? {
                    $(FirstViscountEvent::$event(event) => service.react(&event).await,)+
                    _ => Ok(Outcome::Ignored),
                }
            }
        }
    )*};
}

follows! {
    Trail: InventoryAdjusted;
    Reorders: LowStockAlert;
    Picking: OrderValidated;
    History: OrderCompleted | OrderRefunded;
    Records: OrderRefunded;
}

impl Follow<InventoryAdjusted> for Trail {
    fn follow(&mut self, event: &InventoryAdjusted) -> Result<Option<Step>, Failure> {
        let data = &event.data;
        let change = i64::from(*data.new_quantity) - i64::from(*data.old_quantity);
        let paper = data.reference_number.as_ref().map(ToString::to_string);
        self.adjustments.push((event.event_id, change, paper));
        Ok(Some(Step::new(&data.product_id, format_args!("{change} pieces for {}, on record", data.adjustment_type))))
    }
}

impl Follow<LowStockAlert> for Reorders {
    fn follow(&mut self, event: &LowStockAlert) -> Result<Option<Step>, Failure> {
        if self.products.contains(&event.data.product_id) {
            return Ok(None);
        }
        self.products.push(event.data.product_id.clone());
        Ok(Some(Step::new(&event.data.product_id, format_args!("reordered at {} pieces", event.data.current_quantity))))
    }
}

impl Follow<OrderValidated> for Picking {
    fn follow(&mut self, event: &OrderValidated) -> Result<Option<Step>, Failure> {
        self.orders.push((event.data.order_id.clone(), event.correlation_id.clone()));
        Ok(Some(Step::new(&event.data.order_id, "picked and packed")))
    }
}

impl Follow<OrderCompleted> for History {
    fn follow(&mut self, event: &OrderCompleted) -> Result<Option<Step>, Failure> {
        self.entries.push((event.data.order_id.clone(), "completed"));
        Ok(Some(Step::new(&event.data.order_id, "in the customer's history: completed")))
    }
}

impl Follow<OrderRefunded> for History {
    fn follow(&mut self, event: &OrderRefunded) -> Result<Option<Step>, Failure> {
        self.entries.push((event.data.order_id.clone(), "refunded"));
        Ok(Some(Step::new(&event.data.order_id, "in the customer's history: refunded")))
    }
}

impl Follow<OrderRefunded> for Records {
    fn follow(&mut self, event: &OrderRefunded) -> Result<Option<Step>, Failure> {
        let sum = self.refunds.checked_add(&event.data.refund_amount);
        self.refunds = sum.ok_or_else(|| Failure::refused("an amount beyond all books"))?;
        Ok(Some(Step::new(&event.data.order_id, format_args!("refund of {} booked", event.data.refund_amount))))
    }
}
