//! Scalars at the end of a member: through names, lists, maps and `null` down to the value itself.

use crate::contract::{FieldValue, Rule, RuleValue, System, Type, TypeExpr, TypeKind};
use crate::diagnostic::Location;

/// A scalar, with every rule that holds for it at one place of use.
pub(super) struct Leaf<'a> {
    pub(super) ty: &'a TypeExpr,
    pub(super) rules: Vec<&'a Rule>,
    /// The definition of the scalar if it has one, otherwise the member.
    pub(super) at: &'a Location,
    /// What is called so at that place: the definition or the member.
    pub(super) name: &'a str,
}

impl<'a> Leaf<'a> {
    /// The value of a rule.
    pub(super) fn rule(&self, keyword: &str) -> Option<&'a RuleValue> {
        self.rules.iter().find(|rule| rule.keyword == keyword).map(|rule| &rule.value)
    }
}

/// The scalars that the members and variants of a system lead to, once per place of use.
pub(super) fn leaves(system: &System) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    for ty in &system.types {
        match &ty.kind {
            TypeKind::Struct { fields, .. } => {
                for field in fields {
                    if let FieldValue::Type(value) = &field.value {
                        let rules = field.rules.iter().collect();
                        let start = Leaf { ty: value, rules, at: &field.at, name: &field.name.wire };
                        descend(&system.types, start, 0, &mut leaves);
                    }
                }
            }
            TypeKind::Union { variants, .. } => {
                for variant in variants {
                    let start = Leaf { ty: &variant.ty, rules: Vec::new(), at: &ty.at, name: &ty.rust };
                    descend(&system.types, start, 0, &mut leaves);
                }
            }
            TypeKind::Newtype { .. } | TypeKind::Names { .. } => {}
        }
    }
    leaves
}

/// No type is nested more deeply on purpose; one that is contains itself.
const MAX_DEPTH: u32 = 64;

fn descend<'a>(types: &'a [Type], here: Leaf<'a>, depth: u32, leaves: &mut Vec<Leaf<'a>>) {
    if depth > MAX_DEPTH {
        return;
    }
    let next = match here.ty {
        TypeExpr::Named(id) => match &types[id.0].kind {
            TypeKind::Newtype { inner, rules } => Leaf {
                ty: inner,
                rules: here.rules.into_iter().chain(rules).collect(),
                at: &types[id.0].at,
                name: &types[id.0].rust,
            },
            TypeKind::Struct { .. } | TypeKind::Union { .. } | TypeKind::Names { .. } => return,
        },
        TypeExpr::Nullable(inner) | TypeExpr::Boxed(inner) => Leaf { ty: inner, ..here },
        // Rules of a list or map say nothing about what is in it.
        TypeExpr::Vec(inner) | TypeExpr::Map(inner) => Leaf { ty: inner, rules: Vec::new(), ..here },
        _ => return leaves.push(here),
    };
    descend(types, next, depth + 1, leaves);
}
