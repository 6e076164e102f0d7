//! Containment of schemas: proofs, witnesses, and an honest word where there is neither.
//!
//! Documents become formulas (`meaning`), a search looks for a value of the one that is none of the other (`solve`), and
//! whatever it finds is only believed when the validators of both original documents confirm it. Candidates that both
//! schemas suggest are tried before (`candidates`), and make any mistake of a proof visible.

mod candidates;
mod disputed;
mod document;
mod format;
mod formula;
mod holds;
mod language;
mod meaning;
mod pairs;
mod rational;
mod second;
mod shrink;
mod solve;
mod verdict;
mod weight;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use crate::build::deep;
use crate::schema::Draft;
use document::Document;
use formula::Id;
use meaning::{Meaning, Side};
use solve::{Outcome, Solver};
use weight::MAX_WEIGHT;

pub use document::NotASchema;
pub use pairs::{Answer, Pair, compare_each, compare_pairs};
pub use verdict::{Comparison, Verdict};

/// Which values of a schema count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// Every valid one.
    #[default]
    EveryInstance,
    /// Those that a generated writer emits: of the members of an object only the declared ones, unless
    /// `additionalProperties` is a schema that says something.
    Emitted,
}

/// How schemas are compared.
///
/// ```
/// use event_contracts_codegen::evolution::{Options, Reading};
///
/// let options = Options { reading: Reading::Emitted, ..Options::default() };
/// assert!(!options.assert_formats);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The draft of both documents; without it, each states its own by `$schema`, or is of draft 2020-12.
    pub draft: Option<Draft>,
    /// Whether `format` is a rule and not a remark.
    pub assert_formats: bool,
    /// Which values of the accepting side count.
    pub reading: Reading,
    /// Whether likely values are tried before anything is proved. Without, a proof stands alone, as tests want it.
    pub tries_candidates: bool,
    /// How many steps a search may take; the same number gives the same verdict on every machine.
    pub steps: usize,
}

impl Default for Options {
    fn default() -> Self {
        let reading = Reading::EveryInstance;
        Self { draft: None, assert_formats: false, reading, tries_candidates: true, steps: 100_000 }
    }
}

/// Compares two schemas, given as JSON text.
///
/// # Errors
/// If one of them is no JSON Schema: where, and why.
///
/// # Examples
/// ```
/// use event_contracts_codegen::evolution::{Options, Verdict, compare};
///
/// let old = r#"{ "properties": { "sku": { "type": "string" } } }"#;
/// let new = r#"{ "properties": { "sku": { "type": "string", "minLength": 1 } } }"#;
/// let comparison = compare(old, new, &Options::default())?;
/// assert_eq!(comparison.forward, Verdict::Safe);
/// assert_eq!(comparison.backward, Verdict::Breaking { witness: serde_json::json!({ "sku": "" }) });
/// # Ok::<(), event_contracts_codegen::evolution::NotASchema>(())
/// ```
pub fn compare(old: &str, new: &str, options: &Options) -> Result<Comparison, NotASchema> {
    deep(|| compare_here(old, new, options))
}

/// Compares two schemas on a stack that is deep enough.
fn compare_here(old: &str, new: &str, options: &Options) -> Result<Comparison, NotASchema> {
    let compared = catch_unwind(AssertUnwindSafe(|| {
        let old = Document::read("old", old, options.draft, options.assert_formats)?;
        let new = Document::read("new", new, options.draft, options.assert_formats)?;
        Ok(Pairing { old, new, options, disputes: Default::default() }.compare())
    }));
    compared.unwrap_or_else(|_| {
        let reason = "the comparison itself failed; please report these schemas".to_owned();
        let unproven = Verdict::Unproven { reason };
        Ok(Comparison { backward: unproven.clone(), forward: unproven })
    })
}

/// Of some values of a schema those that a generated writer emits, or of which that cannot be told.
pub(super) fn emitted(schema: &str, values: Vec<Value>) -> Vec<Value> {
    deep(|| {
        let Ok(document) = Document::read("old", schema, None, true) else { return values };
        let Ok((schemas, root)) = &document.schemas else { return values };
        let mut meaning = Meaning::new(schemas, schemas);
        let Ok(written) = meaning.emitted_document(Side::Old, *root) else { return values };
        values.into_iter().filter(|value| meaning.holds(written, value) != Some(false)).collect()
    })
}

/// Larger documents would take seconds.
const MAX_PARTS: usize = 1 << 16;

/// Two documents to be compared.
struct Pairing<'o> {
    old: Document,
    new: Document,
    options: &'o Options,
    /// For each direction why a value that was looked at shows a difference to some validators only.
    disputes: [Cell<Option<&'static str>>; 2],
}

/// Which side's values are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// The new schema reads what the old one has admitted.
    Backward,
    /// The old schema reads what the new one admits.
    Forward,
}

