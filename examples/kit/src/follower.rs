//! Services that only follow events: each keeps a state and publishes nothing.

use std::fmt::{self, Display};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_contracts::{Event, Service};
use event_contracts_delivery::{Failure, Handler, Outcome, Record};

use crate::context::{Context, Task};
use crate::once::Once;
use crate::system::Error;

/// Which events concern a service.
pub trait Dispatch: Send + Sized + 'static {
    /// Decodes the record and hands an event that concerns the service to [`Follower::react`].
    ///
    /// # Errors
    /// As of [`Handler::handle`].
    fn dispatch(service: &Follower<Self>, record: &Record) -> impl Future<Output = Result<Outcome, Failure>> + Send;
}

/// How an event changes the state of a service.
pub trait Follow<E: Event> {
    /// Lets a new event have its effect, all of it or none; says what a user may read about it, if anything.
    ///
    /// # Errors
    /// The event is refused in this state.
    fn follow(&mut self, event: &E) -> Result<Option<Step>, Failure>;
}

/// What a user reads about an effect: who or what it was about, and what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    subject: String,
    what: String,
}

impl Step {
    /// `what` happened to `subject`.
    pub fn new(subject: impl Display, what: impl Display) -> Self {
        Self { subject: subject.to_string(), what: what.to_string() }
    }
}

/// A service whose state follows events.
pub struct Follower<S> {
    context: Context,
    once: Once,
    state: Mutex<S>,
}

impl<S: Dispatch> Follower<S> {
    /// Starts a service in this state, as a consumer of what its contract subscribes it to.
    ///
    /// # Errors
    /// No consumer can be created.
    pub fn start(context: &Context, contract: &Service, state: S) -> Result<Vec<Task>, Error> {
        let follower = Arc::new(Self { context: context.clone(), once: context.once(), state: Mutex::new(state) });
        context.share(&follower);
        Ok(vec![context.consume(contract, follower)?])
    }

    /// What it runs with.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The state as it is now.
    #[must_use]
    pub fn state(&self) -> S
    where
        S: Clone,
    {
        self.lock().clone()
    }

    /// Lets the event have its effect, once.
    ///
    /// # Errors
    /// As [`Once::handle`].
    pub async fn react<E: Event + Sync>(&self, event: &E) -> Result<Outcome, Failure>
    where
        S: Follow<E>,
    {
        let effect = async {
            let step = self.lock().follow(event)?;
            if let Some(Step { subject, what }) = step {
                self.context.tell(subject, what);
            }
            Ok(())
        };
        self.once.handle(event, effect).await
    }

    fn lock(&self) -> MutexGuard<'_, S> {
        // A service whose effect panicked stops for good; what it had done before is still worth a look.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Dispatch> Handler for Follower<S> {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        S::dispatch(self, record).await
    }
}

impl<S> fmt::Debug for Follower<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follower").field("service", &self.context.service).finish_non_exhaustive()
    }
}
