//! The tests of this crate stand in `tests/`; here is what they share, and the README is compiled and run.

pub mod fixtures;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
