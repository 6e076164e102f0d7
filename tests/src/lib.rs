//! Nothing: the tests of this crate stand in `tests/`.
