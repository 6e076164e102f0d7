//! The contract: systems, topics, events and types, read, resolved and named. Plain values without behaviour.
//!
//! The generator, the linter and the judge of evolution all read this; none of them reads JSON.

pub mod manifest;
pub mod tables;

use std::sync::Arc;

use crate::diagnostic::{File, Location};
use manifest::{Manifest, XEvent};
pub use tables::{TableRef, Tables};

/// Everything below one schema folder.
#[derive(Debug)]
pub struct Contract {
    /// By name.
    pub systems: Vec<System>,
}

/// The types of one schema that is no event's.
#[derive(Debug)]
pub struct Plain {
    /// Its file, without ending, and the module.
    pub name: Name,
    /// In the order in which the schema leads to them.
    pub types: Vec<Type>,
    /// What the judge of the runtime walks.
    pub tables: Tables,
    /// The type of a whole document.
    pub root: TypeId,
    /// The whole schema.
    pub table: TableRef,
}

/// A name on the wire and the one it gets in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As on the wire.
    pub wire: String,
    /// As in Rust.
    pub rust: String,
}

/// One folder below the schema folder.
#[derive(Debug)]
pub struct System {
    /// The folder and the Rust module.
    pub name: Name,
    /// The Rust name of the enum of all events.
    pub all_events: String,
    /// `system.json`.
    pub manifest: Manifest,
    /// The text of `system.json`.
    pub file: Arc<File>,
    /// By name.
    pub topics: Vec<Topic>,
    /// By topic, type and major version.
    pub events: Vec<Event>,
    /// In the order in which the events lead to them.
    pub types: Vec<Type>,
    /// By name.
    pub lifecycles: Vec<Lifecycle>,
    /// What the judge of the runtime walks.
    pub tables: Tables,
}

/// A topic with its closed set of events.
#[derive(Debug)]
pub struct Topic {
    /// The topic and the Rust enum.
    pub name: Name,
    /// What `system.json` says about it.
    pub settings: manifest::Topic,
    /// Indices into [`System::events`].
    pub events: Vec<usize>,
}

/// One event in one major version.
#[derive(Debug)]
pub struct Event {
    /// The type on the wire and the Rust struct.
    pub name: Name,
    /// Index into [`System::topics`].
    pub topic: usize,
    /// The major version, from the file's name.
    pub major: u32,
    /// `x-event`.
    pub says: XEvent,
    /// The struct.
    pub root: TypeId,
    /// Paths of Rust fields.
    pub paths: Paths,
    /// The schema with everything it refers to, as one document.
    pub schema: String,
    /// The name of the same for the judge of the runtime.
    pub table: String,
    /// The schema file, relative to the schema folder.
    pub path: String,
    /// The place of the schema.
    pub at: Location,
    /// Index of the same event in its previous major version.
    pub previous: Option<usize>,
    /// Whether this is the newest major version: older ones live in modules `v1`, `v2`, ….
    pub newest: bool,
    /// Messages of this version, a JSON text each, if its upcaster is to be tested.
    pub samples: Option<Vec<String>>,
}

/// A path of Rust fields, `["data", "shipment_id"]`.
pub type FieldPath = Vec<String>;

/// A member that the envelope may leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Where it is.
    pub path: FieldPath,
    /// Whether an event may lack it.
    pub optional: bool,
}

/// Members of an event that have a meaning to the runtime.
#[derive(Debug, Default)]
pub struct Paths {
    /// What the partition is chosen by.
    pub partition_key: FieldPath,
    /// What makes two deliveries one fact.
    pub idempotency_key: Vec<FieldPath>,
    /// The version on the wire.
    pub version: Option<FieldPath>,
    /// When it happened.
    pub time: Option<Offered>,
    /// The unique id.
    pub id: Option<Offered>,
    /// What links the events of one request.
    pub correlation: Option<Offered>,
    /// The event that caused this one.
    pub causation: Option<Offered>,
}

/// Index into [`System::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A named Rust type.
#[derive(Debug)]
pub struct Type {
    /// The Rust name.
    pub rust: String,
    /// Paragraphs about it.
    pub docs: Vec<String>,
    /// Whether the schema calls it deprecated.
    pub deprecated: bool,
    /// Where it is described.
    pub at: Location,
    /// The older major version whose module it lives in.
    pub module: Option<u32>,
    /// What it is.
    pub kind: TypeKind,
}

