//! How much work it may be to validate a value: a validator has no budget, so it is not asked what could take it forever.
//!
//! A schema may be reached in more ways than there are atoms in the world, by forty definitions that each refer to the
//! next one twice. A validator goes all of these ways.

use std::collections::HashMap;

use serde_json::Value;

use crate::schema::{Node, NodeId, Schemas};

/// Ways that are few enough to be gone, at some ten nanoseconds each.
pub(super) const MAX_WEIGHT: u64 = 4_000_000;

/// Values deeper than this weigh as much as this deep, in each of their parts.
const MAX_DEPTH: usize = 12;

/// The schemas that are looked at for one value, and for what is in it down to some depth, counted once for each way.
#[derive(Debug)]
pub(super) struct Weights {
    known: HashMap<(NodeId, usize), u64>,
}

impl Weights {
    pub(super) fn new() -> Self {
        Self { known: HashMap::new() }
    }

    /// The weight of validating a value.
    pub(super) fn of(&mut self, schemas: &Schemas, root: NodeId, value: &Value) -> u64 {
        let (depth, parts) = size(value);
        let rough = self.node(schemas, root, depth.min(MAX_DEPTH)).saturating_mul(parts);
        // Most of a deep schema does not concern a value that is narrow: then it is worth to look closely.
        if rough <= MAX_WEIGHT { rough } else { exact(schemas, root, value, &mut HashMap::new()) }
    }

    fn node(&mut self, schemas: &Schemas, id: NodeId, depth: usize) -> u64 {
        if let Some(&known) = self.known.get(&(id, depth)) {
            return known;
        }
        // A schema that leads back to itself for one value has no meaning, so it is not asked for either.
        self.known.insert((id, depth), 0);
        let node = schemas.node(id);
        let mut weight = 1_u64;
        for beside in beside(node) {
            weight = weight.saturating_add(self.node(schemas, beside, depth));
        }
        if depth > 0 {
            for inside in inside(node) {
                weight = weight.saturating_add(self.node(schemas, inside, depth - 1));
            }
        }
        self.known.insert((id, depth), weight);
        weight
    }
}

/// The schemas that are looked at for just this value; its parts are told apart by where they are in memory.
fn exact(schemas: &Schemas, id: NodeId, value: &Value, known: &mut HashMap<(NodeId, usize), u64>) -> u64 {
    let key = (id, std::ptr::from_ref(value).addr());
    if let Some(&known) = known.get(&key) {
        return known;
    }
    known.insert(key, 0);
    let node = schemas.node(id);
    let mut weight = 1_u64;
    let mut add = |id: NodeId, value: &Value| weight = weight.saturating_add(exact(schemas, id, value, known));
    beside(node).into_iter().for_each(|id| add(id, value));
    match value {
        Value::Array(elements) => {
            let array = &node.array;
            let all: Vec<NodeId> = [array.items, array.contains, array.unevaluated].into_iter().flatten().collect();
            for (place, element) in elements.iter().enumerate() {
                array.prefix.get(place).into_iter().chain(&all).for_each(|id| add(*id, element));
            }
        }
        Value::Object(members) => {
            let object = &node.object;
            let all = [object.additional, object.unevaluated].into_iter().flatten();
            let all: Vec<NodeId> = all.chain(object.patterns.iter().map(|(.., id)| *id)).collect();
            let named: HashMap<&str, NodeId> =
                object.properties.iter().map(|(name, id)| (name.as_str(), *id)).collect();
            for (name, member) in members {
                named.get(name.as_str()).into_iter().chain(&all).for_each(|id| add(*id, member));
            }
        }
        _ => {}
    }
    known.insert(key, weight);
    weight
}

/// Schemas of the same value.
fn beside(node: &Node) -> Vec<NodeId> {
    let whole = &node.whole;
    let one = [node.reference, node.dynamic.as_ref().map(|dynamic| dynamic.initial), whole.not, whole.condition];
    let one = one.into_iter().chain([whole.then, whole.otherwise]).flatten();
    let many = node.all_of.iter().chain(&whole.any).chain(&whole.one).copied();
    one.chain(many).chain(node.object.dependent_schemas.iter().map(|(_, id)| *id)).collect()
}

/// Schemas of members, elements and names.
fn inside(node: &Node) -> Vec<NodeId> {
    let (array, object) = (&node.array, &node.object);
    let one = [array.items, array.contains, array.unevaluated, object.additional, object.names, object.unevaluated];
    let many = array.prefix.iter().copied().chain(object.properties.iter().map(|(_, id)| *id));
    one.into_iter().flatten().chain(many).chain(object.patterns.iter().map(|(.., id)| *id)).collect()
}

/// How deep a value is, and how many parts it has.
fn size(value: &Value) -> (usize, u64) {
    let (mut depth, mut parts) = (0, 1);
    let mut add = |inner: &Value| {
        let (deep, many) = size(inner);
        depth = depth.max(deep + 1);
        parts += many;
    };
    match value {
        Value::Array(elements) => elements.iter().for_each(&mut add),
        Value::Object(members) => members.values().for_each(&mut add),
        _ => {}
    }
    (depth, parts)
}
