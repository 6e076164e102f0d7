//! What a new version of a schema means to those who read and write events: judged by proof.
//!
//! [`compare`] says of two JSON Schemas whether every value of the one is a value of the other, both ways. A change is
//! `Safe` if that is proved, `Breaking` if there is a value that shows it, and `Unproven` with a reason otherwise;
//! nothing is guessed.

mod proof;

pub use proof::{
    Answer, Comparison, NotASchema, Options, Pair, Reading, Verdict, compare, compare_each, compare_pairs,
};
