//! What a consumer group has handled, so that the second delivery of an event has no second effect.

use std::collections::HashSet;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts::IdempotencyKey;
use tokio::sync::Notify;

use crate::error::InboxError;

/// Remembers idempotency keys per consumer group.
///
/// ```
/// # use event_contracts_delivery::{Failure, Inbox, Outcome, Transaction};
/// # async fn handle(inbox: impl Inbox, key: event_contracts::IdempotencyKey) -> Result<Outcome, Failure> {
/// let Some(transaction) = inbox.begin("inventory", &key).await? else { return Ok(Outcome::Duplicate) };
/// // effects; a `?` here leaves the key unmarked, and the next delivery tries again
/// transaction.commit().await?;
/// Ok(Outcome::Handled)
/// # }
/// ```
///
/// An implementor guarantees that of two transactions with one group and key at most one commits, whatever runs
/// concurrently: the second [`Inbox::begin`] waits for the first transaction, or its commit fails.
pub trait Inbox: Send + Sync + 'static {
    /// What effects are written in: a database transaction, where the effects are kept in a database.
    type Transaction: Transaction;

    /// Begins to handle the event of this key, unless this group has handled it: then there is nothing to do.
    ///
    /// # Errors
    /// [`InboxError`] if the store behind it is away.
    fn begin(
        &self,
        group: &str,
        key: &IdempotencyKey,
    ) -> impl Future<Output = Result<Option<Self::Transaction>, InboxError>> + Send;
}

/// The handling of one event. Dropped without a commit, the event counts as not handled.
pub trait Transaction: Send {
    /// Makes effects and mark durable together.
    ///
    /// # Errors
    /// [`InboxError`] if the store behind it is away; the event then comes again.
    fn commit(self) -> impl Future<Output = Result<(), InboxError>> + Send;
}

/// An inbox that forgets when the process ends and never before: for demos and tests. Clones are the same inbox.
#[derive(Debug, Clone, Default)]
pub struct MemoryInbox(Arc<Memory>);

#[derive(Debug, Default)]
struct Memory {
    keys: Mutex<Keys>,
    /// Told whenever a transaction ends.
    ended: Notify,
}

type GroupKey = (Box<str>, IdempotencyKey);

#[derive(Debug, Default)]
struct Keys {
    handled: HashSet<GroupKey>,
    in_hand: HashSet<GroupKey>,
}

/// A transaction of a [`MemoryInbox`]: the mark alone, since memory has no effects to write with it.
#[derive(Debug)]
pub struct MemoryTransaction {
    memory: Arc<Memory>,
    key: GroupKey,
}

impl MemoryInbox {
    /// An inbox that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Inbox for MemoryInbox {
    type Transaction = MemoryTransaction;

    async fn begin(&self, group: &str, key: &IdempotencyKey) -> Result<Option<MemoryTransaction>, InboxError> {
        let key = (Box::from(group), key.clone());
        loop {
            // Before the look at the keys, or the end of a transaction in between would go unnoticed.
            let ended = self.0.ended.notified();
            {
                let mut keys = self.0.keys();
                if keys.handled.contains(&key) {
                    return Ok(None);
                }
                if keys.in_hand.insert(key.clone()) {
                    return Ok(Some(MemoryTransaction { memory: Arc::clone(&self.0), key }));
                }
            }
            ended.await;
        }
    }
}

impl Transaction for MemoryTransaction {
    async fn commit(self) -> Result<(), InboxError> {
        self.memory.keys().handled.insert(self.key.clone());
        Ok(())
    }
}

impl Drop for MemoryTransaction {
    fn drop(&mut self) {
        self.memory.keys().in_hand.remove(&self.key);
        self.memory.ended.notify_waiters();
    }
}

impl Memory {
    fn keys(&self) -> MutexGuard<'_, Keys> {
        // No code that can panic runs under the lock, so a poisoned one still holds whole sets.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
