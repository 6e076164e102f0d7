//! Schemas that were made to hurt: each ends in types or in a diagnostic, soon and in bounded memory, and reads nothing
//! outside its folder.

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use event_contracts_codegen::Types;
use serde_json::{Map, Value, json};

/// Nobody waits longer than this for a build script; a hang would be a denial of service.
const PATIENCE: Duration = Duration::from_secs(60);

/// What comes of a schema: how many types, or the ids of the rules that refuse it.
fn generate(name: &str, text: String) -> Result<usize, Vec<&'static str>> {
    let folder = folder(name);
    fs::write(folder.join("schema.json"), text).unwrap();
    outcome(folder.join("schema.json"))
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn outcome(file: PathBuf) -> Result<usize, Vec<&'static str>> {
    let (done, wait) = mpsc::channel();
    let shown = file.display().to_string();
    std::thread::spawn(move || {
        let loaded = Types::of([&file]).load().map(|(plains, _)| {
            // What is laid out must also be written.
            let files = event_contracts_codegen::write::render_plain(&plains);
            assert!(files.iter().map(|file| file.text.len()).sum::<usize>() < 64 << 20, "too much text");
            plains[0].types.len()
        });
        let _ = done.send(loaded.map_err(|found| found.sorted().iter().map(|finding| finding.rule.id).collect()));
    });
    wait.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{shown} takes too long, or panics"))
}

fn definitions(count: usize, one: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..count).map(|index| (format!("D{index}"), one(index))).collect()
}

fn reference(index: usize) -> Value {
    json!({ "$ref": format!("#/$defs/D{index}") })
}

