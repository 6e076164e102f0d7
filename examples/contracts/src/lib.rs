//! The contracts of five systems, generated from `schemas/`: one module each.

event_contracts::include_contracts!();
