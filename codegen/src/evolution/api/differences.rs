//! Whose Rust code stops compiling: one state of the public items against another, path by path.

use std::collections::BTreeMap;

use super::items::{Api, Item, Kind, Member, Spot, Variant};
use super::places::Place;
use crate::diagnostic::Location;
use crate::evolution::report::RustChange;

/// Something that users of the generated types notice, with where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    pub(super) change: RustChange,
    /// Whether all there is to it is another name.
    pub(super) is_name: bool,
    /// The type, event or part of `system.json` concerned: findings are told by it.
    pub(super) subject: Subject,
    /// Where it comes from.
    pub(super) places: Vec<Place>,
    pub(super) old: Option<Location>,
    pub(super) new: Option<Location>,
}

/// What it does to code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// A name is not found, and another one is what it was.
    Name,
    /// Code may stop compiling.
    Code,
    /// All code compiles, and does something else when it runs.
    Run,
}

/// What a difference is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// One event type.
    Event(String),
    /// A type that several events hold.
    Type(String),
    /// A part of `system.json`.
    Manifest(Vec<String>),
}

/// Everything that users of the old items notice when they get the new ones.
pub(super) fn between(old: &Api, new: &Api) -> Vec<Difference> {
    let renamed = renamed(old, new);
    let mut differences = Vec::new();
    for (was, before) in &old.items {
        let path = renamed.get(was).unwrap_or(was);
        let mut walk = Walk { was, path, before, after: new.items.get(path), renamed: &renamed, found: Vec::new() };
        walk.item();
        differences.extend(walk.found);
    }
    for (demand, spot) in new.demands.iter().filter(|(demand, _)| !old.demands.contains_key(*demand)) {
        let says = format!("the crate that includes the types must `impl {demand}`");
        differences.push(difference(demand, None, Some(spot), Effect::Code, says));
    }
    differences
}

/// Items that are called otherwise: gone from one path, and come at another for the same place.
fn renamed(old: &Api, new: &Api) -> BTreeMap<String, String> {
    let is_same = |before: &Item, after: &Item| {
        before.kind.word() == after.kind.word()
            && before.spot.places.last().is_some_and(|place| after.spot.places.contains(place))
    };
    let gone = old.items.iter().filter(|(path, _)| !new.items.contains_key(*path));
    let come: Vec<_> = new.items.iter().filter(|(path, _)| !old.items.contains_key(*path)).collect();
    let pairs = gone.filter_map(|(path, before)| {
        let (called, _) = come.iter().find(|(_, after)| is_same(before, after))?;
        Some((path.clone(), (*called).clone()))
    });
    pairs.collect()
}

/// One item, before and after.
struct Walk<'a> {
    /// What it was called, in the code that there is.
    was: &'a str,
    /// What it is called now.
    path: &'a str,
    before: &'a Item,
    after: Option<&'a Item>,
    renamed: &'a BTreeMap<String, String>,
    found: Vec<Difference>,
}

