//! Which Rust type a list of schemas becomes. The decision stands in [`Layout::shape`]; each kind has a file of its own.

use std::collections::HashMap;

use crate::contract::{Rule, RuleValue, Type, TypeExpr, TypeId, TypeKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule as DiagnosticRule};
use crate::names;
use crate::schema::{Kinds, NodeId, Schemas};

/// The types of one system while they are being laid out.
pub(super) struct Layout<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) found: &'a mut Diagnostics,
    /// The version member of the event at hand: its root and the pointer to it.
    pub(super) version_at: Option<(NodeId, String)>,
    /// The older major version whose types are being laid out.
    pub(super) module: Option<u32>,
    types: Vec<Type>,
    /// A type per list of schemas and module: equal lists are one type.
    known: HashMap<(Vec<NodeId>, Option<u32>), TypeId>,
    scopes: HashMap<Option<u32>, names::Scope>,
}

/// A type with what is to be checked at the place where it is used.
pub(super) struct Shape {
    pub(super) ty: TypeExpr,
    pub(super) rules: Vec<Rule>,
}

impl Shape {
    pub(super) fn plain(ty: TypeExpr) -> Self {
        Self { ty, rules: Vec::new() }
    }
}

impl<'a> Layout<'a> {
    pub(super) fn new(schemas: &'a Schemas, found: &'a mut Diagnostics) -> Self {
        Self { schemas, found, version_at: None, module: None, types: Vec::new(), known: HashMap::new(), scopes: HashMap::new() }
    }

    pub(super) fn finish(self) -> Vec<Type> {
        self.types
    }

    pub(super) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// The struct of an event: its name is the event's.
    pub(super) fn event(&mut self, root: NodeId, rust: &str) -> Option<TypeId> {
        let nodes = self.conjuncts(&[root]);
        match self.shape(&nodes, root, rust, Kinds::ALL).ty {
            TypeExpr::Named(id) if matches!(self.ty(id).kind, TypeKind::Struct { .. }) => Some(id),
            _ => {
                let at = self.schemas.node(root).at.clone();
                self.found.push(Diagnostic::new(DiagnosticRule::UNSUPPORTED_KEYWORD, &at, "an event must be an object with declared members"));
                None
            }
        }
    }

    /// The type of a value for which `nodes` hold and whose JSON type is in `mask`.
    ///
    /// `own` is the schema at the place itself, for words and places; `name` is what a type without a name of its own gets.
    pub(super) fn shape(&mut self, nodes: &[NodeId], own: NodeId, name: &str, mask: Kinds) -> Shape {
        let kinds = self.kinds(nodes).and(mask);
        if kinds.is_empty() || nodes.iter().any(|id| self.schemas.node(*id).always == Some(false)) {
            return self.refuse(own, DiagnosticRule::UNSATISFIABLE, "no value satisfies this schema");
        }
        let null = Kinds::named("null").unwrap_or(Kinds::ALL);
        let others = kinds.without(null);
        if kinds.has("null") && others.names().len() == 1 {
            let inner = self.shape(nodes, own, name, others);
            return Shape { ty: TypeExpr::Nullable(Box::new(inner.ty)), rules: inner.rules };
        }
        match kinds.names().as_slice() {
            ["boolean"] if self.values(nodes).is_none() => Shape::plain(TypeExpr::Bool),
            ["integer"] if self.values(nodes).is_none() => self.integer(nodes),
            ["number"] if self.values(nodes).is_none() => self.number(nodes),
            ["string"] => self.string(nodes, own, name),
            ["array"] if self.values(nodes).is_none() => self.array(nodes, name),
            ["object"] if self.values(nodes).is_none() => self.object(nodes, own, name),
            names => self.any(nodes, own, kinds, names),
        }
    }

