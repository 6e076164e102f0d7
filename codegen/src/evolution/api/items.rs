//! What of a system is public Rust: types with their members and variants, constants, and what is asked of those who include it.
//!
//! This mirrors what `emit` writes and the derives add to it; a test compiles edited contracts and holds both together.

use std::collections::BTreeMap;

use super::places::{self, Place};
use crate::contract::manifest::Scheme;
use crate::contract::{Event, Field, FieldValue, Lifecycle, Name, System, Type, TypeExpr, TypeKind};
use crate::diagnostic::Location;
use crate::emit::{type_path, type_text};
use crate::names;

/// The public Rust of a system.
pub(super) struct Api {
    /// By path below the module of the system: `OrderPlaced`, `v1::OrderPlaced`, `topics::ORDERS`.
    pub(super) items: BTreeMap<String, Item>,
    /// What the crate that includes the types must implement, `Upcast<v1::OrderPlaced> for OrderPlaced`, each with its place.
    pub(super) demands: BTreeMap<String, Spot>,
}

/// Something public.
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) spot: Spot,
}

/// Where something comes from.
#[derive(Clone)]
pub(super) struct Spot {
    /// In messages, or in `system.json`.
    pub(super) places: Vec<Place>,
    /// In a schema file; what comes from `system.json` is found by its place.
    pub(super) at: Option<Location>,
}

/// What it is.
pub(super) enum Kind {
    /// A struct with a builder.
    Struct {
        /// By name. What the contract fixes is private.
        fields: BTreeMap<String, Member>,
        /// Whether it keeps unknown members.
        is_open: bool,
        /// Whether every member is public: then it may be written, and taken apart, as a literal.
        is_literal: bool,
    },
    /// A tuple struct that checks what it holds.
    Newtype {
        /// The type that it holds.
        inner: String,
        /// Whether every value of that type is one of these: then there is a `From`.
        is_free: bool,
    },
    /// An enum: all of them are exhaustive, so that matches can be.
    Enum {
        /// By name.
        variants: BTreeMap<String, Variant>,
        /// Whether it is `Copy`.
        is_copy: bool,
    },
    /// A constant.
    Constant,
}

/// A public member.
pub(super) struct Member {
    pub(super) ty: String,
    /// The name on the wire.
    pub(super) wire: String,
    /// Whether a builder asks for it: it must be there, and is not filled in.
    pub(super) is_asked: bool,
    pub(super) at: Location,
}

/// One of an enum.
pub(super) struct Variant {
    /// What it holds.
    pub(super) ty: Option<String>,
    /// What it is called on the wire.
    pub(super) wire: String,
    /// Where it comes from, if not from where its enum does.
    pub(super) spot: Option<Spot>,
}

impl Kind {
    /// In a sentence.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Struct { .. } => "a struct with a builder",
            Self::Newtype { .. } => "a type around one value",
            Self::Enum { .. } => "an enum",
            Self::Constant => "a constant",
        }
    }
}

impl Api {
    /// Of a system.
    pub(super) fn of(system: &System) -> Self {
        let mut api = Self { items: BTreeMap::new(), demands: BTreeMap::new() };
        for (ty, places) in system.types.iter().zip(places::of_types(system)) {
            let event = system.events.iter().find(|event| std::ptr::eq(&raw const system.types[event.root.0], ty));
            let module = ty.module.map(|major| format!("v{major}::")).unwrap_or_default();
            let kind = of_type(system, ty, event);
            api.items.insert(module + &ty.rust, Item { kind, spot: Spot { places, at: Some(ty.at.clone()) } });
        }
        api.sets(system);
        api.lifecycles(system);
        api.constants("topics", system.manifest.topics.keys());
        api.constants("services", system.manifest.services.keys());
        api.upcasts(system);
        api
    }

    /// The enums of events: of each topic, and of all.
    fn sets(&mut self, system: &System) {
        let all: Vec<usize> = (0..system.events.len()).collect();
        let of_topic = |topic| manifest(&["topics", topic]);
        let topics = system.topics.iter().map(|topic| (&topic.name.rust, &topic.events, of_topic(&topic.name.wire)));
        for (rust, events, spot) in topics.chain([(&system.all_events, &all, manifest(&["name"]))]) {
            let events = events.iter().map(|index| &system.events[*index]).filter(|event| event.newest);
            let known = events.map(|event| {
                let variant = Variant {
                    ty: Some(event.name.rust.clone()),
                    wire: event.name.wire.clone(),
                    spot: Some(whole(event)),
                };
                (event.name.rust.clone(), variant)
            });
            let unknown = Variant { ty: Some("UnknownEvent".to_owned()), wire: String::new(), spot: None };
            let variants = known.chain([("Unknown".to_owned(), unknown)]).collect();
            self.items.insert(rust.clone(), Item { kind: Kind::Enum { variants, is_copy: false }, spot });
        }
    }

