//! Schemas with branches: which those are, and what such a schema says besides.

use crate::schema::{Elements, Members, Node, NodeId, Schemas};

impl Schemas {
    /// Gives every schema with branches what it says besides, as a schema of its own that holds together with each branch.
    pub(super) fn take_unions_apart(&mut self) {
        for index in 0..self.nodes.len() {
            if let Some(rest) = self.nodes[index].without_branches().filter(|rest| !rest.is_plain()) {
                self.nodes[index].rest = Some(NodeId(self.nodes.len()));
                self.nodes.push(rest);
            }
        }
    }
}

impl Node {
    /// The branches of `oneOf` or `anyOf`; none if the schema has both or neither.
    #[must_use]
    pub fn branches(&self) -> Option<&[NodeId]> {
        match (self.whole.any.as_slice(), self.whole.one.as_slice()) {
            ([], []) => None,
            (branches, []) | ([], branches) => Some(branches),
            _ => None,
        }
    }

    /// What the schema asserts of its own without its branches.
    ///
    /// Other keywords that look at the value as a whole are left out, too, and what speaks of the members and elements
    /// that those leave over: so this accepts whatever the schema accepts.
    fn without_branches(&self) -> Option<Self> {
        self.branches()?;
        let has_patterns = !self.object.patterns.is_empty();
        let object = Members {
            properties: self.object.properties.clone(),
            required: self.object.required.clone(),
            additional: self.object.additional.filter(|_| !has_patterns),
            ..Members::default()
        };
        let items = self.array.items.filter(|_| self.array.prefix.is_empty());
        Some(Self {
            kinds: self.kinds,
            values: self.values.clone(),
            rules: self.rules.clone(),
            array: Elements { items, ..Elements::default() },
            object,
            open_enum: self.open_enum.clone(),
            decimal: self.decimal,
            keywords: self.keywords.clone(),
            ..Self::empty(self.at.clone(), &self.path, self.resource, None)
        })
    }
}
