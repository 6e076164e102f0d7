//! Messages that an event's schema admits: its examples, the smallest, the one with everything in it, and both changed at
//! one place at a time. Tests of upcasters run on them.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::Loaded;
use crate::contract::{Event, System};
use crate::evolution::facts::{Change, RULES, member};
use crate::evolution::place::Place;
use crate::evolution::{Options, Reading, Verdict, compare, stated, witness};
use crate::examples;
use crate::judge;
use crate::schema::{Kinds, NodeId};

/// As many are enough for a test.
const MAX_SAMPLES: usize = 96;

/// The length of a text that is not looked beyond.
const LONG_ENOUGH: usize = 64;

/// How deep a message is filled.
const MAX_DEPTH: usize = 8;

/// Gives each event that has a successor the samples on which the tests of its upcaster run.
pub(crate) fn add_samples(loaded: &mut Loaded) {
    let of = |system: &System| -> Vec<Vec<String>> {
        let all = system.events.iter();
        all.map(|event| if event.newest { Vec::new() } else { samples(loaded, system, event) }).collect()
    };
    let samples: Vec<Vec<Vec<String>>> = loaded.contract.systems.iter().map(of).collect();
    for (system, samples) in loaded.contract.systems.iter_mut().zip(samples) {
        for (event, samples) in system.events.iter_mut().zip(samples) {
            event.samples = (!event.newest).then_some(samples);
        }
    }
}

/// The samples of one event, each confirmed by the validator. The same schemas and examples give the same samples.
fn samples(loaded: &Loaded, system: &System, event: &Event) -> Vec<String> {
    let schema = stated::own_major(system, event);
    let (Ok(validator), Some(root)) = (judge::compiled(&schema), loaded.schemas.find(&event.path, "")) else {
        return Vec::new();
    };
    let mut walk = Walk { seen: Vec::new(), changes: Vec::new() };
    let wish = walk.place(&Place::of(&loaded.folder, &loaded.schemas, root), "", 0);
    let examples = examples::valid(&loaded.folder, event);
    let least = admitted(&schema, &json!(true)).or_else(|| examples.first().cloned());
    let full = admitted(&schema, &wish).or_else(|| Some(filled(least.as_ref()?, &walk.changes, &validator)));
    let inner = full.as_ref().map(|full| inner(full, &walk.changes, &validator));
    let single = least.iter().zip(&full).flat_map(|(least, full)| with_each(least, full, &walk.changes));
    let edited = walk.edited(inner.iter().chain(&least).chain(examples.last()));
    let seeds = least.clone().into_iter().chain(full.clone()).chain(inner.clone()).chain(examples.iter().cloned());
    let samples = seeds.chain(single).chain(edited).filter(|sample| validator.is_valid(sample));
    let mut known = BTreeSet::new();
    samples.map(|sample| sample.to_string()).filter(|text| known.insert(text.clone())).take(MAX_SAMPLES).collect()
}

/// A small message that the schema admits, and the wish, too.
fn admitted(schema: &str, wish: &Value) -> Option<Value> {
    let others = json!({ "not": wish }).to_string();
    // A schema may ask for members that it does not declare.
    [Reading::Emitted, Reading::EveryInstance].into_iter().find_map(|reading| {
        let options = Options { reading, assert_formats: true, ..Options::default() };
        match compare(schema, &others, &options).ok()?.backward {
            Verdict::Breaking { witness } => Some(witness),
            Verdict::Safe | Verdict::Unproven { .. } => None,
        }
    })
}

/// The message with every number and length a step off its lower bound, and ids and times that could be real ones: what is
/// lost must show.
fn inner(full: &Value, changes: &[(String, Change)], validator: &Validator) -> Value {
    let is_inner = |change: &Change| {
        matches!(change, Change::Rule { keyword: "minimum" | "exclusiveMinimum" | "minLength" | "format", .. })
    };
    changes.iter().filter(|(_, change)| is_inner(change)).fold(full.clone(), |message, (pointer, change)| {
        let is_kept = |edit: &Value| edit.to_string().len() >= message.to_string().len() && validator.is_valid(edit);
        // The last edit of all takes the member away.
        let edits = witness::edits(&message, pointer, change).into_iter();
        edits.rev().find(is_kept).unwrap_or(message)
    })
}

/// A text that is as long as these patterns let it be, or long enough.
fn longest(patterns: &[Value]) -> Option<Value> {
    let patterns: Vec<Value> = patterns.iter().map(|pattern| json!({ "pattern": pattern })).collect();
    let schema = json!({ "type": "string", "allOf": patterns }).to_string();
    let of_length = |length: usize| admitted(&schema, &json!({ "minLength": length }));
    let mut longest = of_length(1)?;
    let (mut fits, mut too_long) = (1, LONG_ENOUGH + 1);
    while too_long - fits > 1 {
        let length = fits.midpoint(too_long);
        match of_length(length) {
            Some(message) => (longest, fits) = (message, length),
            None => too_long = length,
        }
    }
    Some(longest)
}

