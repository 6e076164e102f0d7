//! One place of a message, as one side of a comparison sees it: all that its schemas say about the value there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Location;
use crate::schema::{Kinds, Node, NodeId, RuleAt, Schemas};
use crate::source::Folder;

/// A place, and every schema that its value must satisfy.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    folder: &'a Folder,
    schemas: &'a Schemas,
    /// The schemas as they are asked for here, before references are followed.
    pub(super) asked: Vec<NodeId>,
    /// Those and all that `$ref` and `allOf` add, each once; references before what refers to them.
    nodes: Vec<NodeId>,
    /// Where something would be said that is not: this place may be one of which its side says nothing.
    around: Location,
}

impl<'a> Place<'a> {
    /// The place where a schema holds.
    pub(super) fn of(folder: &'a Folder, schemas: &'a Schemas, root: NodeId) -> Self {
        Self::new(folder, schemas, vec![root], schemas.node(root).at.clone())
    }

    fn new(folder: &'a Folder, schemas: &'a Schemas, asked: Vec<NodeId>, around: Location) -> Self {
        let mut nodes = Vec::new();
        let mut seen = Vec::new();
        for id in &asked {
            flatten(schemas, *id, &mut seen, &mut nodes);
        }
        Self { folder, schemas, asked, nodes, around }
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &'a Node> + use<'a, '_> {
        self.nodes.iter().map(|id| self.schemas.node(*id))
    }

    /// Where a keyword stands, or the schema that would have it.
    pub(super) fn at(&self, keyword: &str) -> Location {
        let saying = self.nodes().filter(|node| node.has(keyword)).last();
        saying.map_or_else(|| self.here(), |node| node.keyword_at(keyword).clone())
    }

    /// The schema that is nearest to the event itself, here or around.
    pub(super) fn here(&self) -> Location {
        let own = self.nodes().filter(|node| !node.is_plain()).last().or_else(|| self.nodes().last());
        own.map_or_else(|| self.around.clone(), |node| node.at.clone())
    }

    /// The types that `type` leaves.
    pub(super) fn kinds(&self) -> Kinds {
        self.nodes().fold(Kinds::ALL, |kinds, node| match node.always {
            Some(false) => Kinds::NONE,
            _ => kinds.and(node.kinds.unwrap_or(Kinds::ALL)),
        })
    }

    /// The values that `const` and `enum` leave, if they list any.
    pub(super) fn values(&self) -> Option<Vec<Value>> {
        let lists = self.nodes().filter_map(|node| node.values.as_ref());
        let lists = lists.map(|list| list.iter().map(|json| json.value.clone()).collect::<Vec<_>>());
        lists.reduce(|left, right| left.into_iter().filter(|value| right.contains(value)).collect())
    }

    /// The types of the listed values; every type where none are listed.
    pub(super) fn listed_kinds(&self) -> Kinds {
        let kind = |value: &Value| match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let kinds = |values: Vec<Value>| {
            values.iter().filter_map(|value| Kinds::named(kind(value))).fold(Kinds::NONE, Kinds::or)
        };
        self.values().map_or(Kinds::ALL, kinds)
    }

    /// The values of a keyword that bounds something, each with its place.
    pub(super) fn rules(&self, keyword: &str) -> Vec<&'a RuleAt> {
        self.nodes().flat_map(|node| &node.rules).filter(|rule| rule.keyword == keyword).collect()
    }

    /// The declared members, each with the schemas that are asked for there.
    pub(super) fn members(&self) -> BTreeMap<&'a str, Vec<NodeId>> {
        let mut members: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
        for (name, id) in self.nodes().flat_map(|node| &node.object.properties) {
            members.entry(name).or_default().push(*id);
        }
        members
    }

    /// The members that must be there, each with the place that says so.
    pub(super) fn required(&self) -> BTreeMap<&'a str, &'a Location> {
        self.nodes().flat_map(|node| &node.object.required).map(|(name, at)| (name.as_str(), at)).collect()
    }

    /// Where a member is declared, or would be.
    pub(super) fn member_at(&self, name: &str) -> Location {
        let declared = self.members().get(name).and_then(|ids| ids.last().copied());
        declared.map_or_else(|| self.at("properties"), |id| self.schemas.node(id).at.clone())
    }

    /// Whether members that are not declared are refused.
    pub(super) fn is_closed(&self) -> bool {
        self.others().iter().any(|id| self.schemas.node(*id).always == Some(false))
    }

    /// Whether any schema of the place has a keyword.
    pub(super) fn says(&self, keyword: &str) -> bool {
        self.nodes().any(|node| node.has(keyword))
    }

    /// What a keyword says, as the files have it but for white space: to see whether it is different.
    pub(super) fn texts(&self, keyword: &str) -> Vec<String> {
        let saying = self.nodes().filter(|node| node.has(keyword));
        saying
            .filter_map(|node| self.folder.place(&node.path, &format!("{}/{keyword}", node.at.pointer)))
            .map(|at| {
                let text = &at.file.text[at.span.clone()];
                serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |value| value.to_string())
            })
            .collect()
    }

    /// Whether what a member holds is called deprecated.
    pub(super) fn is_deprecated(&self) -> bool {
        self.nodes().any(|node| node.deprecated)
    }

    /// A place below this one, where these schemas hold.
    pub(super) fn below(&self, asked: Vec<NodeId>) -> Self {
        Self::new(self.folder, self.schemas, asked, self.here())
    }

    /// The branches of `anyOf` or `oneOf`, each with the place that its schema has in the files.
    pub(super) fn branches(&self, keyword: &str) -> Vec<((&'a str, &'a str), NodeId)> {
        let branches = self.nodes().flat_map(|node| if keyword == "anyOf" { &node.whole.any } else { &node.whole.one });
        branches
            .map(|id| {
                let branch = self.schemas.node(*id);
                let target = branch.reference.map_or(branch, |target| self.schemas.node(target));
                ((target.path.as_str(), target.at.pointer.as_str()), *id)
            })
            .collect()
    }

    /// The schemas of all further elements.
    pub(super) fn elements(&self) -> Vec<NodeId> {
        self.nodes().filter_map(|node| node.array.items).collect()
    }

    /// The schemas of the element at `index`, as far as elements are described one by one.
    pub(super) fn element(&self, index: usize) -> Vec<NodeId> {
        self.nodes().filter_map(|node| node.array.prefix.get(index).copied()).collect()
    }

    /// How many elements are described one by one.
    pub(super) fn prefix(&self) -> usize {
        self.nodes().map(|node| node.array.prefix.len()).max().unwrap_or(0)
    }

    /// The schemas of members that are not declared.
    pub(super) fn others(&self) -> Vec<NodeId> {
        self.nodes().filter_map(|node| node.object.additional).collect()
    }
}

fn flatten(schemas: &Schemas, id: NodeId, seen: &mut Vec<NodeId>, nodes: &mut Vec<NodeId>) {
    if seen.contains(&id) {
        return;
    }
    seen.push(id);
    let node = schemas.node(id);
    for part in node.reference.iter().chain(&node.all_of) {
        flatten(schemas, *part, seen, nodes);
    }
    nodes.push(id);
}
