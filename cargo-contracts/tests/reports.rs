//! What is written for other programs: JSON by its schemas, the summary of a job, and what a policy leaves of a break.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jsonschema::Validator;
use serde_json::Value;

/// A result of SARIF has a place, as services that show it insist; what the command could not do has none.
#[test]
fn what_could_not_be_done_is_no_result() {
    let lost = |format: &str| {
        let output = run(&["breaking", "--schemas", "../schemas", "--against", "dir:nowhere", "--format", format]);
        assert_eq!(output.status.code(), Some(101));
        String::from_utf8(output.stdout).unwrap()
    };
    let document: Value = serde_json::from_str(&lost("sarif")).unwrap();
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolConfigurationNotifications"][0]["descriptor"]["id"], "EV613");
    assert_eq!(document["runs"][0]["results"].as_array().map(Vec::len), Some(0));
    let xml = lost("junit");
    assert!(xml.contains(r#"<error message="cannot read the folder `nowhere`"#), "{xml}");
}

#[test]
fn every_report_follows_the_schema() {
    let report = schema("report");
    let (untidy, deployed, broken) = (fixture("untidy"), fixture("deployed"), fixture("broken"));
    let lenient = Edited::new("lenient").policy(r#"{ "compatibility": "backward" }"#);
    let waived = Edited::new("waived").waive();
    let compared = |new: &Path, old: &Path| {
        vec!["breaking".into(), "--schemas".into(), new.into(), "--against".into(), old.into()]
    };
    let with = |mut arguments: Vec<PathBuf>, more: &[&str]| {
        arguments.extend(more.iter().map(PathBuf::from));
        arguments
    };
    let payloads = ["tests/payloads/good.json", "tests/payloads/bad.json"];
    let cases: Vec<(Vec<PathBuf>, i32, &str)> = vec![
        (compared(&untidy, &deployed), 100, "failed"),
        (compared(&untidy, &untidy), 0, "passed"),
        (compared(&lenient.0, &deployed), 0, "passed"),
        (compared(&waived.0, &deployed), 0, "passed"),
        (with(compared(&untidy, &deployed), &["--allow", "EV001"]), 0, "passed"),
        (compared(&untidy, &broken), 101, "incomplete"),
        (with(vec!["lint".into(), "--schemas".into()], &[untidy.to_str().unwrap()]), 100, "failed"),
        (with(vec!["lint".into(), "--schemas".into()], &["../schemas"]), 0, "passed"),
        (with(vec!["lint".into(), "--schemas".into()], &[broken.to_str().unwrap()]), 100, "failed"),
        (with(vec!["validate".into(), "--schemas".into(), "../schemas".into()], &payloads), 100, "failed"),
    ];
    for (arguments, code, verdict) in &cases {
        let output = run(&with(arguments.clone(), &["--format", "json"]));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_valid(&report, &document, arguments);
        assert_eq!(
            (output.status.code(), document["verdict"].as_str()),
            (Some(*code), Some(*verdict)),
            "{arguments:?}"
        );
    }
}

#[test]
fn comparisons_follow_their_schemas() {
    let (one, many) = (schema("compare"), schema("pairs"));
    let old = "tests/fixtures/compare/order.v1.json";
    for new in ["tests/fixtures/compare/order.v2.json", old] {
        let output = run(&["compare", "--format", "json", old, new]);
        assert_valid(&one, &serde_json::from_slice(&output.stdout).unwrap(), &new);
    }
    let output = run(&["compare", "--pairs", "tests/fixtures/compare/pairs.jsonl"]);
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.iter().for_each(|line| assert_valid(&many, line, line));
    let has = |name: &str| lines.iter().any(|line| line.get(name).is_some());
    assert!(has("backward") && has("error"), "{lines:?}");
}

/// Whoever reads a report of a break finds everything in members, and parses no sentence.
#[test]
fn a_break_is_told_in_members() {
    let output = breaking(&fixture("untidy"), &["--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let change = &document["findings"][0]["change"];
    assert_eq!(change["breaks"][0]["direction"], "forward");
    assert_eq!(change["breaks"][0]["witness"]["type"], "order.placed");
    let about = ["system", "topic", "event", "pointer", "fingerprint"].map(|name| change[name].as_str().unwrap());
    assert_eq!(about, ["shop", "orders", "order.placed", "/data/gift", "8c2e540d99cd"]);
    let comparison = &document["comparison"];
    assert_eq!(comparison["baseline"], serde_json::json!({ "title": "tests/fixtures/deployed", "commit": null }));
    assert_eq!(comparison["rollout"][0]["order"]["first"], serde_json::json!(["warehouse"]));
    assert_eq!(comparison["events"][0]["policy"]["compatibility"], "full");
}

#[test]
fn a_break_that_nobody_asks_about_is_a_note() {
    let lenient = Edited::new("note").policy(r#"{ "compatibility": "backward" }"#);
    let output = breaking(&lenient.0, &["--format", "short"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("note[EV001 member-removed]") && said.contains("warning[EV107 policy-loosened]"), "{said}");
    assert_eq!(output.status.code(), Some(0));
    let denied = breaking(&lenient.0, &["--deny", "EV001"]);
    assert_eq!(denied.status.code(), Some(100), "the command line has the last word");
}

#[test]
fn the_summary_of_a_job_is_written_once_more_for_each_run() {
    let summary = Path::new(env!("CARGO_TARGET_TMPDIR")).join("summary.md");
    let _ = fs::remove_file(&summary);
    for run in 1..=2 {
        let output = command(&breaking_arguments(&fixture("untidy"), &["--format", "github"]))
            .env("GITHUB_STEP_SUMMARY", &summary)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(100));
        let text = fs::read_to_string(&summary).unwrap();
        assert_eq!(text.matches("## ❌ cargo contracts breaking: 1 error, 0 warnings").count(), run, "{text}");
    }
}

#[test]
fn waivers_are_written_once_and_the_next_run_is_clean() {
    let waived = Edited::new("written").waive();
    let manifest = waived.0.join("shop/system.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let added = "  \"waivers\": [\n    {\n      \"rule\": \"EV001\",\n      \"event\": \"order.placed\",\n";
    assert!(text.contains(added), "{text}");
    let before = fs::read_to_string(fixture("untidy").join("shop/system.json")).unwrap();
    let kept = before.split_once("[]").unwrap().0;
    assert!(text.starts_with(kept), "nothing else has changed");
    // Nothing is left to be waived.
    assert_eq!(breaking(&waived.0, &WAIVE).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
    // What has expired is said anew, in its place.
    fs::write(&manifest, text.replace("2099-12-31", "2020-01-01")).unwrap();
    assert_eq!(breaking(&waived.0, &[]).status.code(), Some(100));
    assert_eq!(breaking(&waived.0, &WAIVE).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
}

#[test]
fn what_lint_finds_is_waived_by_event_and_place() {
    let linted = Edited::new("linted");
    let lint = |more: &[&str]| {
        let arguments = [&["lint", "--format", "short", "--schemas", linted.0.to_str().unwrap()], more].concat();
        run(&arguments)
    };
    assert_eq!(lint(&[]).status.code(), Some(100));
    assert_eq!(lint(&WAIVE).status.code(), Some(0));
    assert_eq!(lint(&[]).status.code(), Some(0));
    let manifest: Value =
        serde_json::from_str(&fs::read_to_string(linted.0.join("shop/system.json")).unwrap()).unwrap();
    let waivers = manifest["waivers"].as_array().unwrap();
    let mut said: Vec<[&str; 3]> =
        waivers.iter().map(|one| ["rule", "event", "pointer"].map(|name| one[name].as_str().unwrap_or("-"))).collect();
    said.sort();
    let expected = [
        ["EV212", "-", "/services/OrderService"],
        ["EV220", "order.placed", "/$defs/OrderPlacedData/properties/quantity"],
        ["EV222", "order.placed", "/data"],
    ];
    assert_eq!(said, expected);
}

const WAIVE: [&str; 7] =
    ["--write-waivers", "--reason", "nobody reads gifts", "--owner", "shop", "--until", "2099-12-31"];

/// A copy of the untidy schemas that may be changed.
struct Edited(PathBuf);

impl Edited {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports").join(name);
        let _ = fs::remove_dir_all(&folder);
        copy(&fixture("untidy"), &folder);
        Self(folder)
    }

    fn policy(self, policy: &str) -> Self {
        let path = self.0.join("shop/system.json");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replacen("{\n", &format!("{{\n  \"policy\": {policy},\n"), 1)).unwrap();
        self
    }

    fn waive(self) -> Self {
        let output = breaking(&self.0, &WAIVE);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        self
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new("tests/fixtures").join(name)
}

/// The schemas against those that are deployed.
fn breaking(schemas: &Path, more: &[&str]) -> Output {
    run(&breaking_arguments(schemas, more))
}

fn breaking_arguments(schemas: &Path, more: &[&str]) -> Vec<PathBuf> {
    let known = [Path::new("breaking"), Path::new("--schemas"), schemas, Path::new("--against")];
    let known = known.into_iter().map(Path::to_owned).chain([fixture("deployed")]);
    known.chain(more.iter().map(PathBuf::from)).collect()
}

fn run(arguments: &[impl AsRef<std::ffi::OsStr>]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[impl AsRef<std::ffi::OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-contracts"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("GITHUB_STEP_SUMMARY");
    command
}

/// A schema as the command itself gives it.
fn schema(name: &str) -> Validator {
    let output = run(&["schema", name]);
    jsonschema::validator_for(&serde_json::from_slice(&output.stdout).unwrap()).unwrap()
}

fn assert_valid(schema: &Validator, document: &Value, what: &dyn std::fmt::Debug) {
    let errors: Vec<String> =
        schema.iter_errors(document).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what:?}: {}", errors.join("\n"));
}
