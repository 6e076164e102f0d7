//! Objects: with declared members a struct, with free keys a map.

use crate::contract::{Field, FieldValue, Name, Type, TypeExpr, TypeId, TypeKind};
use crate::diagnostic::{Diagnostic, Rule};
use crate::lower::types::{Layout, Shape};
use crate::names;
use crate::schema::{Kinds, NodeId};

impl Layout<'_> {
    pub(super) fn object(&mut self, nodes: &[NodeId], own: NodeId, name: &str) -> Shape {
        let declares = |id: &NodeId| {
            !self.schemas.node(*id).object.properties.is_empty() || !self.schemas.node(*id).object.required.is_empty()
        };
        if nodes.iter().any(declares) { self.record(nodes, own, name) } else { self.map(nodes, name) }
    }

    fn map(&mut self, nodes: &[NodeId], name: &str) -> Shape {
        if self.laying.contains(&nodes.to_vec()) {
            return Shape { ty: TypeExpr::Json, rules: vec![self.whole_rule(nodes)] };
        }
        self.laying.push(nodes.to_vec());
        // Beside `patternProperties`, `additionalProperties` speaks of the other names only.
        let of_all = nodes.iter().filter(|id| self.schemas.node(**id).object.patterns.is_empty());
        let parts: Vec<NodeId> = of_all.filter_map(|id| self.schemas.node(*id).object.additional).collect();
        let value = self.part(&parts, &names::singular(name));
        self.laying.pop();
        let mut rules = self.rules(nodes, &["minProperties", "maxProperties"]);
        if value.is_none() {
            self.judge_whole(nodes, &mut rules);
        }
        Shape { ty: TypeExpr::Map(Box::new(value.unwrap_or(TypeExpr::Json))), rules }
    }

    fn record(&mut self, nodes: &[NodeId], own: NodeId, name: &str) -> Shape {
        let closed = self.closed(nodes);
        let whole = self.needs_validator(nodes, closed).then(|| self.whole_schema(nodes));
        let (rust, described) = self.record_name(nodes, own, name);
        let docs = self.docs(&[described]);
        let members = self.member_names(nodes);
        let nodes_of_fields = nodes.to_vec();
        let id = self.define(nodes, &rust, docs, described, |layout, id| {
            let rust = layout.ty(id).rust.clone();
            let fields = members.iter().map(|member| layout.field(&nodes_of_fields, own, member, &rust)).collect();
            TypeKind::Struct { fields, closed, whole }
        });
        self.clashes(id);
        Shape::plain(TypeExpr::Named(id))
    }

    /// Whether members that are not declared are refused by the one schema that there is.
    fn closed(&self, nodes: &[NodeId]) -> bool {
        let [only] = nodes else { return false };
        let node = self.schemas.node(*only);
        node.object.patterns.is_empty()
            && node.object.additional.is_some_and(|limit| self.schemas.node(limit).always == Some(false))
    }

    /// Whether something is said about the object that its members and its being closed do not say.
    fn needs_validator(&self, nodes: &[NodeId], closed: bool) -> bool {
        nodes.iter().map(|id| self.schemas.node(*id)).any(|node| {
            let limited = node.object.additional.is_some_and(|limit| self.schemas.node(limit).always != Some(true));
            let undeclared = |name: &str| !node.object.properties.iter().any(|(known, _)| known == name);
            node.whole.keyword.is_some()
                || limited && !closed
                || closed && node.object.required.iter().any(|(name, _)| undeclared(name))
                || node.rules.iter().any(|rule| rule.keyword.ends_with("Properties"))
        })
    }

    /// A type is called by its own name, else by the title at its place, else by where it is used.
    pub(super) fn record_name(&self, nodes: &[NodeId], own: NodeId, name: &str) -> (String, NodeId) {
        match nodes {
            [only] if *only != own || self.schemas.node(*only).definition.is_some() => {
                (self.own_name(*only).unwrap_or_else(|| name.to_owned()), *only)
            }
            _ => (self.own_name(own).unwrap_or_else(|| name.to_owned()), own),
        }
    }

    /// Declared and required members, in the order of the text.
    pub(super) fn member_names(&self, nodes: &[NodeId]) -> Vec<String> {
        let mut members: Vec<String> = Vec::new();
        let declared =
            nodes.iter().flat_map(|id| self.schemas.node(*id).object.properties.iter().map(|(name, _)| name));
        let required = nodes.iter().flat_map(|id| self.schemas.node(*id).object.required.iter().map(|(name, _)| name));
        for name in declared.chain(required) {
            if !members.contains(name) {
                members.push(name.clone());
            }
        }
        members
    }

    fn field(&mut self, nodes: &[NodeId], own: NodeId, wire: &str, parent: &str) -> Field {
        let places = self.members(nodes, wire);
        let parts = self.conjuncts(&places);
        let place = places.last().copied().unwrap_or(own);
        let required =
            nodes.iter().any(|id| self.schemas.node(*id).object.required.iter().any(|(name, _)| name == wire));
        let name = Name { wire: wire.to_owned(), rust: names::field(wire) };
        let at = self.schemas.node(place).at.clone();
        let docs = self.docs(&places);
        let deprecated = places.iter().any(|id| self.schemas.node(*id).deprecated);
        let (value, rules) = match self.constant(&parts).filter(|_| required) {
            Some(constant) => (FieldValue::Constant(constant), Vec::new()),
            None if places == self.version_at && self.kinds(&parts).names() == ["string"] => {
                (FieldValue::Type(TypeExpr::VersionText), self.version_rules(&parts, place))
            }
            None => {
                let around = std::mem::take(&mut self.open_unions);
                let shape = self.shape(&parts, place, &format!("{parent}{}", names::type_name(wire)), Kinds::ALL);
                self.open_unions = around;
                (FieldValue::Type(shape.ty), shape.rules)
            }
        };
        Field { name, docs, deprecated, value, required, rules, at }
    }

    /// The one value that is left, if it can be written as a constant.
    pub(super) fn constant(&self, parts: &[NodeId]) -> Option<serde_json::Value> {
        if self.is_whole(parts) {
            return None;
        }
        let mut values = self.admitted(parts)?;
        let only = values.pop().filter(|_| values.is_empty())?;
        (only.is_string() || only.is_i64() || only.is_boolean()).then_some(only)
    }

    /// Two members whose names become the same field.
    fn clashes(&mut self, id: TypeId) {
        if !self.strict {
            return self.distinct_fields(id);
        }
        let Type { kind: TypeKind::Struct { fields, .. }, .. } = self.ty(id) else { return };
        let mut clashes = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if let Some(first) = fields[..index].iter().find(|first| first.name.rust == field.name.rust) {
                let message = format!(
                    "the members `{}` and `{}` get the same Rust name `{}`",
                    first.name.wire, field.name.wire, field.name.rust
                );
                clashes.push(
                    Diagnostic::new(Rule::NAME_CLASH, &field.at, message)
                        .label("the second")
                        .related(&first.at, "the first")
                        .help("rename one of them"),
                );
            }
        }
        for clash in clashes {
            self.found.push(clash);
        }
    }

    /// Members of other origin are as they are: the second of a name gets a number.
    fn distinct_fields(&mut self, id: TypeId) {
        let TypeKind::Struct { fields, .. } = &mut self.ty_mut(id).kind else { return };
        let mut taken = std::collections::HashSet::new();
        for field in fields {
            field.name.rust = names::numbered(&field.name.rust, |name| !taken.contains(name));
            taken.insert(field.name.rust.clone());
        }
    }
}
