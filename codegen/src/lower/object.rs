//! Objects: with declared members a struct, with free keys a map.

use crate::contract::{Field, FieldValue, Name, Type, TypeExpr, TypeId, TypeKind};
use crate::diagnostic::{Diagnostic, Rule};
use crate::lower::types::{Layout, Shape};
use crate::names;
use crate::schema::{Kinds, NodeId};

impl Layout<'_> {
    pub(super) fn object(&mut self, nodes: &[NodeId], own: NodeId, name: &str) -> Shape {
        let declares = |id: &NodeId| !self.schemas.node(*id).properties.is_empty() || !self.schemas.node(*id).required.is_empty();
        if nodes.iter().any(declares) { self.record(nodes, own, name) } else { self.map(nodes, name) }
    }

    fn map(&mut self, nodes: &[NodeId], name: &str) -> Shape {
        let parts: Vec<NodeId> = nodes.iter().filter_map(|id| self.schemas.node(*id).additional).collect();
        let value = match parts.last() {
            Some(&last) => self.element(&parts, last, &names::singular(name)),
            None => TypeExpr::Json,
        };
        Shape { ty: TypeExpr::Map(Box::new(value)), rules: self.rules(nodes, &["minProperties", "maxProperties"]) }
    }

    fn record(&mut self, nodes: &[NodeId], own: NodeId, name: &str) -> Shape {
        let Some(closed) = self.closed(nodes, own) else { return Shape::plain(TypeExpr::Json) };
        for id in nodes {
            let node = self.schemas.node(*id);
            if let Some(rule) = node.rules.iter().find(|rule| rule.keyword.ends_with("Properties")) {
                let message = format!("`{}` beside declared members cannot be turned into an exact decoder yet", rule.keyword);
                self.found.push(Diagnostic::new(Rule::UNSUPPORTED_KEYWORD, &rule.at, message).label("not supported"));
            }
        }
        let (rust, described) = self.record_name(nodes, own, name);
        let docs = self.docs(&[described]);
        let members = self.member_names(nodes);
        let nodes_of_fields = nodes.to_vec();
        let id = self.define(nodes, &rust, docs, described, |layout, _| {
            let fields = members.iter().map(|member| layout.field(&nodes_of_fields, own, member, &rust)).collect();
            TypeKind::Struct { fields, closed }
        });
        self.clashes(id);
        Shape::plain(TypeExpr::Named(id))
    }

    /// Whether members that are not declared are refused; `None` if that cannot be laid out.
    fn closed(&mut self, nodes: &[NodeId], own: NodeId) -> Option<bool> {
        let limits: Vec<NodeId> = nodes.iter().filter_map(|id| self.schemas.node(*id).additional).filter(|id| self.schemas.node(*id).always != Some(true)).collect();
        match limits.as_slice() {
            [] => Some(false),
            [limit] if self.schemas.node(*limit).always == Some(false) && nodes.len() == 1 => Some(true),
            _ => {
                let message = "`additionalProperties` beside declared members must be `false`, and not joined with other schemas, to be turned into an exact decoder yet";
                self.refuse(own, Rule::UNSUPPORTED_KEYWORD, message);
                None
            }
        }
    }

    /// A type is called by its own name, else by the title at its place, else by where it is used.
    fn record_name(&self, nodes: &[NodeId], own: NodeId, name: &str) -> (String, NodeId) {
        match nodes {
            [only] if *only != own || self.schemas.node(*only).definition.is_some() => {
                (self.own_name(*only).unwrap_or_else(|| name.to_owned()), *only)
            }
            _ => (self.own_name(own).unwrap_or_else(|| name.to_owned()), own),
        }
    }

    /// Declared and required members, in the order of the text.
    fn member_names(&self, nodes: &[NodeId]) -> Vec<String> {
        let mut members: Vec<String> = Vec::new();
        let declared = nodes.iter().flat_map(|id| self.schemas.node(*id).properties.iter().map(|(name, _)| name));
        let required = nodes.iter().flat_map(|id| self.schemas.node(*id).required.iter().map(|(name, _)| name));
        for name in declared.chain(required) {
            if !members.contains(name) {
                members.push(name.clone());
            }
        }
        members
    }

    fn field(&mut self, nodes: &[NodeId], own: NodeId, wire: &str, parent: &str) -> Field {
        let places: Vec<NodeId> = nodes
            .iter()
            .flat_map(|id| self.schemas.node(*id).properties.iter().filter(|(name, _)| name == wire).map(|(_, id)| *id))
            .collect();
        let parts = self.conjuncts(&places);
        let place = places.last().copied().unwrap_or(own);
        let required = nodes.iter().any(|id| self.schemas.node(*id).required.iter().any(|(name, _)| name == wire));
        let name = Name { wire: wire.to_owned(), rust: names::field(wire) };
        let at = self.schemas.node(place).at.clone();
        let docs = self.docs(&places);
        let deprecated = places.iter().any(|id| self.schemas.node(*id).deprecated);
        let (value, rules) = match self.constant(&parts).filter(|_| required) {
            Some(constant) => (FieldValue::Constant(constant), Vec::new()),
            None if self.is_version(own, wire) && self.kinds(&parts).names() == ["string"] => {
                (FieldValue::Type(TypeExpr::VersionText), self.version_rules(&parts, place))
            }
            None => {
                let shape = self.shape(&parts, place, &format!("{parent}{}", names::type_name(wire)), Kinds::ALL);
                (FieldValue::Type(shape.ty), shape.rules)
            }
        };
        Field { name, docs, deprecated, value, required, rules, at }
    }

    /// The one value that is left, if it can be written as a constant.
    fn constant(&self, parts: &[NodeId]) -> Option<serde_json::Value> {
        let mut values = self.admitted(parts)?;
        let only = values.pop().filter(|_| values.is_empty())?;
        (only.is_string() || only.is_i64() || only.is_boolean()).then_some(only)
    }

    fn is_version(&self, own: NodeId, wire: &str) -> bool {
        self.version_at.as_ref().is_some_and(|(root, pointer)| *root == own && pointer.strip_prefix('/') == Some(wire))
    }

    /// Two members whose names become the same field.
    fn clashes(&mut self, id: TypeId) {
        let Type { kind: TypeKind::Struct { fields, .. }, .. } = self.ty(id) else { return };
        let mut clashes = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if let Some(first) = fields[..index].iter().find(|first| first.name.rust == field.name.rust) {
                let message = format!("the members `{}` and `{}` get the same Rust name `{}`", first.name.wire, field.name.wire, field.name.rust);
                clashes.push(Diagnostic::new(Rule::NAME_CLASH, &field.at, message).label("the second").related(&first.at, "the first").help("rename one of them"));
            }
        }
        for clash in clashes {
            self.found.push(clash);
        }
    }
}
