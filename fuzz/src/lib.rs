//! What the targets share: the event sets of the five systems without their types, and schemas made of bytes.

pub mod grammar;
pub mod sets;
