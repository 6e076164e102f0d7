//! What an edit of a contract means to those who read and write events: judged by proof.
//!
//! [`changes`] compares two contracts, stage by stage: which event is which (`contracts`), what is different (`facts`), who
//! breaks (`proof`, and a message for each fact that shows it: `witness`), what that is called and what helps (`rules`), whose
//! code stops compiling (`api`), what of it weighs how much (`policy`), what was accepted (waivers). [`versions`] does the same
//! inside one contract, with the major versions of an event that live side by side.
//!
//! [`compare`] says of two JSON Schemas whether every value of the one is a value of the other, both ways. A change is
//! `Safe` if that is proved, `Breaking` if there is a value that shows it, and `Unproven` with a reason otherwise;
//! nothing is guessed.

mod acceptance;
mod api;
mod changelog;
mod contracts;
mod events;
mod facts;
mod place;
mod policy;
mod proof;
mod report;
mod rules;
mod samples;
mod stated;
mod surface;
mod upcasters;
mod versions;
mod witness;

pub use crate::waivers::Waived;
pub use acceptance::accept;
pub use changelog::changelog;
pub use contracts::changes;
pub use policy::Demands;
pub use proof::{
    Answer, Comparison, NotASchema, Options, Pair, Reading, Verdict, compare, compare_each, compare_pairs,
};
pub use report::{Break, Compared, Direction, Finding, Order, Report, Rollout, RustChange};
pub use rules::{of_systems, of_versions};
pub(crate) use samples::add_samples;
pub use surface::surface;
pub use versions::{UPCAST, versions};
