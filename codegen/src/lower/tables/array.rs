//! What several schemas say together about the elements of an array.

use crate::contract::tables::{Contains, Elements};
use crate::lower::types::Layout;
use crate::schema::{Draft, Node, NodeId};

impl Layout<'_> {
    pub(super) fn array_table(&mut self, nodes: &[&Node]) -> Option<Elements> {
        let longest = nodes.iter().map(|node| node.array.prefix.len()).max().unwrap_or(0);
        let at = |index: usize| -> Vec<NodeId> {
            let place = |node: &&Node| node.array.prefix.get(index).copied().or(node.array.items);
            nodes.iter().filter_map(place).collect()
        };
        let mut table = Elements::default();
        for index in 0..longest {
            table.prefix.push(self.table(&at(index)));
        }
        let rest = at(longest);
        if !rest.is_empty() {
            table.rest = Some(self.table(&rest));
        }
        for node in nodes {
            let Some(contains) = node.array.contains else { continue };
            table.contains.push(Contains {
                table: self.table(&[contains]),
                least: node.array.min_contains.unwrap_or(1),
                most: node.array.max_contains,
                evaluates: self.schemas.resource(node.resource).is_of(Draft::Y2020),
            });
        }
        let says_nothing = table.prefix.is_empty() && table.rest.is_none() && table.contains.is_empty();
        (!says_nothing).then_some(table)
    }
}
