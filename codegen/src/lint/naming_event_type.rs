//! EV210: consumers filter and route by the type; one that is written in a way of its own is missed by every such rule.

use super::{Subject, style};
use crate::contract::manifest::EventTypeStyle;
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(EventTypeStyle::DomainAction) = subject.system.manifest.conventions.event_type else { return };
    for event in &subject.system.events {
        if style::is_domain_action(&event.name.wire) {
            continue;
        }
        let at = subject.folder.place(&event.path, "/x-event/type").unwrap_or_else(|| event.at.clone());
        found.push(
            Diagnostic::new(Rule::NAMING_EVENT_TYPE, &at, format!("the event type `{}` is not of the form `domain.action`", event.name.wire))
                .label("not `domain.action`")
                .help("name it by what it is about and what happened: `order.created`; to rename a live event takes a new event beside it")
                .help("if the name must stay, waive it in `system.json` with the reason"),
        );
    }
}
