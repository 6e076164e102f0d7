//! Files → nodes: one schema after the other, each with the resource that it belongs to.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::schema::resource::Resource;
use crate::schema::{Dialect, Draft, Node, NodeId, ResourceId, Schemas, keyword, meta, reference, uri};
use crate::source::{Document, Folder, Kind, Member, Value, join};

/// The state of one reading: schemas so far, references still to be resolved.
pub(super) struct Reading<'a> {
    pub(super) folder: &'a mut Folder,
    pub(super) dialect: Dialect,
    pub(super) schemas: Schemas,
    pub(super) references: Vec<reference::Pending>,
    pub(super) found: Diagnostics,
}

/// Where a schema stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'d> {
    pub(super) document: &'d Document,
    pub(super) path: &'d str,
    pub(super) pointer: &'d str,
    /// The resource around it.
    pub(super) resource: ResourceId,
}

pub(super) fn read(folder: &mut Folder, paths: &[String], dialect: Dialect) -> Result<Schemas, Diagnostics> {
    let mut reading =
        Reading { folder, dialect, schemas: Schemas::default(), references: Vec::new(), found: Diagnostics::new() };
    for path in paths {
        if let Some(document) = reading.folder.documents.get(path).cloned() {
            reading.document(path, &document);
        }
    }
    reading.resolve();
    reading.schemas.take_unions_apart();
    reading.found.gate().map(|_| reading.schemas)
}