#[test]
fn depth_ends() {
    let deep = |opening: &str, middle: &str, closing: &str| {
        format!("{}{middle}{}", opening.repeat(20_000), closing.repeat(20_000))
    };
    for (name, text) in [
        ("deep-properties", deep(r#"{"properties":{"a":"#, "true", "}}")),
        ("deep-all-of", deep(r#"{"allOf":["#, "true", "]}")),
        ("deep-not", deep(r#"{"not":"#, "true", "}")),
        ("deep-default", format!(r#"{{"default":{}}}"#, deep("[", "", "]"))),
    ] {
        assert_eq!(generate(name, text), Err(vec!["EV614"]), "{name}");
    }
}

#[test]
fn long_chains_end() {
    let chain = |step: fn(Value) -> Value| {
        let last = 10_000;
        let one = |index: usize| if index == last { json!({ "type": "string" }) } else { step(reference(index + 1)) };
        json!({ "$defs": definitions(last + 1, one), "$ref": "#/$defs/D0" }).to_string()
    };
    for (name, step) in [
        ("chain-of-refs", (|next| next) as fn(Value) -> Value),
        ("chain-of-all-of", |next| json!({ "allOf": [next] })),
        ("chain-of-members", |next| json!({ "type": "object", "properties": { "a": next } })),
        ("chain-of-items", |next| json!({ "type": "array", "items": next })),
        ("chain-of-any-of", |next| json!({ "anyOf": [next, { "type": "null" }] })),
        ("chain-of-not", |next| json!({ "not": next })),
    ] {
        let outcome = generate(name, chain(step));
        let is_deep = |ids: Vec<&str>| ids.iter().all(|id| *id == "EV614");
        assert!(outcome.clone().err().is_none_or(is_deep), "{name}: {outcome:?}");
    }
}

#[test]
fn what_leads_back_to_itself_ends() {
    for (name, schema, refused) in [
        ("self", json!({ "$ref": "#" }), false),
        ("self-all-of", json!({ "allOf": [{ "$ref": "#" }, { "$ref": "#" }] }), false),
        ("self-any-of", json!({ "anyOf": [{ "$ref": "#" }, { "type": "null" }] }), true),
        ("self-one-of", json!({ "oneOf": [{ "$ref": "#" }, { "type": "string" }] }), true),
        ("self-not", json!({ "not": { "$ref": "#" } }), true),
        ("self-if", json!({ "if": { "$ref": "#" }, "then": true }), true),
        (
            "two",
            json!({ "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "$ref": "#/$defs/a" } }, "$ref": "#/$defs/a" }),
            false,
        ),
        ("only-arrays", json!({ "type": "array", "items": { "$ref": "#" } }), false),
        ("only-maps", json!({ "type": "object", "additionalProperties": { "$ref": "#" } }), false),
        (
            "required-itself",
            json!({ "type": "object", "properties": { "a": { "$ref": "#" } }, "required": ["a"] }),
            false,
        ),
    ] {
        let outcome = generate(name, schema.to_string());
        assert_eq!(outcome.is_err(), refused, "{name}: {outcome:?}");
    }
}

#[test]
fn width_ends() {
    let members: Map<String, Value> =
        (0..10_000).map(|index| (format!("m{index}"), json!({ "type": "string" }))).collect();
    let values: Vec<String> = (0..10_000).map(|index| format!("value {index}")).collect();
    let branches: Vec<Value> =
        (0..2_000).map(|index| json!({ "type": "string", "const": index.to_string() })).collect();
    let names: Vec<Value> = (0..2_000)
        .map(|_| json!({ "title": "Same", "type": "object", "properties": { "a": { "type": "string" } } }))
        .collect();
    for (name, schema) in [
        ("ten-thousand-members", json!({ "type": "object", "properties": members })),
        ("ten-thousand-values", json!({ "type": "string", "enum": values })),
        ("two-thousand-branches", json!({ "oneOf": branches })),
        ("one-title", json!({ "type": "array", "prefixItems": names })),
        (
            "long-words",
            json!({ "title": "T".repeat(100_000), "description": "`".repeat(100_000), "type": "object", "properties": { "p".repeat(100_000): true } }),
        ),
    ] {
        let outcome = generate(name, schema.to_string());
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
    }
}

#[test]
fn growth_ends() {
    // Each definition names the next one twice: as a tree, 2^60 of them.
    let doubled = |keyword: &'static str| {
        let one = move |index: usize| match index {
            60 => json!({ "type": "integer" }),
            _ => json!({ keyword: [reference(index + 1), reference(index + 1)] }),
        };
        json!({ "$defs": definitions(61, one), "$ref": "#/$defs/D0" }).to_string()
    };
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let outcome = generate(&format!("doubled-{keyword}"), doubled(keyword));
        // Sixty alternatives of alternatives are more than a value is looked at through.
        let expected = if keyword == "allOf" { None } else { Some(vec!["EV614"]) };
        assert_eq!(outcome.err(), expected, "{keyword}");
    }
    // Which definitions hold for a member depends on the way to it: 2^40 sets of them.
    let last = 40;
    let one = |index: usize| {
        let next = reference((index + 1).min(last));
        let here = if index == 0 { json!({ "allOf": [reference(0), reference(1)] }) } else { next.clone() };
        let other = if index == 0 { reference(0) } else { next };
        json!({ "type": "object", "properties": { "a": here, "b": other } })
    };
    let sets = json!({ "$defs": definitions(last + 1, one), "$ref": "#/$defs/D0" }).to_string();
    let outcome = generate("sets", sets);
    assert!(outcome.is_ok() || outcome == Err(vec!["EV614"]), "{outcome:?}");
}

#[test]
fn unions_end() {
    // Branches of branches, each with members of its own: 8^30 sets of schemas; and 64^20 ways to one.
    let members =
        |index: usize, branch: usize| json!({ "type": "object", "properties": { format!("m{index}x{branch}"): {} } });
    let wider = |index: usize| {
        let branches = (0..8).map(|branch| json!({ "allOf": [members(index, branch), reference(index + 1)] }));
        let branches: Vec<Value> = branches.collect();
        if index == 30 { json!({ "type": "object" }) } else { json!({ "anyOf": branches, "properties": { "a": {} } }) }
    };
    let many = |index: usize| {
        let branches: Vec<Value> = (0..64).map(|_| reference(index + 1)).collect();
        if index == 20 { json!({ "type": "array" }) } else { json!({ "oneOf": branches, "minItems": index }) }
    };
    for (name, schema) in [
        ("wider-unions", json!({ "$defs": definitions(31, wider), "$ref": "#/$defs/D0" })),
        ("many-ways", json!({ "$defs": definitions(21, many), "$ref": "#/$defs/D0" })),
    ] {
        let outcome = generate(name, schema.to_string());
        assert!(outcome.is_ok() || outcome == Err(vec!["EV614"]), "{name}: {outcome:?}");
    }
}

#[test]
fn patterns_end() {
    for (name, pattern, accepted) in [
        ("nested-stars", "^(a+)+$", true),
        ("alternatives", "^(a|a)*$", true),
        ("wide", "^.{1,200}$", true),
        ("too-wide", "^.{1,100000}$", false),
        ("too-wide-twice", "^([a-z]{1,4000}){1,4000}$", false),
        ("nth-from-the-end", "^[ab]*a[ab]{40}$", false),
        ("looking-around", "^((?!a(?=b)).)*$", true),
        ("many-look-aheads", "^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[!?]).{8,500}$", false),
        ("back-reference", r"^(a+)\1$", false),
        ("unclosed", "(a", false),
        ("long", &"(a|b|c)?".repeat(5_000), false),
    ] {
        let outcome = generate(name, json!({ "type": "string", "pattern": pattern }).to_string());
        match accepted {
            true => assert!(outcome.is_ok(), "{name}: {outcome:?}"),
            false => assert_eq!(outcome, Err(vec!["EV608"]), "{name}"),
        }
    }
}

#[test]
fn references_stay_inside() {
    let folder = folder("references");
    let inner = folder.join("inner");
    fs::create_dir_all(&inner).unwrap();
    fs::write(folder.join("secret.json"), "{\"type\":\"string\"}").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.json"), inner.join("link.json")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder, inner.join("up")).unwrap();
    for (target, rule) in [
        ("../secret.json", "EV605"),
        ("%2e%2e/secret.json", "EV605"),
        ("..%2Fsecret.json", "EV604"),
        ("/etc/hostname", "EV605"),
        ("file:///etc/hostname", "EV605"),
        ("https://example.com/schema.json", "EV605"),
        ("//example.com/schema.json", "EV605"),
        ("link.json", "EV604"),
        ("up/secret.json", "EV604"),
        ("missing.json", "EV604"),
        ("#/$defs/missing", "EV604"),
        ("#missing", "EV604"),
        ("http://[", "EV605"),
        ("", ""),
    ] {
        fs::write(inner.join("schema.json"), json!({ "properties": { "a": { "$ref": target } } }).to_string()).unwrap();
        let outcome = outcome(inner.join("schema.json"));
        if rule.is_empty() {
            assert!(outcome.is_ok(), "{target:?}: {outcome:?}");
        } else {
            assert_eq!(outcome, Err(vec![rule]), "{target}");
        }
    }
}

#[test]
fn what_is_no_schema_is_refused() {
    for text in [
        "",
        "null",
        "[]",
        "1",
        "\"a\"",
        "{\"type\":",
        "{\"type\":\"nothing\"}",
        "{\"properties\":[]}",
        "{\"$ref\":1}",
        "{\"required\":\"a\"}",
        "{\"a\":1,\"a\":2}",
        "\u{feff}{}",
        "{\"minLength\":-1}",
        "{\"multipleOf\":0}",
        "{\"items\":5}",
        "{\"enum\":3}",
    ] {
        let outcome = generate("no-schema", text.to_owned());
        assert!(outcome.is_err(), "{text:?} was taken");
    }
}
