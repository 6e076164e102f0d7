//! The type of a place, with the rules that are written beside it.

use crate::contract::{Rule, RuleValue, TypeExpr};

/// A type with what is to be checked at the place where it is used.
pub(super) struct Shape {
    pub(super) ty: TypeExpr,
    pub(super) rules: Vec<Rule>,
}

impl Shape {
    pub(super) fn plain(ty: TypeExpr) -> Self {
        Self { ty, rules: Vec::new() }
    }

    /// The same, or `null`; a JSON value may be that by itself.
    pub(super) fn or_null(self) -> Self {
        let Self { ty, mut rules } = self;
        if ty != TypeExpr::Json {
            return Self { ty: TypeExpr::Nullable(Box::new(ty)), rules };
        }
        for rule in &mut rules {
            if let RuleValue::Kinds(kinds) = &mut rule.value {
                kinds.insert(0, "null");
            }
        }
        Self { ty, rules }
    }
}
