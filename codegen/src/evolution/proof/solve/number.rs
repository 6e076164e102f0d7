//! Numbers: bounds, multiples and lists, by exact arithmetic.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use serde_json::Value;

use super::{Outcome, Solver};
use crate::evolution::proof::formula::{Atom, Kinds};
use crate::evolution::proof::holds::number_holds;
use crate::evolution::proof::rational::{self, Rational};

/// How many numbers are tried.
const MAX_TRIED: usize = 4096;

/// A bound, and whether the bound itself is left out.
type Bound = Option<(Rational, bool)>;

impl Solver<'_, '_> {
    pub(super) fn number(&mut self, kind: Kinds, atoms: &[Atom]) -> Outcome {
        let is_integer = Atom::Multiple(Rational::one(), kind != Kinds::BROKEN);
        let atoms: Vec<&Atom> = atoms.iter().chain([&is_integer]).collect();
        let holds = |number: &Rational| atoms.iter().all(|atom| number_holds(atom, number));
        let found = |number: &Rational| written(number, kind);
        let lists = atoms.iter().filter_map(|atom| match atom {
            Atom::Numbers(numbers, true) => Some(numbers),
            _ => None,
        });
        if let Some(list) = lists.min_by_key(|list| list.len()) {
            return list.iter().find(|number| holds(number)).map_or(Outcome::Empty, found);
        }
        let (low, high) = bounds(&atoms);
        let divisors = atoms.iter().filter_map(|atom| match atom {
            Atom::Multiple(of, true) => Some(of.clone()),
            _ => None,
        });
        let divisor = divisors.reduce(|a, b| rational::common_multiple(&a, &b));
        if divisor.as_ref().is_some_and(|divisor| never(&atoms, divisor)) {
            return Outcome::Empty;
        }
        let mut tried = match divisor {
            Some(divisor) => steps(low.as_ref(), high.as_ref(), divisor),
            None => between(low.as_ref(), high.as_ref()),
        };
        match tried.numbers.find(holds) {
            Some(number) => found(&number),
            None if tried.is_all => Outcome::Empty,
            None => Outcome::Unknown("`multipleOf` leaves too few numbers to be found by trying".to_owned(), None),
        }
    }
}

/// The number as a value of its kind.
pub(super) fn written(number: &Rational, kind: Kinds) -> Outcome {
    match rational::to_json(number, kind == Kinds::POINTED) {
        // A float may only be near the number.
        Some(Value::Number(near)) if rational::of(&near).as_ref() != Some(number) => {
            let reason = "a number has more digits than validators read".to_owned();
            Outcome::Unknown(reason, Some(Value::Number(near)))
        }
        Some(value) => Outcome::Value(value),
        None => Outcome::Unknown("a number is too large to be written down".to_owned(), None),
    }
}

/// Whether a number shall not be a multiple of something that divides every multiple of `divisor`.
fn never(atoms: &[&Atom], divisor: &Rational) -> bool {
    atoms.iter().any(|atom| matches!(atom, Atom::Multiple(not, false) if rational::is_multiple(divisor, not)))
}

fn bounds(atoms: &[&Atom]) -> (Bound, Bound) {
    let (mut low, mut high): (Bound, Bound) = (None, None);
    for atom in atoms {
        match atom {
            Atom::Least(bound, is_open) => {
                let bound = (bound.clone(), *is_open);
                low = Some(low.map_or(bound.clone(), |low| low.max(bound)));
            }
            Atom::Most(bound, is_open) => {
                // A bound that leaves itself out is the lower one of two.
                let tighter = |a: (Rational, bool), b: (Rational, bool)| match a.0.cmp(&b.0) {
                    std::cmp::Ordering::Less => a,
                    std::cmp::Ordering::Greater => b,
                    std::cmp::Ordering::Equal => (a.0, a.1 || b.1),
                };
                let bound = (bound.clone(), *is_open);
                high = Some(high.map_or(bound.clone(), |high| tighter(high, bound)));
            }
            _ => {}
        }
    }
    (low, high)
}

/// Numbers to be tried, and whether there are no others.
struct Tried {
    numbers: Box<dyn Iterator<Item = Rational>>,
    is_all: bool,
}

/// Multiples of a number between two bounds, those near zero first.
fn steps(low: Option<&(Rational, bool)>, high: Option<&(Rational, bool)>, divisor: Rational) -> Tried {
    let is_out = |count: &BigInt, bound: &(Rational, bool)| {
        BigInt::from(u8::from(bound.1 && Rational::from(count.clone()) * &divisor == bound.0))
    };
    let first = low.map(|low| {
        let count = (&low.0 / &divisor).ceil().to_integer();
        &count + is_out(&count, low)
    });
    let last = high.map(|high| {
        let count = (&high.0 / &divisor).floor().to_integer();
        &count - is_out(&count, high)
    });
    let mut start = first.clone().map_or_else(BigInt::zero, |first| first.max(BigInt::zero()));
    if let Some(last) = &last {
        start = start.min(last.clone());
    }
    let is_all = first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| last - first < BigInt::from(MAX_TRIED));
    // Between two bounds, counts farther from the start than they are from each other are none.
    let span = first.as_ref().zip(last.as_ref()).and_then(|(first, last)| (last - first).to_usize());
    let is_none = first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| last < first);
    let farthest = if is_none { 0 } else { span.map_or(MAX_TRIED, |span| MAX_TRIED.min(span + 1)) };
    let counts = (0..farthest).flat_map(move |offset| {
        let both = [&start + BigInt::from(offset), &start - BigInt::from(offset)];
        both.into_iter().take(if offset == 0 { 1 } else { 2 })
    });
    let is_within = move |count: &BigInt| {
        first.as_ref().is_none_or(|first| count >= first) && last.as_ref().is_none_or(|last| count <= last)
    };
    let numbers = counts.filter(is_within).map(move |count| Rational::from(count) * &divisor);
    Tried { numbers: Box::new(numbers), is_all }
}

/// Numbers between two bounds, simple ones first.
fn between(low: Option<&(Rational, bool)>, high: Option<&(Rational, bool)>) -> Tried {
    let one = Rational::one();
    let (low, high) = match (low, high) {
        (Some((low, _)), Some((high, _))) => (low.clone(), high.clone()),
        (Some((low, _)), None) => (low.clone(), low + &one),
        (None, Some((high, _))) => (high - &one, high.clone()),
        (None, None) => (Rational::zero(), one),
    };
    if low >= high {
        // At most one number is left.
        return Tried { is_all: true, numbers: Box::new(std::iter::once(low)) };
    }
    // Steps of a power of ten, so that there are some dozens of them.
    let ten = Rational::from(BigInt::from(10));
    let mut step = ten.clone();
    while (&high - &low) / &step < ten {
        step /= &ten;
    }
    let numbers = (0..4).flat_map(move |finer| {
        let step = &step / num_traits::pow(ten.clone(), finer);
        let first = (&low / &step).ceil().to_integer();
        let last = (&high / &step).floor().to_integer();
        let count = (&last - &first).to_usize().unwrap_or(0).min(MAX_TRIED / 4);
        let middle = Integer::div_floor(&(&first + &last), &BigInt::from(2));
        let all = std::iter::once(middle).chain((0..=count).map(move |offset| &first + BigInt::from(offset)));
        all.map(move |count| Rational::from(count) * &step)
    });
    Tried { numbers: Box::new(numbers), is_all: false }
}
