//! Whether no value can be of two branches: then `oneOf` says no more than `anyOf`, and nobody has to count.

use serde_json::Value;

use crate::lower::types::Layout;
use crate::schema::NodeId;

/// Members of members of members: deeper than this, nobody looks.
const DEEPEST: usize = 2;
/// Of each object, as many required members are compared.
const WIDEST: usize = 16;

impl Layout<'_> {
    /// Whether no value satisfies two of the lists.
    pub(super) fn are_apart(&self, lists: &[&[NodeId]]) -> bool {
        lists.iter().enumerate().all(|(index, one)| lists[..index].iter().all(|other| self.apart(one, other, 0)))
    }

    fn apart(&self, one: &[NodeId], other: &[NodeId], depth: usize) -> bool {
        let kinds = self.kinds(one).and(self.kinds(other));
        if kinds.is_empty() || depth == DEEPEST {
            return kinds.is_empty();
        }
        if let (Some(these), Some(those)) = (self.values(one), self.values(other)) {
            return these.iter().all(|this| those.iter().all(|that| differ(this, that)));
        }
        kinds.names() == ["object"] && {
            let required = |nodes: &'_ [NodeId]| {
                nodes.iter().flat_map(|id| &self.schemas.node(*id).object.required).take(WIDEST).collect::<Vec<_>>()
            };
            required(one).into_iter().chain(required(other)).any(|(member, _)| {
                let places = |nodes: &[NodeId]| self.conjuncts(&self.members(nodes, member));
                self.excludes(one, member)
                    || self.excludes(other, member)
                    || self.apart(&places(one), &places(other), depth + 1)
            })
        }
    }

    /// Whether a closed object has no member of this name.
    fn excludes(&self, nodes: &[NodeId], member: &str) -> bool {
        nodes.iter().map(|id| &self.schemas.node(*id).object).any(|object| {
            let is_closed = object.additional.is_some_and(|limit| self.schemas.node(limit).always == Some(false));
            is_closed && object.patterns.is_empty() && !object.properties.iter().any(|(name, _)| name == member)
        })
    }
}

/// Whether two values surely differ; lists and objects may be equal although they are spelled differently.
fn differ(this: &Value, that: &Value) -> bool {
    match (this, that) {
        (Value::Number(this), Value::Number(that)) => this.as_f64() != that.as_f64(),
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => false,
        _ => this != that,
    }
}
