//! Writes what the report measures: the peers' code for our schemas, payloads in several spellings, schemas by the thousand.

pub mod subject;

pub mod cases;
mod flat;
mod shapes;
pub mod typify;

pub mod compile;
pub mod speed;
mod thousand;