    fn lifecycles(&mut self, system: &System) {
        for lifecycle in &system.lifecycles {
            let Lifecycle { name, states, moves, .. } = lifecycle;
            let spot = manifest(&["lifecycles", &name.wire]);
            let kind = Kind::Enum { variants: names(states.iter().map(|(state, _)| state)), is_copy: true };
            self.items.insert(name.rust.clone(), Item { kind, spot: spot.clone() });
            for step in moves {
                let event = &system.events[step.event];
                let path = format!("<{} as Lifecycle<{}>>::next", name.rust, type_path(system, event));
                let mut spot = spot.clone();
                spot.places.extend(whole(event).places);
                self.items.insert(path, Item { kind: Kind::Constant, spot });
            }
        }
    }

    fn constants<'n>(&mut self, module: &str, wires: impl Iterator<Item = &'n String>) {
        for wire in wires {
            let path = format!("{module}::{}", names::constant(wire));
            self.items.insert(path, Item { kind: Kind::Constant, spot: manifest(&[module, wire]) });
        }
    }

    fn upcasts(&mut self, system: &System) {
        for event in &system.events {
            if let Some(previous) = event.previous {
                let (older, this) = (type_path(system, &system.events[previous]), type_path(system, event));
                self.demands.insert(format!("Upcast<{older}> for {this}"), whole(event));
            }
        }
    }
}

/// An event as a whole.
fn whole(event: &Event) -> Spot {
    let place = Place::Message { event: event.name.wire.clone(), major: event.major, pointer: String::new() };
    Spot { places: vec![place], at: Some(event.at.clone()) }
}

/// A part of `system.json`.
fn manifest(way: &[&str]) -> Spot {
    let way = way.iter().map(|name| (*name).to_owned()).collect();
    Spot { places: vec![Place::Manifest(way)], at: None }
}

fn of_type(system: &System, ty: &Type, event: Option<&Event>) -> Kind {
    let text = |ty: &TypeExpr| type_text(&system.types, ty);
    match &ty.kind {
        TypeKind::Struct { fields, closed, .. } => Kind::Struct {
            fields: fields.iter().filter_map(|field| member(system, field, event)).collect(),
            is_open: !closed,
            is_literal: *closed && fields.iter().all(|field| matches!(field.value, FieldValue::Type(_))),
        },
        TypeKind::Newtype { inner, rules } => Kind::Newtype { inner: text(inner), is_free: rules.is_empty() },
        TypeKind::Names { variants, open, .. } => {
            let mut all = names(variants.iter());
            let unknown = || Variant { ty: Some("Box<str>".to_owned()), wire: String::new(), spot: None };
            all.extend(open.then(|| ("Unknown".to_owned(), unknown())));
            Kind::Enum { variants: all, is_copy: !open }
        }
        TypeKind::Union { variants, .. } => {
            let all = variants.iter().map(|variant| {
                let Name { wire, rust } = &variant.name;
                (rust.clone(), Variant { ty: Some(text(&variant.ty)), wire: wire.clone(), spot: None })
            });
            Kind::Enum { variants: all.collect(), is_copy: false }
        }
    }
}

/// A member, if it is public.
fn member(system: &System, field: &Field, event: Option<&Event>) -> Option<(String, Member)> {
    let FieldValue::Type(ty) = &field.value else { return None };
    let ty = type_text(&system.types, ty);
    let is_filled = event.is_some_and(|event| is_filled(system, event, &field.name.rust));
    let member = Member {
        ty: if field.required { ty } else { format!("Option<{ty}>") },
        wire: field.name.wire.clone(),
        is_asked: field.required && !is_filled,
        at: field.at.clone(),
    };
    Some((field.name.rust.clone(), member))
}

/// Whether the builder of an event knows what to put there: the version of the contract, the present time.
fn is_filled(system: &System, event: &Event, field: &str) -> bool {
    let is = |path: &[String]| matches!(path, [only] if only == field);
    let has_version = system.manifest.versioning.scheme != Scheme::None;
    has_version && event.paths.version.as_deref().is_some_and(is)
        || event.paths.time.as_ref().is_some_and(|time| is(&time.path))
}

/// Variants that hold nothing.
fn names<'n>(names: impl Iterator<Item = &'n Name>) -> BTreeMap<String, Variant> {
    names.map(|name| (name.rust.clone(), Variant { ty: None, wire: name.wire.clone(), spot: None })).collect()
}
