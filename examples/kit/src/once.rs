//! Effects that happen once per event, however often it is delivered.

use std::fmt;
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
    noun: &'static str,
}

impl Once {
    pub(crate) fn new(context: Context) -> Self {
        Self { inbox: MemoryInbox::new(), group: context.group(), context, noun: "" }
    }

    /// The same memory; the story calls what events are about a `noun`: `order 1001` instead of `1001`.
    #[must_use]
    pub fn about(self, noun: &'static str) -> Self {
        Self { noun, ..self }
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
            self.tell(event, format_args!("came again: a duplicate, no effect"));
            return Ok(Outcome::Duplicate);
        };
        if let Err(failure) = effect.await {
            if let Failure::Refused(reason) = &failure {
                self.tell(event, format_args!("refused: {reason}"));
            }
            return Err(failure);
        }
        transaction.commit().await?;
        Ok(Outcome::Handled)
    }

    fn tell<E: Event>(&self, event: &E, what: fmt::Arguments<'_>) {
        let subject = format!("{} {}", self.noun, event.partition_key());
        self.context.tell(subject.trim_start(), format_args!("{} {what}", E::TYPE));
    }
}
