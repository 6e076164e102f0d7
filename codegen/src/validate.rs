//! Payloads → findings: each message is led to its event, and judged by the schema of that event.

mod messages;
mod routing;

use std::fmt;
use std::sync::OnceLock;

use jsonschema::Validator;

use crate::Loaded;
use crate::contract::manifest::VersionLiteral;
use crate::contract::{Event, System};
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::judge;
use crate::source::{Kind, Value, join};
use messages::Message;
pub use routing::Choice;

/// A contract that is ready to judge payloads; each schema is compiled when its first payload comes.
#[derive(Debug)]
pub struct Judge<'a> {
    loaded: &'a Loaded,
    /// By system and event.
    validators: Vec<Vec<OnceLock<Compiled>>>,
}

/// The validator of an event, or why there is none.
type Compiled = Result<Validator, Box<Diagnostic>>;

/// What one payload was judged to be.
#[derive(Debug)]
pub struct Verdict {
    /// Where the payload stands: a file, an element of an array, or a line.
    pub at: Location,
    /// The event that it was judged as, if one was found.
    pub event: Option<EventName>,
    /// Everything that is wrong with it; nothing if it is accepted.
    pub findings: Vec<Diagnostic>,
}

/// An event as people name it: `commerce/order.created v1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventName {
    /// The system.
    pub system: String,
    /// The type on the wire.
    pub event_type: String,
    /// The newest version that the schema describes.
    pub version: String,
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} v{}", self.system, self.event_type, self.version)
    }
}

impl<'a> Judge<'a> {
    /// Judges by the contract of a folder.
    #[must_use]
    pub fn new(loaded: &'a Loaded) -> Self {
        let none = |system: &System| system.events.iter().map(|_| OnceLock::new()).collect();
        Self { loaded, validators: loaded.contract.systems.iter().map(none).collect() }
    }

    /// Judges every message of a text that is called `name`: a JSON document, an array of events, or JSON Lines.
    ///
    /// The event is found by the type that the message states, unless one is chosen.
    #[must_use]
    pub fn judge(&self, name: &str, bytes: Vec<u8>, choice: Option<&Choice>) -> Vec<Verdict> {
        let refused = |finding: Box<Diagnostic>| {
            let place = finding.at.clone().unwrap_or_else(|| messages::nowhere(name));
            let at = Location { pointer: String::new(), ..place };
            Verdict { at, event: None, findings: vec![*finding] }
        };
        let read = messages::read(name, bytes).into_iter();
        read.map(|message| message.map_or_else(refused, |message| self.message(&message, choice))).collect()
    }

    fn message(&self, message: &Message, choice: Option<&Choice>) -> Verdict {
        let at = message.at("");
        let numbers = numbers(message);
        if !numbers.is_empty() {
            return Verdict { at, event: None, findings: numbers };
        }
        let routes = match routing::routes(&self.loaded.contract, message, choice) {
            Ok(routes) => routes,
            Err(finding) => return Verdict { at, event: None, findings: vec![*finding] },
        };
        let json = message.value().to_json();
        let mut judged: Vec<(EventName, Vec<Diagnostic>)> = Vec::new();
        for route in routes {
            let (index, findings) = match routing::version(&self.loaded.contract, route, message) {
                Ok(index) => (index, self.event(route.system, index, message, &json)),
                Err(finding) => (route.newest, vec![*finding]),
            };
            let name = event_name(&self.loaded.contract.systems[route.system], index);
            // A type may be an event of several systems: the first that accepts the message is the one.
            if findings.is_empty() {
                return Verdict { at, event: Some(name), findings };
            }
            judged.push((name, findings));
        }
        judged.sort_by_key(|(_, findings)| findings.len());
        if let [(first, few), (second, many), ..] = &judged[..]
            && few.len() == many.len()
        {
            let findings = vec![routing::ambiguous(message, first, second)];
            return Verdict { at, event: None, findings };
        }
        match judged.into_iter().next() {
            Some((name, findings)) => Verdict { at, event: Some(name), findings },
            None => Verdict { at, event: None, findings: Vec::new() },
        }
    }

    fn event(&self, system: usize, index: usize, message: &Message, json: &serde_json::Value) -> Vec<Diagnostic> {
        let event = &self.loaded.contract.systems[system].events[index];
        match self.validators[system][index].get_or_init(|| judge::validator(event)) {
            Err(finding) => vec![(**finding).clone()],
            Ok(validator) => {
                let violations = judge::violations(validator, event, json, &self.loaded.folder);
                violations.iter().map(|violation| finding(event, message, violation)).collect()
            }
        }
    }
}

fn event_name(system: &System, index: usize) -> EventName {
    let event = &system.events[index];
    let version = match &event.says.version {
        VersionLiteral::Integer(version) => version.to_string(),
        VersionLiteral::Text(version) => version.clone(),
    };
    EventName { system: system.name.wire.clone(), event_type: event.name.wire.clone(), version }
}

fn finding(event: &Event, message: &Message, violation: &judge::Violation) -> Diagnostic {
    let place =
        if violation.pointer.is_empty() { "the message".to_owned() } else { format!("`{}`", violation.pointer) };
    let text = format!("`{}` refuses {place}: {}", event.name.wire, violation.reason);
    let finding = Diagnostic::new(Rule::PAYLOAD_INVALID, &message.at(&violation.pointer), text)
        .label(format!("refused by `{}`", violation.keyword));
    match &violation.schema {
        Some(at) => finding.related(at, "by this"),
        None => finding,
    }
}

/// Numbers beyond what the validator can hold: it would judge another number than the one that stands there.
fn numbers(message: &Message) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut todo = vec![(String::new(), message.value())];
    while let Some((pointer, value)) = todo.pop() {
        match &value.kind {
            Kind::Number(digits) if serde_json::from_str::<serde_json::Number>(digits).is_err() => found.push(
                Diagnostic::new(Rule::PAYLOAD_NUMBER, &message.at(&pointer), "this number is too large to be judged")
                    .label("beyond a double")
                    .help("no parser that keeps numbers as doubles can read it; write it as text"),
            ),
            Kind::Array(elements) => todo.extend(
                elements.iter().enumerate().map(|(index, element)| (join(&pointer, &index.to_string()), element)),
            ),
            Kind::Object(members) => todo
                .extend(members.iter().map(|member| (join(&pointer, &member.name), &member.value) as (String, &Value))),
            _ => {}
        }
    }
    found
}
