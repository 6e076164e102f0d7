//! Words about a schema: the name that it gives itself, and what it says for people.

use crate::lower::types::Layout;
use crate::names;
use crate::schema::NodeId;

impl Layout<'_> {
    /// The name that a schema gives itself: a `title` of one word, or its key under `$defs`. A title of several words
    /// is a heading for people.
    pub(super) fn own_name(&self, id: NodeId) -> Option<String> {
        let node = self.schemas.node(id);
        let title = node.title.as_deref().filter(|title| !title.contains(char::is_whitespace));
        title.or(node.definition.as_deref()).map(names::type_name)
    }

    /// What is said about a place: by the last of `nodes` that says anything.
    pub(super) fn docs(&self, nodes: &[NodeId]) -> Vec<String> {
        let described = nodes.iter().rev().find_map(|id| {
            let mut seen = vec![*id];
            let mut at = *id;
            loop {
                let node = self.schemas.node(at);
                if let Some(description) = &node.description {
                    return Some(description.clone());
                }
                at = node.reference.filter(|next| !seen.contains(next))?;
                seen.push(at);
            }
        });
        described.into_iter().flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>()).collect()
    }
}
