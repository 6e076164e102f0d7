//! Arrays: elements by place, counted, distinct.

use std::collections::HashSet;

use serde_json::Value;

use super::{Outcome, Solver, TOO_MANY_STEPS};
use crate::evolution::proof::formula::{Atom, Id};
use crate::evolution::proof::holds::equal;

/// Longer arrays are not written down, if their elements have to be counted or told apart, or at all.
const MAX_ITEMS: u64 = 1 << 9;
const MAX_PLAIN_ITEMS: u64 = 1 << 18;

/// More formulas than this are not counted at once.
const MAX_COUNTED: usize = 6;

/// What atoms say of an array.
#[derive(Debug, Default)]
struct Array {
    least: u64,
    most: Option<u64>,
    /// If the flag is set, the element must be there.
    at: Vec<(u64, Id)>,
    /// Formulas that all elements from a place on satisfy.
    all: Vec<(u64, Id)>,
    /// From a place on, so many elements satisfy a formula.
    many: Vec<(u64, u64, Id)>,
    /// From a place on, no more than so many elements satisfy a formula.
    few: Vec<(u64, u64, Id)>,
    is_unique: bool,
    has_equal: bool,
}

/// One way to fill an array: what each element satisfies, and how much is left to be counted.
#[derive(Debug, Clone)]
struct Filling {
    elements: Vec<Id>,
    missing: Vec<u64>,
    allowed: Vec<u64>,
}

impl Solver<'_, '_> {
    pub(super) fn array(&mut self, atoms: &[Atom]) -> Outcome {
        let array = self.gather_array(atoms);
        let past_places = array.at.iter().map(|(place, _)| place + 1);
        let past_starts = array.all.iter().map(|(from, _)| *from);
        let counted = array.many.iter().chain(&array.few).map(|(from, ..)| *from);
        let special = past_places.chain(past_starts).chain(counted).max().unwrap_or(0);
        let wanted: u64 = array.many.iter().map(|(from, count, _)| count + from).sum();
        // More elements than these satisfy nothing that is asked for.
        let enough = array.least.max(special + wanted + if array.has_equal { 2 } else { 0 });
        let most = array.most.map_or(enough, |most| most.min(enough));
        if array.is_unique && array.has_equal || array.most.is_some_and(|most| most < array.least) {
            return Outcome::Empty;
        }
        if array.many.len() + array.few.len() > MAX_COUNTED {
            return Outcome::Unknown(format!("more than {MAX_COUNTED} `contains` meet in one array"), None);
        }
        let is_plain = array.many.is_empty() && array.few.is_empty() && !array.is_unique && !array.has_equal;
        if is_plain && array.least <= MAX_PLAIN_ITEMS {
            return self.plain_array(&array, special);
        }
        let mut doubt = None;
        for length in array.least..=most {
            if length > MAX_ITEMS {
                return Outcome::Unknown(
                    format!("arrays of more than {MAX_ITEMS} elements are not written down"),
                    None,
                );
            }
            match self.of_length(&array, length, special, &mut doubt) {
                Some(elements) if doubt.is_none() => return Outcome::Value(Value::Array(elements)),
                Some(elements) => return Outcome::Unknown(doubt.unwrap_or_default(), Some(Value::Array(elements))),
                // An element that is not possible is not possible in longer arrays.
                None if self.is_dead_end(&array, length) => break,
                None => {}
            }
        }
        doubt.map_or(Outcome::Empty, |reason| Outcome::Unknown(reason, None))
    }

    /// As few elements as there must be, each decided for itself.
    fn plain_array(&mut self, array: &Array, special: u64) -> Outcome {
        let (mut elements, mut doubt) = (Vec::new(), None);
        for place in 0..array.least {
            // Behind the places that are spoken of, all elements are alike.
            if place > special {
                elements.push(elements.last().cloned().unwrap_or_default());
                continue;
            }
            let element = self.element(array, place);
            match self.solve(element) {
                Outcome::Empty => return Outcome::Empty,
                Outcome::Value(value) => elements.push(value),
                Outcome::Unknown(reason, Some(value)) => {
                    doubt = Some(reason);
                    elements.push(value);
                }
                unknown => return unknown,
            }
        }
        match doubt {
            None => Outcome::Value(Value::Array(elements)),
            Some(reason) => Outcome::Unknown(reason, Some(Value::Array(elements))),
        }
    }

