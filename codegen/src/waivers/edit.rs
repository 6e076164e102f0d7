//! Waivers written into `system.json`: between what stands there, in its own layout. Not a letter of the rest changes.

use std::ops::Range;

use crate::contract::manifest::Waiver;
use crate::source::{Document, Member, Value};

/// The text of a manifest with more waivers at the end, and some that stand there said anew.
pub(super) fn edited(manifest: &Document, added: &[Waiver], renewed: &[(usize, Waiver)]) -> String {
    let text = &manifest.file.text;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (index, waiver) in renewed {
        for (member, value) in [("reason", &waiver.reason), ("owner", &waiver.owner), ("until", &waiver.until)] {
            let place = manifest.value.pointer(&format!("/waivers/{index}/{member}"));
            edits.extend(place.map(|place| (place.span.clone(), quoted(value))));
        }
    }
    if !added.is_empty() {
        edits.push(addition(text, &manifest.value, added));
    }
    // From the end, so that places before stay where they are.
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    edits.into_iter().fold(text.clone(), |mut text, (span, new)| {
        text.replace_range(span, &new);
        text
    })
}

/// What is put where.
fn addition(text: &str, root: &Value, added: &[Waiver]) -> (Range<usize>, String) {
    let layout = Layout::of(text, root);
    match root.get("waivers") {
        Some(list) if !list.elements().is_empty() => {
            let joints = list.elements().last().and_then(|last| Joints::of(text, last)).unwrap_or(layout.joints);
            let end = list.elements().last().map_or(list.span.end, |last| last.span.end);
            let separator = separator(text, list, &layout.gap);
            (end..end, added.iter().map(|waiver| format!("{separator}{}", joints.object(waiver))).collect())
        }
        Some(list) => (list.span.clone(), layout.list(added)),
        None => {
            let (end, comma) =
                root.members().last().map_or((root.span.start + 1, ""), |last| (last.value.span.end, ","));
            let name = format!("{comma}{}\"waivers\"{}", layout.before, layout.joints.colon);
            (end..end, format!("{name}{}", layout.list(added)))
        }
    }
}

/// What stands between two elements of a list, or would.
fn separator(text: &str, list: &Value, gap: &str) -> String {
    match list.elements() {
        [.., one, other] => text[one.span.end..other.span.start].to_owned(),
        [one] => match &text[list.span.start + 1..one.span.start] {
            "" => format!(",{gap}"),
            before => format!(",{before}"),
        },
        [] => ",".to_owned(),
    }
}

/// What stands between the parts of an object.
struct Joints {
    open: String,
    colon: String,
    between: String,
    close: String,
}

impl Joints {
    /// Those of an object of at least two members.
    fn of(text: &str, object: &Value) -> Option<Self> {
        let [first, second, ..] = object.members() else { return None };
        let last = object.members().last()?;
        Some(Self {
            open: text[object.span.start + 1..first.name_span.start].to_owned(),
            colon: colon(text, first),
            between: text[first.value.span.end..second.name_span.start].to_owned(),
            close: text[last.value.span.end..object.span.end - 1].to_owned(),
        })
    }

    fn object(&self, waiver: &Waiver) -> String {
        let members = [
            ("rule", Some(&waiver.rule)),
            ("event", waiver.event.as_ref()),
            ("pointer", Some(&waiver.pointer)),
            ("reason", Some(&waiver.reason)),
            ("owner", Some(&waiver.owner)),
            ("until", Some(&waiver.until)),
        ];
        let said = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let said: Vec<String> =
            said.map(|(name, value)| format!("\"{name}\"{}{}", self.colon, quoted(value))).collect();
        format!("{{{}{}{}}}", self.open, said.join(&self.between), self.close)
    }
}

/// How a whole file is laid out, for a list that it does not have yet.
struct Layout {
    /// What stands before a member of the whole object.
    before: String,
    /// What stands before an element of a list in it, and before its end.
    element: String,
    end: String,
    /// What stands between two things in one line.
    gap: String,
    joints: Joints,
}

impl Layout {
    fn of(text: &str, root: &Value) -> Self {
        let first = root.members().first();
        let before = first.map_or("", |first| &text[root.span.start + 1..first.name_span.start]).to_owned();
        let colon = first.map_or_else(|| ": ".to_owned(), |first| colon(text, first));
        match before.rsplit_once('\n') {
            Some((_, unit)) => {
                let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
                let deep = |levels: usize| format!("{newline}{}", unit.repeat(levels));
                let joints = Joints { open: deep(3), colon, between: format!(",{}", deep(3)), close: deep(2) };
                Self { before: deep(1), element: deep(2), end: deep(1), gap: " ".to_owned(), joints }
            }
            None => {
                let gap = if colon.ends_with(' ') { " " } else { "" }.to_owned();
                let joints = Joints { open: before.clone(), colon, between: format!(",{gap}"), close: before.clone() };
                Self { before: gap.clone(), element: String::new(), end: String::new(), gap, joints }
            }
        }
    }

