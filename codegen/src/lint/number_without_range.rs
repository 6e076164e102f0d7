//! EV223: an integer without bounds fits no Rust integer type, and not every number that a parser in another language keeps.

use super::{Subject, leaves};
use crate::contract::TypeExpr;
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for leaf in leaves::leaves(subject.system).into_iter().filter(|leaf| *leaf.ty == TypeExpr::Integer) {
        let has = |inclusive, exclusive| leaf.rule(inclusive).or_else(|| leaf.rule(exclusive)).is_some();
        let missing = match (has("minimum", "exclusive_minimum"), has("maximum", "exclusive_maximum")) {
            (true, true) => continue,
            (false, true) => "no lower bound",
            (true, false) => "no upper bound",
            (false, false) => "neither a lower nor an upper bound",
        };
        found.push(
            Diagnostic::new(Rule::NUMBER_WITHOUT_RANGE, leaf.at, format!("the integer `{}` has {missing}", leaf.name))
                .label(missing)
                .help(
                    "add `minimum` and `maximum`; 9007199254740991 is the largest integer that every JSON parser keeps",
                ),
        );
    }
}
