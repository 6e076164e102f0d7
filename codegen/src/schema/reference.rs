//! `$ref` and its kin: a schema by address and JSON Pointer or anchor. Never the network, never out of the folder.

use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::schema::reading::{Reading, Spot};
use crate::schema::{Dynamic, NodeId, ResourceId, uri};

/// What kind of reference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// `$ref`
    Static,
    /// `$dynamicRef`
    Dynamic,
    /// `$recursiveRef`
    Recursive,
}

/// A reference whose target may not have been read yet.
pub(super) struct Pending {
    pub(super) from: NodeId,
    pub(super) manner: Manner,
    /// The file that holds it.
    pub(super) path: String,
    /// As written.
    pub(super) target: String,
    pub(super) at: Location,
}

impl Reading<'_> {
    /// Leads every reference to its schema. What it leads to may hold references itself.
    pub(super) fn resolve(&mut self) {
        while let Some(pending) = self.references.pop() {
            match self.target(&pending) {
                Ok((id, resource, fragment)) => self.note(&pending, id, resource, &fragment),
                Err(finding) => self.found.push(*finding),
            }
        }
    }

    fn note(&mut self, pending: &Pending, id: NodeId, resource: ResourceId, fragment: &str) {
        let anchors = &self.schemas.resource(resource).dynamic;
        let anchor = match pending.manner {
            Manner::Static => None,
            Manner::Dynamic => Some(fragment).filter(|name| anchors.get(*name) == Some(&id)),
            Manner::Recursive => Some("").filter(|name| anchors.get(*name) == Some(&id)),
        };
        let anchor = anchor.map(str::to_owned);
        let node = &mut self.schemas.nodes[pending.from.0];
        match anchor {
            Some(anchor) => {
                node.dynamic = Some(Dynamic { anchor, initial: id });
                node.whole.keyword.get_or_insert("$dynamicRef");
                node.whole.count += 1;
                self.schemas.dynamic = true;
            }
            None if pending.manner == Manner::Static => node.reference = Some(id),
            None => node.all_of.push(id),
        }
    }

    /// The schema that a reference leads to, the resource that it was looked for in, and the fragment.
    fn target(&mut self, pending: &Pending) -> Result<(NodeId, ResourceId, String), Box<Diagnostic>> {
        let (resource, fragment) = self.resource_of(pending)?;
        let fragment = uri::decoded(&fragment);
        let found = self.schemas.resource(resource);
        if fragment.is_empty() || fragment.starts_with('/') {
            let pointer = format!("{}{fragment}", found.pointer);
            return self.at_pointer(pending, resource, &pointer).map(|id| (id, resource, fragment));
        }
        match found.anchors.get(&fragment).or_else(|| found.dynamic.get(&fragment)) {
            Some(&id) => Ok((id, resource, fragment)),
            None => {
                let message = format!("there is no anchor `{fragment}` in `{}`", found.path);
                Err(nowhere(pending, message))
            }
        }
    }

    /// The resource that a reference names, which may have to be read first.
    fn resource_of(&mut self, pending: &Pending) -> Result<(ResourceId, String), Box<Diagnostic>> {
        let Pending { path, target, at, from, .. } = pending;
        let own = self.schemas.node(*from).resource;
        let base = self.schemas.resource(own).uri.clone();
        // What a file calls itself need not be where it is: neighbours are found by either.
        let place = if self.folder.is_of_web(path) { path.clone() } else { uri::of_path(path) };
        let mut outside = false;
        let mut missing = None;
        for base in [base, place] {
            let Some((address, fragment)) = uri::resolve(&base, target) else { continue };
            if let Some(known) = self.schemas.resources.find(&address) {
                return Ok((known, fragment));
            }
            outside |= uri::is_outside(&address);
            missing = missing.or_else(|| uri::to_path(&address));
            if let Some(path) = self.fetch(&address)
                && let Some(document) = self.folder.documents.get(&path).cloned()
            {
                let root = self.document(&path, &document);
                let resource = self.schemas.node(root).resource;
                self.schemas.resources.alias(address, resource);
                return Ok((resource, fragment));
            }
        }
        Err(match missing {
            Some(file) => nowhere(pending, format!("there is no file `{file}` in the schema folder")),
            None if outside => Box::new(
                Diagnostic::new(Rule::REF_OUTSIDE, at, format!("`{target}` leads out of the schema folder"))
                    .label("out of the folder"),
            ),
            None => Box::new(
                Diagnostic::new(Rule::REF_OUTSIDE, at, format!("`{target}` is not a file of this folder"))
                    .label("neither a relative path nor the `$id` of a file")
                    .help("copy the schema into the folder and refer to it by its relative path or its `$id`; contracts never ask the network"),
            ),
        })
    }

    fn at_pointer(
        &mut self,
        pending: &Pending,
        resource: ResourceId,
        pointer: &str,
    ) -> Result<NodeId, Box<Diagnostic>> {
        let path = self.schemas.resource(resource).path.clone();
        if let Some(known) = self.schemas.find(&path, pointer) {
            return Ok(known);
        }
        // Other people keep schemas in places that no keyword names, such as `#/components/schemas/Order`.
        if !self.dialect.strict
            && let Some(document) = self.folder.documents.get(&path).cloned()
            && let Some(value) = document.value.pointer(pointer)
        {
            let name = uri::decoded(pointer.rsplit('/').next().unwrap_or_default());
            let spot = Spot { document: &document, path: &path, pointer, resource };
            return Ok(self.node(spot, value, Some(&name)));
        }
        let finding = nowhere(pending, format!("there is no schema at `{pointer}` of `{path}`"));
        Err(match self.nearest(&path, pointer) {
            Some(near) => Box::new(finding.help(format!("did you mean `#{near}`?"))),
            None => finding,
        })
    }

    /// A definition of the file whose name is much like the one asked for.
    fn nearest(&self, file: &str, pointer: &str) -> Option<&str> {
        let places = self.schemas.places.keys().filter(|(path, at)| path == file && at.starts_with("/$defs/"));
        let likeness = |(_, at): &&(String, String)| strsim::jaro_winkler(at, pointer);
        let mut ranked: Vec<_> = places.filter(|place| likeness(place) > 0.8).collect();
        ranked.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)).then_with(|| a.cmp(b)));
        ranked.first().map(|(_, at)| at.as_str())
    }
}

fn nowhere(pending: &Pending, reason: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Rule::UNRESOLVED_REF, &pending.at, reason).label("leads nowhere"))
}
