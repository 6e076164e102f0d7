//! Classes of names: each name that is mentioned, and what patterns tell apart among all others.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::{Solver, TOO_MANY_STEPS};
use crate::evolution::proof::formula::{Atom, Formula, Id, Kinds};

/// More patterns than this are not told apart, nor more classes of names.
const MAX_LETTERS: usize = 40;
const MAX_CLASSES: usize = 200;

/// The names of an object's members.
#[derive(Debug)]
pub(super) struct Names {
    mentioned: BTreeSet<Arc<str>>,
    /// Classes of the names that nobody mentions, each by what its names satisfy, with names found so far.
    others: Vec<Class>,
}

#[derive(Debug)]
struct Class {
    atoms: Vec<Atom>,
    words: Vec<Arc<str>>,
    is_all: bool,
}

impl Names {
    pub(super) fn of<'k>(
        solver: &mut Solver<'_, '_>,
        every: &[(Id, Id)],
        some: &[(Id, Id)],
        known: impl Iterator<Item = &'k Arc<str>>,
        doubt: &mut Option<String>,
    ) -> Self {
        let mut mentioned: BTreeSet<Arc<str>> = known.cloned().collect();
        let (mut letters, mut seen) = (Vec::new(), HashSet::new());
        for (names, _) in every.iter().chain(some) {
            collect(solver, *names, &mut mentioned, &mut letters, &mut seen, doubt);
        }
        if letters.len() > MAX_LETTERS {
            *doubt = Some(format!("more than {MAX_LETTERS} patterns of names meet in one object"));
            letters.truncate(MAX_LETTERS);
        }
        let mut names = Self { others: Vec::new(), mentioned };
        let mentioned: Arc<[Arc<str>]> = names.mentioned.iter().cloned().collect();
        names.split(solver, vec![Atom::Words(mentioned, false)], &letters, doubt);
        names
    }

    /// The classes that some atoms cut.
    fn split(&mut self, solver: &mut Solver<'_, '_>, atoms: Vec<Atom>, letters: &[Atom], doubt: &mut Option<String>) {
        if !solver.step(1) {
            *doubt = Some(TOO_MANY_STEPS.to_owned());
            return;
        }
        if self.others.len() > MAX_CLASSES {
            *doubt = Some(format!("patterns tell more than {MAX_CLASSES} classes of names apart in one object"));
            return;
        }
        let Some((letter, rest)) = letters.split_first() else {
            let found = solver.texts(&atoms, 1);
            match found.is_all {
                Ok(is_all) if !found.words.is_empty() => {
                    let words = found.words.into_iter().map(Arc::from).collect();
                    self.others.push(Class { atoms, words, is_all });
                }
                Ok(_) => {}
                Err(reason) => {
                    *doubt = Some(reason);
                    let words: Vec<Arc<str>> = found.words.into_iter().map(Arc::from).collect();
                    if !words.is_empty() {
                        self.others.push(Class { atoms, words, is_all: true });
                    }
                }
            }
            return;
        };
        let opposite = match letter.clone() {
            Atom::Pattern(number, sign) => vec![Atom::Pattern(number, !sign)],
            Atom::Format(name, sign) => vec![Atom::Format(name, !sign)],
            Atom::MinLength(count) => count.checked_sub(1).map(Atom::MaxLength).into_iter().collect(),
            Atom::MaxLength(count) => vec![Atom::MinLength(count + 1)],
            _ => Vec::new(),
        };
        for atom in opposite.into_iter().chain([letter.clone()]) {
            let atoms: Vec<Atom> = atoms.iter().cloned().chain([atom]).collect();
            let found = solver.texts(&atoms, 1);
            if !found.words.is_empty() || found.is_all.is_err() {
                self.split(solver, atoms, rest, doubt);
            }
        }
    }

    /// Names that satisfy a formula and that no member has yet: every one that is mentioned, and one of each class.
    pub(super) fn absent<V>(
        &mut self,
        solver: &mut Solver<'_, '_>,
        wanted: Id,
        members: &BTreeMap<Arc<str>, V>,
    ) -> Vec<Arc<str>> {
        let mut absent = Vec::new();
        for class in &mut self.others {
            let is_wanted =
                class.words.first().is_some_and(|word| solver.meaning.names_word(wanted, word) != Some(false));
            if is_wanted {
                absent.extend(class.fresh(solver, members, 1));
            }
        }
        let free = self.mentioned.iter().filter(|name| !members.contains_key(*name));
        absent.extend(free.filter(|name| solver.meaning.names_word(wanted, name) != Some(false)).cloned());
        absent
    }

    /// Names that no member has and that were not tried, those of large classes as many as are missing.
    pub(super) fn fillers<V>(
        &mut self,
        solver: &mut Solver<'_, '_>,
        members: &BTreeMap<Arc<str>, V>,
        tried: &BTreeSet<Arc<str>>,
        missing: usize,
    ) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = self.mentioned.iter().cloned().collect();
        for class in &mut self.others {
            // If the values of a class are not possible, one name of it shows as much as all of them.
            let was_tried = class.words.iter().any(|word| tried.contains(word) && !members.contains_key(word));
            if !was_tried {
                names.extend(class.fresh(solver, members, missing));
            }
        }
        names.retain(|name| !members.contains_key(name) && !tried.contains(name));
        names
    }
}

