//! Arrays, and the types of what is in arrays and maps.

use crate::contract::{TypeExpr, TypeKind};
use crate::lower::branches::{Branch, Branches, Flavour};
use crate::lower::types::{Layout, Shape};
use crate::names;
use crate::schema::{Kinds, NodeId};

impl Layout<'_> {
    pub(super) fn array(&mut self, nodes: &[NodeId], name: &str) -> Shape {
        if self.laying.contains(&nodes.to_vec()) {
            return Shape { ty: TypeExpr::Json, rules: vec![self.whole_rule(nodes)] };
        }
        self.laying.push(nodes.to_vec());
        // Beside `prefixItems`, `items` speaks of the rest only.
        let of_all = nodes.iter().filter(|id| self.schemas.node(**id).array.prefix.is_empty());
        let parts: Vec<NodeId> = of_all.filter_map(|id| self.schemas.node(*id).array.items).collect();
        let element = self.part(&parts, &names::singular(name));
        self.laying.pop();
        let mut rules = self.rules(nodes, &["minItems", "maxItems", "uniqueItems"]);
        if element.is_none() {
            self.judge_whole(nodes, &mut rules);
        }
        Shape { ty: TypeExpr::Vec(Box::new(element.unwrap_or(TypeExpr::Json))), rules }
    }

    /// The type of every element or member for which `parts` hold; none if there can be no element at all.
    pub(super) fn part(&mut self, parts: &[NodeId], name: &str) -> Option<TypeExpr> {
        let Some(&last) = parts.last() else { return Some(TypeExpr::Json) };
        let impossible = self.conjuncts(parts).iter().any(|id| self.schemas.node(*id).always == Some(false));
        (!impossible).then(|| self.element(parts, last, name))
    }

    /// A type where no rules can be written beside it, inside a list or map: rules make it a type of its own.
    fn element(&mut self, parts: &[NodeId], own: NodeId, name: &str) -> TypeExpr {
        let nodes = self.conjuncts(parts);
        let around = std::mem::take(&mut self.open_unions);
        let ty = self.alone(&nodes, own, name);
        self.open_unions = around;
        ty
    }

    /// The type of a value for which `nodes` hold, where no rules can be written beside it.
    pub(super) fn alone(&mut self, nodes: &[NodeId], own: NodeId, name: &str) -> TypeExpr {
        let shape = self.shape(nodes, own, name, Kinds::ALL);
        if shape.rules.is_empty() {
            return shape.ty;
        }
        let (nullable, inner) = match shape.ty {
            TypeExpr::Nullable(inner) => (true, *inner),
            other => (false, other),
        };
        let docs = self.docs(&[own]);
        // The type inside may stand for the same schemas, without the rules.
        let key: Vec<NodeId> = nodes.iter().copied().chain([NodeId(usize::MAX)]).collect();
        let id = self.define(&key, name, docs, own, |_, _| TypeKind::Newtype { inner, rules: shape.rules });
        if nullable { TypeExpr::Nullable(Box::new(TypeExpr::Named(id))) } else { TypeExpr::Named(id) }
    }

    /// Lists that differ in what a type does not say, as their lengths: one list.
    pub(super) fn one_list(&mut self, nodes: &[NodeId], name: &str, branches: &Branches) -> Option<Shape> {
        let items = |branch: &Branch| -> Option<(NodeId, Vec<NodeId>)> {
            let mut places = branch.nodes.iter().filter_map(|id| {
                let array = &self.schemas.node(*id).array;
                array.items.filter(|_| array.prefix.is_empty())
            });
            match (branch.flavour, places.next(), places.next()) {
                (Flavour::List, Some(place), None) => Some((place, self.conjuncts(&[place]))),
                _ => None,
            }
        };
        let all: Vec<(NodeId, Vec<NodeId>)> = branches.all.iter().map(items).collect::<Option<_>>()?;
        let [(first, parts), others @ ..] = all.as_slice() else { return None };
        let simple = |parts: &[NodeId]| match parts {
            [only] => self.schemas.node(*only).only_kinds(),
            _ => None,
        };
        let is_same =
            |other: &Vec<NodeId>| other == parts || simple(other).is_some_and(|kinds| simple(parts) == Some(kinds));
        if others.is_empty() || !others.iter().all(|(_, other)| is_same(other)) {
            return None;
        }
        if self.laying.contains(&nodes.to_vec()) {
            return Some(Shape { ty: TypeExpr::Json, rules: vec![self.whole_rule(nodes)] });
        }
        self.laying.push(nodes.to_vec());
        let element = self.part(&[*first], &names::singular(name));
        self.laying.pop();
        let element = element.unwrap_or(TypeExpr::Json);
        Some(Shape { ty: TypeExpr::Vec(Box::new(element)), rules: vec![self.whole_rule(nodes)] })
    }
}
