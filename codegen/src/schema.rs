//! Text → resolved schemas: every keyword is known and has the right form, every `$ref` leads to a schema of the folder.
//!
//! What generated code cannot honour is refused here, at its place; later stages see nothing but [`Node`]s.

pub(crate) mod content;
mod draft;
mod keyword;
mod kinds;
mod meta;
mod number;
mod reading;
mod reference;
mod resource;
mod union;
pub(crate) mod uri;
mod vocabulary;

use std::collections::HashMap;

use crate::diagnostic::{Diagnostics, Location};
use crate::source::Folder;
pub use draft::Draft;
pub use kinds::Kinds;
pub use resource::{Resource, ResourceId, Resources};

/// Names a [`Node`] of a [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// All schemas of a folder.
#[derive(Debug, Default)]
pub struct Schemas {
    nodes: Vec<Node>,
    places: HashMap<(String, String), NodeId>,
    resources: Resources,
    /// Whether any reference depends on the way by which it is reached.
    dynamic: bool,
}

/// How schemas are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// Whether keywords and formats that JSON Schema does not have are refused, and a schema must be of draft 2020-12: so
    /// contracts are read. Schemas of other origin are read as any validator reads them.
    pub strict: bool,
    /// The draft of schemas that do not name theirs.
    pub draft: Draft,
    /// Whether `format` is asserted.
    pub formats: bool,
}

impl Dialect {
    /// Contracts.
    pub const CONTRACT: Self = Self { strict: true, draft: Draft::Y2020, formats: true };
    /// Schemas of other origin.
    pub const PLAIN: Self = Self { strict: false, ..Self::CONTRACT };
}

impl Schemas {
    /// The schema that `id` names.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The schema at `pointer` of the file `path` (relative to the folder).
    #[must_use]
    pub fn find(&self, path: &str, pointer: &str) -> Option<NodeId> {
        self.places.get(&(path.to_owned(), pointer.to_owned())).copied()
    }

    /// The resource that a schema belongs to.
    pub(crate) fn resource(&self, id: ResourceId) -> &Resource {
        self.resources.get(id)
    }

    /// Whether any reference depends on the way by which it is reached.
    pub(crate) fn are_dynamic(&self) -> bool {
        self.dynamic
    }

    /// The file and pointer that the reference of a schema leads to.
    pub(crate) fn target(&self, path: &str, pointer: &str) -> Option<(&str, &str)> {
        let target = self.node(self.node(self.find(path, pointer)?).reference?);
        Some((&target.path, &target.at.pointer))
    }
}

/// Reads all schema files of a folder (`*.schema.json`, but not our own meta-schemas) and resolves their references.
///
/// # Errors
/// Every keyword that is unknown, malformed or cannot be honoured, every reference that leads nowhere.
pub fn read(folder: &mut Folder) -> Result<Schemas, Diagnostics> {
    let is_schema = |path: &&String| path.ends_with(".schema.json") && !path.split('/').any(|part| part == "meta");
    let paths: Vec<String> = folder.documents.keys().filter(is_schema).cloned().collect();
    read_files(folder, &paths, Dialect::CONTRACT)
}

/// Reads some files of a folder, and whatever they refer to.
///
/// # Errors
/// As of [`read`].
pub fn read_files(folder: &mut Folder, paths: &[String], dialect: Dialect) -> Result<Schemas, Diagnostics> {
    reading::read(folder, paths, dialect)
}

/// One schema: what it says about itself, and its assertions by what they concern.
#[derive(Debug)]
pub struct Node {
    /// Where it stands.
    pub at: Location,
    /// Its file, relative to the schema folder, or its address.
    pub path: String,
    /// The resource that it belongs to.
    pub resource: ResourceId,
    /// Its key under `$defs`, if it has one.
    pub definition: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `true` and `false` in place of a schema.
    pub always: Option<bool>,
    /// `$ref`.
    pub reference: Option<NodeId>,
    /// `$dynamicRef` or `$recursiveRef`, where it depends on the way by which it is reached.
    pub dynamic: Option<Dynamic>,
    /// `allOf`.
    pub all_of: Vec<NodeId>,
    /// `type`.
    pub kinds: Option<Kinds>,
    /// `const`, or the values of `enum`.
    pub values: Option<Vec<Json>>,
    /// Numbers, lengths and the like, as keyword and JSON text.
    pub rules: Vec<RuleAt>,
    /// What is said about elements.
    pub array: Elements,
    /// What is said about members.
    pub object: Members,
    /// What looks at the value as a whole.
    pub whole: Whole,
    /// What the schema says besides its `oneOf` or `anyOf`, if it says anything.
    pub rest: Option<NodeId>,
    /// `x-open-enum`: known values of an open list.
    pub open_enum: Option<Vec<String>>,
    /// `x-decimal`: exact money as text.
    pub decimal: bool,
    /// Places of keywords, for messages of later stages.
    pub keywords: HashMap<String, Location>,
}

