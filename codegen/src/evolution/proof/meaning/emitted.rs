//! What a generated writer emits: of the members that a schema leaves open, only those that it declares.

use std::sync::Arc;

use super::evaluated::{Evaluated, Question};
use super::{Lazy, Meaning, Use};
use crate::evolution::proof::formula::{Atom, Formula, Id};
use crate::schema::NodeId;

impl Meaning<'_> {
    /// What is written where these schemas hold together. It only ever narrows what they say.
    pub(super) fn emitted(&mut self, mut uses: Vec<Use>) -> Id {
        uses.sort_unstable();
        uses.dedup();
        if uses.iter().all(|at| self.says_nothing(*at)) {
            return Id::TRUE;
        }
        let number = self.lazy(Lazy::Emitted(uses));
        self.formulas.lazy(number, true)
    }

    pub(super) fn emitted_body(&mut self, uses: &[Use], number: u32) -> Id {
        let mut parts = Vec::new();
        let mut all = vec![super::evaluated::Case { holds: Id::TRUE, evaluated: Evaluated::NOTHING }];
        for at in uses {
            let cases = self.cases(*at, Question::Declared, false);
            // Too many cases: then whatever the schema admits is taken for emitted, which proves no less.
            let Some(cases) = cases.and_then(|cases| self.product(&all, &cases)) else {
                return self.settle(number, Id::TRUE);
            };
            all = cases;
        }
        for case in all {
            if !case.evaluated.all {
                let closed = self.closed(&case.evaluated);
                let fails = self.formulas.not(case.holds);
                parts.push(self.formulas.or([fails, closed]));
            }
        }
        let body = self.formulas.and(parts);
        self.settle(number, body)
    }

    fn settle(&mut self, number: u32, body: Id) -> Id {
        self.lazies[number as usize].1 = Some(body);
        body
    }

    fn says_nothing(&self, at: Use) -> bool {
        let node = self.node(at);
        node.always == Some(true) || node.always.is_none() && node.is_plain() && self.leads_nowhere(at)
    }

    fn leads_nowhere(&self, at: Use) -> bool {
        let node = self.node(at);
        node.reference.is_none() && node.dynamic.is_none() && node.all_of.is_empty() && node.array.prefix.is_empty()
    }

    /// What the keywords of the schema itself declare.
    pub(super) fn declared(&mut self, at: Use) -> Evaluated {
        let node = self.node(at);
        let mut members: Vec<(Id, Use)> = Vec::new();
        for (name, schema) in &node.object.properties {
            members.push((self.formulas.words([name.as_str()], true), self.go(at, *schema)));
        }
        for (pattern, _, schema) in &node.object.patterns {
            members.push((self.pattern(pattern, true), self.go(at, *schema)));
        }
        let is_told = |id: &NodeId| {
            let schema = self.go(at, *id);
            !self.says_nothing(schema) && self.node(schema).always != Some(false)
        };
        let others = node.object.additional.filter(is_told).or(node.object.unevaluated.filter(is_told));
        if let Some(others) = others {
            let declared: Vec<Id> = members.iter().map(|(names, _)| *names).collect();
            members.push((self.other_names(&declared), self.go(at, others)));
        }
        let names = members.iter().map(|(names, _)| *names).collect();
        let prefix = node.array.prefix.iter().enumerate();
        let mut elements: Vec<_> = prefix.map(|(place, id)| (place as u64, false, self.go(at, *id))).collect();
        let rest = node.array.items.or(node.array.unevaluated);
        elements.extend(rest.map(|items| (node.array.prefix.len() as u64, true, self.go(at, items))));
        // A constant says everything about itself.
        let all = node.values.is_some();
        Evaluated { all, names, members, elements, ..Evaluated::NOTHING }
    }

    /// No other members than those declared, and in these as their schemas declare.
    fn closed(&mut self, declared: &Evaluated) -> Id {
        let others = self.other_names(&declared.names);
        let mut parts = vec![self.formulas.atom(Atom::Every(others, Id::FALSE))];
        let (mut words, mut rest): (Vec<Arc<str>>, Vec<(Id, Use)>) = (Vec::new(), Vec::new());
        for (names, at) in &declared.members {
            match self.formulas.get(*names) {
                Formula::Atom(Atom::Words(some, true), _) => words.extend(some.iter().cloned()),
                _ => rest.push((*names, *at)),
            }
        }
        words.sort_unstable();
        words.dedup();
        for word in &words {
            let of_word = |(names, at): &(Id, Use)| (self.names_word(*names, word) != Some(false)).then_some(*at);
            let uses: Vec<Use> = declared.members.iter().filter_map(of_word).collect();
            let (name, value) = (self.formulas.words([&**word], true), self.emitted(uses));
            parts.push(self.formulas.atom(Atom::Every(name, value)));
        }
        // Names that several patterns match may hold what any of them declares.
        let value = self.emitted(rest.iter().map(|(_, at)| *at).collect());
        let words = self.formulas.words(words.iter().map(|word| &**word), false);
        parts.push(self.formulas.atom(Atom::Every(words, value)));
        parts.extend(self.closed_elements(declared));
        self.formulas.and(parts)
    }

    fn closed_elements(&mut self, declared: &Evaluated) -> Vec<Id> {
        let last = declared.elements.iter().map(|(place, is_rest, _)| place + u64::from(!is_rest)).max().unwrap_or(0);
        let uses = |place: u64| -> Vec<Use> {
            let of_place = |(from, is_rest, _): &&(u64, bool, Use)| *from == place || *is_rest && *from <= place;
            declared.elements.iter().filter(of_place).map(|(_, _, at)| *at).collect()
        };
        let mut parts = Vec::new();
        for place in 0..last {
            let element = self.emitted(uses(place));
            parts.push(self.formulas.atom(Atom::At(place, element)));
        }
        let rest = self.emitted(uses(last));
        parts.push(self.all_from(last, rest));
        parts
    }
}
