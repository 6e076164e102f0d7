//! What schemas say of objects: every keyword speaks of names that satisfy a formula.

use super::{Meaning, Step, Use};
use crate::evolution::proof::formula::{Atom, Id};
use crate::schema::{Node, NodeId};

impl Meaning<'_> {
    pub(super) fn objects(&mut self, at: Use, node: &Node, parts: &mut Vec<Id>) {
        let object = &node.object;
        let mut declared = Vec::new();
        for (name, schema) in &object.properties {
            let name = self.formulas.words([name.as_str()], true);
            self.members(at, name, *schema, parts);
            declared.push(name);
        }
        for (pattern, _, schema) in &object.patterns {
            self.note_place(at, "patternProperties", pattern);
            let names = self.pattern(pattern, true);
            self.members(at, names, *schema, parts);
            declared.push(names);
        }
        if let Some(additional) = object.additional {
            let others = self.other_names(&declared);
            self.members(at, others, additional, parts);
        }
        if let Some(names) = object.names {
            let names = self.schema(self.go(at, names), Step::Inside);
            let others = self.formulas.not(names);
            parts.push(self.formulas.atom(Atom::Every(others, Id::FALSE)));
        }
        for (name, _) in &object.required {
            let required = self.has(name);
            parts.push(required);
        }
        for (name, required) in &object.dependent_required {
            let required: Vec<Id> = required.iter().map(|name| self.has(name)).collect();
            let (required, lacks) = (self.formulas.and(required), self.lacks(name));
            parts.push(self.formulas.or([lacks, required]));
        }
        for (name, schema) in &object.dependent_schemas {
            let schema = self.schema(self.go(at, *schema), Step::Same);
            let lacks = self.lacks(name);
            parts.push(self.formulas.or([lacks, schema]));
        }
        if let Some(unevaluated) = object.unevaluated {
            let part = self.unevaluated_members(at, unevaluated);
            parts.push(part);
        }
    }

    fn members(&mut self, at: Use, names: Id, schema: NodeId, parts: &mut Vec<Id>) {
        let values = self.schema(self.go(at, schema), Step::Inside);
        parts.push(self.formulas.atom(Atom::Every(names, values)));
    }

    /// Objects with the member, and whatever is no object.
    fn has(&mut self, name: &str) -> Id {
        let name = self.formulas.words([name], true);
        self.formulas.atom(Atom::Some(name, Id::TRUE))
    }

    /// Objects without the member, and whatever is no object.
    pub(super) fn lacks(&mut self, name: &str) -> Id {
        let name = self.formulas.words([name], true);
        self.formulas.atom(Atom::Every(name, Id::FALSE))
    }
}