impl Reading<'_> {
    /// Reads a whole file, unless it was read before.
    pub(super) fn document(&mut self, path: &str, document: &Document) -> NodeId {
        if let Some(known) = self.schemas.find(path, "") {
            return known;
        }
        let address = uri::of_path(path);
        let address = if self.folder.is_of_web(path) { path.to_owned() } else { address };
        let resource = self.schemas.resources.add(Resource {
            uri: address,
            path: path.to_owned(),
            pointer: String::new(),
            draft: self.dialect.draft,
            asserts: true,
            anchors: BTreeMap::new(),
            dynamic: BTreeMap::new(),
        });
        let root = self.node(Spot { document, path, pointer: "", resource }, &document.value, None);
        self.well_formed(path, document);
        root
    }

    /// Holds a file to the meta-schema of its draft: for values of keywords that nothing else has looked at.
    fn well_formed(&mut self, path: &str, document: &Document) {
        // The pointers of other people's meta-schemas are as good as what they describe.
        if self.found.has_errors() || !self.dialect.strict {
            return;
        }
        let _ = path;
        let json = document.value.to_json();
        for error in jsonschema::draft202012::meta::validator().iter_errors(&json) {
            let pointer = error.instance_path().as_str();
            let at = document.at(pointer, document.value.pointer(pointer).unwrap_or(&document.value));
            self.found.push(
                Diagnostic::new(Rule::KEYWORD_VALUE, &at, format!("this is no JSON Schema: {}", error.masked()))
                    .label("here"),
            );
        }
    }

    /// Reads the schema at a place and everything in it.
    pub(super) fn node(&mut self, spot: Spot<'_>, value: &Value, definition: Option<&str>) -> NodeId {
        let place = (spot.path.to_owned(), spot.pointer.to_owned());
        if let Some(known) = self.schemas.places.get(&place) {
            return *known;
        }
        let id = NodeId(self.schemas.nodes.len());
        let at = spot.document.at(spot.pointer, value);
        self.schemas.nodes.push(Node::empty(at, spot.path, spot.resource, definition));
        self.schemas.places.insert(place, id);
        match &value.kind {
            Kind::Bool(always) => self.schemas.nodes[id.0].always = Some(*always),
            Kind::Object(members) => self.keywords(spot, members, value, id),
            _ => self.found.push(
                Diagnostic::new(
                    Rule::KEYWORD_VALUE,
                    &spot.document.at(spot.pointer, value),
                    "a schema must be an object or a boolean",
                )
                .label("not a schema"),
            ),
        }
        id
    }

    fn keywords(&mut self, spot: Spot<'_>, members: &[Member], value: &Value, id: NodeId) {
        let draft = self.dialect_of(spot, value);
        // Beside a `$ref`, older drafts look at nothing else, not even at an `$id`.
        let alone = draft.isolates_references() && value.get("$ref").is_some_and(|target| target.as_str().is_some());
        let resource = if alone { spot.resource } else { self.resource(spot, value, draft, id) };
        self.schemas.nodes[id.0].resource = resource;
        for member in members {
            let pointer = join(spot.pointer, &member.name);
            let place = keyword::Place { path: spot.path, document: spot.document, pointer: &pointer, id, resource };
            self.schemas.nodes[id.0].keywords.insert(member.name.clone(), place.name(member));
            let is_read = !alone || matches!(member.name.as_str(), "$ref" | "title" | "description" | "definitions");
            if is_read {
                self.keyword(&place, member);
            }
        }
    }

    /// The draft of a schema: its own at the root of a resource, else that of the resource around it.
    fn dialect_of(&mut self, spot: Spot<'_>, value: &Value) -> Draft {
        let inherited = self.schemas.resource(spot.resource).draft;
        let is_root = spot.pointer.is_empty() || value.get(inherited.id()).is_some() || value.get("$id").is_some();
        let Some(address) = value.get("$schema").and_then(Value::as_str).filter(|_| is_root) else { return inherited };
        let (draft, asserts) = match Draft::at(address) {
            Some(draft) => (draft, true),
            None => self.vocabulary(spot, address).unwrap_or((inherited, true)),
        };
        if spot.pointer.is_empty() {
            let resource = self.schemas.resources.get_mut(spot.resource);
            (resource.draft, resource.asserts) = (draft, asserts);
        }
        draft
    }

    /// What a meta-schema of somebody's own makes of a schema: the draft it builds on, and whether it asserts at all.
    fn vocabulary(&mut self, spot: Spot<'_>, address: &str) -> Option<(Draft, bool)> {
        let base = self.schemas.resource(spot.resource).uri.clone();
        let (address, _) = uri::resolve(&base, address)?;
        let path = self.fetch(&address)?;
        let document = self.folder.documents.get(&path)?;
        let draft = document.value.get("$schema").and_then(Value::as_str).and_then(Draft::at)?;
        let listed = document.value.get("$vocabulary").map(Value::members).unwrap_or_default();
        let asserts = listed.is_empty() || listed.iter().any(|member| member.name.ends_with("/vocab/validation"));
        Some((draft, asserts))
    }

    /// The resource that a schema belongs to: a new one if it gives itself an address.
    fn resource(&mut self, spot: Spot<'_>, value: &Value, draft: Draft, id: NodeId) -> ResourceId {
        let around = self.schemas.resource(spot.resource);
        let (base, asserts) = (around.uri.clone(), around.asserts);
        let Some(own) = value.get(draft.id()).and_then(Value::as_str) else { return spot.resource };
        let Some((address, fragment)) = uri::resolve(&base, own) else { return spot.resource };
        if !fragment.is_empty() && draft.isolates_references() {
            self.schemas.resources.get_mut(spot.resource).anchors.insert(fragment.clone(), id);
        }
        if own.starts_with('#') {
            return spot.resource;
        }
        if spot.pointer.is_empty() {
            // A file goes by the address of its place and by the one that it gives itself.
            self.schemas.resources.alias(address.clone(), spot.resource);
            self.schemas.resources.get_mut(spot.resource).uri = address;
            return spot.resource;
        }
        self.schemas.resources.add(Resource {
            uri: address,
            path: spot.path.to_owned(),
            pointer: spot.pointer.to_owned(),
            draft,
            asserts,
            anchors: BTreeMap::new(),
            dynamic: BTreeMap::new(),
        })
    }

    /// The document at an address: of the folder, of what the address was mapped to, or a meta-schema that everybody has.
    pub(super) fn fetch(&mut self, address: &str) -> Option<String> {
        if let Some(path) = uri::to_path(address) {
            let is_there = self.folder.fetch_path(&path, &mut self.found);
            return is_there.then_some(path);
        }
        if self.folder.fetch_address(address, &mut self.found) {
            return Some(address.to_owned());
        }
        let text = meta::text(address)?;
        let document = crate::source::parse(address, text).ok()?;
        self.folder.documents.insert(address.to_owned(), document);
        Some(address.to_owned())
    }
}