/// The message with whatever can be added to it, one after the other.
fn filled(least: &Value, changes: &[(String, Change)], validator: &Validator) -> Value {
    let optional = changes.iter().filter(|(_, change)| !matches!(change, Change::MemberOptional { .. }));
    optional.fold(least.clone(), |message, (pointer, change)| {
        if message.pointer(pointer).is_some() {
            return message;
        }
        let is_more = |edit: &Value| edit.pointer(pointer).is_some() && validator.is_valid(edit);
        witness::edits(&message, pointer, change).into_iter().find(is_more).unwrap_or(message)
    })
}

/// The smallest message with each optional member that the full one has, one at a time.
fn with_each(least: &Value, full: &Value, changes: &[(String, Change)]) -> Vec<Value> {
    let optional = changes.iter().filter(|(_, change)| matches!(change, Change::MemberOptional { .. }));
    let with = optional.filter_map(|(pointer, _)| {
        let mut message = least.clone();
        witness::put(&mut message, pointer, full.pointer(pointer)?.clone()).then_some(message)
    });
    with.collect()
}

/// Goes through the places of a message and notes what can be different at each.
struct Walk {
    /// What contains itself is looked at once.
    seen: Vec<Vec<NodeId>>,
    changes: Vec<(String, Change)>,
}

impl Walk {
    /// The messages, changed at one place at a time: at every place in one way before any in a second way.
    fn edited<'m>(&self, messages: impl Iterator<Item = &'m Value>) -> impl Iterator<Item = Value> {
        let mut edited: Vec<(usize, Value)> = Vec::new();
        for message in messages {
            for (pointer, change) in &self.changes {
                edited.extend(witness::edits(message, pointer, change).into_iter().enumerate());
            }
        }
        edited.sort_by_key(|(way, _)| *way);
        edited.into_iter().map(|(_, message)| message)
    }

    /// Notes what can be different here and below; gives the wish that everything be there.
    fn place(&mut self, place: &Place<'_>, pointer: &str, depth: usize) -> Value {
        if depth > MAX_DEPTH || self.seen.contains(&place.asked) {
            return json!(true);
        }
        self.seen.push(place.asked.clone());
        self.values(place, pointer);
        let mut wish = Map::new();
        self.members(place, pointer, depth, &mut wish);
        let elements = place.elements();
        if !elements.is_empty() {
            let below = self.place(&place.below(elements), &format!("{pointer}/*"), depth + 1);
            wish.extend([("minItems".to_owned(), json!(1)), ("items".to_owned(), below)]);
        }
        for (_, branch) in ["anyOf", "oneOf"].into_iter().flat_map(|keyword| place.branches(keyword)) {
            // Which branch is filled is left open: more than one at once may be too much.
            self.place(&place.below(vec![branch]), pointer, depth + 1);
        }
        self.seen.pop();
        Value::Object(wish)
    }

    fn values(&mut self, place: &Place<'_>, pointer: &str) {
        if pointer.is_empty() {
            return;
        }
        let mut note = |change| self.changes.push((pointer.to_owned(), change));
        match place.values() {
            Some(values) => note(Change::Values { gone: Vec::new(), come: values }),
            None => note(Change::Types { gone: Kinds::NONE, come: place.kinds() }),
        }
        for (keyword, _) in RULES {
            let said: Vec<Value> = place.rules(keyword).iter().map(|rule| rule.value.clone()).collect();
            match keyword {
                _ if said.is_empty() => {}
                "pattern" => {
                    longest(&said)
                        .into_iter()
                        .for_each(|text| note(Change::Values { gone: Vec::new(), come: vec![text] }));
                }
                _ => note(Change::Rule { keyword, old: Vec::new(), new: said }),
            }
        }
    }

    fn members(&mut self, place: &Place<'_>, pointer: &str, depth: usize, wish: &mut Map<String, Value>) {
        let (required, members) = (place.required(), place.members());
        let mut below = Map::new();
        for (name, ids) in &members {
            let at = member(pointer, name);
            if !required.contains_key(name) {
                self.changes.push((at.clone(), Change::MemberOptional { name: (*name).to_owned() }));
            }
            below.insert((*name).to_owned(), self.place(&place.below(ids.clone()), &at, depth + 1));
        }
        if !members.is_empty() {
            let names: Vec<&str> = members.keys().copied().collect();
            wish.extend([("required".to_owned(), json!(names)), ("properties".to_owned(), Value::Object(below))]);
        }
    }
}
