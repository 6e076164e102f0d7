//! Texts: lists, lengths and patterns as languages; formats by examples.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::{Outcome, Solver, TOO_MANY_STEPS};
use crate::evolution::proof::format;
use crate::evolution::proof::formula::Atom;
use crate::evolution::proof::language::{Found, Language};

/// Texts of many formats, and of none.
const EXAMPLES: &[&str] = &[
    "",
    "a",
    "0",
    "2000-01-01",
    "2000-01-01T00:00:00Z",
    "00:00:00Z",
    "12:00:00",
    "P1D",
    "a@b.cd",
    "example.com",
    "127.0.0.1",
    "::1",
    "http://a.bc/",
    "/a",
    "#a",
    "a/b",
    "1/a",
    "{a}",
    "00000000-0000-0000-0000-000000000000",
    "^a$",
    "(",
    "%",
    "\\",
    " ",
    "not a format: %\\{ü",
    "aa",
    "1",
    "-",
    "ä",
    "\n",
    "aGk=",
    "{}",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// As many well-known texts as wanted, where a format is asked for: they say more to people than the first of a language.
fn examples(atoms: &[Atom], wanted: usize, holds: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let is_of_format = atoms.iter().any(|atom| matches!(atom, Atom::Format(_, true)));
    let known = EXAMPLES.iter().filter(|word| is_of_format && holds(word)).take(wanted);
    let words: Vec<String> = known.map(|&word| word.to_owned()).collect();
    (is_of_format && words.len() == wanted).then_some(words)
}

/// Some texts that satisfy atoms.
pub(super) struct Texts {
    pub(super) words: Vec<String>,
    /// Whether there are no others; `None`, if these are only examples because of what is named here.
    pub(super) is_all: Result<bool, String>,
}

impl Solver<'_, '_> {
    pub(super) fn text(&self, atoms: &[Atom]) -> Outcome {
        let texts = self.texts(atoms, 1);
        match (texts.words.into_iter().next(), texts.is_all) {
            (Some(word), _) => Outcome::Value(Value::String(word)),
            (None, Ok(_)) => Outcome::Empty,
            (None, Err(reason)) => Outcome::Unknown(reason, None),
        }
    }

    /// As many texts as wanted that satisfy atoms, if there are so many.
    pub(super) fn texts(&self, atoms: &[Atom], wanted: usize) -> Texts {
        let holds = |word: &str| atoms.iter().all(|atom| self.meaning.text_holds(atom, word) == Some(true));
        let lists = atoms.iter().filter_map(|atom| match atom {
            Atom::Words(words, true) => Some(words),
            _ => None,
        });
        if let Some(list) = lists.min_by_key(|list| list.len()) {
            let is_doubtful = |word: &Arc<str>| atoms.iter().any(|atom| self.meaning.text_holds(atom, word).is_none());
            let doubt = list.iter().any(is_doubtful);
            let mut words: Vec<String> = list.iter().filter(|word| holds(word)).map(|word| word.to_string()).collect();
            let is_all = words.len() <= wanted;
            words.truncate(wanted);
            let unknown = self.language(atoms).1.unwrap_or_else(|| "a pattern cannot be judged".to_owned());
            let is_all = if doubt { Err(unknown) } else { Ok(is_all) };
            return Texts { words, is_all };
        }
        let (language, unknown) = self.language(atoms);
        let Some(language) = language else {
            return Texts { words: Vec::new(), is_all: Ok(true) };
        };
        if !self.step(1) {
            return Texts { words: Vec::new(), is_all: Err(TOO_MANY_STEPS.to_owned()) };
        }
        if let Some(words) = examples(atoms, wanted, holds) {
            return Texts { words, is_all: Ok(false) };
        }
        let Some(reason) = unknown else {
            return match self.walk(&language, wanted) {
                Some(found) => Texts { words: found.words, is_all: Ok(found.is_all) },
                None => Texts {
                    words: Vec::new(),
                    is_all: Err("the patterns and lengths are too large together".to_owned()),
                },
            };
        };
        // The language is too wide, but if even that is empty, so is what it is too wide for.
        let found = self.walk(&language, wanted + 64);
        let is_empty = found.as_ref().is_some_and(|found| found.is_all && found.words.is_empty());
        let words = found.map_or_else(Vec::new, |found| found.words);
        let all = words.iter().map(String::as_str).chain(EXAMPLES.iter().copied());
        let words: BTreeSet<&str> = all.filter(|word| holds(word)).collect();
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        words.sort_by_key(String::len);
        words.truncate(wanted);
        Texts { words, is_all: if is_empty { Ok(true) } else { Err(reason) } }
    }

    /// Texts of a language, for as many steps as it takes to find them.
    fn walk(&self, language: &Language, wanted: usize) -> Option<Found> {
        let (found, work) = language.words(wanted);
        self.step(work / 2);
        found
    }

    /// The language of atoms, as far as automata know them, and what they do not know; none if they contradict each other.
    fn language(&self, atoms: &[Atom]) -> (Option<Language>, Option<String>) {
        let mut language = Language::default();
        let mut unknown: Vec<(&str, String, bool)> = Vec::new();
        let formats = || {
            atoms.iter().filter_map(|atom| if let Atom::Format(name, sign) = atom { Some((name, *sign)) } else { None })
        };
        if formats().any(|(name, sign)| sign && formats().any(|other| other == (name, false))) {
            return (None, None);
        }
        for atom in atoms {
            match atom {
                Atom::MinLength(count) => language.least = language.least.max(*count),
                Atom::MaxLength(count) => language.most = Some(language.most.map_or(*count, |most| most.min(*count))),
                Atom::Words(words, _) => language.avoided.extend(words.iter().map(Arc::clone)),
                Atom::Pattern(number, sign) => match self.meaning.patterns.table(*number) {
                    Some(table) => language.patterns.push((table, *sign)),
                    None => unknown.push(("pattern", self.meaning.patterns.source(*number).to_owned(), *sign)),
                },
                Atom::Format(name, sign) => {
                    let known = format::known(name);
                    if known.as_ref().is_none_or(|known| !known.is_exact) {
                        unknown.push(("format", name.to_string(), *sign));
                    }
                    // What may be of the format, or is not surely of it.
                    let bound = known.map(|known| if *sign { known.outer } else { known.inner });
                    language.patterns.extend(bound.map(|table| (table, *sign)));
                }
                _ => {}
            }
        }
        if unknown.iter().any(|(keyword, text, sign)| *sign && unknown.contains(&(keyword, text.clone(), false))) {
            return (None, None);
        }
        let reason = unknown.first().map(|(_, text, _)| self.meaning.undecided(text));
        (Some(language), reason)
    }
}
