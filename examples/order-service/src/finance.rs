//! Finance: expects, books and refunds money, to the last digit, and keeps an eye on special orders.

use std::collections::{BTreeMap, BTreeSet};

use event_contracts::{Decimal, Lifecycle};
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    OrderCancelled, OrderConfirmed, OrderCreated, OrderId, OrderServiceEvent, OrderState, OrderStatus,
    OrderStatusChanged, OrderStockOverrideApplied, OrderUpdated,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// The books.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// One account per order.
    pub accounts: BTreeMap<OrderId, Account>,
    /// Everything that was booked.
    pub revenue: Decimal,
    /// Everything that was paid back.
    pub refunds: Decimal,
    /// How many payments were handled.
    pub payments: u32,
    /// Orders beyond the stock.
    pub special: BTreeSet<OrderId>,
}

/// What finance knows about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Where the order stands.
    pub state: OrderState,
    /// What the customer is to pay.
    pub expected: Decimal,
    /// What was booked as revenue.
    pub booked: Decimal,
}

impl Default for Ledger {
    fn default() -> Self {
        let (accounts, special) = (BTreeMap::new(), BTreeSet::new());
        Self { accounts, revenue: Decimal::ZERO, refunds: Decimal::ZERO, payments: 0, special }
    }
}

impl Ledger {
    fn account(&mut self, order: OrderId) -> Result<&mut Account, Failure> {
        self.accounts.get_mut(&order).ok_or_else(|| Failure::refused("no account of this order"))
    }
}

fn sum(left: &Decimal, right: &Decimal) -> Result<Decimal, Failure> {
    left.checked_add(right).ok_or_else(|| Failure::refused("an amount beyond all books"))
}

impl Dispatch for Ledger {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::OrderCreated(event) => service.react(&event).await,
            OrderServiceEvent::OrderUpdated(event) => service.react(&event).await,
            OrderServiceEvent::OrderStatusChanged(event) => service.react(&event).await,
            OrderServiceEvent::OrderConfirmed(event) => service.react(&event).await,
            OrderServiceEvent::OrderCancelled(event) => service.react(&event).await,
            OrderServiceEvent::OrderStockOverrideApplied(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderCreated> for Ledger {
    fn follow(&mut self, event: &OrderCreated) -> Result<Option<Step>, Failure> {
        let data = &event.data;
        let state = OrderState::next(self.accounts.get(&data.order_id).map(|account| account.state), event)?;
        let expected = data.total_amount.clone().into_inner();
        self.accounts.insert(data.order_id, Account { state, expected, booked: Decimal::ZERO });
        Ok(Some(Step::new(&data.order_number, format_args!("{} {} expected", data.total_amount, data.currency))))
    }
}

impl Follow<OrderUpdated> for Ledger {
    fn follow(&mut self, event: &OrderUpdated) -> Result<Option<Step>, Failure> {
        let Some(change) = &event.data.changes.total_amount else { return Ok(None) };
        let account = self.account(event.data.order_id)?;
        if account.expected != *change.old {
            return Err(Failure::refused("the change starts from another total"));
        }
        account.expected = change.new.clone().into_inner();
        Ok(Some(Step::new(&event.data.order_number, format_args!("{} expected instead of {}", change.new, change.old))))
    }
}

impl Follow<OrderStatusChanged> for Ledger {
    fn follow(&mut self, event: &OrderStatusChanged) -> Result<Option<Step>, Failure> {
        let account = self.account(event.data.order_id)?;
        account.state = OrderState::next(Some(account.state), event)?;
        if event.data.status_change.to != OrderStatus::Confirmed {
            return Ok(None);
        }
        self.payments += 1;
        Ok(Some(Step::new(&event.data.order_number, "payment handled")))
    }
}

impl Follow<OrderConfirmed> for Ledger {
    fn follow(&mut self, event: &OrderConfirmed) -> Result<Option<Step>, Failure> {
        let revenue = sum(&self.revenue, &event.data.total_amount)?;
        let account = self.account(event.data.order_id)?;
        account.state = OrderState::next(Some(account.state), event)?;
        account.booked = event.data.total_amount.clone().into_inner();
        self.revenue = revenue;
        Ok(Some(Step::new(&event.data.order_number, format_args!("{} booked as revenue", event.data.total_amount))))
    }
}

impl Follow<OrderCancelled> for Ledger {
    fn follow(&mut self, event: &OrderCancelled) -> Result<Option<Step>, Failure> {
        let booked = self.account(event.data.order_id)?.booked.clone();
        let refunds = sum(&self.refunds, &booked)?;
        let account = self.account(event.data.order_id)?;
        account.state = OrderState::next(Some(account.state), event)?;
        if !event.data.refund_required {
            return Ok(None);
        }
        self.refunds = refunds;
        Ok(Some(Step::new(&event.data.order_number, format_args!("{booked} refunded"))))
    }
}

impl Follow<OrderStockOverrideApplied> for Ledger {
    fn follow(&mut self, event: &OrderStockOverrideApplied) -> Result<Option<Step>, Failure> {
        self.special.insert(event.data.order_id);
        Ok(Some(Step::new(&event.data.order_number, "tracked as a special order")))
    }
}
