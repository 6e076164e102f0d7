//! One kind of value: what a formula says for sure, and its alternatives.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::{Outcome, Solver, TOO_MANY_STEPS};
use crate::evolution::proof::formula::{Atom, Formula, Id, Kinds};

/// More alternatives than this, of which exactly one shall hold, are not paired.
const MAX_PAIRED: usize = 200;

/// Formulas that are held to a value in the time of one step.
const JUDGED_PER_STEP: u64 = 64;

/// What has been taken for true of a value of one kind.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    kind: Kinds,
    atoms: Vec<Atom>,
    clauses: Vec<Id>,
    opaque: Vec<u32>,
    seen: HashSet<Id>,
}

impl Solver<'_, '_> {
    /// Whether any value of one kind satisfies the formula.
    pub(super) fn of_kind(&mut self, id: Id, kind: Kinds) -> Outcome {
        let restricted = self.restrict(id, kind);
        if restricted == Id::FALSE {
            return Outcome::Empty;
        }
        if Kinds::NUMBER.meets(kind)
            && self.has_alternatives(restricted)
            && let Some(outcome) = self.sampled(restricted, kind)
        {
            return outcome;
        }
        let branch = Branch { kind, atoms: Vec::new(), clauses: Vec::new(), opaque: Vec::new(), seen: HashSet::new() };
        self.search(branch, vec![id])
    }

    /// Whether more is said than what is sure.
    fn has_alternatives(&self, id: Id) -> bool {
        match self.meaning.formulas.get(id) {
            Formula::Or(_) | Formula::One(..) => true,
            Formula::And(parts) => {
                parts.iter().any(|part| matches!(self.meaning.formulas.get(*part), Formula::Or(_) | Formula::One(..)))
            }
            _ => false,
        }
    }

    fn search(&mut self, mut branch: Branch, todo: Vec<Id>) -> Outcome {
        if !self.step(1 + branch.atoms.len() / 16) {
            return Outcome::Unknown(TOO_MANY_STEPS.to_owned(), None);
        }
        if !self.take(&mut branch, todo) {
            return Outcome::Empty;
        }
        let sure = self.decide(&branch);
        if sure == Outcome::Empty {
            return sure;
        }
        let fuel = self.meaning.fuel;
        let open = self.open_clause(&branch, sure.candidate());
        self.step(usize::try_from((fuel - self.meaning.fuel) / JUDGED_PER_STEP).unwrap_or(usize::MAX));
        let Some(open) = open else { return sure };
        let clause = branch.clauses.remove(open);
        let Formula::Or(parts) = self.meaning.formulas.get(clause).clone() else { return sure };
        let mut doubt = None;
        for part in parts.iter() {
            // A copy of a wide branch is work, too.
            if !self.step(0) {
                return Outcome::Unknown(TOO_MANY_STEPS.to_owned(), None);
            }
            match self.search(branch.clone(), vec![*part]) {
                Outcome::Empty => {}
                Outcome::Value(value) => return Outcome::Value(value),
                unknown => doubt = doubt.or(Some(unknown)),
            }
        }
        doubt.unwrap_or(Outcome::Empty)
    }

    /// An alternative that a value does not satisfy, the shortest; any, if there is no value.
    fn open_clause(&mut self, branch: &Branch, value: Option<&Value>) -> Option<usize> {
        let mut open: Option<(usize, usize)> = None;
        for (place, clause) in branch.clauses.iter().enumerate() {
            let is_open = value.is_none_or(|value| self.meaning.holds(*clause, value) != Some(true));
            if let (true, Formula::Or(parts)) = (is_open, self.meaning.formulas.get(*clause)) {
                let choice = (parts.len(), place);
                open = Some(open.map_or(choice, |open| open.min(choice)));
            }
        }
        open.map(|(_, place)| place)
    }

    /// Takes formulas for true; `false` if they contradict each other.
    fn take(&mut self, branch: &mut Branch, mut todo: Vec<Id>) -> bool {
        while let Some(id) = todo.pop() {
            let id = self.restrict(id, branch.kind);
            if id == Id::TRUE || !branch.seen.insert(id) {
                continue;
            }
            if self.contradicts(branch, id) {
                return false;
            }
            match self.meaning.formulas.get(id).clone() {
                Formula::False => return false,
                Formula::True | Formula::Kinds(_) => {}
                Formula::And(parts) => todo.extend(parts.iter()),
                Formula::Or(_) => branch.clauses.push(id),
                Formula::One(parts, sign) => todo.push(self.paired(&parts, sign, branch.kind)),
                Formula::Lazy(number, sign) => todo.push(self.meaning.unfold(number, sign)),
                Formula::Atom(atom, _) => branch.atoms.push(atom),
                Formula::Opaque(number, _) => branch.opaque.push(number),
            }
        }
        true
    }

    /// Whether the negation of a formula has been taken for true.
    fn contradicts(&mut self, branch: &Branch, id: Id) -> bool {
        let negation = self.meaning.formulas.not(id);
        let negation = self.restrict(negation, branch.kind);
        branch.seen.contains(&negation)
    }