    fn gather_array(&mut self, atoms: &[Atom]) -> Array {
        let mut array = Array::default();
        for atom in atoms {
            match atom {
                Atom::MinItems(count) => array.least = array.least.max(*count),
                Atom::MaxItems(count) => array.most = Some(array.most.map_or(*count, |most| most.min(*count))),
                Atom::At(place, element) => array.at.push((*place, *element)),
                Atom::HasAt(place, element) => {
                    array.at.push((*place, *element));
                    array.least = array.least.max(place + 1);
                }
                Atom::Few(from, 0, element) => array.all.push((*from, self.meaning.formulas.not(*element))),
                // Elements that satisfy anything are just elements.
                Atom::Many(from, count, Id::TRUE) => array.least = array.least.max(from + count),
                Atom::Few(from, count, Id::TRUE) => {
                    array.most = Some(array.most.map_or(from + count, |most| most.min(from + count)));
                }
                Atom::Many(from, count, element) => array.many.push((*from, *count, *element)),
                Atom::Few(from, count, element) => array.few.push((*from, *count, *element)),
                Atom::Unique(is_unique) => {
                    array.is_unique |= is_unique;
                    array.has_equal |= !is_unique;
                }
                _ => {}
            }
        }
        array
    }

    /// What the element at a place satisfies, whatever is counted.
    fn element(&mut self, array: &Array, place: u64) -> Id {
        let at = array.at.iter().filter(|(at, _)| *at == place).map(|(_, element)| *element);
        let all = array.all.iter().filter(|(from, _)| *from <= place).map(|(_, element)| *element);
        let parts: Vec<Id> = at.chain(all).collect();
        self.meaning.formulas.and(parts)
    }

    /// Whether the element behind arrays of this length is not possible.
    fn is_dead_end(&mut self, array: &Array, length: u64) -> bool {
        let next = self.element(array, length);
        self.solve(next) == Outcome::Empty
    }

    /// Elements for an array of this length.
    fn of_length(
        &mut self,
        array: &Array,
        length: u64,
        special: u64,
        doubt: &mut Option<String>,
    ) -> Option<Vec<Value>> {
        let elements: Vec<Id> = (0..length).map(|place| self.element(array, place)).collect();
        if !array.has_equal {
            return self.fill_array(array, &elements, None, doubt);
        }
        // Of the places that nothing tells apart, two are enough.
        let last = length.min(special + 2);
        for first in 0..last {
            for second in first + 1..last {
                let (one, other) = (elements[place(first)], elements[place(second)]);
                let mut elements = elements.clone();
                elements[place(first)] = self.meaning.formulas.and([one, other]);
                if let Some(filled) = self.fill_array(array, &elements, Some((first, second)), doubt) {
                    return Some(filled);
                }
            }
        }
        None
    }

    fn fill_array(
        &mut self,
        array: &Array,
        elements: &[Id],
        equal: Option<(u64, u64)>,
        doubt: &mut Option<String>,
    ) -> Option<Vec<Value>> {
        let filling = Filling {
            elements: Vec::new(),
            missing: array.many.iter().map(|(_, count, _)| *count).collect(),
            allowed: array.few.iter().map(|(_, count, _)| *count).collect(),
        };
        let mut failed = HashSet::new();
        self.fill_from(array, elements, equal, filling, &mut failed, doubt)
    }

    /// Chooses for each element which of the counted formulas it satisfies.
    fn fill_from(
        &mut self,
        array: &Array,
        elements: &[Id],
        equal: Option<(u64, u64)>,
        filling: Filling,
        failed: &mut HashSet<(usize, Vec<u64>, Vec<u64>)>,
        doubt: &mut Option<String>,
    ) -> Option<Vec<Value>> {
        let next = filling.elements.len();
        if next == elements.len() {
            return filling
                .missing
                .iter()
                .all(|missing| *missing == 0)
                .then(|| self.write(array, &filling, equal, doubt))?;
        }
        let key = (next, filling.missing.clone(), filling.allowed.clone());
        if failed.contains(&key) {
            return None;
        }
        if !self.step(1) {
            *doubt = Some(TOO_MANY_STEPS.to_owned());
            return None;
        }
        if equal.is_some_and(|(_, second)| second == next as u64) {
            // It is the same value as an earlier one, which was counted twice.
            let mut filling = filling;
            filling.elements.push(Id::TRUE);
            return self.fill_from(array, elements, equal, filling, failed, doubt);
        }
        for choice in 0..1_u32 << (array.many.len() + array.few.len()) {
            let Some((formula, mut filling)) = self.choose(array, elements[next], next as u64, equal, choice, &filling)
            else {
                continue;
            };
            match self.solve(formula) {
                Outcome::Empty => continue,
                Outcome::Value(_) => {}
                Outcome::Unknown(reason, _) => *doubt = Some(reason),
            }
            filling.elements.push(formula);
            if let Some(filled) = self.fill_from(array, elements, equal, filling, failed, doubt) {
                return Some(filled);
            }
        }
        // With distinct elements it also matters which formulas the earlier ones satisfy.
        if !array.is_unique {
            failed.insert(key);
        }
        None
    }

