//! Pairs of our own, each with what is true of it: every family of keywords, and what other checkers got wrong.
//!
//! A line of `pairs/*.jsonl` is `{"id", "draft"?, "formats"?, "reading"?, "old", "new", "backward", "forward", "why"?}`;
//! `drafts` instead of `draft` says that the same is true in each of them.

use std::collections::BTreeSet;
use std::path::Path;

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Options, Reading, Verdict, compare};
use event_contracts_evolution_tests::{lines, validator};
use serde_json::Value;

#[test]
fn every_pair_is_judged_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    let (mut ids, mut wrong) = (BTreeSet::new(), Vec::new());
    for line in lines(&folder).iter().flat_map(in_each_draft) {
        let id = line["id"].as_str().expect("a pair has an id").to_owned();
        assert!(ids.insert(id.clone()), "{id} stands twice");
        for (direction, verdict) in ["backward", "forward"].into_iter().zip(judge(&line)) {
            if line[direction] != verdict.name() {
                wrong.push(format!(
                    "{id} {direction}: {verdict:?}, not {}\n  {}\n  {}",
                    line[direction], line["old"], line["new"]
                ));
            }
            if let Verdict::Breaking { witness } = &verdict {
                let (writer, reader) = if direction == "backward" { ("old", "new") } else { ("new", "old") };
                assert!(
                    accepts(&line, writer, witness) && !accepts(&line, reader, witness),
                    "{id}: {witness} shows nothing"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ids.len() > 1000, "the pairs were found");
}

/// The line, once for each draft that it names.
fn in_each_draft(line: &Value) -> Vec<Value> {
    let Some(drafts) = line["drafts"].as_array() else { return vec![line.clone()] };
    let in_draft = |draft: &Value| {
        let mut line = line.clone();
        line["id"] = format!("{} in draft {draft}", line["id"]).into();
        line["draft"] = draft.clone();
        line
    };
    drafts.iter().map(in_draft).collect()
}

fn judge(line: &Value) -> [Verdict; 2] {
    let options = Options {
        draft: draft(line),
        assert_formats: line["formats"] == true,
        reading: if line["reading"] == "emitted" { Reading::Emitted } else { Reading::EveryInstance },
        ..Options::default()
    };
    let comparison = compare(&line["old"].to_string(), &line["new"].to_string(), &options);
    let comparison = comparison.unwrap_or_else(|error| panic!("{}: {error}", line["id"]));
    [comparison.backward, comparison.forward]
}

fn draft(line: &Value) -> Option<Draft> {
    let stated = line.get("draft")?;
    Some(Draft::named(stated.as_str().unwrap_or(&stated.to_string())).expect("a pair states a draft that there is"))
}

fn accepts(line: &Value, side: &str, value: &Value) -> bool {
    validator(&line[side], draft(line), line["formats"] == true).expect("a pair holds schemas").is_valid(value)
}