    /// What a formula says of values of one kind.
    pub(super) fn restrict(&mut self, id: Id, kind: Kinds) -> Id {
        if let Some(&known) = self.restricted.get(&(id, kind)) {
            return known;
        }
        let restricted = match self.meaning.formulas.get(id).clone() {
            Formula::True | Formula::False | Formula::Lazy(..) | Formula::Opaque(..) => id,
            Formula::Kinds(kinds) if kinds.meets(kind) => Id::TRUE,
            Formula::Kinds(_) => Id::FALSE,
            Formula::Atom(atom, is_strict) if !atom.kinds().meets(kind) => {
                if is_strict {
                    Id::FALSE
                } else {
                    Id::TRUE
                }
            }
            Formula::Atom(atom, _) => self.meaning.formulas.atom(atom),
            Formula::And(parts) => {
                let parts: Vec<Id> = parts.iter().map(|part| self.restrict(*part, kind)).collect();
                self.meaning.formulas.and(parts)
            }
            Formula::Or(parts) => {
                let parts: Vec<Id> = parts.iter().map(|part| self.restrict(*part, kind)).collect();
                self.meaning.formulas.or(parts)
            }
            Formula::One(parts, sign) => {
                let parts: Vec<Id> = parts.iter().map(|part| self.restrict(*part, kind)).collect();
                self.one(parts, sign)
            }
        };
        // A kind may be what is left where an atom always holds.
        let restricted = match self.meaning.formulas.get(restricted) {
            Formula::Kinds(kinds) if kinds.meets(kind) => Id::TRUE,
            Formula::Kinds(_) => Id::FALSE,
            _ => restricted,
        };
        self.restricted.insert((id, kind), restricted);
        restricted
    }

    /// Exactly one of some formulas, or not, without those that are known.
    fn one(&mut self, mut parts: Vec<Id>, sign: bool) -> Id {
        parts.retain(|part| *part != Id::FALSE);
        let certain = parts.iter().filter(|part| **part == Id::TRUE).count();
        parts.retain(|part| *part != Id::TRUE);
        let one = match certain {
            0 => self.meaning.formulas.one(parts),
            1 => {
                let others = self.meaning.formulas.or(parts);
                self.meaning.formulas.not(others)
            }
            _ => Id::FALSE,
        };
        if sign { one } else { self.meaning.formulas.not(one) }
    }

    /// Exactly one of some formulas as alternatives: each without the others; or none, or two of them.
    fn paired(&mut self, parts: &[Id], sign: bool, kind: Kinds) -> Id {
        if parts.len() > MAX_PAIRED {
            let key = format!("oneOf {parts:?}");
            let id = self.meaning.unknown(key, format!("`oneOf` has more than {MAX_PAIRED} branches"));
            return if sign { id } else { self.meaning.formulas.not(id) };
        }
        let not: Vec<Id> = parts.iter().map(|part| self.meaning.formulas.not(*part)).collect();
        let meets = self.meetings(parts, kind);
        let mut alternatives = Vec::new();
        if sign {
            for (place, part) in parts.iter().enumerate() {
                let others = (0..parts.len()).filter(|other| meets.contains(&(place.min(*other), place.max(*other))));
                let others: Vec<Id> = others.map(|other| not[other]).chain([*part]).collect();
                alternatives.push(self.meaning.formulas.and(others));
            }
        } else {
            alternatives.push(self.meaning.formulas.and(not));
            for (one, other) in meets {
                alternatives.push(self.meaning.formulas.and([parts[one], parts[other]]));
            }
        }
        self.meaning.formulas.or(alternatives)
    }

    /// Which of some formulas may hold together, two at a time. Most unions tell their branches apart by a tag.
    fn meetings(&mut self, parts: &[Id], kind: Kinds) -> BTreeSet<(usize, usize)> {
        let mut meetings = BTreeSet::new();
        for (one, first) in parts.iter().enumerate() {
            for (other, second) in parts.iter().enumerate().skip(one + 1) {
                let of_kind = self.meaning.kinds(kind);
                let both = self.meaning.formulas.and([*first, *second, of_kind]);
                if !self.is_surely_empty(both) {
                    meetings.insert((one, other));
                }
            }
        }
        meetings
    }

    /// What is sure of a value, decided.
    fn decide(&mut self, branch: &Branch) -> Outcome {
        let outcome = match branch.kind {
            Kinds::NULL => Outcome::Value(Value::Null),
            Kinds::FALSE => Outcome::Value(Value::Bool(false)),
            Kinds::TRUE => Outcome::Value(Value::Bool(true)),
            Kinds::STRING => self.text(&branch.atoms),
            Kinds::ARRAY => self.array(&branch.atoms),
            Kinds::OBJECT => self.object(&branch.atoms),
            kind => self.number(kind, &branch.atoms),
        };
        match (outcome, branch.opaque.first()) {
            (Outcome::Value(value), Some(opaque)) => {
                Outcome::Unknown(self.meaning.reason(*opaque).to_owned(), Some(value))
            }
            (outcome, _) => outcome,
        }
    }
}
