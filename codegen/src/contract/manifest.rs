//! `system.json` and `x-event`, as the files say them. The meta-schemas in `schemas/meta/` are derived from these types.

mod policy;

use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde::{Deserialize, Serialize};

pub use policy::{Compatibility, Policy, Reading, Unproven};

/// `system.json`: what the events of one system share.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Manifest {
    /// For editors: the meta-schema of this file.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// The folder's name.
    pub name: String,
    /// What people call the system.
    pub title: String,
    /// What the system is about.
    pub description: String,
    /// Where the envelope keeps what the runtime needs.
    pub envelope: Envelope,
    /// How versions work.
    pub versioning: Versioning,
    /// What edits may do; a topic may ask for something else.
    #[serde(default)]
    pub policy: Policy,
    /// What names and times look like; the linter holds every file to it.
    #[serde(default)]
    pub conventions: Conventions,
    /// Services by id.
    pub services: BTreeMap<String, Service>,
    /// Topics by name; each is a folder.
    pub topics: BTreeMap<String, Topic>,
    /// Lifecycles by name.
    #[serde(default)]
    pub lifecycles: BTreeMap<String, Lifecycle>,
    /// Findings that are accepted, with the reason.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

/// Where the envelope keeps what the runtime needs, as JSON Pointers into the message.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Envelope {
    /// The schema of the envelope, relative to the system's folder.
    pub schema: String,
    /// The event type.
    #[serde(rename = "type")]
    pub event_type: Pointer,
    /// The version, if the wire carries one.
    #[serde(default)]
    pub version: Option<Pointer>,
    /// When it happened.
    #[serde(default)]
    pub time: Option<Pointer>,
    /// What is particular to each event.
    pub payload: Pointer,
    /// The unique id of an event.
    #[serde(default)]
    pub id: Option<Pointer>,
    /// What links the events of one request.
    #[serde(default)]
    pub correlation: Option<Pointer>,
    /// The event that caused this one.
    #[serde(default)]
    pub causation: Option<Pointer>,
}

/// A JSON Pointer (RFC 6901), not empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Pointer(#[schemars(regex(pattern = r"^(/([^/~]|~[01])*)+$"))] pub String);

/// How versions work in a system.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Versioning {
    /// What a version looks like.
    pub scheme: Scheme,
    /// What an added member asks for.
    #[serde(default)]
    pub additions: Option<Additions>,
}

/// What a version looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Scheme {
    /// An integer that grows with every addition; nothing is ever removed.
    #[serde(rename = "integer")]
    Integer,
    /// `1.0`: minor for compatible changes, major for breaking ones.
    #[serde(rename = "major.minor")]
    MajorMinor,
    /// The wire carries none.
    #[serde(rename = "none")]
    None,
}

/// What an added member asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Additions {
    /// A higher version.
    Bump,
    /// A higher minor version.
    Minor,
    /// Nothing.
    Free,
}

/// What names and times look like.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Conventions {
    /// Event types.
    #[serde(default)]
    pub event_type: Option<EventTypeStyle>,
    /// Names of members.
    #[serde(default)]
    pub members: Option<MemberStyle>,
    /// Names of services.
    #[serde(default)]
    pub services: Option<ServiceStyle>,
    /// The pattern of topic names; `{service}`, `{domain}`, `{action}` and `{major}` stand for parts.
    #[serde(default)]
    pub topics: Option<String>,
    /// Times.
    #[serde(default)]
    pub time: Option<TimeStyle>,
}

/// How event types are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum EventTypeStyle {
    /// `order.created`
    #[serde(rename = "domain.action")]
    DomainAction,
}

/// How members are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum MemberStyle {
    /// `order_id`
    #[serde(rename = "snake_case")]
    Snake,
    /// `orderId`
    #[serde(rename = "camelCase")]
    Camel,
}

/// How services are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum ServiceStyle {
    /// `order-management`
    #[serde(rename = "kebab-case")]
    Kebab,
}

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum TimeStyle {
    /// Always UTC: the schema asks for a `Z` at the end.
    #[serde(rename = "utc")]
    Utc,
}

/// A service.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Service {
    /// What people call it.
    pub title: String,
    /// What it does.
    pub description: String,
}

/// A topic.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Topic {
    /// What it carries.
    pub description: String,
    /// How many partitions.
    #[schemars(range(min = 1))]
    pub partitions: u32,
    /// How many copies of each.
    #[schemars(range(min = 1))]
    pub replication: u16,
    /// How long events stay: `7d`, `12h`, `30m`.
    #[schemars(regex(pattern = r"^[1-9][0-9]{0,4}[dhm]$"))]
    pub retention: String,
    /// What happens to old events.
    #[serde(default)]
    pub cleanup: Cleanup,
    /// What edits of its events may do, where that is not what the system says.
    #[serde(default)]
    pub policy: Policy,
    /// The name of the generated enum, if not the topic's own in PascalCase.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[A-Z][0-9A-Za-z]*Events$"))]
    pub rust_name: Option<String>,
}

