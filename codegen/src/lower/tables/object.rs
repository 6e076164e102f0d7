//! What several schemas say together about the members of an object.

use crate::contract::tables::{Members, Others, Property};
use crate::lower::pattern;
use crate::lower::types::Layout;
use crate::schema::{Node, NodeId};

impl Layout<'_> {
    pub(super) fn object_table(&mut self, nodes: &[&Node]) -> Option<Members> {
        let patterns: Vec<Vec<(String, NodeId)>> = nodes.iter().map(|node| self.patterns_of(node)).collect();
        let mut table = Members::default();
        for name in names(nodes) {
            table.properties.extend(self.property(nodes, &patterns, &name));
        }
        for (node, patterns) in nodes.iter().zip(&patterns) {
            let additional = node.object.additional.map(|id| self.table(&[id]));
            if !patterns.is_empty() || additional.is_some() {
                let patterns = patterns.iter().map(|(pattern, id)| (pattern.clone(), self.table(&[*id]))).collect();
                table.others.push(Others { patterns, additional });
            }
            table.names.extend(node.object.names.map(|id| self.table(&[id])));
            table.dependent.extend(node.object.dependent_required.iter().cloned());
        }
        let says_nothing = table.properties.is_empty()
            && table.others.is_empty()
            && table.names.is_empty()
            && table.dependent.is_empty();
        (!says_nothing).then_some(table)
    }

    /// What is known of a member; nothing if one schema declares it and another one refuses it like any undeclared one.
    fn property(&mut self, nodes: &[&Node], patterns: &[Vec<(String, NodeId)>], name: &str) -> Option<Property> {
        let mut places = Vec::new();
        let mut is_refused = false;
        for (node, patterns) in nodes.iter().zip(patterns) {
            let before = places.len();
            places.extend(node.object.properties.iter().filter(|(known, _)| known == name).map(|(_, id)| *id));
            places.extend(patterns.iter().filter(|(pattern, _)| pattern::is_match(pattern, name)).map(|(_, id)| *id));
            if places.len() == before {
                places.extend(node.object.additional);
                is_refused |= node.object.additional.is_some_and(|id| self.schemas.node(id).always == Some(false));
            }
        }
        let required = nodes.iter().any(|node| node.object.required.iter().any(|(required, _)| required == name));
        let property =
            || Property { name: name.to_owned(), required, evaluated: !places.is_empty(), table: self.table(&places) };
        (required || !is_refused).then(property)
    }

    /// The patterns of a schema as Rust expressions.
    fn patterns_of(&mut self, node: &Node) -> Vec<(String, NodeId)> {
        let mut patterns = Vec::new();
        for (source, at, id) in &node.object.patterns {
            if let Some(pattern) = self.translated(source, at) {
                patterns.push((pattern, *id));
            }
        }
        patterns
    }
}

/// Declared and required members, in the order of the text.
fn names(nodes: &[&Node]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let declared = nodes.iter().flat_map(|node| node.object.properties.iter().map(|(name, _)| name));
    let required = nodes.iter().flat_map(|node| node.object.required.iter().map(|(name, _)| name));
    declared.chain(required).filter(|name| seen.insert(name.as_str())).cloned().collect()
}
