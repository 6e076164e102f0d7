//! What schemas say of types, constants, numbers and texts.

use std::collections::HashSet;

use serde_json::Value;

use super::{Meaning, Use};
use crate::evolution::proof::formula::{Atom, Formula, Id, Kinds};
use crate::evolution::proof::rational::{self, Rational};
use crate::schema::{Draft, Node, RuleAt};

/// Counts are read up to here; what is larger cannot be told apart from it.
const TOO_MANY: u64 = u32::MAX as u64;

impl Meaning<'_> {
    pub(super) fn scalars(&mut self, at: Use, node: &Node, parts: &mut Vec<Id>) {
        if let Some(kinds) = node.kinds {
            let names = kinds.names();
            let is_exact = self.documents[at.side as usize].resource(node.resource).is_of(Draft::Four);
            let kinds = names.iter().map(|name| self.kind(name, is_exact)).fold(Kinds::NONE, Kinds::or);
            parts.push(self.kinds(kinds));
        }
        if let Some(values) = &node.values {
            let values: Vec<Id> = values.iter().map(|value| self.spelled(&value.value, &value.text)).collect();
            parts.push(self.any_value(values));
        }
        for rule in &node.rules {
            let part = self.rule(at, rule);
            parts.push(part);
        }
    }

    fn kind(&mut self, name: &str, is_exact: bool) -> Kinds {
        match name {
            "null" => Kinds::NULL,
            "boolean" => Kinds::BOOLEAN,
            "integer" if is_exact => {
                self.sees_points = true;
                Kinds::WHOLE
            }
            "integer" => Kinds::INTEGER,
            "number" => Kinds::NUMBER,
            "string" => Kinds::STRING,
            "array" => Kinds::ARRAY,
            _ => Kinds::OBJECT,
        }
    }

    fn rule(&mut self, at: Use, rule: &RuleAt) -> Id {
        let text = rule.value.as_str().unwrap_or_default();
        if matches!(rule.keyword, "pattern" | "format") {
            self.note_place(at, rule.keyword, text);
        }
        let atom = match rule.keyword {
            "pattern" => return self.pattern(text, false),
            "format" if text.starts_with("content:") => return Id::TRUE,
            "format" => Some(Atom::Format(text.into(), true)),
            "uniqueItems" if rule.value == true => Some(Atom::Unique(true)),
            "uniqueItems" => return Id::TRUE,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                rational::parse(text).map(|number| bound(rule.keyword, number))
            }
            _ => text.parse().ok().filter(|count| *count < TOO_MANY).and_then(|count| counted(rule.keyword, count)),
        };
        match atom {
            Some(atom) => self.formulas.atom(atom),
            None => {
                let reason = self.place(at, rule.keyword);
                self.unknown(format!("{reason} {text}"), format!("{reason} is beyond what is counted here"))
            }
        }
    }

    /// Texts with a match of the pattern; of other kinds than texts true, or false if it is strict.
    pub(super) fn pattern(&mut self, source: &str, is_strict: bool) -> Id {
        let atom = Atom::Pattern(self.patterns.number(source), true);
        if is_strict { self.formulas.strict(atom) } else { self.formulas.atom(atom) }
    }

    /// Exactly this value.
    pub(in crate::evolution::proof) fn constant(&mut self, value: &Value) -> Id {
        self.spelled(value, "")
    }

    /// Exactly this value; a number that fits no float is taken from its text.
    fn spelled(&mut self, value: &Value, text: &str) -> Id {
        match value {
            Value::Null => self.kinds(Kinds::NULL),
            Value::Bool(flag) => self.kinds(if *flag { Kinds::TRUE } else { Kinds::FALSE }),
            Value::Number(number) => match rational::parse(text).or_else(|| rational::of(number)) {
                Some(number) => self.formulas.strict(Atom::Numbers([number].into(), true)),
                None => {
                    self.unknown(number.to_string(), format!("the constant `{number}` is too large to be compared"))
                }
            },
            Value::String(text) => self.formulas.words([text.as_str()], true),
            Value::Array(elements) => {
                let count = elements.len() as u64;
                let mut parts = vec![self.kinds(Kinds::ARRAY)];
                parts.push(self.formulas.atom(Atom::MinItems(count)));
                parts.push(self.formulas.atom(Atom::MaxItems(count)));
                for (place, element) in elements.iter().enumerate() {
                    let element = self.constant(element);
                    parts.push(self.formulas.atom(Atom::HasAt(place as u64, element)));
                }
                self.formulas.and(parts)
            }
            Value::Object(members) => {
                let mut parts = vec![self.kinds(Kinds::OBJECT)];
                for (name, value) in members {
                    let (name, value) = (self.formulas.words([name.as_str()], true), self.constant(value));
                    parts.push(self.formulas.atom(Atom::Some(name, value)));
                }
                let others = self.formulas.words(members.keys().map(String::as_str), false);
                parts.push(self.formulas.atom(Atom::Every(others, Id::FALSE)));
                self.formulas.and(parts)
            }
        }
    }

    /// The same branches of which exactly one shall hold, with constants, which exclude each other, as one branch.
    pub(super) fn constants_in_one(&mut self, branches: Vec<Id>) -> Vec<Id> {
        let (mut words, mut numbers, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for branch in &branches {
            match self.formulas.get(*branch) {
                Formula::Atom(Atom::Words(some, true), true) => words.extend(some.iter().cloned()),
                Formula::Atom(Atom::Numbers(some, true), true) => numbers.extend(some.iter().cloned()),
                _ => rest.push(*branch),
            }
        }
        let (distinct_words, distinct_numbers): (HashSet<_>, HashSet<_>) =
            (words.iter().collect(), numbers.iter().collect());
        // A constant of two branches satisfies both.
        if distinct_words.len() < words.len() || distinct_numbers.len() < numbers.len() {
            return branches;
        }
        let (words, numbers) = (self.formulas.words(words.iter().map(|word| &**word), true), self.numbers(numbers));
        rest.extend(Some(self.formulas.or([words, numbers])).filter(|constants| *constants != Id::FALSE));
        rest
    }

    /// One of these numbers.
    fn numbers(&mut self, mut numbers: Vec<Rational>) -> Id {
        numbers.sort_unstable();
        numbers.dedup();
        self.formulas.strict(Atom::Numbers(numbers.into(), true))
    }

    /// One of these formulas; those of single texts and numbers are gathered into lists.
    pub(super) fn any_value(&mut self, values: Vec<Id>) -> Id {
        let (mut words, mut numbers, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        for value in values {
            match self.formulas.get(value) {
                Formula::Atom(Atom::Words(some, true), true) => words.extend(some.iter().cloned()),
                Formula::Atom(Atom::Numbers(some, true), true) => numbers.extend(some.iter().cloned()),
                _ => parts.push(value),
            }
        }
        parts.push(self.formulas.words(words.iter().map(|word| &**word), true));
        parts.push(self.numbers(numbers));
        self.formulas.or(parts)
    }
}

fn bound(keyword: &str, number: Rational) -> Atom {
    match keyword {
        "minimum" => Atom::Least(number, false),
        "maximum" => Atom::Most(number, false),
        "exclusiveMinimum" => Atom::Least(number, true),
        "exclusiveMaximum" => Atom::Most(number, true),
        _ => Atom::Multiple(number, true),
    }
}

fn counted(keyword: &str, count: u64) -> Option<Atom> {
    Some(match keyword {
        "minLength" => Atom::MinLength(count),
        "maxLength" => Atom::MaxLength(count),
        "minItems" => Atom::MinItems(count),
        "maxItems" => Atom::MaxItems(count),
        "minProperties" => Atom::MinMembers(count),
        "maxProperties" => Atom::MaxMembers(count),
        _ => return None,
    })
}
