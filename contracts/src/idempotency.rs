//! The key that makes two deliveries of an event one fact.

use std::fmt::{self, Display, Write as _};

use crate::event::EventInfo;

/// What a consumer remembers to recognise an event that it has handled.
///
/// The text is canonical: `v1:<system>:<event type>:<values>`, with `%` and `:` of a value escaped, so that two
/// different events never share a key and a log line can be read. [`IdempotencyKey::digest`] has a fixed size for stores.
///
/// ```
/// use event_contracts::IdempotencyKey;
/// let key = IdempotencyKey::new("commerce", "order.created", &[&7]);
/// assert_eq!(key.as_str(), "v1:commerce:order.created:7");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(Box<str>);

impl IdempotencyKey {
    /// The key of an event with these values, in the contract's order.
    #[must_use]
    pub fn new(system: &str, event_type: &str, values: &[&dyn Display]) -> Self {
        let mut key = String::from("v1");
        for part in [&system as &dyn Display, &event_type].iter().chain(values) {
            key.push(':');
            let plain = part.to_string();
            for letter in plain.chars() {
                match letter {
                    '%' | ':' => write!(key, "%{:02X}", u32::from(letter)).expect("a String takes any text"),
                    _ => key.push(letter),
                }
            }
        }
        Self(key.into())
    }

    /// The key of an event of this contract.
    #[doc(hidden)]
    #[must_use]
    pub fn of(info: &EventInfo, values: &[String]) -> Self {
        Self::new(info.system, info.event_type, &values.iter().map(|value| value as &dyn Display).collect::<Vec<_>>())
    }

    /// The readable, canonical form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// SHA-256 of the canonical form: 32 bytes, whatever the values' lengths.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
