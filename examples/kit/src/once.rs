//! Effects that happen once per event, however often it is delivered.

use std::future::Future;

use event_contracts::Event;
use event_contracts_delivery::{Failure, Inbox, MemoryInbox, Outcome, Transaction};

use crate::context::Context;

/// What a service has handled. Clones are the same memory.
#[derive(Debug, Clone)]
pub struct Once {
    inbox: MemoryInbox,
    context: Context,
    group: String,
}

impl Once {
    pub(crate) fn new(context: Context) -> Self {
        Self { inbox: MemoryInbox::new(), group: context.group(), context }
    }

    /// Runs `effect` unless this service has handled the event before; then it is a duplicate and is told as one.
    ///
    /// # Errors
    /// What `effect` fails with. The event then counts as not handled.
    pub async fn handle<E, F>(&self, event: &E, effect: F) -> Result<Outcome, Failure>
    where
        E: Event + Sync,
        F: Future<Output = Result<(), Failure>> + Send,
    {
        let key = event.idempotency_key();
        let Some(transaction) = self.inbox.begin(&self.group, &key).await? else {
            self.context.tell(event.partition_key(), format_args!("{} came again: a duplicate, no effect", E::TYPE));
            return Ok(Outcome::Duplicate);
        };
        if let Err(failure) = effect.await {
            if let Failure::Refused(reason) = &failure {
                self.context.tell(event.partition_key(), format_args!("{} refused: {reason}", E::TYPE));
            }
            return Err(failure);
        }
        transaction.commit().await?;
        Ok(Outcome::Handled)
    }
}
