//! EV213: topics are found, granted and monitored by the parts of their names.

use super::{Subject, style};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(template) = &subject.system.manifest.conventions.topics else { return };
    let parts = parts(template);
    let is_service = |name: &str| subject.system.manifest.services.contains_key(name);
    for topic in &subject.system.topics {
        if follows(&parts, &topic.name.wire, &is_service) {
            continue;
        }
        let at = subject.key("/topics", &topic.name.wire);
        found.push(
            Diagnostic::new(Rule::NAMING_TOPIC, &at, format!("the topic `{}` is not of the form `{template}`", topic.name.wire))
                .label("this topic")
                .note("`{service}` is one of the system's services; `{domain}` and `{action}` are in snake_case; `{major}` is a number from 1")
                .help("a topic cannot be renamed once it has events: add one of the right name and move producers, then consumers"),
        );
    }
}

/// A piece of the template.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Text(&'a str),
    Hole(&'a str),
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((text, (hole, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        parts.extend([Part::Text(text), Part::Hole(hole)]);
        rest = after;
    }
    parts.push(Part::Text(rest));
    parts
}

fn follows(parts: &[Part<'_>], name: &str, is_service: &dyn Fn(&str) -> bool) -> bool {
    let Some((first, rest)) = parts.split_first() else { return name.is_empty() };
    match first {
        Part::Text(text) => name.strip_prefix(text).is_some_and(|name| follows(rest, name, is_service)),
        Part::Hole(hole) => {
            let fits = |value: &str| match *hole {
                "service" => is_service(value),
                "major" => !value.starts_with('0') && value.parse::<u32>().is_ok(),
                _ => style::is_snake(value),
            };
            let ends = name.char_indices().map(|(at, letter)| at + letter.len_utf8());
            ends.into_iter().any(|end| fits(&name[..end]) && follows(rest, &name[end..], is_service))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let is_service = |name: &str| name == "order-management";
        for (template, name, expected) in [
            ("{service}.{domain}.{action}.v{major}", "order-management.order.created.v1", true),
            ("{service}.{domain}.{action}.v{major}", "order-management.order.price_changed.v12", true),
            ("{service}.{domain}.{action}.v{major}", "billing.order.created.v1", false),
            ("{service}.{domain}.{action}.v{major}", "order-management.order.created.v0", false),
            ("{service}.{domain}.{action}.v{major}", "order-management.order.created", false),
            ("{domain}.events", "order.events", true),
            ("{domain}.events", "order.event", false),
            ("events", "events", true),
            ("{domain", "{domain", true),
        ] {
            assert_eq!(follows(&parts(template), name, &is_service), expected, "{template} {name}");
        }
    }
}
