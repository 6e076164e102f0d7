//! Texts and numbers. A definition becomes a type of its own that nobody can build around; rules at the place of use stay rules.

use crate::contract::{Name, Rule, RuleValue, TypeExpr, TypeId, TypeKind};
use crate::diagnostic::{Diagnostic, Rule as DiagnosticRule};
use crate::lower::types::{Layout, Shape};
use crate::names;
use crate::schema::{Kinds, NodeId};

const OF_TEXTS: &[&str] = &["minLength", "maxLength", "pattern", "format"];
const OF_NUMBERS: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// Integer types by what they hold, the narrowest sensible first: a count of pieces is no `u8`.
const INTEGERS: [(&str, i128, i128); 4] = [
    ("u32", 0, u32::MAX as i128),
    ("u64", 0, u64::MAX as i128),
    ("i32", i32::MIN as i128, i32::MAX as i128),
    ("i64", i64::MIN as i128, i64::MAX as i128),
];

impl Layout<'_> {
    pub(super) fn integer(&mut self, nodes: &[NodeId], kinds: Kinds) -> Shape {
        self.scalar(nodes, kinds, OF_NUMBERS, |layout, nodes| {
            let mut rules = layout.rules(nodes, OF_NUMBERS);
            let (low, high) =
                (bound(&rules, "minimum", "exclusive_minimum", 1), bound(&rules, "maximum", "exclusive_maximum", -1));
            let ty = match (low, high) {
                (Some(low), Some(high)) => INTEGERS.iter().find(|(_, min, max)| low >= *min && high <= *max),
                _ => None,
            };
            let Some((ty, min, max)) = ty else { return Shape { ty: TypeExpr::Integer, rules } };
            // What the type itself refuses needs no rule.
            let limits = [("minimum", min.to_string()), ("maximum", max.to_string())];
            rules.retain(|rule| {
                !limits
                    .iter()
                    .any(|(keyword, limit)| rule.keyword == *keyword && rule.value == RuleValue::Number(limit.clone()))
            });
            Shape { ty: TypeExpr::Int(ty), rules }
        })
    }

    pub(super) fn number(&mut self, nodes: &[NodeId], kinds: Kinds) -> Shape {
        self.scalar(nodes, kinds, OF_NUMBERS, |layout, nodes| Shape {
            ty: TypeExpr::Decimal,
            rules: layout.rules(nodes, OF_NUMBERS),
        })
    }

    pub(super) fn string(&mut self, nodes: &[NodeId], own: NodeId, name: &str, kinds: Kinds) -> Shape {
        if self.values(nodes).is_some() || nodes.iter().any(|id| self.schemas.node(*id).open_enum.is_some()) {
            return self.names(nodes, own, name);
        }
        self.scalar(nodes, kinds, OF_TEXTS, |layout, nodes| {
            let mut rules = layout.rules(nodes, OF_TEXTS);
            if nodes.iter().any(|id| layout.schemas.node(*id).decimal) {
                layout.decimal_pattern(&rules, own);
                rules.push(Rule { keyword: "text", value: RuleValue::Flag });
                return Shape { ty: TypeExpr::Decimal, rules };
            }
            let format = rules.iter().find_map(|rule| match (&rule.value, rule.keyword) {
                (RuleValue::Text(format), "format") => Some(format.clone()),
                _ => None,
            });
            // A type that is the format needs no rule for it.
            let ty = match format.as_deref() {
                Some("uuid") => TypeExpr::Uuid,
                Some("date-time") => TypeExpr::Timestamp,
                Some("date") => TypeExpr::Date,
                _ => return Shape { ty: TypeExpr::String, rules },
            };
            rules.retain(|rule| rule.keyword != "format");
            Shape { ty, rules }
        })
    }

    /// A scalar with exactly one definition among its schemas is that definition's type, with the rest as rules of the place.
    fn scalar(
        &mut self,
        nodes: &[NodeId],
        kinds: Kinds,
        concerned: &[&str],
        lay_out: impl Fn(&mut Self, &[NodeId]) -> Shape,
    ) -> Shape {
        let defined: Vec<NodeId> =
            nodes.iter().copied().filter(|id| self.schemas.node(*id).definition.is_some()).collect();
        let [definition] = defined[..] else { return lay_out(self, nodes) };
        // A definition of several types, or of any, is no type of its own: what it is depends on the place.
        let null = Kinds::named("null").unwrap_or(Kinds::ALL);
        if self.kinds(&self.conjuncts(&[definition])).without(null) != kinds {
            return lay_out(self, nodes);
        }
        let Some(rust) = self.own_name(definition) else { return lay_out(self, nodes) };
        let docs = self.docs(&[definition]);
        let id = self.define(&[definition], &rust, docs, definition, |layout, _| {
            let shape = lay_out(layout, &[definition]);
            TypeKind::Newtype { inner: shape.ty, rules: shape.rules }
        });
        let rest: Vec<NodeId> = nodes.iter().copied().filter(|id| *id != definition).collect();
        let rules = self.rules(&rest, concerned);
        Shape { ty: TypeExpr::Named(id), rules }
    }

    /// A text out of a list, closed (`enum`) or open (`x-open-enum`).
    fn names(&mut self, nodes: &[NodeId], own: NodeId, name: &str) -> Shape {
        let closed = self
            .admitted(nodes)
            .map(|values| values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect::<Vec<_>>());
        let open = closed.is_none();
        let listed = closed.unwrap_or_else(|| {
            nodes.iter().find_map(|id| self.schemas.node(*id).open_enum.clone()).unwrap_or_default()
        });
        if listed.is_empty() {
            return self.refuse(nodes, own, DiagnosticRule::UNSATISFIABLE, "no text is left of this list");
        }
        let lists = |id: &NodeId| self.schemas.node(*id).open_enum.is_some() || self.schemas.node(*id).values.is_some();
        let holder = nodes.iter().copied().rfind(lists).unwrap_or(own);
        let rust = self.own_name(holder).unwrap_or_else(|| name.to_owned());
        let docs = self.docs(&[holder]);
        let (key, rest): (Vec<NodeId>, Vec<NodeId>) = nodes.iter().partition(|id| lists(id));
        let (own_rules, rules) = if open {
            (self.rules(&key, OF_TEXTS), self.rules(&rest, OF_TEXTS))
        } else {
            // Texts that the bounds refuse are not listed; what looks at the whole must see each for itself.
            (Vec::new(), if self.is_whole(nodes) { vec![self.whole_rule(nodes)] } else { Vec::new() })
        };
        // A closed list that other schemas shorten is another type than the list alone.
        let identity = if open { &key } else { nodes };
        let id = self.define(identity, &rust, docs, holder, |_, _| {
            let variants =
                listed.iter().map(|wire| Name { wire: wire.clone(), rust: names::type_name(wire) }).collect();
            TypeKind::Names { variants, open, rules: own_rules }
        });
        self.variant_clashes(id, holder);
        Shape { ty: TypeExpr::Named(id), rules }
    }

    pub(super) fn variant_clashes(&mut self, id: TypeId, holder: NodeId) {
        if !self.strict {
            let TypeKind::Names { variants, .. } = &mut self.ty_mut(id).kind else { return };
            let mut taken = std::collections::HashSet::from(["Unknown".to_owned()]);
            for variant in variants {
                variant.rust = names::numbered(&variant.rust, |name| !taken.contains(name));
                taken.insert(variant.rust.clone());
            }
            return;
        }
        let TypeKind::Names { variants, open, .. } = &self.ty(id).kind else { return };
        let clash = variants.iter().enumerate().find_map(|(index, variant)| {
            let earlier =
                variants[..index].iter().find(|first| first.rust == variant.rust && first.wire != variant.wire);
            earlier
                .map(|first| {
                    format!(
                        "the values `{}` and `{}` get the same Rust name `{}`",
                        first.wire, variant.wire, variant.rust
                    )
                })
                .or_else(|| {
                    (*open && variant.rust == "Unknown")
                        .then(|| format!("the value `{}` gets the name of the variant for other texts", variant.wire))
                })
        });
        if let Some(message) = clash {
            let at = self.schemas.node(holder).at.clone();
            self.found.push(Diagnostic::new(DiagnosticRule::NAME_CLASH, &at, message).label("this list"));
        }
    }
}

/// The lowest (or highest) integer that the rules leave.
fn bound(rules: &[Rule], inclusive: &str, exclusive: &str, step: i128) -> Option<i128> {
    let find = |keyword: &str| {
        rules.iter().find_map(|rule| match &rule.value {
            RuleValue::Number(digits) if rule.keyword == keyword => digits.parse::<i128>().ok(),
            _ => None,
        })
    };
    let candidates = [find(inclusive), find(exclusive).map(|limit| limit.saturating_add(step))];
    let all = candidates.into_iter().flatten();
    if step > 0 { all.max() } else { all.min() }
}
