//! Where a generated type stands: in which messages, or in `system.json`.

use crate::contract::{FieldValue, System, TypeExpr, TypeId, TypeKind};
use crate::source::join;

/// A place that something public in Rust is made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evolution) enum Place {
    /// A value in a message.
    Message {
        /// The event type.
        event: String,
        /// Its major version.
        major: u32,
        /// JSON Pointer; `*` stands for any element and `**` for any member that is not declared.
        pointer: String,
    },
    /// A part of `system.json`.
    Manifest(Vec<String>),
}

impl Place {
    /// A topic of `system.json`.
    pub(super) fn of_topic(topic: &str) -> Self {
        Self::Manifest(vec!["topics".to_owned(), topic.to_owned()])
    }

    /// The place of a member; parts of `system.json` have no types of their own.
    pub(super) fn below(&self, member: &str) -> Self {
        match self {
            Self::Message { event, major, pointer } => {
                Self::Message { event: event.clone(), major: *major, pointer: join(pointer, member) }
            }
            Self::Manifest(way) => Self::Manifest(way.clone()),
        }
    }
}

/// Of one type, not more places are looked for in one event: what shares everything with everything has too many.
const MOST: usize = 16;

/// The places of every type of a system, by type.
pub(super) fn of_types(system: &System) -> Vec<Vec<Place>> {
    let mut places = vec![Vec::new(); system.types.len()];
    for event in &system.events {
        let mut walk = Walk { system, places: vec![Vec::new(); system.types.len()] };
        walk.named(event.root, "");
        for (all, pointers) in places.iter_mut().zip(walk.places) {
            let (event, major) = (&event.name.wire, event.major);
            all.extend(pointers.into_iter().map(|pointer| Place::Message { event: event.clone(), major, pointer }));
        }
    }
    places
}

struct Walk<'a> {
    system: &'a System,
    /// The places of each type in the event at hand.
    places: Vec<Vec<String>>,
}

impl Walk<'_> {
    fn named(&mut self, id: TypeId, pointer: &str) {
        let known = &mut self.places[id.0];
        // What contains itself is not gone into again.
        let is_inside = known.iter().any(|above| pointer == above || pointer.starts_with(&format!("{above}/")));
        if known.len() == MOST || is_inside {
            return;
        }
        known.push(pointer.to_owned());
        match &self.system.types[id.0].kind {
            TypeKind::Struct { fields, .. } => {
                for field in fields {
                    if let FieldValue::Type(ty) = &field.value {
                        self.expr(ty, &join(pointer, &field.name.wire));
                    }
                }
            }
            TypeKind::Newtype { inner, .. } => self.expr(inner, pointer),
            TypeKind::Union { variants, .. } => variants.iter().for_each(|variant| self.expr(&variant.ty, pointer)),
            TypeKind::Names { .. } => {}
        }
    }

    fn expr(&mut self, ty: &TypeExpr, pointer: &str) {
        match ty {
            TypeExpr::Named(id) => self.named(*id, pointer),
            TypeExpr::Vec(inner) => self.expr(inner, &format!("{pointer}/*")),
            TypeExpr::Map(inner) => self.expr(inner, &format!("{pointer}/**")),
            TypeExpr::Nullable(inner) | TypeExpr::Boxed(inner) => self.expr(inner, pointer),
            _ => {}
        }
    }
}
