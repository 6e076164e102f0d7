//! `unevaluatedProperties` and `unevaluatedItems`, by cases: which branches hold decides what counts as evaluated.

use super::{Meaning, Step, Use};
use crate::evolution::proof::disputed;
use crate::evolution::proof::formula::{Atom, Id, Kinds};
use crate::schema::{Draft, NodeId};

/// More cases than this are not written out.
const MAX_CASES: usize = 128;

/// Longer chains of references for one value are not followed.
const MAX_PASSED: usize = 500;

/// What is asked about the schemas that hold for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Which members have been evaluated.
    Members,
    /// Which elements have been evaluated.
    Items,
    /// Which members and elements have been declared, and by which schemas.
    Declared,
}

/// What a schema evaluates if some formulas hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) holds: Id,
    pub(super) evaluated: Evaluated,
}

/// Names or elements that keywords have looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evaluated {
    pub(super) all: bool,
    /// Formulas of names.
    pub(super) names: Vec<Id>,
    /// So many first elements.
    pub(super) first: u64,
    /// Elements that satisfy one of these.
    pub(super) contained: Vec<Id>,
    /// Whether validators disagree on what has been evaluated.
    pub(super) is_disputed: bool,
    /// Which schemas say what members hold, by their names.
    pub(super) members: Vec<(Id, Use)>,
    /// Which schemas say what elements hold: of one place, or of all from there on.
    pub(super) elements: Vec<(u64, bool, Use)>,
}

impl Evaluated {
    pub(super) const NOTHING: Self = Self {
        all: false,
        names: Vec::new(),
        first: 0,
        contained: Vec::new(),
        is_disputed: false,
        members: Vec::new(),
        elements: Vec::new(),
    };

    fn with(mut self, other: &Self) -> Self {
        self.all |= other.all;
        self.is_disputed |= other.is_disputed;
        self.first = self.first.max(other.first);
        join(&mut self.names, &other.names);
        join(&mut self.contained, &other.contained);
        join(&mut self.members, &other.members);
        join(&mut self.elements, &other.elements);
        self
    }
}

fn join<T: Clone + Ord>(all: &mut Vec<T>, more: &[T]) {
    all.extend(more.iter().cloned());
    all.sort_unstable();
    all.dedup();
}