/// What happens to old events of a topic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Cleanup {
    /// They are deleted after the retention time.
    #[default]
    Delete,
    /// The newest of each key stays.
    Compact,
}

/// States of something that events are about.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Lifecycle {
    /// The Rust name.
    #[schemars(regex(pattern = r"^[A-Z][0-9A-Za-z]*$"))]
    pub title: String,
    /// What it is about.
    pub description: String,
    /// What a state belongs to, in words.
    pub key: String,
    /// Each state with its meaning.
    pub states: OrderedMap,
    /// Which event moves which state to which.
    pub transitions: Vec<Transition>,
}

/// An object of texts whose order matters.
#[derive(Debug, Clone)]
pub struct OrderedMap(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for OrderedMap {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = serde_json::Map::deserialize(deserializer)?;
        Ok(Self(map.into_iter().map(|(name, text)| (name, text.as_str().unwrap_or_default().to_owned())).collect()))
    }
}

impl JsonSchema for OrderedMap {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "States".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "minProperties": 1, "additionalProperties": { "type": "string" } })
    }
}

/// One transition of a lifecycle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Transition {
    /// The event type.
    pub on: String,
    /// States it may start from; a transition without them creates.
    #[serde(default)]
    pub from: Vec<String>,
    /// The state it leads to.
    pub to: String,
    /// Members of the event, by JSON Pointer, that must have this text.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
}

/// A finding that is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Waiver {
    /// The rule, `EV210`.
    #[schemars(regex(pattern = r"^EV[0-9]{3}$"))]
    pub rule: String,
    /// The event type concerned; every event if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The place, as JSON Pointer into the schema file; empty for the whole file.
    #[serde(default)]
    pub pointer: String,
    /// Why it is accepted.
    #[schemars(length(min = 1))]
    pub reason: String,
    /// Who answers for it.
    #[schemars(length(min = 1))]
    pub owner: String,
    /// The last day on which it counts.
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub until: String,
}

/// `x-event`: what an event says about itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct XEvent {
    /// The type on the wire.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The newest version that this schema describes: an integer, or `major.minor` as text.
    pub version: VersionLiteral,
    /// Where it stands in its life.
    pub status: Status,
    /// Services that publish it.
    #[schemars(length(min = 1))]
    pub producers: Vec<String>,
    /// Services that consume it.
    pub consumers: Vec<String>,
    /// The member that the partition is chosen by.
    pub partition_key: Pointer,
    /// The members that make two deliveries one fact.
    #[schemars(length(min = 1))]
    pub idempotency_key: Vec<Pointer>,
    /// Where this event keeps its version, if not where the system does.
    #[serde(default)]
    pub version_at: Option<Pointer>,
    /// Whether some events of this major version cannot be said in the next one: its upcaster may refuse them.
    #[serde(default)]
    pub upcast_may_refuse: bool,
}

/// A version as the scheme writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum VersionLiteral {
    /// Under the schemes `integer` and `none`.
    Integer(u64),
    /// Under the scheme `major.minor`.
    Text(#[schemars(regex(pattern = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"))] String),
}

impl fmt::Display for VersionLiteral {
    /// As the file has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(version) => write!(f, "{version}"),
            Self::Text(version) => f.write_str(version),
        }
    }
}

/// Where an event stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Described, not published.
    Planned,
    /// Published.
    Live,
    /// On its way out.
    Deprecated,
}

impl Status {
    /// As the file says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Live => "live",
            Self::Deprecated => "deprecated",
        }
    }
}

/// The meta-schemas by file name: of `system.json`, and of `x-event`.
#[must_use]
pub fn meta_schemas() -> [(&'static str, serde_json::Value); 2] {
    let settings = SchemaSettings::draft2020_12;
    [
        ("system.schema.json", meta_schema::<Manifest>("system.json", settings())),
        ("x-event.schema.json", meta_schema::<XEvent>("x-event", settings())),
    ]
}

/// The schema of what a type of ours reads or writes.
#[must_use]
pub fn meta_schema<T: JsonSchema>(title: &str, settings: SchemaSettings) -> serde_json::Value {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    let mut schema = schema.to_value();
    without_formats(&mut schema);
    schema
}

/// The sizes of Rust integers are no formats of JSON Schema.
fn without_formats(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(members) => {
            members.retain(|name, value| name != "format" || !value.is_string());
            members.values_mut().for_each(without_formats);
        }
        serde_json::Value::Array(elements) => elements.iter_mut().for_each(without_formats),
        _ => {}
    }
}
