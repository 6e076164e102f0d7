//! EV212: service names stand in topics, headers and metrics; one form makes them the same text everywhere.

use super::{Subject, style};
use crate::contract::manifest::ServiceStyle;
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(ServiceStyle::Kebab) = subject.system.manifest.conventions.services else { return };
    for id in subject.system.manifest.services.keys().filter(|id| !style::is_kebab(id)) {
        let at = subject.key("/services", id);
        found.push(
            Diagnostic::new(Rule::NAMING_SERVICE, &at, format!("the service `{id}` is not in kebab-case"))
                .label("this service")
                .help(format!("call it `{}`", style::lower(id, "-"))),
        );
    }
}