impl Meaning<'_> {
    pub(super) fn unevaluated_members(&mut self, at: Use, unevaluated: NodeId) -> Id {
        let values = self.schema(self.go(at, unevaluated), Step::Inside);
        self.unevaluated(at, Question::Members, |meaning, evaluated| {
            let others = meaning.other_names(&evaluated.names);
            meaning.formulas.atom(Atom::Every(others, values))
        })
    }

    pub(super) fn unevaluated_items(&mut self, at: Use, unevaluated: NodeId) -> Id {
        let element = self.schema(self.go(at, unevaluated), Step::Inside);
        self.unevaluated(at, Question::Items, |meaning, evaluated| {
            let element = meaning.formulas.or(evaluated.contained.iter().copied().chain([element]));
            meaning.all_from(evaluated.first, element)
        })
    }

    fn unevaluated(&mut self, at: Use, question: Question, mut rest: impl FnMut(&mut Self, &Evaluated) -> Id) -> Id {
        let Some(cases) = self.cases(at, question, true) else {
            let keyword = if question == Question::Items { "unevaluatedItems" } else { "unevaluatedProperties" };
            let reason = self.place(at, keyword);
            return self.unknown(reason.clone(), format!("{reason} depends on too many branches"));
        };
        if cases.iter().any(|case| case.evaluated.is_disputed) {
            let reason = self.place(at, "unevaluatedItems");
            return self.unknown(reason.clone(), format!("{reason} is beside `contains`, and {}", disputed::CONTAINS));
        }
        let mut parts = Vec::new();
        for case in cases {
            if !case.evaluated.all {
                let rest = rest(self, &case.evaluated);
                let fails = self.formulas.not(case.holds);
                parts.push(self.formulas.or([fails, rest]));
            }
        }
        self.formulas.and(parts)
    }

    /// What is evaluated where the schema holds; its own `unevaluated` keyword, which evaluates all, only counts from
    /// outside. Nothing, if there are too many cases.
    pub(super) fn cases(&mut self, at: Use, question: Question, from_inside: bool) -> Option<Vec<Case>> {
        let at = self.enter(at);
        // A schema that leads back to itself for one value has no meaning, which is said elsewhere.
        if self.passed.len() > MAX_PASSED || !self.passed.insert(at) {
            return None;
        }
        let cases = self.cases_of(at, question, from_inside);
        self.passed.remove(&at);
        cases
    }

    fn cases_of(&mut self, at: Use, question: Question, from_inside: bool) -> Option<Vec<Case>> {
        let node = self.node(at);
        let mut cases = vec![Case { holds: Id::TRUE, evaluated: self.own(at, question, from_inside) }];
        let always = self.references(at).into_iter().chain(node.all_of.iter().map(|part| self.go(at, *part)));
        for part in always.collect::<Vec<_>>() {
            let part = self.cases(part, question, false)?;
            cases = self.product(&cases, &part)?;
        }
        // Where the schema holds, exactly one branch does.
        let mut one = Vec::new();
        for branch in &node.whole.one {
            let branch = self.go(at, *branch);
            let holds = self.schema(branch, Step::Same);
            one.extend(self.all_of(holds, &[branch], question)?);
        }
        if one.iter().any(|case| case.evaluated != Evaluated::NOTHING) {
            cases = self.product(&cases, &one)?;
        }
        for branch in &node.whole.any {
            let branch = self.go(at, *branch);
            let holds = self.schema(branch, Step::Same);
            cases = self.perhaps(&cases, holds, &[branch], &[], question)?;
        }
        if let Some(condition) = node.whole.condition.map(|condition| self.go(at, condition)) {
            let holds = self.schema(condition, Step::Same);
            let then: Vec<Use> = [condition].into_iter().chain(node.whole.then.map(|then| self.go(at, then))).collect();
            let otherwise: Vec<Use> = node.whole.otherwise.map(|other| self.go(at, other)).into_iter().collect();
            cases = self.perhaps(&cases, holds, &then, &otherwise, question)?;
        }
        for (name, schema) in &node.object.dependent_schemas {
            let lacks = self.lacks(name);
            let has = self.formulas.not(lacks);
            cases = self.perhaps(&cases, has, &[self.go(at, *schema)], &[], question)?;
        }
        Some(cases)
    }

    /// What the keywords of the schema itself evaluate.
    fn own(&mut self, at: Use, question: Question, from_inside: bool) -> Evaluated {
        let node = self.node(at);
        match question {
            Question::Declared => self.declared(at),
            Question::Members => {
                let words = self.formulas.words(node.object.properties.iter().map(|(name, _)| name.as_str()), true);
                let patterns = node.object.patterns.iter();
                let mut names: Vec<Id> = patterns.map(|(name, ..)| self.pattern(name, true)).collect();
                names.push(words);
                names.retain(|names| *names != Id::FALSE);
                let all = node.object.additional.is_some() || node.object.unevaluated.is_some() && !from_inside;
                Evaluated { all, names, ..Evaluated::NOTHING }
            }
            Question::Items => {
                let is_disputed = !self.documents[at.side as usize].resource(node.resource).is_of(Draft::Y2020);
                let contains = node.array.contains;
                let contained = contains.map(|contains| self.schema(self.go(at, contains), Step::Inside));
                Evaluated {
                    all: node.array.items.is_some() || node.array.unevaluated.is_some() && !from_inside,
                    first: node.array.prefix.len() as u64,
                    is_disputed: is_disputed && contains.is_some(),
                    contained: contained.into_iter().collect(),
                    ..Evaluated::NOTHING
                }
            }
        }
    }

    /// Each case, once with what holds if a formula does, once with what holds if not.
    fn perhaps(
        &mut self,
        cases: &[Case],
        holds: Id,
        then: &[Use],
        otherwise: &[Use],
        question: Question,
    ) -> Option<Vec<Case>> {
        let fails = self.formulas.not(holds);
        let (then, otherwise) = (self.all_of(holds, then, question)?, self.all_of(fails, otherwise, question)?);
        let both = then.iter().chain(&otherwise);
        // What evaluates nothing makes no difference.
        if both.clone().all(|case| case.evaluated == Evaluated::NOTHING) {
            return Some(cases.to_vec());
        }
        let both: Vec<Case> = both.cloned().collect();
        self.product(cases, &both)
    }

    fn all_of(&mut self, holds: Id, schemas: &[Use], question: Question) -> Option<Vec<Case>> {
        let mut cases = vec![Case { holds, evaluated: Evaluated::NOTHING }];
        for schema in schemas {
            let more = self.cases(*schema, question, false)?;
            cases = self.product(&cases, &more)?;
        }
        Some(cases)
    }

    pub(super) fn product(&mut self, some: &[Case], others: &[Case]) -> Option<Vec<Case>> {
        let mut product: Vec<Case> = Vec::new();
        for one in some {
            for other in others {
                let holds = self.formulas.and([one.holds, other.holds]);
                // Only objects have names, only arrays have elements; a case that never occurs is none.
                if holds != Id::FALSE && holds != self.kinds(Kinds::NONE) {
                    product.push(Case { holds, evaluated: one.evaluated.clone().with(&other.evaluated) });
                }
            }
        }
        product.dedup();
        (product.len() <= MAX_CASES).then_some(product)
    }
}
