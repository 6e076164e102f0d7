//! Those who watch: the audit trail, security, and the dashboard.

use std::collections::{BTreeMap, BTreeSet};

use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    AuditAction, EventId, MetricName, OrderAudit, OrderAuditEvents, OrderStatisticsUpdated,
    OrderStatisticsUpdatedEvents, UserId,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// Audit: every significant operation, in one sequence.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// What was done, and the event that told of it.
    pub entries: Vec<(AuditAction, Option<EventId>)>,
}

/// Security: who acts from where.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Accounts that act from more than one address: somebody may have stolen them.
    pub suspects: BTreeSet<UserId>,
    addresses: BTreeMap<UserId, String>,
}

/// Dashboard: which figures were refreshed how often, and because of which events.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Refreshes by figure.
    pub refreshed: BTreeMap<MetricName, u32>,
    /// The events that made figures stale.
    pub causes: Vec<(String, Option<EventId>)>,
}

impl Dispatch for Trail {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderAuditEvents::decode(record.payload())? {
            OrderAuditEvents::OrderAudit(event) => service.react(&event).await,
            OrderAuditEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderAudit> for Trail {
    fn follow(&mut self, event: &OrderAudit) -> Result<Option<Step>, Failure> {
        self.entries.push((event.data.action.clone(), event.metadata.causation_id));
        Ok(Some(Step::new(&event.data.order_number, format_args!("kept in the trail: {}", event.data.action))))
    }
}

impl Dispatch for Watch {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderAuditEvents::decode(record.payload())? {
            OrderAuditEvents::OrderAudit(event) => service.react(&event).await,
            OrderAuditEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderAudit> for Watch {
    fn follow(&mut self, event: &OrderAudit) -> Result<Option<Step>, Failure> {
        let actor = &event.data.actor;
        let (Some(user), Some(address)) = (actor.user_id, &actor.ip_address) else { return Ok(None) };
        let known = self.addresses.entry(user).or_insert_with(|| address.clone());
        if known == address || !self.suspects.insert(user) {
            return Ok(None);
        }
        // The address itself is personal data: it stays out of the story.
        Ok(Some(Step::new(
            &event.data.order_number,
            format_args!("ALERT: {} acts from a second address", actor.user_type),
        )))
    }
}

impl Dispatch for Board {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderStatisticsUpdatedEvents::decode(record.payload())? {
            OrderStatisticsUpdatedEvents::OrderStatisticsUpdated(event) => service.react(&event).await,
            OrderStatisticsUpdatedEvents::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<OrderStatisticsUpdated> for Board {
    fn follow(&mut self, event: &OrderStatisticsUpdated) -> Result<Option<Step>, Failure> {
        for metric in &event.data.affected_metrics {
            *self.refreshed.entry(metric.clone()).or_default() += 1;
        }
        self.causes.push((event.data.trigger_event.clone(), event.metadata.causation_id));
        Ok(None)
    }
}
