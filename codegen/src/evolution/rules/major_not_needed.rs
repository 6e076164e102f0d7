//! A new major version that says nothing which a minor one could not say.

use serde_json::Value;

use crate::contract::Event;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;
use crate::evolution::{Options, Reading, Verdict, compare};

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    let system = systems.new.system;
    for event in systems.new_events() {
        let Some(before) = event.previous.map(|index| &system.events[index]) else { continue };
        let at = event.says.version_at.as_ref().or(system.manifest.envelope.version.as_ref());
        let Some(at) = at.filter(|at| are_one(before, event, &at.0)) else { continue };
        let (name, major) = (&event.name.wire, event.major);
        let diagnostic = Diagnostic::new(
            Rule::MAJOR_NOT_NEEDED,
            &systems.new.place(&event.path, "/x-event/version"),
            format!("`{name}` v{major} is new, and nobody would break by it within v{}", before.major),
        )
        .label(format!("but for `{}`, the one schema takes what the other does", at.0))
        .related(&systems.new.place(&before.path, "/x-event/version"), "a higher minor version would do here")
        .help("a major version costs every consumer an upcaster: keep it for what breaks somebody");
        found.push(systems.finding(diagnostic, &system.topics[event.topic].name.wire, Some(event)));
    }
}

/// Whether two major versions are compatible both ways, if it were not for the version that they state.
fn are_one(old: &Event, new: &Event, version: &str) -> bool {
    let [Some(old), Some(new)] = [old, new].map(|event| without(&event.schema, version)) else { return false };
    let options = Options { reading: Reading::Emitted, assert_formats: true, ..Options::default() };
    compare(&old, &new, &options)
        .is_ok_and(|verdicts| verdicts.backward == Verdict::Safe && verdicts.forward == Verdict::Safe)
}

/// A schema that says nothing about the member at a pointer.
fn without(schema: &str, pointer: &str) -> Option<String> {
    let mut schema = serde_json::from_str(schema).ok()?;
    let segments: Vec<String> =
        pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    forget(&mut schema, "", &segments, &mut Vec::new());
    Some(schema.to_string())
}

/// Goes from the schema at `here` to all that speak of a member below it.
fn forget(root: &mut Value, here: &str, segments: &[String], seen: &mut Vec<(String, usize)>) {
    let visit = (here.to_owned(), segments.len());
    let (Some((name, below)), false) = (segments.split_first(), seen.contains(&visit)) else { return };
    seen.push(visit);
    let member = crate::source::join(&format!("{here}/properties"), name);
    if below.is_empty() {
        if let Some(schema) = root.pointer_mut(&member) {
            *schema = Value::Bool(true);
        }
    } else {
        forget(root, &member, below, seen);
    }
    let all = root.pointer(&format!("{here}/allOf")).and_then(Value::as_array).map_or(0, Vec::len);
    let mut others: Vec<String> = (0..all).map(|index| format!("{here}/allOf/{index}")).collect();
    let target =
        root.pointer(&format!("{here}/$ref")).and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    others.extend(target.map(|target| target.replace("%20", " ").replace("%25", "%")));
    others.iter().for_each(|other| forget(root, other, segments, seen));
}
