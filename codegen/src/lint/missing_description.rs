//! EV220: what a member means is the part of a contract that no validator can check, so somebody has to write it down.

use super::Subject;
use crate::contract::{Type, TypeKind};
use crate::diagnostic::{Diagnostic, Location, Rule};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for ty in &subject.system.types {
        if is_blank(&ty.docs) {
            found.push(finding(&ty.at, format!("{} is not described", what(subject, ty))));
        }
        let TypeKind::Struct { fields, .. } = &ty.kind else { continue };
        for field in fields.iter().filter(|field| is_blank(&field.docs)) {
            found.push(finding(
                &field.at,
                format!("the member `{}` of `{}` is not described", field.name.wire, ty.rust),
            ));
        }
    }
}

fn what(subject: &Subject<'_>, ty: &Type) -> String {
    let event = subject.system.events.iter().find(|event| subject.system.types[event.root.0].at == ty.at);
    event.map_or_else(|| format!("the type `{}`", ty.rust), |event| format!("the event `{}`", event.name.wire))
}

fn is_blank(docs: &[String]) -> bool {
    docs.iter().all(|paragraph| paragraph.trim().is_empty())
}

fn finding(at: &Location, message: String) -> Diagnostic {
    Diagnostic::new(Rule::MISSING_DESCRIPTION, at, message)
        .label("no `description`")
        .help("say in a sentence what it means, its unit, and what a consumer may rely on; it becomes the documentation of the Rust type")
}
