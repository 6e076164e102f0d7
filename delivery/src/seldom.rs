//! A log line that would come thousands of times, now and then.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use rdkafka::ClientContext;
use rdkafka::error::KafkaError;
use tracing::warn;

/// Says yes at most once in ten seconds: while a cluster is away, clients report so with every attempt.
#[derive(Debug, Default)]
pub(crate) struct Seldom(Mutex<Option<Instant>>);

/// What a client without duties of its own says about its trouble with the cluster: a line now and then.
#[derive(Debug, Default)]
pub(crate) struct Trouble(Seldom);

impl ClientContext for Trouble {
    fn error(&self, error: KafkaError, reason: &str) {
        if self.0.now() {
            warn!(%error, reason, "the client has trouble with the cluster");
        }
    }
}

const EVERY: Duration = Duration::from_secs(10);

impl Seldom {
    /// Whether it is time again.
    pub(crate) fn now(&self) -> bool {
        let Ok(mut last) = self.0.lock() else { return true };
        let is_time = last.is_none_or(|last| last.elapsed() >= EVERY);
        if is_time {
            *last = Some(Instant::now());
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::Seldom;

    #[test]
    fn once_is_enough() {
        let seldom = Seldom::default();
        assert_eq!((seldom.now(), seldom.now(), seldom.now()), (true, false, false));
    }
}