    /// An element that satisfies the formulas of a choice, and what is left to be counted then.
    fn choose(
        &mut self,
        array: &Array,
        element: Id,
        place: u64,
        equal: Option<(u64, u64)>,
        choice: u32,
        filling: &Filling,
    ) -> Option<(Id, Filling)> {
        let mut filling = filling.clone();
        let mut parts = vec![element];
        let second = equal.filter(|(first, _)| *first == place).map(|(_, second)| second);
        let times = |from: u64| u64::from(place >= from) + u64::from(second.is_some_and(|second| second >= from));
        for (index, (from, _, formula)) in array.many.iter().enumerate() {
            if choice >> index & 1 == 1 {
                // To satisfy what is not counted here, or not missing any more, is no choice of its own.
                if times(*from) == 0 || filling.missing[index] == 0 {
                    return None;
                }
                parts.push(*formula);
                filling.missing[index] = filling.missing[index].saturating_sub(times(*from));
            }
        }
        for (index, (from, _, formula)) in array.few.iter().enumerate() {
            let is_counted = choice >> (array.many.len() + index) & 1 == 1;
            match (is_counted, times(*from)) {
                (true, 0) => return None,
                (true, times) => filling.allowed[index] = filling.allowed[index].checked_sub(times)?,
                (false, 0) => {}
                (false, _) => parts.push(self.meaning.formulas.not(*formula)),
            }
        }
        Some((self.meaning.formulas.and(parts), filling))
    }

    /// Values for all elements; distinct ones, if they must be.
    fn write(
        &mut self,
        array: &Array,
        filling: &Filling,
        equal: Option<(u64, u64)>,
        doubt: &mut Option<String>,
    ) -> Option<Vec<Value>> {
        if array.is_unique && filling.elements.len() > 1 {
            return self.distinct(&filling.elements, doubt);
        }
        let mut values = Vec::new();
        for formula in &filling.elements {
            match self.solve(*formula) {
                Outcome::Value(value) | Outcome::Unknown(_, Some(value)) => values.push(value),
                _ => return None,
            }
        }
        if let Some((first, second)) = equal {
            values[place(second)] = values[place(first)].clone();
        }
        Some(values)
    }

    /// A value for each formula, all of them different: by augmenting paths between formulas and values.
    fn distinct(&mut self, formulas: &[Id], doubt: &mut Option<String>) -> Option<Vec<Value>> {
        let mut choices: Vec<Vec<usize>> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut known: std::collections::HashMap<Id, Vec<usize>> = std::collections::HashMap::new();
        for formula in formulas {
            if !known.contains_key(formula) {
                let found = match self.values(*formula, formulas.len()) {
                    Ok((found, _)) => found,
                    Err(reason) => {
                        *doubt = Some(reason);
                        return None;
                    }
                };
                let mut numbers = Vec::new();
                for value in found {
                    let number = values.iter().position(|other| equal_values(other, &value)).unwrap_or_else(|| {
                        values.push(value);
                        values.len() - 1
                    });
                    numbers.push(number);
                }
                known.insert(*formula, numbers);
            }
            choices.push(known[formula].clone());
        }
        let mut owner: Vec<Option<usize>> = vec![None; values.len()];
        for element in 0..choices.len() {
            if !augment(element, &choices, &mut owner, &mut vec![false; values.len()]) {
                return None;
            }
        }
        let mut chosen = vec![Value::Null; formulas.len()];
        for (value, element) in owner.iter().enumerate() {
            if let Some(element) = element {
                chosen[*element] = values[value].clone();
            }
        }
        Some(chosen)
    }
}

fn equal_values(one: &Value, other: &Value) -> bool {
    equal(one, other)
}

fn place(number: u64) -> usize {
    usize::try_from(number).expect("arrays here are short")
}

/// Finds a value for an element, moving others aside.
fn augment(element: usize, choices: &[Vec<usize>], owner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &value in &choices[element] {
        if !std::mem::replace(&mut tried[value], true)
            && owner[value].is_none_or(|other| augment(other, choices, owner, tried))
        {
            owner[value] = Some(element);
            return true;
        }
    }
    false
}
