//! A system that has live events is not described any more.

use crate::contract::manifest::Status;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Half;
use crate::evolution::report::{Finding, RustChange, Subject};

pub(super) fn check(gone: &Half<'_>, found: &mut Vec<Finding>) {
    let live = gone.system.events.iter().filter(|event| event.says.status == Status::Live).count();
    let (name, module) = (&gone.system.name.wire, &gone.system.name.rust);
    let says = format!("the module `{module}` is gone");
    let events = if live == 1 { "one event of it is".to_owned() } else { format!("{live} events of it are") };
    let (rule, message) = match live {
        0 => (Rule::RUST_API_CHANGED, format!("code that uses `{name}` may stop compiling: {says}")),
        _ => (Rule::SYSTEM_REMOVED, format!("the system `{name}` was removed while {events} live")),
    };
    let diagnostic = Diagnostic::new(rule, &gone.manifest(&["name"]), message).label("no folder describes it any more");
    let diagnostic = match live {
        0 => diagnostic,
        _ => diagnostic
            .note(format!("Rust API: code may stop compiling: {says}"))
            .help("set its events to `deprecated` first, and remove it when no event of it is retained any more"),
    };
    let subject = Subject { system: name, topic: "", event: "", major: None, from: None, pointer: "", keyword: "" };
    let rust = vec![RustChange { says, compiles: false }];
    found.push(Finding { rust, ..Finding::new(diagnostic, &subject, Vec::new()) });
}