impl Class {
    /// As many names as wanted that no member has, if there are so many.
    fn fresh<V>(
        &mut self,
        solver: &mut Solver<'_, '_>,
        members: &BTreeMap<Arc<str>, V>,
        wanted: usize,
    ) -> Vec<Arc<str>> {
        let taken = self.words.iter().filter(|word| members.contains_key(*word)).count();
        if self.words.len() < taken + wanted && !self.is_all {
            let found = solver.texts(&self.atoms, taken + wanted);
            self.is_all = found.is_all.unwrap_or(true);
            let words: Vec<Arc<str>> = found.words.into_iter().map(Arc::from).collect();
            if words.len() > self.words.len() {
                self.words = words;
            }
        }
        self.words.iter().filter(|word| !members.contains_key(*word)).take(wanted).cloned().collect()
    }
}

/// Texts that a formula of names mentions, and whatever else it tells names apart by.
fn collect(
    solver: &mut Solver<'_, '_>,
    names: Id,
    mentioned: &mut BTreeSet<Arc<str>>,
    letters: &mut Vec<Atom>,
    seen: &mut HashSet<Id>,
    doubt: &mut Option<String>,
) {
    if !seen.insert(names) {
        return;
    }
    match solver.meaning.formulas.get(names).clone() {
        Formula::True | Formula::False | Formula::Kinds(_) => {}
        Formula::And(parts) | Formula::Or(parts) | Formula::One(parts, _) => {
            for part in parts.iter() {
                collect(solver, *part, mentioned, letters, seen, doubt);
            }
        }
        Formula::Lazy(number, sign) => {
            let body = solver.meaning.unfold(number, sign);
            collect(solver, body, mentioned, letters, seen, doubt);
        }
        Formula::Opaque(number, _) => *doubt = Some(solver.meaning.reason(number).to_owned()),
        Formula::Atom(Atom::Words(words, _), _) => mentioned.extend(words.iter().cloned()),
        Formula::Atom(atom, _) => {
            if let Atom::Pattern(number, _) = atom
                && solver.meaning.patterns.table(number).is_none()
            {
                *doubt = Some(solver.meaning.undecided(solver.meaning.patterns.source(number)));
            }
            let positive = match atom {
                Atom::Pattern(number, _) => Atom::Pattern(number, true),
                Atom::Format(name, _) => Atom::Format(name, true),
                other => other,
            };
            if positive.kinds() == Kinds::STRING && !letters.contains(&positive) {
                letters.push(positive);
            }
        }
    }
}
