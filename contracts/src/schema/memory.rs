//! What the judge remembers of values that are looked at again and again.
//!
//! Where alternatives nest, each level tries its branches on everything below it: the time would double with every level
//! of a text that anybody may send. Deep inside, a schema is therefore asked once about each value.

use std::collections::HashMap;

use crate::schema::Schema;

/// From this many layers of looking again on; above it, asking again is cheaper than remembering.
const DEEP: u32 = 3;

/// How a schema and a value, by where it begins, got on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    /// It holds; the value ends here.
    Holds(usize),
    /// It does not, by the value at `offset`, and was read as far as `reached`.
    Fails { offset: usize, reached: usize },
}

#[derive(Debug, Default)]
pub(super) struct Memory {
    /// How many schemas, one inside the other, are looking at a value again.
    pub(super) layers: u32,
    outcomes: Option<HashMap<(usize, usize), Outcome>>,
}

impl Memory {
    pub(super) fn is_deep(&self) -> bool {
        self.layers >= DEEP
    }

    pub(super) fn recall(&self, schema: &Schema, start: usize) -> Option<Outcome> {
        self.outcomes.as_ref()?.get(&key(schema, start)).copied()
    }

    pub(super) fn keep(&mut self, schema: &Schema, start: usize, outcome: Outcome) {
        self.outcomes.get_or_insert_default().insert(key(schema, start), outcome);
    }
}

/// Tables are constants: one that has another address is another one.
fn key(schema: &Schema, start: usize) -> (usize, usize) {
    (std::ptr::from_ref(schema).addr(), start)
}
