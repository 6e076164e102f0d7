//! Lifecycles: which event moves which state to which.

use std::fmt;

use crate::event::Event;

/// A state that events of type `E` can create or move.
///
/// Generated for every event that a lifecycle of `system.json` names; applying an event that the lifecycle does not
/// know is a compile error.
pub trait Lifecycle<E: Event>: Sized {
    /// The state after `event`.
    ///
    /// # Errors
    /// [`IllegalTransition`] if no transition leads from `current` by this event.
    fn next(current: Option<Self>, event: &E) -> Result<Self, IllegalTransition>;
}

/// An event that may not happen in the state in which it arrived. It has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IllegalTransition {
    lifecycle: &'static str,
    event: &'static str,
    from: Option<&'static str>,
}

impl IllegalTransition {
    /// `event` does not lead anywhere from `from`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(lifecycle: &'static str, event: &'static str, from: Option<&'static str>) -> Self {
        Self { lifecycle, event, from }
    }

    /// The lifecycle, `order`.
    #[must_use]
    pub const fn lifecycle(&self) -> &'static str {
        self.lifecycle
    }

    /// The event type that was refused.
    #[must_use]
    pub const fn event(&self) -> &'static str {
        self.event
    }

    /// The state that refused it; `None` if nothing exists yet.
    #[must_use]
    pub const fn from(&self) -> Option<&'static str> {
        self.from
    }
}

impl fmt::Display for IllegalTransition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from {
            Some(from) => write!(f, "`{}` is illegal for `{}` in state `{from}`", self.event, self.lifecycle),
            None => write!(f, "`{}` is illegal before `{}` exists", self.event, self.lifecycle),
        }
    }
}

impl std::error::Error for IllegalTransition {}
