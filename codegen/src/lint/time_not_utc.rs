//! EV214: two moments with different offsets do not compare as texts, and a log of mixed offsets misleads who reads it.

use std::collections::HashMap;

use super::{Subject, leaves};
use crate::contract::manifest::TimeStyle;
use crate::contract::{RuleValue, TypeExpr};
use crate::diagnostic::{Diagnostic, Rule};
use crate::lower::pattern;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(TimeStyle::Utc) = subject.system.manifest.conventions.time else { return };
    // Most times share one pattern, and to judge one takes a while.
    let mut known: HashMap<&String, bool> = HashMap::new();
    for leaf in leaves::leaves(subject.system).into_iter().filter(|leaf| *leaf.ty == TypeExpr::Timestamp) {
        let ends_in_z = match leaf.rule("pattern") {
            Some(RuleValue::Text(text)) => *known.entry(text).or_insert_with(|| pattern::is_within(text, "Z$")),
            _ => false,
        };
        if !ends_in_z {
            found.push(
                Diagnostic::new(
                    Rule::TIME_NOT_UTC,
                    leaf.at,
                    format!("the time `{}` may carry an offset, where this system promises UTC", leaf.name),
                )
                .label("any offset is allowed")
                .help("add `\"pattern\": \"Z$\"` beside the format, best in one shared definition for all times"),
            );
        }
    }
}
