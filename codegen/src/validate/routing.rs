//! Message → event: by the type that it states or by choice, then by its major version.

use std::collections::BTreeSet;

use super::EventName;
use super::messages::Message;
use crate::contract::Contract;
use crate::contract::manifest::{Pointer, Scheme};
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::Kind;

/// An event that a message may be, in its newest major version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Route {
    /// Index of the system.
    pub(super) system: usize,
    /// Index of the event.
    pub(super) newest: usize,
}

impl Route {
    fn to(contract: &Contract, system: usize, event_type: &str) -> Option<Self> {
        let newest =
            contract.systems[system].events.iter().position(|event| event.newest && event.name.wire == event_type)?;
        Some(Self { system, newest })
    }
}

/// An event that payloads are to be judged as, whatever type they state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    system: String,
    event_type: String,
}

impl Choice {
    /// `order.created`, or `commerce/order.created` where several systems have such an event.
    ///
    /// # Errors
    /// If the contract has no such event, or more than one.
    pub fn find(contract: &Contract, name: &str) -> Result<Self, Box<Diagnostic>> {
        let (system, event_type) =
            name.split_once('/').map_or((None, name), |(system, event_type)| (Some(system), event_type));
        let all = all(contract);
        let fitting: Vec<_> =
            all.iter().filter(|(of, ty)| *ty == event_type && system.is_none_or(|system| system == *of)).collect();
        match fitting[..] {
            [(system, event_type)] => Ok(Self { system: (*system).to_owned(), event_type: (*event_type).to_owned() }),
            [] => {
                let finding =
                    Diagnostic::nowhere(Rule::PAYLOAD_UNKNOWN_EVENT, format!("the contract has no event `{name}`"));
                let full = all
                    .iter()
                    .flat_map(|(system, event_type)| [format!("{system}/{event_type}"), (*event_type).to_owned()]);
                Err(Box::new(suggest(finding, name, full)))
            }
            _ => {
                let names: Vec<String> =
                    fitting.iter().map(|(system, event_type)| format!("`{system}/{event_type}`")).collect();
                let message = format!("`{name}` is an event of several systems");
                Err(Box::new(
                    Diagnostic::nowhere(Rule::PAYLOAD_AMBIGUOUS, message)
                        .help(format!("name one of {}", names.join(", "))),
                ))
            }
        }
    }
}

/// Every event type, with its system.
fn all(contract: &Contract) -> BTreeSet<(&str, &str)> {
    contract
        .systems
        .iter()
        .flat_map(|system| system.events.iter().map(|event| (system.name.wire.as_str(), event.name.wire.as_str())))
        .collect()
}

/// The events that a message may be.
pub(super) fn routes(
    contract: &Contract,
    message: &Message,
    choice: Option<&Choice>,
) -> Result<Vec<Route>, Box<Diagnostic>> {
    if let Some(choice) = choice {
        let system = contract.systems.iter().position(|system| system.name.wire == choice.system);
        return Ok(system.and_then(|system| Route::to(contract, system, &choice.event_type)).into_iter().collect());
    }
    let mut routes = Vec::new();
    let mut unknown = None;
    for (index, system) in contract.systems.iter().enumerate() {
        let type_at = &system.manifest.envelope.event_type;
        let Some(stated) = message.value().pointer(&type_at.0).and_then(|value| value.as_str()) else { continue };
        match Route::to(contract, index, stated) {
            Some(route) => routes.push(route),
            None => unknown = unknown.or(Some((type_at, stated))),
        }
    }
    match unknown {
        _ if !routes.is_empty() => Ok(routes),
        Some((pointer, stated)) => {
            // The text itself comes from the payload: the frame shows it, the message does not.
            let finding = Diagnostic::new(
                Rule::PAYLOAD_UNKNOWN_EVENT,
                &message.at(&pointer.0),
                "this type is no event of the contract",
            );
            Err(Box::new(suggest(
                finding.label("unknown"),
                stated,
                all(contract).into_iter().map(|(_, event_type)| event_type.to_owned()),
            )))
        }
        None => Err(Box::new(without_type(contract, message))),
    }
}

fn without_type(contract: &Contract, message: &Message) -> Diagnostic {
    let places: BTreeSet<&str> =
        contract.systems.iter().map(|system| system.manifest.envelope.event_type.0.as_str()).collect();
    let places: Vec<String> = places.into_iter().map(|place| format!("`{place}`")).collect();
    let text = match message.value().kind {
        Kind::Object(_) => format!("this message states no event type at {}", places.join(" or ")),
        _ => "a message must be an object".to_owned(),
    };
    let finding = Diagnostic::new(Rule::PAYLOAD_WITHOUT_TYPE, &message.at(""), text).label("this message");
    finding.help("say what it should be by `--event [system/]type`")
}

/// Two systems refuse a message in equally many ways: neither is more likely meant.
pub(super) fn ambiguous(message: &Message, first: &EventName, second: &EventName) -> Diagnostic {
    let text = format!(
        "this message may be a `{}/{}` or a `{}/{}`, and is neither",
        first.system, first.event_type, second.system, second.event_type
    );
    let finding = Diagnostic::new(Rule::PAYLOAD_AMBIGUOUS, &message.at(""), text).label("this message");
    finding.help(format!("say which it should be: `--event {}/{}`", first.system, first.event_type))
}

/// The index of the event whose major version the message states; the newest where it states none in the right form,
/// so that the schema may say what is wrong with it.
pub(super) fn version(contract: &Contract, route: Route, message: &Message) -> Result<usize, Box<Diagnostic>> {
    let system = &contract.systems[route.system];
    let event_type = &system.events[route.newest].name.wire;
    let majors: Vec<(usize, u32)> = system
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.name.wire == *event_type)
        .map(|(index, event)| (index, event.major))
        .collect();
    let versions_at = majors.iter().filter_map(|(index, _)| system.events[*index].says.version_at.as_ref());
    let places: Vec<&Pointer> = versions_at.chain(&system.manifest.envelope.version).collect();
    let stated = places.iter().find_map(|place| Some((*place, message.value().pointer(&place.0)?)));
    let Some((place, value)) = stated.filter(|_| system.manifest.versioning.scheme == Scheme::MajorMinor) else {
        return Ok(route.newest);
    };
    let major = value.as_str().and_then(|text| text.split_once('.')).filter(|(_, minor)| minor.parse::<u32>().is_ok());
    let Some(major) = major.and_then(|(major, _)| major.parse::<u32>().ok()) else { return Ok(route.newest) };
    if let Some((index, _)) = majors.iter().find(|(_, known)| *known == major) {
        return Ok(*index);
    }
    let known: Vec<String> = majors.iter().rev().map(|(_, major)| format!("v{major}")).collect();
    let text = format!("no schema describes this major version of `{event_type}`");
    let finding =
        Diagnostic::new(Rule::PAYLOAD_UNSUPPORTED_VERSION, &message.at(&place.0), text).label("no such version");
    Err(Box::new(finding.help(format!("the contract has {}", known.join(", ")))))
}

fn suggest(finding: Diagnostic, wanted: &str, known: impl Iterator<Item = String>) -> Diagnostic {
    let ranked = known.map(|name| (strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase()), name));
    let nearest =
        ranked.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    match nearest {
        Some((_, name)) => finding.help(format!("did you mean `{name}`?")),
        None => finding,
    }
}
