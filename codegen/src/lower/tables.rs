//! Schemas as tables, for the judge of the runtime: all that holds at one place, merged, so that a value is walked once.
//!
//! A table stands for a list of schemas that hold together (what `$ref` and `allOf` add included). What cannot be merged
//! looks at the value once more: alternatives, and schemas whose `unevaluated…` must not see what others have looked at.

use crate::contract::tables::{Also, Table, TableRef};
use crate::contract::{Rule, RuleValue};
use crate::diagnostic::{Diagnostic, Rule as DiagnosticRule};
use crate::lower::types::Layout;
use crate::names;
use crate::schema::{Node, NodeId, ResourceId};

mod array;
mod object;

/// More tables than this come of schemas that were made to exhaust us.
const MOST: usize = 20_000;

/// The lists of texts, numbers and sizes that [`Layout::rules`] knows.
const ALL_RULES: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// What of a list of schemas goes into one table, and what stays apart.
struct Unit {
    merged: Vec<NodeId>,
    apart: Vec<NodeId>,
}

impl Layout<'_> {
    /// The table of what `ids` say together.
    pub(super) fn table(&mut self, ids: &[NodeId]) -> TableRef {
        let unit = self.unit(ids);
        if unit.merged.iter().any(|id| self.schemas.node(*id).always == Some(false)) {
            return TableRef::Never;
        }
        match (&unit.merged[..], &unit.apart[..]) {
            ([], []) => return TableRef::Any,
            ([], [only]) if ids != [*only] => return self.table(&[*only]),
            _ => {}
        }
        let mut key: Vec<NodeId> = unit.merged.iter().chain(&unit.apart).copied().collect();
        key.sort_unstable();
        // Apart or merged makes a difference: one schema alone, and the same beside others.
        key.push(NodeId(unit.merged.len()));
        if let Some(known) = self.known_tables.get(&key) {
            return TableRef::Table(*known);
        }
        let number = self.tables.all.len();
        if number >= MOST {
            if !std::mem::replace(&mut self.exhausted, true) {
                let at = self.schemas.node(ids[0]).at.clone();
                let message = "these schemas refer to each other in too many ways";
                self.found.push(Diagnostic::new(DiagnosticRule::TOO_DEEP, &at, message));
            }
            return TableRef::Any;
        }
        self.known_tables.insert(key, number);
        self.tables.all.push(Table::default());
        let table = self.filled(&unit);
        self.tables.all[number] = table;
        TableRef::Table(number)
    }

    /// The table of an event: it is called like the event.
    pub(super) fn event_table(&mut self, root: NodeId, name: &str) -> String {
        match self.table(&[root]) {
            TableRef::Table(number) => {
                let is_free = |name: &str| self.tables.all.iter().all(|table| table.name.as_deref() != Some(name));
                let name = names::numbered(name, is_free);
                self.tables.all[number].name = Some(name.clone());
                name
            }
            // An event asserts its type at least.
            TableRef::Any | TableRef::Never => unreachable!("an event is an object with members"),
        }
    }

    fn unit(&self, ids: &[NodeId]) -> Unit {
        let mut unit = Unit { merged: Vec::new(), apart: Vec::new() };
        let mut seen = Vec::new();
        let is_alone = ids.len() == 1;
        for id in ids {
            self.gather(*id, is_alone, &mut seen, &mut unit);
        }
        unit
    }

    fn gather(&self, id: NodeId, is_root: bool, seen: &mut Vec<NodeId>, unit: &mut Unit) {
        if seen.contains(&id) {
            return;
        }
        seen.push(id);
        let node = self.schemas.node(id);
        let has_unevaluated = node.object.unevaluated.is_some() || node.array.unevaluated.is_some();
        if has_unevaluated && !is_root {
            unit.apart.push(id);
            return;
        }
        // Where a reference depends on the way by which it is reached, every reference is a step of that way.
        let dynamic = self.schemas.are_dynamic();
        if dynamic && !is_root {
            unit.apart.push(id);
            return;
        }
        for &part in node.reference.iter().chain(&node.all_of) {
            self.gather(part, false, seen, unit);
        }
        if !node.is_plain() || dynamic && node.reference.is_some() {
            unit.merged.push(id);
        }
    }

    fn filled(&mut self, unit: &Unit) -> Table {
        let schemas = self.schemas;
        let nodes: Vec<&Node> = unit.merged.iter().map(|id| schemas.node(*id)).collect();
        let place = |node: &&Node| format!("{}#{}", node.path, node.at.pointer);
        let mut table = Table {
            at: nodes.iter().map(place).collect::<Vec<_>>().join(", "),
            object: self.object_table(&nodes),
            array: self.array_table(&nodes),
            ..Table::default()
        };
        table.also.extend(unit.apart.iter().map(|id| Also::All(self.table(&[*id]))));
        self.bounds(&unit.merged, &mut table);
        self.listed_values(&nodes, &mut table);
        for node in &nodes {
            self.looks(node, &mut table.also);
            table.unevaluated_properties =
                table.unevaluated_properties.or(node.object.unevaluated.map(|id| self.table(&[id])));
            table.unevaluated_items = table.unevaluated_items.or(node.array.unevaluated.map(|id| self.table(&[id])));
        }
        if schemas.are_dynamic() {
            table.resource = nodes.first().and_then(|node| self.resource_number(node.resource));
        }
        table
    }

    /// Kinds and bounds. Of several patterns, formats or divisors, one stands in the table and the others beside it.
    fn bounds(&mut self, merged: &[NodeId], table: &mut Table) {
        let schemas = self.schemas;
        let declared = merged.iter().filter_map(|id| schemas.node(*id).kinds).reduce(crate::schema::Kinds::and);
        if let Some(kinds) = declared {
            table.rules.push(Rule { keyword: "kinds", value: RuleValue::Kinds(kinds.names()) });
        }
        for keyword in ALL_RULES {
            let stated: Vec<_> =
                merged.iter().flat_map(|id| &schemas.node(*id).rules).filter(|rule| rule.keyword == *keyword).collect();
            if matches!(*keyword, "pattern" | "format" | "multipleOf") {
                let mut distinct: Vec<&crate::schema::RuleAt> = Vec::new();
                for rule in stated {
                    if !distinct.iter().any(|other| other.value == rule.value) {
                        distinct.push(rule);
                    }
                }
                for (index, rule) in distinct.into_iter().enumerate() {
                    let Some(rule) = self.rule(keyword, std::slice::from_ref(rule)) else { continue };
                    if index == 0 {
                        table.rules.push(rule)
                    } else {
                        self.beside(Table { rules: vec![rule], ..Table::default() }, table)
                    }
                }
            } else {
                let stated: Vec<_> = stated.into_iter().cloned().collect();
                table.rules.extend(self.rule(keyword, &stated));
            }
        }
    }

    fn beside(&mut self, other: Table, table: &mut Table) {
        let number = self.tables.all.len();
        self.tables.all.push(Table { at: table.at.clone(), ..other });
        table.also.push(Also::All(TableRef::Table(number)));
    }

    fn listed_values(&mut self, nodes: &[&Node], table: &mut Table) {
        let lists: Vec<Vec<String>> = nodes
            .iter()
            .filter_map(|node| node.values.as_ref())
            .map(|values| values.iter().map(|value| value.text.clone()).collect())
            .collect();
        let are_texts = lists.iter().flatten().all(|text| text.starts_with('"'));
        if are_texts {
            table.values =
                lists.into_iter().reduce(|left, right| left.into_iter().filter(|text| right.contains(text)).collect());
            return;
        }
        for (index, list) in lists.into_iter().enumerate() {
            if index == 0 {
                table.values = Some(list);
            } else {
                self.beside(Table { values: Some(list), ..Table::default() }, table);
            }
        }
    }

    fn looks(&mut self, node: &Node, also: &mut Vec<Also>) {
        let whole = &node.whole;
        if !whole.any.is_empty() {
            also.push(Also::Any(whole.any.iter().map(|id| self.table(&[*id])).collect()));
        }
        if !whole.one.is_empty() {
            also.push(Also::One(whole.one.iter().map(|id| self.table(&[*id])).collect()));
        }
        if let Some(not) = whole.not {
            also.push(Also::Not(self.table(&[not])));
        }
        if let Some(condition) = whole.condition {
            let (condition, then) = (self.table(&[condition]), whole.then.map(|id| self.table(&[id])));
            also.push(Also::If(condition, then, whole.otherwise.map(|id| self.table(&[id]))));
        }
        for (member, id) in &node.object.dependent_schemas {
            also.push(Also::With(member.clone(), self.table(&[*id])));
        }
        if let Some(dynamic) = &node.dynamic {
            also.push(Also::Dynamic(dynamic.anchor.clone(), self.table(&[dynamic.initial])));
        }
    }

    fn resource_number(&mut self, id: ResourceId) -> Option<usize> {
        if let Some(known) = self.resource_numbers.get(&id) {
            return Some(*known);
        }
        let anchors: Vec<(String, NodeId)> =
            self.schemas.resource(id).dynamic.iter().map(|(name, id)| (name.clone(), *id)).collect();
        if anchors.is_empty() {
            return None;
        }
        let number = self.tables.resources.len();
        self.resource_numbers.insert(id, number);
        self.tables.resources.push(Vec::new());
        let anchors = anchors.into_iter().map(|(name, id)| (name, self.table(&[id]))).collect();
        self.tables.resources[number] = anchors;
        Some(number)
    }

    /// Refuses schemas that lead back to themselves without going into the value: to judge one would never end. One that
    /// looks at a value through too many others would end in a full stack.
    pub(super) fn endless_tables(&mut self) {
        let edges: Vec<Vec<usize>> = self.tables.all.iter().map(|table| table.in_place()).collect();
        match longest_ways(&edges) {
            Err(table) => {
                let at = &self.tables.all[table].at;
                let message = format!("the schemas at `{at}` lead back to themselves for the same value");
                self.found.push(
                    Diagnostic::nowhere(DiagnosticRule::UNSATISFIABLE, message)
                        .help("a reference must go on into a member or an element somewhere on its way"),
                );
            }
            Ok(ways) => {
                if let Some(table) = ways.iter().position(|way| *way > LONGEST) {
                    let at = &self.tables.all[table].at;
                    let message = format!("the schemas at `{at}` look at one value through more than {LONGEST} others");
                    self.found.push(Diagnostic::nowhere(DiagnosticRule::TOO_DEEP, message));
                }
            }
        }
    }
}

/// A value is looked at through at most so many alternatives of alternatives.
const LONGEST: usize = 32;

/// The longest way from each node of a graph; `Err` names a node that leads back to itself. Without recursion, since ways
/// may be long.
fn longest_ways(edges: &[Vec<usize>]) -> Result<Vec<usize>, usize> {
    let mut ways: Vec<Option<usize>> = vec![None; edges.len()];
    let mut open = vec![false; edges.len()];
    for start in 0..edges.len() {
        let mut stack = if ways[start].is_none() { vec![(start, 0)] } else { Vec::new() };
        while let Some((node, next)) = stack.pop() {
            open[node] = true;
            let Some(&target) = edges[node].get(next) else {
                open[node] = false;
                ways[node] =
                    Some(edges[node].iter().filter_map(|target| ways[*target]).map(|way| way + 1).max().unwrap_or(0));
                continue;
            };
            stack.push((node, next + 1));
            match ways[target] {
                Some(_) => {}
                None if open[target] => return Err(target),
                None => stack.push((target, 0)),
            }
        }
    }
    Ok(ways.into_iter().map(Option::unwrap_or_default).collect())
}
