//! Objects: members by classes of names, in which all keywords about members meet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::names::Names;
use super::{Outcome, Solver, TOO_MANY_STEPS};
use crate::evolution::proof::formula::{Atom, Formula, Id};

/// More members than this are not written down.
const MAX_MEMBERS: u64 = 1 << 12;

/// What atoms say of an object.
#[derive(Debug, Default)]
struct Object {
    /// What the values of single names satisfy, if they are there.
    named: HashMap<Arc<str>, Vec<Id>>,
    /// What the values of other classes of names satisfy.
    every: Vec<(Id, Id)>,
    least: u64,
    most: Option<u64>,
    /// Members that must be there, by name: what their values satisfy.
    members: BTreeMap<Arc<str>, Vec<Id>>,
    /// Members that must be there under one of several names.
    some: Vec<(Id, Id)>,
}

/// Members so far.
type Members = BTreeMap<Arc<str>, (Vec<Id>, Value)>;

impl Solver<'_, '_> {
    pub(super) fn object(&mut self, atoms: &[Atom]) -> Outcome {
        let object = self.gather(atoms);
        let mut doubt = None;
        let mut members = Members::new();
        for (name, values) in &object.members {
            match self.member(&object, name, values) {
                Outcome::Empty => return Outcome::Empty,
                Outcome::Value(value) => members.insert(Arc::clone(name), (values.clone(), value)),
                Outcome::Unknown(reason, Some(value)) => {
                    doubt = Some(reason);
                    members.insert(Arc::clone(name), (values.clone(), value))
                }
                unknown => return unknown,
            };
        }
        let is_too_many = object.most.is_some_and(|most| most < object.least.max(members.len() as u64));
        if is_too_many {
            return Outcome::Empty;
        }
        if object.some.is_empty() && members.len() as u64 >= object.least {
            return written(members, doubt);
        }
        let mut names =
            Names::of(self, &object.every, &object.some, object.members.keys().chain(object.named.keys()), &mut doubt);
        let placed = self.place(&object, &mut names, 0, members, &mut doubt);
        placed.unwrap_or_else(|| doubt.map_or(Outcome::Empty, |reason| Outcome::Unknown(reason, None)))
    }

    fn gather(&mut self, atoms: &[Atom]) -> Object {
        let mut object = Object::default();
        for atom in atoms {
            match atom {
                Atom::MinMembers(count) => object.least = object.least.max(*count),
                Atom::MaxMembers(count) => object.most = Some(object.most.map_or(*count, |most| most.min(*count))),
                Atom::Every(names, values) => match self.meaning.formulas.get(*names) {
                    Formula::Atom(Atom::Words(words, true), _) => {
                        for word in words.iter() {
                            object.named.entry(Arc::clone(word)).or_default().push(*values);
                        }
                    }
                    _ => object.every.push((*names, *values)),
                },
                Atom::Some(names, values) => match self.meaning.formulas.get(*names) {
                    Formula::Atom(Atom::Words(words, true), _) if words.len() == 1 => {
                        object.members.entry(Arc::clone(&words[0])).or_default().push(*values);
                    }
                    _ => object.some.push((*names, *values)),
                },
                _ => {}
            }
        }
        object
    }

    /// A value for a member of this name.
    fn member(&mut self, object: &Object, name: &str, values: &[Id]) -> Outcome {
        let (mut all, mut doubt) = (values.to_vec(), false);
        all.extend(object.named.get(name).into_iter().flatten());
        for (names, values) in &object.every {
            match self.meaning.names_word(*names, name) {
                Some(true) => all.push(*values),
                Some(false) => {}
                // Left out, it only makes more values possible.
                None => doubt = true,
            }
        }
        let all = self.meaning.formulas.and(all);
        match self.solve(all) {
            Outcome::Value(value) if doubt => {
                Outcome::Unknown("a pattern of names cannot be judged".to_owned(), Some(value))
            }
            outcome => outcome,
        }
    }

    /// A value for a member, noting a doubt about it.
    fn perhaps(&mut self, object: &Object, name: &str, values: &[Id], doubt: &mut Option<String>) -> Option<Value> {
        match self.member(object, name, values) {
            Outcome::Empty => None,
            Outcome::Value(value) => Some(value),
            Outcome::Unknown(reason, value) => {
                *doubt = Some(reason);
                value
            }
        }
    }

    /// Finds a name for each member that may go by several, then fills up; none, if that cannot be done.
    fn place(
        &mut self,
        object: &Object,
        names: &mut Names,
        next: usize,
        members: Members,
        doubt: &mut Option<String>,
    ) -> Option<Outcome> {
        if !self.step(1 + members.len()) {
            *doubt = Some(TOO_MANY_STEPS.to_owned());
            return None;
        }
        let Some(&(wanted, values)) = object.some.get(next) else {
            return self.fill(object, names, members, doubt);
        };
        let present: Vec<Arc<str>> = members.keys().cloned().collect();
        let present: Vec<Arc<str>> =
            present.into_iter().filter(|name| self.meaning.names_word(wanted, name) != Some(false)).collect();
        let satisfying =
            |solver: &mut Self, name: &Arc<str>| solver.meaning.holds(values, &members[name].1) == Some(true);
        if present.iter().any(|name| satisfying(self, name))
            && let Some(placed) = self.place(object, names, next + 1, members.clone(), doubt)
        {
            return Some(placed);
        }
        let absent = names.absent(self, wanted, &members);
        let is_full = object.most.is_some_and(|most| members.len() as u64 >= most);
        for name in absent.into_iter().filter(|_| !is_full).chain(present) {
            let mut formulas = members.get(&name).map_or_else(Vec::new, |(formulas, _)| formulas.clone());
            formulas.push(values);
            if let Some(value) = self.perhaps(object, &name, &formulas, doubt) {
                let mut members = members.clone();
                members.insert(name, (formulas, value));
                if let Some(placed) = self.place(object, names, next + 1, members, doubt) {
                    return Some(placed);
                }
            }
        }
        None
    }

    /// Adds members until there are enough.
    fn fill(
        &mut self,
        object: &Object,
        names: &mut Names,
        mut members: Members,
        doubt: &mut Option<String>,
    ) -> Option<Outcome> {
        if object.least > MAX_MEMBERS {
            *doubt = Some(format!("objects of more than {MAX_MEMBERS} members are not written down"));
            return None;
        }
        let mut tried = BTreeSet::new();
        while (members.len() as u64) < object.least {
            let missing = usize::try_from(object.least).unwrap_or(usize::MAX) - members.len();
            let candidates = names.fillers(self, &members, &tried, missing);
            if candidates.is_empty() {
                return None;
            }
            for name in candidates {
                tried.insert(Arc::clone(&name));
                if (members.len() as u64) < object.least
                    && let Some(value) = self.perhaps(object, &name, &[], doubt)
                {
                    members.insert(name, (Vec::new(), value));
                }
            }
        }
        Some(written(members, doubt.clone()))
    }
}

fn written(members: Members, doubt: Option<String>) -> Outcome {
    let members: Map<String, Value> = members.into_iter().map(|(name, (_, value))| (name.to_string(), value)).collect();
    match doubt {
        None => Outcome::Value(Value::Object(members)),
        Some(reason) => Outcome::Unknown(reason, Some(Value::Object(members))),
    }
}