/// A JSON value of a schema, and its exact text.
#[derive(Debug, Clone)]
pub struct Json {
    /// As `serde_json` has it.
    pub value: serde_json::Value,
    /// Without white space, with all digits.
    pub text: String,
}

/// What a schema says about the elements of an array.
#[derive(Debug, Default)]
pub struct Elements {
    /// `items`, as far as it speaks of all further elements (`additionalItems` in older drafts).
    pub items: Option<NodeId>,
    /// `prefixItems` (a list of `items` in older drafts).
    pub prefix: Vec<NodeId>,
    /// `contains`, with `minContains` and `maxContains`.
    pub contains: Option<NodeId>,
    /// `minContains`
    pub min_contains: Option<u32>,
    /// `maxContains`
    pub max_contains: Option<u32>,
    /// `unevaluatedItems`
    pub unevaluated: Option<NodeId>,
}

/// What a schema says about the members of an object.
#[derive(Debug, Default)]
pub struct Members {
    /// `properties`, in the order of the text.
    pub properties: Vec<(String, NodeId)>,
    /// `patternProperties`, each pattern with its place.
    pub patterns: Vec<(String, Location, NodeId)>,
    /// `required`, each with its place.
    pub required: Vec<(String, Location)>,
    /// `additionalProperties`.
    pub additional: Option<NodeId>,
    /// `propertyNames`
    pub names: Option<NodeId>,
    /// `dependentRequired`, and lists of `dependencies`.
    pub dependent_required: Vec<(String, Vec<String>)>,
    /// `dependentSchemas`, and schemas of `dependencies`.
    pub dependent_schemas: Vec<(String, NodeId)>,
    /// `unevaluatedProperties`
    pub unevaluated: Option<NodeId>,
}

/// Keywords that look at a value once more from its beginning.
#[derive(Debug, Default)]
pub struct Whole {
    /// The first keyword of the schema that a typed value cannot honour by itself, in the order of the text.
    pub keyword: Option<&'static str>,
    /// How many such keywords there are.
    pub count: usize,
    /// `anyOf`
    pub any: Vec<NodeId>,
    /// `oneOf`
    pub one: Vec<NodeId>,
    /// `not`
    pub not: Option<NodeId>,
    /// `if`
    pub condition: Option<NodeId>,
    /// `then`
    pub then: Option<NodeId>,
    /// `else`
    pub otherwise: Option<NodeId>,
}

/// A reference that looks for an anchor in all resources on the way to it, from the outside.
#[derive(Debug, Clone)]
pub struct Dynamic {
    /// The anchor; empty for `$recursiveRef`.
    pub anchor: String,
    /// Where it leads if no other resource has the anchor.
    pub initial: NodeId,
}

/// A rule of one place: keyword and value, as the schema states them.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleAt {
    /// The keyword, `minLength`.
    pub keyword: &'static str,
    /// Its value.
    pub value: serde_json::Value,
    /// Where the value stands.
    pub at: Location,
}

impl Node {
    /// A schema that says nothing yet.
    fn empty(at: Location, path: &str, resource: ResourceId, definition: Option<&str>) -> Self {
        Self {
            at,
            path: path.to_owned(),
            resource,
            definition: definition.map(str::to_owned),
            title: None,
            description: None,
            deprecated: false,
            always: None,
            reference: None,
            dynamic: None,
            all_of: Vec::new(),
            kinds: None,
            values: None,
            rules: Vec::new(),
            array: Elements::default(),
            object: Members::default(),
            whole: Whole::default(),
            rest: None,
            open_enum: None,
            decimal: false,
            keywords: HashMap::new(),
        }
    }

    /// Whether the schema asserts nothing of its own: only `$ref`, `allOf` and words about itself.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.assertions() == 0
    }

    /// How many things the schema asserts of its own, `$ref` and `allOf` apart.
    #[must_use]
    pub fn assertions(&self) -> usize {
        let present = [
            self.always == Some(false),
            self.kinds.is_some(),
            self.values.is_some(),
            self.array.items.is_some(),
            !self.object.properties.is_empty(),
            !self.object.required.is_empty(),
            self.object.additional.is_some(),
            self.open_enum.is_some(),
            self.decimal,
        ];
        present.iter().filter(|present| **present).count() + self.whole.count + self.rules.len()
    }

    /// The types, if the schema says nothing but which types a value may have.
    #[must_use]
    pub fn only_kinds(&self) -> Option<Kinds> {
        self.kinds.filter(|_| self.assertions() == 1)
    }

    /// Whether a keyword stands in the schema.
    #[must_use]
    pub fn has(&self, keyword: &str) -> bool {
        self.keywords.contains_key(keyword)
    }

    /// The place of a keyword's name, or of the whole schema if it has none.
    #[must_use]
    pub fn keyword_at(&self, keyword: &str) -> &Location {
        self.keywords.get(keyword).unwrap_or(&self.at)
    }
}
