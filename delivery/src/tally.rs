//! Counters per service: what a demo prints and metrics export.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// Records that a broker acknowledged.
    Published,
    /// Records that a handler answered for, those of the counts below included.
    Consumed,
    /// Records that had had their effect before.
    Duplicate,
    /// Records that did not concern the service.
    Ignored,
    /// Events that may not happen in the state in which they arrived.
    Refused,
    /// Messages that are no valid events.
    Poison,
}

impl Count {
    /// All of them, in the order of a table's columns.
    pub const ALL: [Self; 6] =
        [Self::Published, Self::Consumed, Self::Duplicate, Self::Ignored, Self::Refused, Self::Poison];
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Published => "published",
            Self::Consumed => "consumed",
            Self::Duplicate => "duplicates",
            Self::Ignored => "ignored",
            Self::Refused => "refused",
            Self::Poison => "poison",
        })
    }
}

/// The counters of one service. Clones count into the same numbers.
#[derive(Debug, Clone, Default)]
pub struct Counters(Arc<[AtomicU64; Count::ALL.len()]>);

impl Counters {
    /// Counts one more.
    pub fn add(&self, count: Count) {
        self.0[count as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// How many there are.
    #[must_use]
    pub fn get(&self, count: Count) -> u64 {
        self.0[count as usize].load(Ordering::Relaxed)
    }
}

/// The counters of all services of a program. Clones are the same tally; its text is a table.
///
/// ```
/// use event_contracts_delivery::{Count, Tally};
/// let tally = Tally::new();
/// tally.service("commerce", "orders").add(Count::Published);
/// assert_eq!(tally.total(Count::Published), 1);
/// println!("{tally}");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Tally(Arc<Mutex<BTreeMap<Service, Counters>>>);

type Service = (Box<str>, Box<str>);

impl Tally {
    /// A tally of no services.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The counters of a service of a system, the same ones each time.
    #[must_use]
    pub fn service(&self, system: &str, service: &str) -> Counters {
        let mut services = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        services.entry((system.into(), service.into())).or_default().clone()
    }

    /// Every service by system and name, sorted.
    #[must_use]
    pub fn services(&self) -> Vec<(Box<str>, Box<str>, Counters)> {
        let services = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        services
            .iter()
            .map(|((system, service), counters)| (system.clone(), service.clone(), counters.clone()))
            .collect()
    }

    /// The sum over all services.
    #[must_use]
    pub fn total(&self, count: Count) -> u64 {
        self.services().iter().map(|(_, _, counters)| counters.get(count)).sum()
    }

    /// Waits until nothing has been published or consumed for `quiet`: the end of a demo.
    pub async fn settled(&self, quiet: Duration) {
        let moved = || [Count::Published, Count::Consumed].map(|count| self.total(count));
        let mut before = moved();
        loop {
            tokio::time::sleep(quiet).await;
            let now = moved();
            if now == before {
                return;
            }
            before = now;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let services = self.services();
        let wide = |title: &str, names: &mut dyn Iterator<Item = &str>| {
            names.map(|name| name.chars().count()).chain([title.len()]).max().unwrap_or_default()
        };
        let system_width = wide("system", &mut services.iter().map(|(system, ..)| &**system));
        let service_width = wide("service", &mut services.iter().map(|(_, service, _)| &**service));
        write!(f, "{:system_width$}  {:service_width$}", "system", "service")?;
        for count in Count::ALL {
            write!(f, "  {count:>10}")?;
        }
        for (system, service, counters) in &services {
            write!(f, "\n{system:system_width$}  {service:service_width$}")?;
            for count in Count::ALL {
                write!(f, "  {:>10}", counters.get(count))?;
            }
        }
        Ok(())
    }
}
