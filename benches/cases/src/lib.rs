//! The events of all example systems with their payloads, as we and as every peer would handle them.
//!
//! Every operation stands behind a function pointer, on both sides alike, so that the report needs no type parameters.

mod ours;
mod typify;

pub use ours::Ours;
pub use typify::Typify;

use std::hint::black_box;

use serde_json::Value;

event_contracts::include_contracts!();

/// What the build script wrote: the peers' code, and the list of all cases.
#[allow(clippy::all, dead_code, unused_imports, reason = "typify's and jsonschema's code is theirs")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/cases.rs"));
}
pub use generated::CASES;

/// One event.
pub struct Case {
    /// The system on the wire.
    pub system: &'static str,
    /// The topic on the wire.
    pub topic: &'static str,
    /// The event type on the wire.
    pub event: &'static str,
    /// The major version.
    pub major: u32,
    /// The schema with everything it refers to.
    pub schema: &'static str,
    /// The documented payload, in one line.
    pub compact: &'static str,
    /// Its members by name.
    pub sorted: &'static str,
    /// Its members the other way round.
    pub reversed: &'static str,
    /// In many lines.
    pub pretty: &'static str,
    /// With an escape in every string.
    pub escaped: &'static str,
    /// What we do with it.
    pub ours: Ours,
    /// The compiled validator of `jsonschema`.
    pub compiled: fn(&Value) -> bool,
    /// typify's type, or why there is none.
    pub typify: Result<Typify, &'static str>,
    /// serde's internally tagged enum of the topic, over typify's types.
    pub tagged: fn(&[u8]) -> bool,
}

/// Makes a result and gives it up, as far as the optimiser can see after using it; tells whether there was one.
pub fn keep<T, E>(result: Result<T, E>) -> bool {
    black_box(&result).is_ok()
}
