//! Nothing leads from a major version to the next one.

use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::report::Finding;
use crate::evolution::versions::Step;

pub(in crate::evolution) fn check(step: &Step<'_>, found: &mut Vec<Finding>) {
    if step.upcaster.is_some() {
        return;
    }
    let (older, newer) = (step.type_of(step.older), step.type_of(step.newer));
    let topic = &step.system.topics[step.newer.topic];
    let message =
        format!("no upcaster leads from v{} of `{}` to v{}", step.older.major, step.newer.name.wire, step.newer.major);
    let searched = step.searched.clone().unwrap_or_else(|| {
        "no `Cargo.toml` stands in the schema folder or above: `--upcasters DIR` names the code".to_owned()
    });
    let diagnostic = Diagnostic::new(Rule::UPCASTER_MISSING, &step.newer.at, message)
        .label("consumers of this version meet older events, too")
        .related(&step.older.at, format!("such as `{}` keeps for {}", topic.name.wire, topic.settings.retention))
        .note(searched)
        .help(format!(
            "write `impl event_contracts::Upcast<{older}> for {newer}`, with \
             `fn upcast(older: {older}) -> Result<Self, event_contracts::BuildError>`"
        ));
    found.push(step.finding(diagnostic));
}
