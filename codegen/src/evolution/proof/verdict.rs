//! What comes out of a comparison.

use serde_json::Value;

/// What is known about one direction.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Every value of the one schema is a value of the other: proved.
    Safe,
    /// There is a value that the one schema accepts and the other refuses.
    Breaking {
        /// Such a value, confirmed by validators of both schemas.
        witness: Value,
    },
    /// Neither is known.
    Unproven {
        /// What stands in the way: the keyword and its place.
        reason: String,
    },
}

impl Verdict {
    /// `safe`, `breaking` or `unproven`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Breaking { .. } => "breaking",
            Self::Unproven { .. } => "unproven",
        }
    }
}

/// Both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Whether the new schema accepts every value of the old one: whether retained events can still be read.
    pub backward: Verdict,
    /// Whether the old schema accepts every value of the new one: whether consumers of yesterday can read new events.
    pub forward: Verdict,
}

impl Comparison {
    pub(super) fn unproven(reason: &str) -> Self {
        let unproven = Verdict::Unproven { reason: reason.to_owned() };
        Self { backward: unproven.clone(), forward: unproven }
    }
}
