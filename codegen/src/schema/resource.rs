//! Schema resources: schemas with an address of their own, and what their anchors name.

use std::collections::{BTreeMap, HashMap};

use crate::schema::{Draft, NodeId};

/// Names a [`Resource`] of a [`Resources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub usize);

/// A schema with an address: a file, or what gives itself an `$id`.
#[derive(Debug)]
pub struct Resource {
    /// The address that references in it are seen from.
    pub(super) uri: String,
    /// The file that holds it, and where in it.
    pub(super) path: String,
    pub(super) pointer: String,
    pub(super) draft: Draft,
    /// Whether its draft asserts anything; a vocabulary of its own may leave that out.
    pub(super) asserts: bool,
    pub(super) anchors: BTreeMap<String, NodeId>,
    /// Anchors that a `$dynamicRef` looks for; the empty name is that of `$recursiveAnchor`.
    pub(crate) dynamic: BTreeMap<String, NodeId>,
}

/// All resources, by number and by address.
#[derive(Debug, Default)]
pub struct Resources {
    all: Vec<Resource>,
    by_uri: HashMap<String, ResourceId>,
}

impl Resources {
    pub(super) fn add(&mut self, resource: Resource) -> ResourceId {
        let id = ResourceId(self.all.len());
        self.by_uri.entry(resource.uri.clone()).or_insert(id);
        self.all.push(resource);
        id
    }

    /// Gives a resource one more address.
    pub(super) fn alias(&mut self, uri: String, id: ResourceId) {
        self.by_uri.entry(uri).or_insert(id);
    }

    pub(crate) fn get(&self, id: ResourceId) -> &Resource {
        &self.all[id.0]
    }

    pub(super) fn get_mut(&mut self, id: ResourceId) -> &mut Resource {
        &mut self.all[id.0]
    }

    pub(super) fn find(&self, uri: &str) -> Option<ResourceId> {
        self.by_uri.get(uri).or_else(|| self.by_uri.get(uri.trim_end_matches('#'))).copied()
    }
}

impl Resource {
    /// Whether the schemas of the resource are written in this draft.
    pub(crate) fn is_of(&self, draft: Draft) -> bool {
        self.draft == draft
    }
}
