//! What a service does with a record, and what it answers.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use event_contracts::{BuildError, DecodeError, IllegalTransition};

use crate::error::{InboxError, PublishError};
use crate::record::Record;

/// What a service does with each record.
///
/// An answer promises that whatever the record had to cause is durable: the offset is committed after it. A record may
/// come again all the same (a crash before the commit, a second publication), so effects go through an
/// [`Inbox`](crate::Inbox). Implementations write `async fn handle`.
pub trait Handler: Send + Sync + 'static {
    /// Handles one record.
    ///
    /// # Errors
    /// [`Failure`] says what the record was instead of a fact to act on, or why it could not be handled. `?` makes one
    /// of an error of decoding, of a lifecycle, of the inbox and of publishing.
    fn handle(&self, record: &Record) -> impl Future<Output = Result<Outcome, Failure>> + Send;
}

impl<H: Handler> Handler for Arc<H> {
    fn handle(&self, record: &Record) -> impl Future<Output = Result<Outcome, Failure>> + Send {
        H::handle(self, record)
    }
}

/// How a record was handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It had its effect.
    Handled,
    /// It had its effect before and has none now.
    Duplicate,
    /// It does not concern this service.
    Ignored,
}

/// Why a record had no effect.
///
/// After [`Failure::Refused`] and [`Failure::Poison`] the partition goes on with the next record; after
/// [`Failure::Failed`] it may not, since the record would be lost.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// An event that may not happen in the state in which it arrived.
    Refused(Box<dyn Error + Send + Sync>),
    /// A message that is no valid event: no retry helps.
    Poison(DecodeError),
    /// The event is fine, but handling it failed: a store or a broker is away, or the handler has a bug.
    Failed(Box<dyn Error + Send + Sync>),
}

impl Failure {
    /// The event is refused, for a reason that is logged and therefore holds no payload values.
    #[must_use]
    pub fn refused(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Refused(reason.into())
    }

    /// Handling failed, for a reason that is logged and therefore holds no payload values.
    #[must_use]
    pub fn failed(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Failed(cause.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(_) => "the event was refused",
            Self::Poison(_) => "the message is no valid event",
            Self::Failed(_) => "handling the event failed",
        })
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(cause) | Self::Failed(cause) => Some(&**cause),
            Self::Poison(cause) => Some(cause),
        }
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Poison(error)
    }
}

/// An event that a service cannot build is a mistake in the service: it stops, and nothing is committed.
impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::failed(error)
    }
}

impl From<IllegalTransition> for Failure {
    fn from(error: IllegalTransition) -> Self {
        Self::refused(error)
    }
}

impl From<InboxError> for Failure {
    fn from(error: InboxError) -> Self {
        Self::failed(error)
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self::failed(error)
    }
}