impl Pairing<'_> {
    fn compare(&self) -> Comparison {
        let (old, new) = match (&self.old.schemas, &self.new.schemas) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(reason), _) => return Comparison::unproven(&format!("{reason} of the old schema")),
            (_, Err(reason)) => return Comparison::unproven(&format!("{reason} of the new schema")),
        };
        for (document, name) in [(&self.old, "old"), (&self.new, "new")] {
            if document.parts() > MAX_PARTS {
                let reason = format!("the {name} schema has more than {MAX_PARTS} objects and arrays");
                return Comparison::unproven(&reason);
            }
        }
        if self.old.value == self.new.value && self.old.is_of_draft_of(&self.new) && self.has_every_instance() {
            return Comparison { backward: Verdict::Safe, forward: Verdict::Safe };
        }
        let mut meaning = Meaning::new(&old.0, &new.0);
        let formulas = [(Side::Old, old.1), (Side::New, new.1)].map(|(side, root)| {
            let read = meaning.document(side, root);
            let written = if self.has_every_instance() { read.clone() } else { meaning.emitted_document(side, root) };
            (read, written)
        });
        let [(old_read, old_written), (new_read, new_written)] = formulas;
        let tried = self.options.tries_candidates.then(|| candidates::try_all(self));
        let [backward, forward] = tried.unwrap_or_default();
        let mut judge = |direction, written: Result<Id, String>, read: Result<Id, String>, found: Option<Value>| {
            let (written, read) = match (written, read) {
                (Ok(written), Ok(read)) => (written, read),
                (Err(reason), _) | (_, Err(reason)) => return Verdict::Unproven { reason },
            };
            let mut question = Question { pairing: self, meaning: &mut meaning, direction, written };
            question.answer(read, found)
        };
        Comparison {
            backward: judge(Direction::Backward, old_written, new_read, backward),
            forward: judge(Direction::Forward, new_written, old_read, forward),
        }
    }

    fn has_every_instance(&self) -> bool {
        self.options.reading == Reading::EveryInstance
    }

    /// The side whose values are looked at, and the side that reads them.
    fn sides(&self, direction: Direction) -> (&Document, &Document) {
        match direction {
            Direction::Backward => (&self.old, &self.new),
            Direction::Forward => (&self.new, &self.old),
        }
    }

    /// Whether the validators of the original documents say that a value is accepted by the one side and refused by the
    /// other.
    fn confirms(&self, direction: Direction, value: &Value) -> bool {
        self.weight(value) <= MAX_WEIGHT && self.tells_apart(direction, value)
    }

    /// How much work it would be to ask both validators.
    fn weight(&self, value: &Value) -> u64 {
        self.old.weight(value).max(self.new.weight(value))
    }

    /// What [`Self::confirms`] says of a value that is not too much work.
    fn tells_apart(&self, direction: Direction, value: &Value) -> bool {
        let (writer, reader) = self.sides(direction);
        let (Some(written), Some(read)) = (writer.readings(value), reader.readings(value)) else { return false };
        match [written[0] && !read[0], written[1] && !read[1]] {
            [true, true] => return true,
            [false, false] => {}
            _ => {
                let disputed = if written[0] == written[1] { reader } else { writer };
                self.disputes[direction as usize].set(Some(disputed.dispute()));
            }
        }
        false
    }
}

/// Whether every value of one side is a value of the other.
struct Question<'q, 'd> {
    pairing: &'q Pairing<'q>,
    meaning: &'q mut Meaning<'d>,
    direction: Direction,
    written: Id,
}

impl Question<'_, '_> {
    fn answer(&mut self, read: Id, found: Option<Value>) -> Verdict {
        if let Some(witness) = found.filter(|witness| self.is_witness(witness)) {
            return self.breaking(witness);
        }
        let refused = self.meaning.formulas.not(read);
        let lost = self.meaning.formulas.and([self.written, refused]);
        let outcome = Solver::new(self.meaning, self.pairing.options.steps).solve(lost);
        let (reason, candidate) = match outcome {
            Outcome::Empty => return self.unless_disputed(Verdict::Safe),
            Outcome::Value(value) => {
                (format!("`{value}` should show a difference, but a validator judges it otherwise"), Some(value))
            }
            Outcome::Unknown(reason, candidate) => (reason, candidate),
        };
        if let Some(witness) = candidate.filter(|candidate| self.is_witness(candidate)) {
            return self.breaking(witness);
        }
        self.unless_disputed(if second::covers(self.pairing, self.direction) {
            Verdict::Safe
        } else {
            Verdict::Unproven { reason }
        })
    }

    /// A verdict that nothing is broken, unless a value shows the contrary to some validators.
    fn unless_disputed(&self, verdict: Verdict) -> Verdict {
        let dispute = self.pairing.disputes[self.direction as usize].get();
        dispute.map_or(verdict, |why| Verdict::Unproven { reason: why.to_owned() })
    }

    fn is_witness(&mut self, value: &Value) -> bool {
        let is_emitted = self.pairing.has_every_instance() || self.meaning.holds(self.written, value) == Some(true);
        is_emitted && self.pairing.confirms(self.direction, value)
    }

    fn breaking(&mut self, witness: Value) -> Verdict {
        let witness = shrink::shrink(witness, |smaller| self.is_witness(smaller));
        Verdict::Breaking { witness }
    }
}
