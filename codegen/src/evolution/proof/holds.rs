//! Whether a value satisfies a formula: what a candidate is looked at by, before the validators are asked.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::format;
use super::formula::{Atom, Formula, Id, Kinds};
use super::meaning::Meaning;
use super::rational::{self, Rational};

thread_local! {
    static JUDGES: RefCell<HashMap<String, Option<jsonschema::Validator>>> = RefCell::default();
}

/// Formulas that stand for others are followed this deep: no value is nested as deeply.
const MAX_DEPTH: u32 = 10_000;

/// Judges that are kept for later comparisons.
const MAX_KEPT: usize = 1 << 10;

/// Whether a text satisfies a keyword that has no automaton here.
pub(super) fn judged(keyword: &str, argument: &str, text: &str) -> Option<bool> {
    JUDGES.with_borrow_mut(|judges| {
        if judges.len() > MAX_KEPT {
            judges.clear();
        }
        let judge = judges.entry(format!("{keyword} {argument}")).or_insert_with(|| {
            let schema = serde_json::json!({ keyword: argument });
            let options = jsonschema::options().should_validate_formats(true).offline();
            // A format that the validator does not know is no judgement.
            let is_known = keyword != "format" || options.is_known_format(jsonschema::Draft::Draft202012, argument);
            is_known.then(|| options.build(&schema).ok()).flatten()
        });
        judge.as_ref().map(|judge| judge.is_valid(&Value::from(text)))
    })
}

/// Whether a text is of a format.
fn of_format(name: &str, text: &str) -> Option<bool> {
    let Some(format) = format::known(name) else { return judged("format", name, text) };
    let validators = || format.is_for_validators(text).then(|| judged("format", name, text)).flatten();
    format.holds(text).or_else(validators)
}

/// The kind of a value.
pub(super) fn kind(value: &Value) -> Kinds {
    match value {
        Value::Null => Kinds::NULL,
        Value::Bool(false) => Kinds::FALSE,
        Value::Bool(true) => Kinds::TRUE,
        Value::Number(number) if !number.is_f64() => Kinds::WHOLE,
        Value::Number(number) => match rational::of(number) {
            Some(number) if number.is_integer() => Kinds::POINTED,
            _ => Kinds::BROKEN,
        },
        Value::String(_) => Kinds::STRING,
        Value::Array(_) => Kinds::ARRAY,
        Value::Object(_) => Kinds::OBJECT,
    }
}

