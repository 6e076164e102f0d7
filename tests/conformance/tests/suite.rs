//! Every case of the JSON-Schema-Test-Suite, through generated and compiled code; the outcome per keyword is committed.

#![allow(mixed_script_confusables, uncommon_codepoints, reason = "schemas of the suite name members in any script")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use event_contracts_conformance::{Decoder, Refused, data, run};
use serde_json::Value;

mod types {
    #![allow(missing_docs, unreachable_pub, clippy::all, dead_code, deprecated, non_camel_case_types)]
    include!(concat!(env!("OUT_DIR"), "/suite/types/mod.rs"));
}
include!(concat!(env!("OUT_DIR"), "/suite/table.rs"));

/// The outcome of one file of the suite.
#[derive(Default)]
struct Row {
    exact: usize,
    refused: usize,
    wrong: usize,
    cases: usize,
    /// Cases in which the `jsonschema` crate differs from the suite.
    differs: usize,
}

#[derive(Default)]
struct Report {
    rows: BTreeMap<String, Row>,
    wrong: Vec<String>,
    refused: Vec<String>,
    differs: Vec<String>,
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that was skipped says so")]
fn the_suite_agrees() {
    let Some(folder) = data() else {
        eprintln!("skipped: the JSON-Schema-Test-Suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
        return;
    };
    let mut report = Report::default();
    for decoder in DECODERS {
        judge(&mut report, &folder, decoder);
    }
    for refused in REFUSED {
        let (file, index) = refused.name.rsplit_once('/').unwrap();
        let group = &read(&folder, file)[index.parse::<usize>().unwrap()];
        report.rows.entry(file.to_owned()).or_default().refused += 1;
        report.refused.push(format!(
            "| {file} | {} | {} |",
            cell(&group["description"]),
            refused.reason.replace('|', "\\|")
        ));
    }
    hold("SUITE.md", &table(&report));
    assert!(report.wrong.is_empty(), "{} cases are judged wrongly:\n{}", report.wrong.len(), report.wrong.join("\n"));
}

fn judge(report: &mut Report, folder: &Path, decoder: &Decoder) {
    let (file, index) = decoder.name.rsplit_once('/').unwrap();
    let group = &read(folder, file)[index.parse::<usize>().unwrap()];
    let oracle = oracle(folder, file, &group["schema"]);
    let row = report.rows.entry(file.to_owned()).or_default();
    let mut wrong = false;
    for test in group["tests"].as_array().unwrap() {
        row.cases += 1;
        let (text, valid) = (test["data"].to_string(), test["valid"].as_bool().unwrap());
        let case = format!("| {file} | {} | {} |", cell(&group["description"]), cell(&test["description"]));
        let verdict = std::panic::catch_unwind(|| (decoder.run)(&text));
        match verdict {
            Ok(verdict) if verdict.is_ok() == valid => {}
            Ok(verdict) => {
                wrong = true;
                report.wrong.push(format!("{case} {verdict:?} but valid: {valid}, schema {}", group["schema"]));
            }
            Err(_) => {
                wrong = true;
                report.wrong.push(format!("{case} panicked, schema {}", group["schema"]));
            }
        }
        if oracle.as_ref().is_none_or(|oracle| oracle.is_valid(&test["data"]) != valid) {
            row.differs += 1;
            report.differs.push(case);
        }
    }
    if wrong { row.wrong += 1 } else { row.exact += 1 }
}

fn read(folder: &Path, file: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join("tests").join(file)).unwrap()).unwrap()
}

fn cell(text: &Value) -> String {
    text.as_str().unwrap_or_default().replace('|', "\\|")
}

/// The `jsonschema` crate for the same schema, draft and formats.
fn oracle(folder: &Path, file: &str, schema: &Value) -> Option<jsonschema::Validator> {
    let draft = if file.starts_with("draft7") { jsonschema::Draft::Draft7 } else { jsonschema::Draft::Draft202012 };
    let formats = !file.ends_with("/format.json") || file.contains("optional");
    let mut registry = jsonschema::Registry::new().draft(draft);
    let own = file.split('/').next().unwrap_or_default();
    let other =
        |uri: &str| ["/draft", "/v1/"].iter().any(|part| uri.contains(part)) && !uri.contains(&format!("/{own}/"));
    for (uri, resource) in remotes(&folder.join("remotes"), "http://localhost:1234") {
        if other(&uri) && !file.contains("cross-draft") {
            continue;
        }
        registry = registry.add(uri, resource).ok()?;
    }
    let registry = registry.prepare().ok()?;
    jsonschema::options().with_draft(draft).should_validate_formats(formats).with_registry(&registry).build(schema).ok()
}

fn remotes(folder: &Path, base: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            all.extend(remotes(&path, &format!("{base}/{name}")));
        } else if let Ok(value) = serde_json::from_slice(&fs::read(&path).unwrap()) {
            all.push((format!("{base}/{name}"), value));
        }
    }
    all
}

fn table(report: &Report) -> String {
    let mut text = String::from(
        "# Conformance to the JSON-Schema-Test-Suite\n\nEvery case goes through generated and compiled code: decoded, judged, and written again. *Exact* counts the schemas whose every\ncase comes out as the suite says, *refused* those that the generator does not take, *wrong* all others. *Differs* counts the\ncases in which the `jsonschema` crate says otherwise than the suite; truth is the suite.\n\n`UPDATE_EXPECT=1 cargo test -p event-contracts-conformance --test suite` writes this file.\n",
    );
    for draft in ["draft7", "draft2020-12"] {
        for (title, wanted) in [("mandatory and formats", false), ("other optional files", true)] {
            let is_wanted = |file: &str| {
                file.starts_with(&format!("{draft}/"))
                    && (file.contains("/optional/") && !file.contains("/format/")) == wanted
            };
            let rows: Vec<_> = report.rows.iter().filter(|(file, _)| is_wanted(file)).collect();
            let sum = |count: fn(&Row) -> usize| rows.iter().map(|(_, row)| count(row)).sum::<usize>();
            let (exact, refused, wrong) = (sum(|row| row.exact), sum(|row| row.refused), sum(|row| row.wrong));
            let share = exact as f64 * 100.0 / (exact + refused + wrong).max(1) as f64;
            let _ = write!(
                text,
                "\n## {draft}, {title}\n\n{exact} of {} schemas are exact ({share:.1} %), {refused} refused, {wrong} wrong.\n\n| file | exact | refused | wrong | cases | differs |\n|---|---|---|---|---|---|\n",
                exact + refused + wrong
            );
            for (file, row) in &rows {
                let name = file.trim_start_matches(draft).trim_start_matches('/');
                let _ = writeln!(
                    text,
                    "| {name} | {} | {} | {} | {} | {} |",
                    row.exact, row.refused, row.wrong, row.cases, row.differs
                );
            }
        }
    }
    let _ = write!(text, "\n## Refused\n\n| file | schema | reason |\n|---|---|---|\n{}\n", sorted(&report.refused));
    let _ = write!(
        text,
        "\n## Where the `jsonschema` crate differs from the suite\n\n| file | schema | case |\n|---|---|---|\n{}\n",
        sorted(&report.differs)
    );
    text
}

fn sorted(lines: &[String]) -> String {
    let mut lines = lines.to_vec();
    lines.sort();
    lines.join("\n")
}

/// Holds a committed file to a text.
fn hold(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return fs::write(path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "{name} is not what came out; `UPDATE_EXPECT=1` writes it");
}