/// What a named type is.
#[derive(Debug)]
pub enum TypeKind {
    /// An object with declared members.
    Struct {
        /// In the order of the schema.
        fields: Vec<Field>,
        /// Whether other members are refused.
        closed: bool,
        /// The schema that judges the whole object, if only a validator can.
        whole: Option<WholeSchema>,
    },
    /// A value with rules of its own.
    Newtype {
        /// What it wraps.
        inner: TypeExpr,
        /// What it checks.
        rules: Vec<Rule>,
    },
    /// A text out of a list.
    Names {
        /// In the order of the schema.
        variants: Vec<Name>,
        /// Whether other texts are kept as `Unknown`.
        open: bool,
        /// What other texts of an open list must keep to.
        rules: Vec<Rule>,
    },
    /// One of several types.
    Union {
        /// In the order in which they are tried.
        variants: Vec<Variant>,
        /// The member whose text tells the variants apart, if there is one.
        tag: Option<String>,
        /// Whether the schema says `oneOf`, not `anyOf`.
        one: bool,
        /// The schema that judges the whole value, if not every value of a variant is one of the schema's.
        whole: Option<WholeSchema>,
    },
}

/// One of the types that a union may hold.
#[derive(Debug)]
pub struct Variant {
    /// What the schema calls it, and the Rust variant.
    pub name: Name,
    /// Paragraphs about it.
    pub docs: Vec<String>,
    /// The text of the union's tag.
    pub tag: Option<String>,
    /// What it holds.
    pub ty: TypeExpr,
}

/// A member of an object.
#[derive(Debug)]
pub struct Field {
    /// The member and the Rust field.
    pub name: Name,
    /// Paragraphs about it.
    pub docs: Vec<String>,
    /// Whether the schema calls it deprecated.
    pub deprecated: bool,
    /// Its type, or the value it always has.
    pub value: FieldValue,
    /// Whether every object has it.
    pub required: bool,
    /// What is checked at this place, beyond what the type itself checks.
    pub rules: Vec<Rule>,
    /// Where it is described.
    pub at: Location,
}

/// What a member holds.
#[derive(Debug)]
pub enum FieldValue {
    /// A value of this type.
    Type(TypeExpr),
    /// Always the same: text, integer or boolean.
    Constant(serde_json::Value),
}

/// A type at the place where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeExpr {
    /// A named type of the system.
    Named(TypeId),
    /// `String`.
    String,
    /// `bool`.
    Bool,
    /// An integer of Rust, by name.
    Int(&'static str),
    /// An integer without bounds.
    Integer,
    /// An exact number.
    Decimal,
    /// `format: uuid`.
    Uuid,
    /// `format: date-time`.
    Timestamp,
    /// `format: date`.
    Date,
    /// `major.minor`.
    VersionText,
    /// Any JSON value.
    Json,
    /// An array.
    Vec(Box<Self>),
    /// An object with free keys.
    Map(Box<Self>),
    /// A value or `null`.
    Nullable(Box<Self>),
    /// A value on the heap, because the type contains itself.
    Boxed(Box<Self>),
}

/// A rule as the derive states it: `minimum = 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// In snake case.
    pub keyword: &'static str,
    /// Its value.
    pub value: RuleValue,
}

/// The value of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleValue {
    /// Digits, perhaps with sign and fraction.
    Number(String),
    /// A count.
    Count(u32),
    /// A text.
    Text(String),
    /// A list of JSON types.
    Kinds(Vec<&'static str>),
    /// A schema for the whole value.
    Schema(WholeSchema),
    /// Nothing: the rule's name says it all.
    Flag,
}

/// What a value is judged by as a whole, because keywords look at it from several sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeSchema {
    /// The first such keyword, for the docs.
    pub keyword: String,
    /// The schema.
    pub table: TableRef,
}

/// States, and which event moves which to which.
#[derive(Debug)]
pub struct Lifecycle {
    /// The lifecycle and its Rust enum.
    pub name: Name,
    /// Paragraphs about it.
    pub docs: Vec<String>,
    /// Each with its meaning.
    pub states: Vec<(Name, String)>,
    /// For every event that takes part: its transitions, in order.
    pub moves: Vec<Move>,
}

/// All transitions by one event.
#[derive(Debug)]
pub struct Move {
    /// Index into [`System::events`].
    pub event: usize,
    /// In the order of `system.json`: the first that fits counts.
    pub transitions: Vec<Transition>,
}

/// One transition.
#[derive(Debug)]
pub struct Transition {
    /// Indices into [`Lifecycle::states`]; empty for one that creates.
    pub from: Vec<usize>,
    /// Index into [`Lifecycle::states`].
    pub to: usize,
    /// Members that must have a certain text, as paths of Rust fields; each field is a text or a list of texts.
    pub when: Vec<(FieldPath, String)>,
}