    fn list(&self, waivers: &[Waiver]) -> String {
        let separator = if self.element.is_empty() { format!(",{}", self.gap) } else { format!(",{}", self.element) };
        let objects: Vec<String> = waivers.iter().map(|waiver| self.joints.object(waiver)).collect();
        format!("[{}{}{}]", self.element, objects.join(&separator), self.end)
    }
}

fn colon(text: &str, member: &Member) -> String {
    text[member.name_span.end..member.value.span.start].to_owned()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    fn waiver(rule: &str, event: Option<&str>) -> Waiver {
        let text = |text: &str| text.to_owned();
        let (rule, event) = (text(rule), event.map(str::to_owned));
        Waiver {
            rule,
            event,
            pointer: text("/a"),
            reason: text("so \"be\" it"),
            owner: text("us"),
            until: text("2027-01-31"),
        }
    }

    fn added(text: &str) -> String {
        let manifest = parse("system.json", text.to_owned()).unwrap();
        let new = [waiver("EV001", Some("a.b")), waiver("EV002", None)];
        let edited = edited(&manifest, &new, &[]);
        let (was, is) = (manifest.value.to_json(), parse("system.json", edited.clone()).unwrap().value.to_json());
        let list = |json: &serde_json::Value| json["waivers"].as_array().cloned().unwrap_or_default();
        let expected: Vec<_> =
            list(&was).into_iter().chain(new.iter().map(|one| serde_json::to_value(one).unwrap())).collect();
        assert_eq!(list(&is), expected, "{edited}");
        edited
    }

    #[test]
    fn lines_follow_lines() {
        assert_eq!(
            added("{\n    \"name\": \"x\",\n    \"waivers\": []\n}\n"),
            "{\n    \"name\": \"x\",\n    \"waivers\": [\n        {\n            \"rule\": \"EV001\",\n            \
             \"event\": \"a.b\",\n            \"pointer\": \"/a\",\n            \"reason\": \"so \\\"be\\\" it\",\n            \
             \"owner\": \"us\",\n            \"until\": \"2027-01-31\"\n        },\n        {\n            \
             \"rule\": \"EV002\",\n            \"pointer\": \"/a\",\n            \"reason\": \"so \\\"be\\\" it\",\n            \
             \"owner\": \"us\",\n            \"until\": \"2027-01-31\"\n        }\n    ]\n}\n"
        );
    }

    #[test]
    fn every_layout_is_kept() {
        let one = r#"{ "rule": "EV9", "until": "x" }"#;
        for (text, expected) in [
            ("{}", "{ \"waivers\": [{\"rule\": \"EV001\""),
            (r#"{"name":"x"}"#, r#"{"name":"x","waivers":[{"rule":"EV001","event":"a.b","pointer""#),
            (r#"{ "name": "x" }"#, r#"{ "name": "x", "waivers": [{ "rule": "EV001", "event""#),
            ("{\r\n\t\"name\": \"x\"\r\n}", "\"x\",\r\n\t\"waivers\": [\r\n\t\t{\r\n\t\t\t\"rule\": \"EV001\",\r\n"),
            (&format!("{{\n \"waivers\": [\n  {one}\n ]\n}}"), "\"x\" },\n  { \"rule\": \"EV001\", \"event\": \"a.b\""),
            (&format!("{{\n \"waivers\": [{one}, {one}]\n}}"), "\"x\" }, { \"rule\": \"EV001\", \"event\": \"a.b\""),
            (&format!("{{\n \"waivers\": [{one}]\n}}"), "\"x\" }, { \"rule\": \"EV001\", \"event\": \"a.b\""),
            (
                "{\n \"waivers\": [{\n  \"rule\": \"EV9\",\n  \"until\": \"x\"\n }]\n}",
                "\n }, {\n  \"rule\": \"EV001\",\n",
            ),
        ] {
            let edited = added(text);
            assert!(edited.contains(expected), "{text}\nbecame\n{edited}");
        }
    }

    #[test]
    fn our_own_files_keep_every_letter() {
        let schemas = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let folder = crate::source::read_folder(&schemas).unwrap();
        let manifests = folder.documents.iter().filter(|(path, _)| path.ends_with("/system.json"));
        let mut seen = 0;
        for (_, manifest) in manifests {
            let text = &manifest.file.text;
            let edited = added(text);
            let list = manifest.value.get("waivers").unwrap();
            let end = list.elements().last().map_or(list.span.start + 1, |last| last.span.end);
            assert!(edited.starts_with(&text[..end]) && edited.ends_with(text[end..].trim_start()), "{edited}");
            seen += 1;
        }
        assert_eq!(seen, 5);
    }

    #[test]
    fn what_is_renewed_stays_where_it_is() {
        let text = r#"{ "waivers": [ {"rule": "EV9", "reason": "old", "owner":"o", "until" : "x"} ], "name": 1.0 }"#;
        let manifest = parse("system.json", text.to_owned()).unwrap();
        assert_eq!(
            edited(&manifest, &[], &[(0, waiver("EV9", None))]),
            r#"{ "waivers": [ {"rule": "EV9", "reason": "so \"be\" it", "owner":"us", "until" : "2027-01-31"} ], "name": 1.0 }"#
        );
    }
}
