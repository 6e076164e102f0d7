//! Text → resolved schemas: every keyword is known and has the right form, every `$ref` leads to a schema of the folder.
//!
//! What generated code cannot honour is refused here, at its place; later stages see nothing but [`Node`]s.

mod address;
mod keyword;
mod reference;

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule};
use crate::source::{Document, Folder, Kind, Value, join};
pub use address::Addresses;

/// Names a [`Node`] of a [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// All schemas of a folder.
#[derive(Debug, Default)]
pub struct Schemas {
    nodes: Vec<Node>,
    places: HashMap<(String, String), NodeId>,
    addresses: Addresses,
}

impl Schemas {
    /// The schema that `id` names.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// Where references of the folder lead.
    pub(crate) fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The schema at `pointer` of the file `path` (relative to the folder).
    #[must_use]
    pub fn find(&self, path: &str, pointer: &str) -> Option<NodeId> {
        self.places.get(&(path.to_owned(), pointer.to_owned())).copied()
    }
}

/// One schema: what it says about itself, and its assertions by what they concern.
#[derive(Debug)]
pub struct Node {
    /// Where it stands.
    pub at: Location,
    /// Its file, relative to the schema folder.
    pub path: String,
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
    /// `allOf`.
    pub all_of: Vec<NodeId>,
    /// `type`.
    pub kinds: Option<Kinds>,
    /// `const`, or the values of `enum`.
    pub values: Option<Vec<serde_json::Value>>,
    /// Numbers, lengths and the like, as keyword and JSON text.
    pub rules: Vec<RuleAt>,
    /// `items`.
    pub items: Option<NodeId>,
    /// `properties`, in the order of the text.
    pub properties: Vec<(String, NodeId)>,
    /// `required`, each with its place.
    pub required: Vec<(String, Location)>,
    /// `additionalProperties`.
    pub additional: Option<NodeId>,
    /// The first keyword that looks at a value from several sides, `oneOf` for example: only a validator can judge it.
    pub whole: Option<&'static str>,
    /// How many such keywords there are.
    pub whole_count: usize,
    /// The schemas of `anyOf` or `oneOf`.
    pub branches: Vec<NodeId>,
    /// `x-open-enum`: known values of an open list.
    pub open_enum: Option<Vec<String>>,
    /// `x-decimal`: exact money as text.
    pub decimal: bool,
    /// Places of keywords, for messages of later stages.
    pub keywords: HashMap<String, Location>,
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

/// A set of JSON types; `integer` is a part of `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// Names in the order of their bits.
    const NAMES: [&'static str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    /// Every JSON value.
    pub const ALL: Self = Self(0b111_1111);

    /// The set of one type.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match Self::NAMES.iter().position(|known| *known == name)? {
            // Every integer is a number.
            3 => Some(Self(0b1100)),
            bit => Some(Self(1 << bit)),
        }
    }

    /// Types in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Types in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Types in this set and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether no type is left.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a type is in the set.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        Self::named(name).is_some_and(|kinds| self.0 & kinds.0 == kinds.0)
    }

    /// The names, as `type` would list them.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let listed = |bit: &usize| self.0 & (1 << bit) != 0 && !(*bit == 2 && self.0 & 0b1000 != 0);
        (0..7).filter(listed).map(|bit| Self::NAMES[bit]).collect()
    }
}

/// Reads all schema files of a folder (`*.schema.json`, but not our own meta-schemas) and resolves their references.
///
/// # Errors
/// Every keyword that is unknown, malformed or cannot be honoured, every reference that leads nowhere.
pub fn read(folder: &Folder) -> Result<Schemas, Diagnostics> {
    let mut reader = Reading {
        folder,
        schemas: Schemas { addresses: Addresses::of(folder), ..Schemas::default() },
        references: Vec::new(),
        found: Diagnostics::new(),
    };
    for (path, document) in &folder.documents {
        if path.ends_with(".schema.json") && !path.split('/').any(|part| part == "meta") {
            reader.node(path, document, "", &document.value, None);
            reader.well_formed(document);
        }
    }
    reader.resolve();
    reader.found.gate().map(|_| reader.schemas)
}

/// The state of one reading: schemas so far, references still to be resolved.
struct Reading<'a> {
    folder: &'a Folder,
    schemas: Schemas,
    references: Vec<reference::Pending>,
    found: Diagnostics,
}

impl Reading<'_> {
    /// Holds a file to the meta-schema of its draft: for values of keywords that nothing else has looked at.
    fn well_formed(&mut self, document: &Document) {
        if self.found.has_errors() {
            return;
        }
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

    /// Reads the schema at `pointer` and everything in it.
    fn node(
        &mut self,
        path: &str,
        document: &Document,
        pointer: &str,
        value: &Value,
        definition: Option<&str>,
    ) -> NodeId {
        let id = NodeId(self.schemas.nodes.len());
        self.schemas.nodes.push(Node::empty(document.at(pointer, value), path, definition));
        self.schemas.places.insert((path.to_owned(), pointer.to_owned()), id);
        match &value.kind {
            Kind::Bool(always) => self.schemas.nodes[id.0].always = Some(*always),
            Kind::Object(members) => {
                for member in members {
                    let here = join(pointer, &member.name);
                    let place = keyword::Place { path, document, pointer: &here, id };
                    self.schemas.nodes[id.0].keywords.insert(member.name.clone(), place.name(member));
                    self.keyword(&place, member);
                }
            }
            _ => self.found.push(
                Diagnostic::new(
                    Rule::KEYWORD_VALUE,
                    &document.at(pointer, value),
                    "a schema must be an object or a boolean",
                )
                .label("not a schema"),
            ),
        }
        id
    }
}

impl Node {
    fn empty(at: Location, path: &str, definition: Option<&str>) -> Self {
        Self {
            at,
            path: path.to_owned(),
            definition: definition.map(str::to_owned),
            title: None,
            description: None,
            deprecated: false,
            always: None,
            reference: None,
            all_of: Vec::new(),
            kinds: None,
            values: None,
            rules: Vec::new(),
            items: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            whole: None,
            whole_count: 0,
            branches: Vec::new(),
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
            self.items.is_some(),
            !self.properties.is_empty(),
            !self.required.is_empty(),
            self.additional.is_some(),
            self.open_enum.is_some(),
            self.decimal,
        ];
        present.iter().filter(|present| **present).count() + self.whole_count + self.rules.len()
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
