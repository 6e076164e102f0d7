//! Whether any value satisfies a formula, and which: a value, a proof that there is none, or what stands in the way.
//!
//! "Every value of the old schema is one of the new" is "no value satisfies old and not new". A formula is taken apart
//! kind by kind; what it says for sure is decided first, which gives an example; only an alternative that the example
//! does not satisfy is gone through. Members and elements are formulas again. A formula that leads back to itself is
//! taken for empty on the way: values are finite, so what has an example at all has one that does not need itself.

mod array;
mod branch;
mod names;
mod number;
mod object;
mod sample;
mod text;

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::Value;

use super::formula::{Id, Kinds};
use super::meaning::Meaning;

/// How deep formulas may be in each other.
const MAX_DEPTH: usize = 600;

/// How large all formulas of a search may become together.
const MAX_SIZE: usize = 1 << 23;

/// Why a search has no steps left.
const TOO_MANY_STEPS: &str = "the search for a proof took too many steps";

/// What is known about a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// No value satisfies it.
    Empty,
    /// This one does.
    Value(Value),
    /// Neither is known: why, and a value that might.
    Unknown(String, Option<Value>),
}

impl Outcome {
    /// The value, sure or not.
    fn candidate(&self) -> Option<&Value> {
        match self {
            Self::Empty => None,
            Self::Value(value) => Some(value),
            Self::Unknown(_, value) => value.as_ref(),
        }
    }
}

/// An outcome that was found before, and which formula on the way it takes for empty.
#[derive(Debug, Clone)]
struct Known {
    outcome: Outcome,
    relies_on: usize,
}

/// Of no formula on the way.
const NOTHING: usize = usize::MAX;

/// One search, with all that it has found out.
#[derive(Debug)]
pub(super) struct Solver<'m, 'd> {
    pub(super) meaning: &'m mut Meaning<'d>,
    known: HashMap<Id, Known>,
    /// Formulas being looked at, by their depth.
    way: HashMap<Id, usize>,
    /// For each of them, the outermost that was taken for empty below it.
    relies_on: Vec<usize>,
    /// Formulas whose outcome relies on one that is being looked at.
    provisional: Vec<Id>,
    restricted: HashMap<(Id, Kinds), Id>,
    /// The outermost formula on the way that speaks of the same value as the one at hand.
    same_value_from: usize,
    steps: Cell<usize>,
}

impl<'m, 'd> Solver<'m, 'd> {
    /// A search of at most so many steps.
    pub(super) fn new(meaning: &'m mut Meaning<'d>, steps: usize) -> Self {
        Self {
            meaning,
            known: HashMap::new(),
            way: HashMap::new(),
            relies_on: Vec::new(),
            provisional: Vec::new(),
            restricted: HashMap::new(),
            same_value_from: 0,
            steps: Cell::new(steps),
        }
    }

    /// Whether any value satisfies the formula, of a member or an element of what was looked at before.
    pub(super) fn solve(&mut self, id: Id) -> Outcome {
        let outer = std::mem::replace(&mut self.same_value_from, self.relies_on.len());
        let outcome = self.solve_beside(id);
        self.same_value_from = outer;
        outcome
    }

    /// Whether any value satisfies the formula, where the value at hand is looked at once more.
    fn solve_beside(&mut self, id: Id) -> Outcome {
        if id == Id::FALSE {
            return Outcome::Empty;
        }
        if let Some(known) = self.known.get(&id).cloned() {
            self.rely_on(known.relies_on);
            return known.outcome;
        }
        if let Some(&depth) = self.way.get(&id) {
            // To be taken for empty is for smaller values only.
            if depth >= self.same_value_from {
                return Outcome::Unknown("alternatives depend on each other".to_owned(), None);
            }
            self.rely_on(depth);
            return Outcome::Empty;
        }
        let depth = self.relies_on.len();
        if depth >= MAX_DEPTH {
            return Outcome::Unknown(format!("the schemas are nested deeper than {MAX_DEPTH} levels"), None);
        }
        let first = self.provisional.len();
        self.way.insert(id, depth);
        self.relies_on.push(NOTHING);
        let outcome = self.by_kind(id);
        self.way.remove(&id);
        let relies_on = self.relies_on.pop().unwrap_or(NOTHING);
        self.conclude(id, depth, first, outcome.clone(), relies_on);
        outcome
    }

