//! Schemas that hold together: what `$ref` and `allOf` add to a schema, as one flat list.
//!
//! A value must satisfy every schema of the list, so each keyword's meaning is the intersection over it. This is all the
//! merging there is: an envelope by `$ref` plus an event's own members needs nothing else.

use crate::lower::types::Layout;
use crate::schema::{Kinds, NodeId, content};

impl Layout<'_> {
    /// All schemas that hold where `ids` hold, referenced ones first, without those that assert nothing.
    pub(super) fn conjuncts(&self, ids: &[NodeId]) -> Vec<NodeId> {
        let mut seen = Vec::new();
        let mut flat = Vec::new();
        for id in ids {
            self.flatten(*id, &mut seen, &mut flat);
        }
        self.absorb(&mut flat);
        flat
    }

    fn flatten(&self, id: NodeId, seen: &mut Vec<NodeId>, flat: &mut Vec<NodeId>) {
        if seen.contains(&id) {
            return;
        }
        seen.push(id);
        let node = self.schemas.node(id);
        for &part in node.reference.iter().chain(&node.all_of) {
            self.flatten(part, seen, flat);
        }
        if !node.is_plain() {
            flat.push(id);
        }
    }

    /// The schemas that hold in one branch of a union: `beside`, which are flat already, and all that the branch adds.
    pub(super) fn conjuncts_beside(&self, beside: &[NodeId], branch: NodeId) -> Vec<NodeId> {
        let mut flat = beside.to_vec();
        self.flatten(branch, &mut beside.to_vec(), &mut flat);
        self.absorb(&mut flat);
        flat
    }

    /// Drops a schema that says no more than a type which another one narrows anyway: `{"type": "object"}` in an
    /// envelope beside an event's payload.
    fn absorb(&self, flat: &mut Vec<NodeId>) {
        let only_kinds = |id: NodeId| self.schemas.node(id).only_kinds();
        let all = flat.clone();
        flat.retain(|id| {
            let Some(wide) = only_kinds(*id) else { return true };
            !all.iter().any(|other| {
                other != id
                    && self.schemas.node(*other).kinds.is_some_and(|narrow| {
                        narrow.without(wide).is_empty()
                            && (narrow != wide || only_kinds(*other).is_none() || other > id)
                    })
            })
        });
    }

    /// The schemas that the members on the way of `pointer` have in the end, as they stand.
    pub(super) fn places(&self, root: NodeId, pointer: &str) -> Vec<NodeId> {
        pointer.split('/').skip(1).fold(vec![root], |places, segment| {
            let name = segment.replace("~1", "/").replace("~0", "~");
            self.members(&self.conjuncts(&places), &name)
        })
    }

    /// The schemas of the member `name` of an object for which `nodes` hold, as they stand.
    pub(super) fn members(&self, nodes: &[NodeId], name: &str) -> Vec<NodeId> {
        let declared = nodes.iter().flat_map(|id| &self.schemas.node(*id).object.properties);
        declared.filter(|(member, _)| member == name).map(|(_, place)| *place).collect()
    }

    /// The JSON types that are left for a value.
    pub(super) fn kinds(&self, nodes: &[NodeId]) -> Kinds {
        nodes.iter().fold(Kinds::ALL, |kinds, id| {
            let node = self.schemas.node(*id);
            let by_values = node.values.as_ref().map_or(Kinds::ALL, |values| {
                values.iter().map(|value| kind_of(&value.value)).reduce(Kinds::or).unwrap_or(Kinds::ALL)
            });
            let kinds = kinds.and(node.kinds.unwrap_or(Kinds::ALL)).and(by_values);
            if node.always == Some(false) { Kinds::NONE } else { kinds.and(self.kinds_of_branches(*id)) }
        })
    }

    /// The JSON types that the branches of a schema leave together.
    fn kinds_of_branches(&self, id: NodeId) -> Kinds {
        let whole = &self.schemas.node(id).whole;
        if whole.any.is_empty() && whole.one.is_empty() {
            return Kinds::ALL;
        }
        if let Some(known) = self.branch_kinds.borrow().get(&id) {
            return *known;
        }
        // Should a branch lead back here: it leaves any type.
        self.branch_kinds.borrow_mut().insert(id, Kinds::ALL);
        let of_all = [&whole.any, &whole.one].into_iter().fold(Kinds::ALL, |kinds, branches| {
            let of_each = branches.iter().map(|branch| self.kinds(&self.conjuncts(&[*branch])));
            kinds.and(of_each.reduce(Kinds::or).unwrap_or(Kinds::ALL))
        });
        self.branch_kinds.borrow_mut().insert(id, of_all);
        of_all
    }

    /// The JSON types that `type` alone leaves.
    fn declared_kinds(&self, nodes: &[NodeId]) -> Kinds {
        nodes.iter().filter_map(|id| self.schemas.node(*id).kinds).fold(Kinds::ALL, Kinds::and)
    }

    /// The values that are left, if any schema lists them.
    pub(super) fn values(&self, nodes: &[NodeId]) -> Option<Vec<serde_json::Value>> {
        let lists = nodes.iter().filter_map(|id| self.schemas.node(*id).values.as_ref());
        let lists = lists.map(|values| values.iter().map(|value| value.value.clone()).collect::<Vec<_>>());
        lists.reduce(|left, right| {
            left.into_iter().filter(|value| right.iter().any(|other| same(value, other))).collect()
        })
    }

    /// The values that are left once the types and bounds of the schemas have had their say, too.
    pub(super) fn admitted(&self, nodes: &[NodeId]) -> Option<Vec<serde_json::Value>> {
        let values = self.values(nodes)?;
        let rules = nodes.iter().flat_map(|id| &self.schemas.node(*id).rules);
        let judges: Vec<jsonschema::Validator> = rules.filter_map(|rule| judge(rule.keyword, &rule.value)).collect();
        let kinds = self.declared_kinds(nodes);
        let is_admitted = |value: &serde_json::Value| {
            !kind_of(value).and(kinds).is_empty() && judges.iter().all(|judge| judge.is_valid(value))
        };
        Some(values.into_iter().filter(is_admitted).collect())
    }
}

/// A validator for one rule. Rules with numbers are kept as digits.
fn judge(keyword: &str, value: &serde_json::Value) -> Option<jsonschema::Validator> {
    if let Some(schema) = value.as_str().filter(|_| keyword == "format").and_then(content::keywords) {
        return jsonschema::validator_for(&schema).ok();
    }
    let digits = value.as_str().filter(|_| !matches!(keyword, "pattern" | "format"));
    let value = digits.map_or_else(|| Some(value.clone()), |digits| serde_json::from_str(digits).ok())?;
    jsonschema::options().should_validate_formats(true).build(&serde_json::json!({ keyword: value })).ok()
}

/// Equality as JSON Schema has it: `1` and `1.0` are one number.
fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a_number), Some(b_number)) if a != b => a_number == b_number && a_number.abs() < 9e15,
        _ => a == b,
    }
}

fn kind_of(value: &serde_json::Value) -> Kinds {
    let name = match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        serde_json::Value::Number(_) => "number",
        serde_json::Value::String(_) => "string",
        serde_json::Value::Array(_) => "array",
        serde_json::Value::Object(_) => "object",
    };
    Kinds::named(name).unwrap_or(Kinds::ALL)
}
