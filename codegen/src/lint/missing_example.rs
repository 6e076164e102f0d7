//! EV221: an example is what people copy, and what proves that the schema means what its author thinks.

use super::Subject;
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::examples::{self, Kind};

/// Fewer show too little of what the schema refuses.
const INVALID: usize = 3;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for event in &subject.system.events {
        let examples = examples::of(subject.folder, event);
        let valid = examples.iter().filter(|example| matches!(example.kind, Kind::Valid)).count();
        let invalid = examples.iter().filter(|example| matches!(example.kind, Kind::Invalid(_))).count();
        let missing = match (valid, invalid) {
            (1.., INVALID..) => continue,
            (0, 0) => "no example".to_owned(),
            (0, _) => "no valid example".to_owned(),
            (_, 1) => format!("1 invalid example, fewer than {INVALID}"),
            (_, few) => format!("{few} invalid examples, fewer than {INVALID}"),
        };
        let at =
            subject.folder.place(&event.path, "/x-event/type").unwrap_or_else(|| Location::start_of(&event.at.file));
        found.push(
            Diagnostic::new(Rule::MISSING_EXAMPLE, &at, format!("the event `{}` has {missing}", event.name.wire))
                .label(missing)
                .help(format!("put messages into `{0}valid/` and `{0}invalid/`", examples::folder_of(event)))
                .help("each invalid one is wrong in one way, which `<name>.refused.json` states as `{\"pointer\": \"…\", \"keyword\": \"…\"}`"),
        );
    }
}