    /// Whether a formula about the value at hand is empty, whatever comes out for the formulas on the way.
    fn is_surely_empty(&mut self, id: Id) -> bool {
        self.solve_beside(id) == Outcome::Empty
            && (id == Id::FALSE || self.known.get(&id).is_some_and(|known| known.relies_on == NOTHING))
    }

    /// Keeps an outcome, and with it or without it what relied on it.
    fn conclude(&mut self, id: Id, depth: usize, first: usize, outcome: Outcome, relies_on: usize) {
        let outer = if relies_on < depth { relies_on } else { NOTHING };
        if outcome != Outcome::Empty {
            // What was taken for empty is not: all that relied on it is open again.
            for doubtful in self.provisional.drain(first..) {
                self.known.remove(&doubtful);
            }
            // A value is a value whatever it relied on; a doubt may come from what was taken for empty.
            if matches!(outcome, Outcome::Value(_)) || outer == NOTHING {
                self.known.insert(id, Known { outcome, relies_on: NOTHING });
            } else {
                self.rely_on(outer);
            }
            return;
        }
        if outer == NOTHING {
            for proved in self.provisional.drain(first..) {
                if let Some(known) = self.known.get_mut(&proved) {
                    known.relies_on = NOTHING;
                }
            }
        } else {
            // What relied on this formula now relies on what this one relies on.
            for other in &self.provisional[first..] {
                if let Some(known) = self.known.get_mut(other) {
                    known.relies_on = known.relies_on.min(outer);
                }
            }
            self.provisional.push(id);
        }
        self.known.insert(id, Known { outcome, relies_on: outer });
        self.rely_on(outer);
    }

    fn rely_on(&mut self, depth: usize) {
        if let Some(lowest) = self.relies_on.last_mut() {
            *lowest = depth.min(*lowest);
        }
    }

    fn by_kind(&mut self, id: Id) -> Outcome {
        let mut doubt = None;
        for kind in Kinds::ALL.each() {
            if kind == Kinds::POINTED && !self.meaning.sees_points {
                continue;
            }
            match self.of_kind(id, kind) {
                Outcome::Empty => {}
                Outcome::Value(value) => return Outcome::Value(value),
                unknown => doubt = doubt.or(Some(unknown)),
            }
        }
        doubt.unwrap_or(Outcome::Empty)
    }

    /// Takes some steps; whether there were so many left.
    fn step(&self, count: usize) -> bool {
        let is_small = self.meaning.formulas.size() <= MAX_SIZE;
        self.steps.set(if is_small { self.steps.get().saturating_sub(count) } else { 0 });
        self.steps.get() > 0
    }

    /// Distinct values that satisfy a formula, as many as wanted, and whether there are no others; the reason, if that
    /// is not known.
    fn values(&mut self, id: Id, wanted: usize) -> Result<(Vec<Value>, bool), String> {
        let (mut values, mut rest) = (Vec::new(), id);
        while values.len() < wanted {
            match self.solve(rest) {
                Outcome::Empty => return Ok((values, true)),
                Outcome::Unknown(reason, _) => return Err(reason),
                Outcome::Value(value) if values.contains(&value) => {
                    return Err("two values are spelled alike".to_owned());
                }
                Outcome::Value(value) => {
                    let this = self.meaning.constant(&value);
                    let other = self.meaning.formulas.not(this);
                    rest = self.meaning.formulas.and([rest, other]);
                    values.push(value);
                }
            }
        }
        Ok((values, false))
    }
}
