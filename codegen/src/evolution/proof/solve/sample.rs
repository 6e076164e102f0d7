//! Alternatives of numbers, by samples: whatever a formula tells apart has one, so that no branch needs to be tried.
//!
//! Bounds and listed numbers cut the line into pieces; within a piece only divisibility matters, which comes again after
//! the common multiple of all divisors. So the cuts, one period of each piece, and a number that no divisor divides are
//! as good as all numbers.

use std::collections::{BTreeSet, HashSet};

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive};

use super::number::written;
use super::{Outcome, Solver, TOO_MANY_STEPS};
use crate::evolution::proof::formula::{Atom, Formula, Id, Kinds};
use crate::evolution::proof::holds::number_holds;
use crate::evolution::proof::rational::{self, Rational};

/// With more samples than this, alternatives are gone through instead.
const MAX_SAMPLES: usize = 1 << 14;

/// Atoms that are looked at in the time of one step.
const ATOMS_PER_STEP: usize = 64;

/// What a formula tells numbers apart by.
#[derive(Debug, Default)]
struct Marks {
    cuts: BTreeSet<Rational>,
    divisors: BTreeSet<Rational>,
    /// How many atoms there are.
    size: usize,
    seen: HashSet<Id>,
}

impl Solver<'_, '_> {
    /// Decides a formula of numbers that has alternatives; nothing, if samples are not the way.
    pub(super) fn sampled(&mut self, id: Id, kind: Kinds) -> Option<Outcome> {
        let mut marks = Marks::default();
        self.mark(id, kind, &mut marks)?;
        let samples = samples(&marks, kind)?;
        let mut huge = None;
        for sample in samples {
            if !self.step(1 + marks.size / ATOMS_PER_STEP) {
                return Some(Outcome::Unknown(TOO_MANY_STEPS.to_owned(), None));
            }
            if self.is_satisfied(id, kind, &sample) {
                match written(&sample, kind) {
                    Outcome::Value(value) => return Some(Outcome::Value(value)),
                    unknown => huge = Some(unknown),
                }
            }
        }
        Some(huge.unwrap_or(Outcome::Empty))
    }

    /// Notes what a formula tells numbers apart by; nothing, if part of it is not known.
    fn mark(&mut self, id: Id, kind: Kinds, marks: &mut Marks) -> Option<()> {
        let id = self.restrict(id, kind);
        if !marks.seen.insert(id) {
            return Some(());
        }
        match self.meaning.formulas.get(id).clone() {
            Formula::True | Formula::False | Formula::Kinds(_) => {}
            Formula::And(parts) | Formula::Or(parts) | Formula::One(parts, _) => {
                marks.size += parts.len();
                for part in parts.iter() {
                    self.mark(*part, kind, marks)?;
                }
            }
            Formula::Lazy(number, sign) => {
                let body = self.meaning.unfold(number, sign);
                self.mark(body, kind, marks)?;
            }
            Formula::Atom(Atom::Least(bound, _) | Atom::Most(bound, _), _) => {
                marks.cuts.insert(bound);
            }
            Formula::Atom(Atom::Numbers(numbers, _), _) => {
                marks.size += numbers.len() / 4;
                marks.cuts.extend(numbers.iter().cloned());
            }
            Formula::Atom(Atom::Multiple(of, _), _) => {
                marks.divisors.insert(of);
            }
            Formula::Atom(..) | Formula::Opaque(..) => return None,
        }
        Some(())
    }

    fn is_satisfied(&mut self, id: Id, kind: Kinds, number: &Rational) -> bool {
        let id = self.restrict(id, kind);
        match self.meaning.formulas.get(id).clone() {
            Formula::True => true,
            Formula::And(parts) => parts.iter().all(|part| self.is_satisfied(*part, kind, number)),
            Formula::Or(parts) => parts.iter().any(|part| self.is_satisfied(*part, kind, number)),
            Formula::One(parts, sign) => {
                let count = parts.iter().filter(|part| self.is_satisfied(**part, kind, number)).take(2).count();
                (count == 1) == sign
            }
            Formula::Lazy(number_of, sign) => {
                let body = self.meaning.unfold(number_of, sign);
                self.is_satisfied(body, kind, number)
            }
            Formula::Atom(atom, _) => number_holds(&atom, number),
            Formula::False | Formula::Kinds(_) | Formula::Opaque(..) => false,
        }
    }
}

/// Numbers of a kind, small ones first, one for each way in which formulas with these marks can judge; nothing, if they
/// are too many.
fn samples(marks: &Marks, kind: Kinds) -> Option<Vec<Rational>> {
    let one = Rational::one();
    let (mut step, mut period) = (one.clone(), one.clone());
    for divisor in &marks.divisors {
        step = rational::common_divisor(&step, divisor);
        period = rational::common_multiple(&period, divisor);
    }
    let is_whole = kind != Kinds::BROKEN;
    // Whole numbers stay whole: their steps are of one.
    let step = if is_whole { one } else { step };
    let many = (&period / &step).to_integer().to_usize()?;
    if many.checked_mul(marks.cuts.len() + 1)? > MAX_SAMPLES {
        return None;
    }
    let mut samples: Vec<Rational> = marks.cuts.iter().cloned().collect();
    let cuts: Vec<Option<&Rational>> = std::iter::once(None).chain(marks.cuts.iter().map(Some)).collect();
    for (place, low) in cuts.iter().enumerate() {
        let high = cuts.get(place + 1).copied().flatten();
        samples.extend(lattice(*low, high, &step, many));
        if !is_whole {
            samples.push(between(*low, high, &step)?);
        }
    }
    samples.retain(|number| number.is_integer() == is_whole);
    // Small numbers say more to people.
    samples.sort_by_cached_key(Signed::abs);
    Some(samples)
}

/// Multiples of a step within two cuts, as many as a period has.
fn lattice(low: Option<&Rational>, high: Option<&Rational>, step: &Rational, many: usize) -> Vec<Rational> {
    let last = high.map(|high| (high / step).ceil().to_integer() - 1_u8);
    let first = match (low, &last) {
        (Some(low), _) => (low / step).floor().to_integer() + 1_u8,
        (None, Some(last)) => last - BigInt::from(many) + 1_u8,
        (None, None) => BigInt::from(0),
    };
    let counts = (0..many).map(|offset| &first + BigInt::from(offset));
    counts
        .take_while(|count| last.as_ref().is_none_or(|last| count <= last))
        .map(|count| Rational::from(count) * step)
        .collect()
}

/// A number within two cuts that is no multiple of the step, with few digits.
fn between(low: Option<&Rational>, high: Option<&Rational>, step: &Rational) -> Option<Rational> {
    let one = Rational::one();
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low.clone(), high.clone()),
        (Some(low), None) => (low.clone(), low + &one),
        (None, Some(high)) => (high - &one, high.clone()),
        (None, None) => (Rational::from(BigInt::from(0)), one),
    };
    let mut digit = Rational::new(BigInt::from(1), BigInt::from(10));
    for _ in 0..400 {
        let first = (&low / &digit).floor() + Rational::one();
        // Of ten neighbours not all are multiples of a step, unless this digit is.
        let near = (0..10).map(|offset| (&first + Rational::from(BigInt::from(offset))) * &digit);
        let found = near.take_while(|number| number < &high).find(|number| !rational::is_multiple(number, step));
        if found.is_some() {
            return found;
        }
        digit /= Rational::from(BigInt::from(10));
    }
    None
}