impl Meaning<'_> {
    /// Whether a value satisfies a formula; nothing, if that depends on what no algebra here knows.
    pub(super) fn holds(&mut self, id: Id, value: &Value) -> Option<bool> {
        self.fuel = self.fuel.checked_sub(1)?;
        match self.formulas.get(id).clone() {
            Formula::True => Some(true),
            Formula::False => Some(false),
            Formula::Kinds(kinds) => Some(kinds.meets(kind(value))),
            Formula::And(parts) => self.all(&parts, |meaning, part| meaning.holds(part, value)),
            Formula::Or(parts) => {
                let none = self.all(&parts, |meaning, part| meaning.holds(part, value).map(|holds| !holds));
                none.map(|none| !none)
            }
            Formula::One(parts, sign) => {
                let mut count = 0;
                for part in parts.iter() {
                    count += usize::from(self.holds(*part, value)?);
                }
                Some((count == 1) == sign)
            }
            Formula::Lazy(number, sign) => {
                // One may lead back to itself with the same value.
                if self.depth == MAX_DEPTH {
                    return None;
                }
                let body = self.unfold(number, sign);
                self.depth += 1;
                let holds = self.holds(body, value);
                self.depth -= 1;
                holds
            }
            Formula::Atom(atom, is_strict) if !atom.kinds().meets(kind(value)) => Some(!is_strict),
            Formula::Atom(atom, _) => self.atom_holds(&atom, value),
            Formula::Opaque(..) => None,
        }
    }

    /// Whether a name satisfies a formula of names.
    pub(super) fn names_word(&mut self, names: Id, word: &str) -> Option<bool> {
        if let Formula::Atom(Atom::Words(words, sign), _) = self.formulas.get(names) {
            return Some(words.binary_search_by(|known| (**known).cmp(word)).is_ok() == *sign);
        }
        self.holds(names, &Value::from(word))
    }

    fn all(&mut self, parts: &[Id], mut holds: impl FnMut(&mut Self, Id) -> Option<bool>) -> Option<bool> {
        let mut all = Some(true);
        for part in parts {
            match holds(self, *part) {
                Some(false) => return Some(false),
                Some(true) => {}
                None => all = None,
            }
        }
        all
    }

    fn atom_holds(&mut self, atom: &Atom, value: &Value) -> Option<bool> {
        match value {
            Value::Number(number) => {
                let number = rational::of(number)?;
                Some(number_holds(atom, &number))
            }
            Value::String(text) => self.text_holds(atom, text),
            Value::Array(elements) => self.array_holds(atom, elements),
            Value::Object(members) => self.object_holds(atom, members),
            _ => Some(true),
        }
    }

    fn object_holds(&mut self, atom: &Atom, members: &Map<String, Value>) -> Option<bool> {
        match atom {
            Atom::MinMembers(count) => Some(members.len() as u64 >= *count),
            Atom::MaxMembers(count) => Some(members.len() as u64 <= *count),
            Atom::Every(names, values) => self.every_holds(*names, *values, members),
            Atom::Some(names, values) => {
                let not = self.formulas.not(*values);
                self.every_holds(*names, not, members).map(|every| !every)
            }
            _ => Some(true),
        }
    }

    fn every_holds(&mut self, names: Id, values: Id, members: &Map<String, Value>) -> Option<bool> {
        let mut all = Some(true);
        let mut note = |holds: Option<bool>| {
            if holds != Some(true) {
                all = if all == Some(false) { all } else { holds };
            }
        };
        if let Formula::Atom(Atom::Words(words, true), _) = self.formulas.get(names) {
            for value in words.clone().iter().filter_map(|word| members.get(&**word)) {
                note(self.holds(values, value));
            }
            return all;
        }
        for (name, value) in members {
            match self.names_word(names, name) {
                Some(false) => {}
                Some(true) => note(self.holds(values, value)),
                None if self.holds(values, value) == Some(true) => {}
                None => note(None),
            }
        }
        all
    }

    pub(super) fn text_holds(&self, atom: &Atom, text: &str) -> Option<bool> {
        match atom {
            Atom::Words(words, sign) => Some(words.binary_search_by(|known| (**known).cmp(text)).is_ok() == *sign),
            Atom::MinLength(count) => Some(text.chars().count() as u64 >= *count),
            Atom::MaxLength(count) => Some(text.chars().count() as u64 <= *count),
            Atom::Pattern(number, sign) => match self.patterns.table(*number) {
                Some(table) => Some(table.is_match(text) == *sign),
                None => judged("pattern", self.patterns.source(*number), text).map(|holds| holds == *sign),
            },
            Atom::Format(name, sign) => of_format(name, text).map(|holds| holds == *sign),
            _ => Some(true),
        }
    }

    fn array_holds(&mut self, atom: &Atom, elements: &[Value]) -> Option<bool> {
        let at = |place: u64| usize::try_from(place).ok().and_then(|place| elements.get(place));
        match atom {
            Atom::MinItems(count) => Some(elements.len() as u64 >= *count),
            Atom::MaxItems(count) => Some(elements.len() as u64 <= *count),
            Atom::At(place, formula) => at(*place).map_or(Some(true), |element| self.holds(*formula, element)),
            Atom::HasAt(place, formula) => at(*place).map_or(Some(false), |element| self.holds(*formula, element)),
            Atom::Many(from, least, formula) => self.count(elements, *from, *formula, |sure, perhaps| {
                if sure >= *least { Some(true) } else { (perhaps < *least).then_some(false) }
            }),
            Atom::Few(from, most, formula) => self.count(elements, *from, *formula, |sure, perhaps| {
                if perhaps <= *most { Some(true) } else { (sure > *most).then_some(false) }
            }),
            Atom::Unique(sign) => {
                let is_new =
                    |(place, element): (usize, &Value)| !elements[..place].iter().any(|other| equal(other, element));
                Some(elements.iter().enumerate().all(is_new) == *sign)
            }
            _ => Some(true),
        }
    }

    fn count(
        &mut self,
        elements: &[Value],
        from: u64,
        formula: Id,
        judge: impl Fn(u64, u64) -> Option<bool>,
    ) -> Option<bool> {
        let (mut sure, mut perhaps) = (0, 0);
        for element in elements.iter().skip(usize::try_from(from).unwrap_or(usize::MAX)) {
            let holds = self.holds(formula, element);
            sure += u64::from(holds == Some(true));
            perhaps += u64::from(holds != Some(false));
        }
        judge(sure, perhaps)
    }
}

/// Whether a number satisfies an atom of numbers.
pub(super) fn number_holds(atom: &Atom, number: &Rational) -> bool {
    match atom {
        Atom::Least(bound, is_open) => match number.cmp(bound) {
            Ordering::Greater => true,
            Ordering::Equal => !is_open,
            Ordering::Less => false,
        },
        Atom::Most(bound, is_open) => match number.cmp(bound) {
            Ordering::Less => true,
            Ordering::Equal => !is_open,
            Ordering::Greater => false,
        },
        Atom::Multiple(of, sign) => rational::is_multiple(number, of) == *sign,
        Atom::Numbers(numbers, sign) => numbers.binary_search(number).is_ok() == *sign,
        _ => true,
    }
}

/// Whether two values are one to JSON Schema, which does not tell `1` from `1.0`.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || rational::of(a) == rational::of(b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        _ => one == other,
    }
}
