//! The tests of this crate stand in `tests/`; here the README is compiled and run.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
