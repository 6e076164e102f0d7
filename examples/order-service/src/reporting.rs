//! Reporting: the figures about orders, their steps, overrides, audits and recalculations.

use std::collections::BTreeMap;

use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    AuditAction, MetricName, OrderAudit, OrderCreated, OrderServiceEvent, OrderStatisticsUpdated, OrderStatus,
    OrderStatusChanged, OrderStockOverrideApplied, SourceChannel,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// The figures.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Orders by channel.
    pub orders: BTreeMap<SourceChannel, u32>,
    /// Steps by the status reached.
    pub steps: BTreeMap<OrderStatus, u32>,
    /// Pieces granted beyond the stock.
    pub overridden: u32,
    /// Entries of the audit trail by action.
    pub audited: BTreeMap<AuditAction, u32>,
    /// Recalculations by figure.
    pub recalculated: BTreeMap<MetricName, u32>,
}

impl Dispatch for Figures {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::OrderCreated(event) => service.react(&event).await,
            OrderServiceEvent::OrderStatusChanged(event) => service.react(&event).await,
            OrderServiceEvent::OrderStockOverrideApplied(event) => service.react(&event).await,
            OrderServiceEvent::OrderAudit(event) => service.react(&event).await,
            OrderServiceEvent::OrderStatisticsUpdated(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderCreated> for Figures {
    fn follow(&mut self, event: &OrderCreated) -> Result<Option<Step>, Failure> {
        *self.orders.entry(event.data.source_channel).or_default() += 1;
        Ok(None)
    }
}

impl Follow<OrderStatusChanged> for Figures {
    fn follow(&mut self, event: &OrderStatusChanged) -> Result<Option<Step>, Failure> {
        *self.steps.entry(event.data.status_change.to).or_default() += 1;
        Ok(None)
    }
}

impl Follow<OrderStockOverrideApplied> for Figures {
    fn follow(&mut self, event: &OrderStockOverrideApplied) -> Result<Option<Step>, Failure> {
        self.overridden += event.data.items_overridden.iter().map(|item| *item.override_quantity).sum::<u32>();
        Ok(None)
    }
}

impl Follow<OrderAudit> for Figures {
    fn follow(&mut self, event: &OrderAudit) -> Result<Option<Step>, Failure> {
        *self.audited.entry(event.data.action.clone()).or_default() += 1;
        Ok(None)
    }
}

impl Follow<OrderStatisticsUpdated> for Figures {
    fn follow(&mut self, event: &OrderStatisticsUpdated) -> Result<Option<Step>, Failure> {
        for metric in &event.data.affected_metrics {
            *self.recalculated.entry(metric.clone()).or_default() += 1;
        }
        let data = &event.data;
        let what = format!("{} figures recalculated after {}", data.affected_metrics.len(), data.trigger_event);
        Ok(Some(Step::new("statistics", what)))
    }
}
