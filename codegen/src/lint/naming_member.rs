//! EV211: one odd name in a payload is one that somebody reads by the wrong spelling, and then finds absent.

use super::{Subject, style};
use crate::contract::TypeKind;
use crate::contract::manifest::MemberStyle;
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(wanted) = subject.system.manifest.conventions.members else { return };
    for ty in &subject.system.types {
        let TypeKind::Struct { fields, .. } = &ty.kind else { continue };
        for field in fields {
            let wire = &field.name.wire;
            let (follows, form, better) = match wanted {
                MemberStyle::Snake => (style::is_snake(wire), "snake_case", style::lower(wire, "_")),
                MemberStyle::Camel => (style::is_camel(wire), "camelCase", style::camel(wire)),
            };
            if !follows {
                found.push(
                    Diagnostic::new(Rule::NAMING_MEMBER, &field.at, format!("the member `{wire}` is not in {form}"))
                        .label("this member")
                        .help(format!("call it `{better}` if nobody publishes it yet; otherwise waive it in `system.json` with the reason")),
                );
            }
        }
    }
}