impl Walk<'_> {
    fn item(&mut self) {
        let Some(after) = self.after else { return self.whole(Effect::Code, format!("`{}` is gone", self.was)) };
        // An `impl` for a type of another name is what is said of that type.
        if self.was != self.path && !self.was.starts_with('<') {
            self.whole(Effect::Name, format!("`{}` is called `{}` now", self.was, self.path));
        }
        match (&self.before.kind, &after.kind) {
            (
                Kind::Struct { fields, is_open, is_literal },
                Kind::Struct { fields: new, is_open: stays, is_literal: is },
            ) => {
                self.members(fields, new, *is_literal);
                if *is_open && !stays {
                    self.whole(Effect::Code, format!("`{}::unknown_members` is gone", self.path));
                }
                if *is_literal && !is {
                    self.whole(
                        Effect::Code,
                        format!("`{}` has a private member: only its builder makes one", self.path),
                    );
                }
            }
            (Kind::Newtype { inner, is_free }, Kind::Newtype { inner: new, is_free: is }) => {
                self.inner(inner, new, (*is_free, *is));
            }
            (Kind::Enum { variants, is_copy }, Kind::Enum { variants: new, is_copy: is }) => {
                self.variants(variants, new);
                if *is_copy && !is {
                    self.whole(Effect::Code, format!("`{}` is `Copy` no more", self.path));
                }
            }
            (Kind::Constant, Kind::Constant) => {}
            (old, new) => {
                self.whole(Effect::Code, format!("`{}` is {} now, no longer {}", self.path, new.word(), old.word()))
            }
        }
    }

    fn members(&mut self, old: &BTreeMap<String, Member>, new: &BTreeMap<String, Member>, is_literal: bool) {
        for (name, before) in old {
            let Some(after) = new.get(name) else {
                self.member(Some(before), None, Effect::Code, format!("`{}::{name}` is gone", self.path));
                continue;
            };
            if self.translated(&before.ty) != after.ty {
                let says = format!("`{}::{name}`: `{}` is `{}` now", self.path, before.ty, after.ty);
                self.member(Some(before), Some(after), Effect::Code, says);
            } else if after.is_asked && !before.is_asked {
                self.member(Some(before), Some(after), Effect::Run, self.asked(name));
            }
        }
        for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            if is_literal {
                let says = format!("`{}::{name}` is new: literals and patterns of all members lack it", self.path);
                self.member(None, Some(after), Effect::Code, says);
            } else if after.is_asked {
                self.member(None, Some(after), Effect::Run, self.asked(name));
            }
        }
    }

    /// Builders take what they are given, and say what is missing when they are to build.
    fn asked(&self, member: &str) -> String {
        format!("without `.{member}(…)`, `{}::builder()` builds nothing when it runs", self.path)
    }

    fn inner(&mut self, old: &str, new: &str, (was_free, is_free): (bool, bool)) {
        if self.translated(old) != new {
            self.whole(Effect::Code, format!("`{}` holds `{new}` now, no longer `{old}`", self.path));
        } else if was_free != is_free {
            let (now, before) = if is_free { ("From", "TryFrom") } else { ("TryFrom", "From") };
            self.whole(
                Effect::Code,
                format!("`{}` is made of `{new}` by `{now}` now, no longer by `{before}`", self.path),
            );
        }
    }

    fn variants(&mut self, old: &BTreeMap<String, Variant>, new: &BTreeMap<String, Variant>) {
        let come: Vec<_> = new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
        let mut called = Vec::new();
        for (name, before) in old {
            let heir = come.iter().find(|(_, after)| !before.wire.is_empty() && before.wire == after.wire);
            let (effect, says) = match (new.get(name), heir) {
                (Some(after), _) if before.ty.as_deref().map(|ty| self.translated(ty)) == after.ty => continue,
                (Some(after), _) => {
                    let [before, after] = [before, after].map(|one| one.ty.as_deref().unwrap_or("()"));
                    (Effect::Code, format!("`{}::{name}` holds `{after}` now, no longer `{before}`", self.path))
                }
                (None, Some((now, _))) => {
                    called.push(*now);
                    (Effect::Name, format!("`{}::{name}` is called `{now}` now", self.path))
                }
                (None, None) => (Effect::Code, format!("`{}::{name}` is gone", self.path)),
            };
            self.variant(Some(before), None, effect, says);
        }
        for (name, after) in come.into_iter().filter(|(name, _)| !called.contains(name)) {
            let says = format!("`{}::{name}` is new: matches of all variants lack it", self.path);
            self.variant(None, Some(after), Effect::Code, says);
        }
    }

    /// The text of an old type, in the names of today.
    fn translated(&self, ty: &str) -> String {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut text = String::new();
        for part in ty.split_inclusive(|letter| !is_part(letter)) {
            let name = part.trim_end_matches(|letter| !is_part(letter));
            let called = self.renamed.get(name).map_or(name, |called| called.rsplit("::").next().unwrap_or(called));
            text += called;
            text += &part[name.len()..];
        }
        text
    }

    fn whole(&mut self, effect: Effect, says: String) {
        self.push(Some(&self.before.spot), self.after.map(|after| &after.spot), effect, says);
    }

    fn member(&mut self, before: Option<&Member>, after: Option<&Member>, effect: Effect, says: String) {
        let Some(member) = before.or(after) else { return };
        // What is not there any more would stand where the object is described.
        let spot = |item: &Item, own: Option<&Member>| Spot {
            places: item.spot.places.iter().map(|place| place.below(&member.wire)).collect(),
            at: own.map(|member| member.at.clone()).or_else(|| item.spot.at.clone()),
        };
        let (old, new) = (spot(self.before, before), self.after.map(|item| spot(item, after)));
        self.push(Some(&old), new.as_ref(), effect, says);
    }

    fn variant(&mut self, before: Option<&Variant>, after: Option<&Variant>, effect: Effect, says: String) {
        let spot = |variant: Option<&Variant>| variant.and_then(|variant| variant.spot.clone());
        match (spot(before), spot(after)) {
            (None, None) => self.whole(effect, says),
            (old, new) => self.push(old.as_ref(), new.as_ref(), effect, says),
        }
    }

    fn push(&mut self, old: Option<&Spot>, new: Option<&Spot>, effect: Effect, says: String) {
        self.found.push(difference(self.was, old, new, effect, says));
    }
}

/// `path` is that of the item concerned.
fn difference(path: &str, old: Option<&Spot>, new: Option<&Spot>, effect: Effect, says: String) -> Difference {
    let places = new.or(old).map(|spot| spot.places.clone()).unwrap_or_default();
    let at = |spot: Option<&Spot>| spot.and_then(|spot| spot.at.clone());
    let change = RustChange { says, compiles: effect == Effect::Run };
    Difference {
        change,
        is_name: effect == Effect::Name,
        subject: subject(&places, path),
        places,
        old: at(old),
        new: at(new),
    }
}

/// A type that stands in the messages of one event belongs to that event.
fn subject(places: &[Place], path: &str) -> Subject {
    match places {
        [Place::Manifest(way), ..] => Subject::Manifest(way.clone()),
        [Place::Message { event, .. }, rest @ ..]
            if rest.iter().all(|place| matches!(place, Place::Message { event: other, .. } if other == event)) =>
        {
            Subject::Event(event.clone())
        }
        _ => Subject::Type(path.to_owned()),
    }
}