    /// A value of several JSON types: kept as JSON, its type checked.
    fn any(&mut self, nodes: &[NodeId], own: NodeId, kinds: Kinds, names: &[&'static str]) -> Shape {
        let simple = |id: &NodeId| {
            let node = self.schemas.node(*id);
            node.rules.is_empty() && node.values.is_none() && node.items.is_none() && node.properties.is_empty() && node.required.is_empty() && node.additional.is_none()
        };
        if !nodes.iter().all(simple) {
            return self.refuse(own, DiagnosticRule::UNSUPPORTED_KEYWORD, "a value of several types, or of listed values that are no texts, cannot have further rules yet");
        }
        let rule = (kinds != Kinds::ALL).then(|| Rule { keyword: "kinds", value: RuleValue::Kinds(names.to_vec()) });
        Shape { ty: TypeExpr::Json, rules: rule.into_iter().collect() }
    }

    fn array(&mut self, nodes: &[NodeId], name: &str) -> Shape {
        let parts: Vec<NodeId> = nodes.iter().filter_map(|id| self.schemas.node(*id).items).collect();
        let element = match parts.last() {
            Some(&last) => self.element(&parts, last, &names::singular(name)),
            None => TypeExpr::Json,
        };
        Shape { ty: TypeExpr::Vec(Box::new(element)), rules: self.rules(nodes, &["minItems", "maxItems", "uniqueItems"]) }
    }

    /// A type where no rules can be written beside it, inside a list or map: rules make it a type of its own.
    pub(super) fn element(&mut self, parts: &[NodeId], own: NodeId, name: &str) -> TypeExpr {
        let nodes = self.conjuncts(parts);
        let shape = self.shape(&nodes, own, name, Kinds::ALL);
        if shape.rules.is_empty() {
            return shape.ty;
        }
        let (nullable, inner) = match shape.ty {
            TypeExpr::Nullable(inner) => (true, *inner),
            other => (false, other),
        };
        let docs = self.docs(&[own]);
        let id = self.define(&nodes, name, docs, own, |_, _| TypeKind::Newtype { inner, rules: shape.rules });
        if nullable { TypeExpr::Nullable(Box::new(TypeExpr::Named(id))) } else { TypeExpr::Named(id) }
    }

    /// The type of this list of schemas: the one that is known, or a new one. It is known before `kind` is asked for, so
    /// that a type may contain itself.
    pub(super) fn define(
        &mut self,
        nodes: &[NodeId],
        rust: &str,
        docs: Vec<String>,
        own: NodeId,
        kind: impl FnOnce(&mut Self, TypeId) -> TypeKind,
    ) -> TypeId {
        let mut key = nodes.to_vec();
        key.sort_unstable();
        if let Some(&known) = self.known.get(&(key.clone(), self.module)) {
            return known;
        }
        let at = self.schemas.node(own).at.clone();
        self.take(rust, &at);
        let id = TypeId(self.types.len());
        self.known.insert((key, self.module), id);
        let deprecated = self.schemas.node(own).deprecated;
        let unknown = TypeKind::Names { variants: Vec::new(), open: false, rules: Vec::new() };
        self.types.push(Type { rust: rust.to_owned(), docs, deprecated, at, module: self.module, kind: unknown });
        let kind = kind(self, id);
        self.types[id.0].kind = kind;
        id
    }

    /// The name that a schema gives itself: a `title` of one word, or its key under `$defs`. A title of several words
    /// is a heading for people.
    pub(super) fn own_name(&self, id: NodeId) -> Option<String> {
        let node = self.schemas.node(id);
        let title = node.title.as_deref().filter(|title| !title.contains(char::is_whitespace));
        title.or(node.definition.as_deref()).map(names::type_name)
    }

    /// Takes a Rust name in the module at hand, or notes the clash.
    pub(super) fn take(&mut self, rust: &str, at: &Location) {
        if let Err(clash) = self.scopes.entry(self.module).or_default().take(rust, at) {
            self.found.push(*clash);
        }
    }

    /// Notes why a schema cannot be laid out; the type given back is never emitted.
    pub(super) fn refuse(&mut self, own: NodeId, rule: &'static DiagnosticRule, message: &str) -> Shape {
        let at = self.schemas.node(own).at.clone();
        self.found.push(Diagnostic::new(rule, &at, message).label("this schema"));
        Shape::plain(TypeExpr::Json)
    }

    /// What is said about a place: by the last of `nodes` that says anything.
    pub(super) fn docs(&self, nodes: &[NodeId]) -> Vec<String> {
        let described = nodes.iter().rev().find_map(|id| {
            let mut seen = vec![*id];
            let mut at = *id;
            loop {
                let node = self.schemas.node(at);
                if let Some(description) = &node.description {
                    return Some(description.clone());
                }
                at = node.reference.filter(|next| !seen.contains(next))?;
                seen.push(at);
            }
        });
        described.into_iter().flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>()).collect()
    }
}
