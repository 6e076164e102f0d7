//! Types, listed values, and keywords with a number or a text.

use serde_json::Value;

use super::{Change, Walk};
use crate::evolution::place::Place;

/// Keywords that bound a value by a number, a text or a flag, with the type that they speak of.
pub(in crate::evolution) const RULES: [(&str, &str); 14] = [
    ("minimum", "integer"),
    ("maximum", "integer"),
    ("exclusiveMinimum", "integer"),
    ("exclusiveMaximum", "integer"),
    ("multipleOf", "integer"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("pattern", "string"),
    ("format", "string"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("minProperties", "object"),
    ("maxProperties", "object"),
];

impl Walk {
    pub(super) fn values(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        self.types(old, new, pointer);
        let common = old.kinds().and(new.kinds());
        if common.is_empty() {
            // That no value is the same any more says it all.
            return;
        }
        self.listed(old, new, pointer);
        for (keyword, _) in RULES.iter().copied().filter(|(_, kind)| common.has(kind)) {
            let said = |place: &Place<'_>| sorted(place.rules(keyword).iter().map(|rule| rule.value.clone()).collect());
            let (before, after) = (said(old), said(new));
            if before != after {
                let change = Change::Rule { keyword, old: before, new: after };
                self.fact(pointer, change, old.at(keyword), new.at(keyword));
            }
        }
    }

    fn types(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        let (before, after) = (old.kinds(), new.kinds());
        // Where values are listed, a type of which none is there neither comes nor goes.
        let gone = before.without(after).and(old.listed_kinds());
        let come = after.without(before).and(new.listed_kinds());
        if !gone.is_empty() || !come.is_empty() {
            let change = Change::Types { gone, come };
            self.fact(pointer, change, old.at("type"), new.at("type"));
        }
    }

    fn listed(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        let (before, after) = (old.values(), new.values());
        let change = match (before.as_deref(), after.as_deref()) {
            (Some([before]), Some([after])) if before != after => {
                Change::Constant { old: before.clone(), new: after.clone() }
            }
            (Some(before), Some(after)) => {
                Change::Values { gone: lacking(before, after), come: lacking(after, before) }
            }
            (Some(_), None) => Change::Listed { now: false },
            (None, Some(_)) => Change::Listed { now: true },
            (None, None) => return,
        };
        let is_none = matches!(&change, Change::Values { gone, come } if gone.is_empty() && come.is_empty());
        if !is_none {
            let at = |place: &Place<'_>| place.at(if place.says("enum") { "enum" } else { "const" });
            self.fact(pointer, change, at(old), at(new));
        }
    }
}

/// The values of the one list that the other one lacks.
fn lacking(these: &[Value], those: &[Value]) -> Vec<Value> {
    these.iter().filter(|value| !those.contains(value)).cloned().collect()
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values.dedup();
    values
}
