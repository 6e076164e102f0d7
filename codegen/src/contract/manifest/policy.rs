//! What a system or topic asks of edits, as `system.json` says it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What edits may do. What is left out is as the system says, or else the first of each list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Policy {
    /// The directions in which nobody may break. A break in another one is told and fails nothing.
    #[serde(default)]
    pub compatibility: Option<Compatibility>,
    /// What it means that an edit could neither be proved safe nor shown to break somebody.
    #[serde(default)]
    pub unproven: Option<Unproven>,
    /// What producers are taken to write.
    #[serde(default)]
    pub reading: Option<Reading>,
}

/// The directions in which nobody may break.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Compatibility {
    /// Both.
    #[default]
    Full,
    /// New consumers read retained events.
    Backward,
    /// Consumers as deployed today read new events.
    Forward,
    /// Neither.
    None,
}

impl Compatibility {
    /// As the file says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::None => "none",
        }
    }
}

/// What an unproven edit means; the later asks for more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unproven {
    /// A warning.
    #[default]
    Warn,
    /// An error.
    Deny,
}

impl Unproven {
    /// As the file says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// What producers are taken to write; the later asks for more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Declared members only, as generated producers do.
    #[default]
    Emitted,
    /// Whatever the schema admits, undeclared members included.
    Strict,
}

impl Reading {
    /// As the file says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Emitted => "emitted",
            Self::Strict => "strict",
        }
    }
}
