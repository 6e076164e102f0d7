//! EV222: an example that is judged otherwise than it claims misleads everybody who copies it, and every test that reads it.

use super::Subject;
use crate::contract::Event;
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::examples::{self, Example, Kind};
use crate::judge::{self, Violation};
use crate::source::Document;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for event in &subject.system.events {
        let examples = examples::of(subject.folder, event);
        if examples.is_empty() {
            continue;
        }
        let validator = match judge::validator(event) {
            Ok(validator) => validator,
            Err(finding) => {
                found.push(*finding);
                continue;
            }
        };
        for example in &examples {
            let message = example.document.value.to_json();
            let violations = || judge::violations(&validator, event, &message, subject.folder);
            match &example.kind {
                Kind::Valid => found.extend(violations().iter().map(|violation| refused(event, example, violation))),
                Kind::Invalid(Some(reason)) => found.extend(compare(event, example, reason, &violations())),
                Kind::Invalid(None) => found.push(unexplained(example, &violations())),
                Kind::ReasonOfNothing => found.push(
                    wrong(example.document, "this file says why an example is refused, but there is no such example")
                        .help("name it like the example: `<name>.refused.json` beside `<name>.json`"),
                ),
                Kind::Stray => found.push(stray(example.document)),
            }
        }
    }
    for document in examples::orphans(subject.folder, subject.system) {
        found.push(wrong(document, "this example belongs to no event").help(
            "the folder of an event's examples is named like its schema file: `examples/<event type>.v<major>/`",
        ));
    }
}

fn wrong(document: &Document, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Rule::EXAMPLE_WRONG, &Location::start_of(&document.file), message)
}

fn stray(document: &Document) -> Diagnostic {
    wrong(document, "this example is neither in `valid` nor in `invalid`")
        .help("its folder says how it is to be judged; move it into one of the two")
}

/// A valid example that the schema refuses.
fn refused(event: &Event, example: &Example<'_>, violation: &Violation) -> Diagnostic {
    let at = place(example.document, &violation.pointer);
    let message =
        format!("this example of `{}` should be accepted, but is refused: {}", event.name.wire, violation.reason);
    let finding =
        Diagnostic::new(Rule::EXAMPLE_WRONG, &at, message).label(format!("refused by `{}`", violation.keyword));
    with_schema(finding, violation)
}

fn with_schema(finding: Diagnostic, violation: &Violation) -> Diagnostic {
    match &violation.schema {
        Some(at) => finding.related(at, "by this"),
        None => finding,
    }
}

/// An invalid example: refused once, where and by what its reason says.
fn compare(event: &Event, example: &Example<'_>, reason: &Document, violations: &[Violation]) -> Option<Diagnostic> {
    let text = |name| reason.value.get(name).and_then(crate::source::Value::as_str);
    let (Some(pointer), Some(keyword)) = (text("pointer"), text("keyword")) else {
        return Some(
            wrong(reason, "the reason must be `{\"pointer\": \"…\", \"keyword\": \"…\"}`").help(suggestion(violations)),
        );
    };
    match violations {
        [] => Some(
            wrong(example.document, format!("this example should be refused, but is a fine `{}`", event.name.wire))
                .related(&place(reason, "/keyword"), "what should refuse it"),
        ),
        [only] if only.pointer == pointer && only.keyword == keyword => None,
        [only] => {
            let message = format!(
                "this example is refused by `{}` at `{}`, not by `{keyword}` at `{pointer}`",
                only.keyword, only.pointer
            );
            let finding = Diagnostic::new(Rule::EXAMPLE_WRONG, &place(example.document, &only.pointer), message);
            Some(
                with_schema(finding.label(format!("refused by `{}`", only.keyword)), only)
                    .related(&place(reason, ""), "the reason it should have"),
            )
        }
        several => {
            let message = format!(
                "this example is wrong in {} ways; only one of them is proven by its being refused",
                several.len()
            );
            let finding = Diagnostic::new(Rule::EXAMPLE_WRONG, &place(example.document, &several[0].pointer), message);
            let finding = finding.label(format!("refused by `{}`", several[0].keyword));
            let others =
                several[1..].iter().map(|other| format!("also refused by `{}` at `{}`", other.keyword, other.pointer));
            Some(others.fold(finding, Diagnostic::note).help("make one example of each"))
        }
    }
}

fn unexplained(example: &Example<'_>, violations: &[Violation]) -> Diagnostic {
    wrong(example.document, "this example does not say why it is refused").help(suggestion(violations))
}

fn suggestion(violations: &[Violation]) -> String {
    let reason = match violations {
        [] => {
            return "the schema accepts it: make it wrong in one way, and state which in `<name>.refused.json`"
                .to_owned();
        }
        [first, ..] => serde_json::json!({ "pointer": first.pointer, "keyword": first.keyword }),
    };
    format!("the schema's reason, for `<name>.refused.json`: {reason}")
}

fn place(document: &Document, pointer: &str) -> Location {
    document.at(pointer, document.value.pointer(pointer).unwrap_or(&document.value))
}
