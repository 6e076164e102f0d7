//! The traps that decoders fall into, each by its name, on small schemas and through generated code.

use event_contracts_conformance::{Decoder, Refused, run};
use verdict::{accepted, refused};

#[path = "traps/verdict.rs"]
mod verdict;

mod types {
    #![allow(missing_docs, unreachable_pub, clippy::all, dead_code, deprecated, non_camel_case_types)]
    include!(concat!(env!("OUT_DIR"), "/traps/types/mod.rs"));
}
include!(concat!(env!("OUT_DIR"), "/traps/table.rs"));

#[test]
fn null_for_an_optional_member() {
    accepted("optional", "{}");
    refused("optional", r#"{"note": null}"#, "type");
    assert_eq!(accepted("optional", r#"{"maybe":null,"must":null}"#), r#"{"maybe":null,"must":null}"#);
    assert_eq!(accepted("optional", r#"{"must":null}"#), r#"{"must":null}"#);
}

#[test]
fn integers_spelled_with_a_point_or_an_exponent() {
    for number in ["1.0", "1e2", "1E+2", "10e-1", "0.5e1", "-0.0", "1000.000"] {
        accepted("numbers", &format!(r#"{{"integer": {number}, "small": {number}, "number": {number}}}"#));
    }
    for number in ["1.5", "1e-1", "0.05e1", "1e-400"] {
        refused("numbers", &format!(r#"{{"integer": {number}}}"#), "type");
    }
    accepted("numbers", r#"{"one": 1.0}"#);
    accepted("numbers", r#"{"one": 10e-1}"#);
    refused("numbers", r#"{"one": 1.01}"#, "const");
    refused("numbers", r#"{"small": 1.001e3}"#, "maximum");
    accepted("numbers", r#"{"cents": 0.07}"#);
    refused("numbers", r#"{"cents": 0.071}"#, "multipleOf");
}

#[test]
fn numbers_too_large_for_a_float_keep_every_digit() {
    for number in ["1e400", "-1E+400", "1234567890123456789012345678901234567890", "0.1234567890123456789012345678901"]
    {
        let text = format!(r#"{{"number":{number}}}"#);
        assert_eq!(accepted("numbers", &text), text);
    }
    accepted("numbers", r#"{"integer": 1e400}"#);
    accepted("numbers", r#"{"above": 1e-400}"#);
    refused("numbers", r#"{"above": -1e-400}"#, "exclusiveMinimum");
    refused("numbers", r#"{"small": 1e400}"#, "maximum");
}

#[test]
fn negative_zero_is_zero() {
    for number in ["-0", "-0.0", "-0e5"] {
        accepted("numbers", &format!(r#"{{"integer": {number}, "unsigned": {number}, "small": {number}}}"#));
        refused("numbers", &format!(r#"{{"above": {number}}}"#), "exclusiveMinimum");
    }
}

#[test]
fn integers_beyond_64_bits() {
    for number in [
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "340282366920938463463374607431768211456",
    ] {
        let text = format!(r#"{{"integer":{number}}}"#);
        assert_eq!(accepted("numbers", &text), text);
    }
    accepted("numbers", r#"{"unsigned": 18446744073709551616}"#);
    refused("numbers", r#"{"unsigned": -18446744073709551616}"#, "minimum");
    refused("numbers", r#"{"small": 18446744073709551617}"#, "maximum");
}

#[test]
fn duplicate_members_however_they_are_spelled() {
    let declared = [r#"{"a": 1, "a": 1}"#, r#"{"a": 1, "\u0061": 1}"#, r#"{"\u0061": 1, "b": "", "a": 1}"#];
    let undeclared = [r#"{"x": 1, "x": 1}"#, r#"{"x": 1, "a": 1, "\u0078": 2}"#, r#"{"\u0078": 1, "x": 2}"#];
    let nested = [r#"{"x": {"y": 1, "y": 2}}"#, r#"{"x": [0, {"y": [{"z": 1, "\u007a": 1}]}]}"#];
    for text in declared.iter().chain(&undeclared).chain(&nested) {
        refused("open", text, "duplicate");
        refused("any", text, "duplicate");
    }
    refused("map", r#"{"k": 1, "\u006b": 1}"#, "duplicate");
    refused("patterned", r#"{"x-a": "", "x\u002da": ""}"#, "duplicate");
    accepted("open", r#"{"a": 1, "A": 1, "x": {"a": 1}, "y": {"a": 1}}"#);
}

#[test]
fn zero_characters_in_names_and_values() {
    for text in [r#"{"\u0000": "\u0000", "a": 1}"#, r#"{"a\u0000": 2, "a": 1}"#, r#"{"x": "a\u0000b"}"#] {
        accepted("open", text);
    }
    refused("open", r#"{"\u0000": 1, "\u0000": 2}"#, "duplicate");
    accepted("text", r#"{"text": "a\u0000b", "letter": "\u0000"}"#);
    refused("text", r#"{"text": "a\u0000bc"}"#, "maxLength");
    refused("text", r#"{"letter": "a\u0000"}"#, "enum");
    refused("open", "{\"x\": \"\u{0}\"}", "syntax");
}

#[test]
fn half_a_surrogate_pair_is_no_text() {
    for text in
        [r#""\ud83d""#, r#""\ude00""#, r#""\ude00\ud83d""#, r#""\ud83dx""#, r#""\ud83d\n""#, r#""\ud83d\u0041""#]
    {
        refused("text", &format!(r#"{{"text": {text}}}"#), "syntax");
        refused("open", &format!(r#"{{"x": [{text}]}}"#), "syntax");
        refused("open", &format!(r#"{{{text}: 1}}"#), "syntax");
    }
    accepted("text", r#"{"text": "\ud83d\ude00\ud83d\ude00😀"}"#);
}

#[test]
fn nesting_of_128_levels_and_no_more() {
    let lists = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    accepted("any", &lists(128));
    refused("any", &lists(129), "depth");
    accepted("open", &format!(r#"{{"x": {}}}"#, lists(127)));
    refused("open", &format!(r#"{{"x": {}}}"#, lists(128)), "depth");
    // Generated code that calls itself is bound by it, too.
    let chain = |depth: usize| {
        format!(r#"{}{{"value": 0}}{}"#, r#"{"value": 0, "next": "#.repeat(depth - 1), "}".repeat(depth - 1))
    };
    accepted("list", &chain(128));
    refused("list", &chain(129), "depth");
}

#[test]
fn an_array_where_an_object_is_due() {
    for text in
        [r#"{"object": []}"#, r#"{"object": [["a", 1]]}"#, r#"{"array": [[]]}"#, r#"{"array": {"0": {}}}"#, "[]"]
    {
        refused("shapes", text, "type");
    }
    // Without `type`, `prefixItems` has nothing against an object.
    accepted("shapes", r#"{"tuple": {"0": "x"}, "array": [{}], "object": {}}"#);
    refused("shapes", r#"{"tuple": ["x"]}"#, "type");
}

#[test]
fn unknown_members_are_kept_in_their_order() {
    let text = r#"{"a":1,"b":"x","z":[1.50,{"q":null}],"y":1e2,"é":"\u00e9"}"#;
    assert_eq!(accepted("open", text), text);
    assert_eq!(accepted("open", r#"{"z":1,"a":1,"y":2}"#), r#"{"a":1,"z":1,"y":2}"#);
    // The members of a map are not unknown; a map sorts them.
    assert_eq!(accepted("map", r#"{"z":1,"a":2}"#), r#"{"a":2,"z":1}"#);
}

#[test]
fn unknown_members_of_a_closed_object_are_refused() {
    accepted("closed", r#"{"b":"","a":1}"#);
    for text in [r#"{"c": 1}"#, r#"{"a": 1, "A": 1}"#, r#"{"": null}"#, r#"{"a": 1, "\u0063": 1}"#] {
        refused("closed", text, "additionalProperties");
    }
    accepted("closed", r#"{"\u0061": 1}"#);
}

#[test]
fn members_named_by_patterns() {
    let text = r#"{"a":1,"x-b":"1","x-a":"2","q-n":[0],"x-n":"12"}"#;
    assert_eq!(accepted("patterned", text), text);
    refused("patterned", r#"{"x-a": 1}"#, "type");
    refused("patterned", r#"{"q": 1}"#, "additionalProperties");
    refused("patterned", r#"{"X-a": ""}"#, "additionalProperties");
    // Both patterns name it, so both schemas judge it.
    refused("patterned", r#"{"x-n": "1"}"#, "minLength");
}

#[test]
fn patterns_mean_what_ecma_says() {
    let cases: [(&str, &[&str], &[&str]); 8] = [
        ("digit", &["0", "9"], &["٣", "०", "x", "", "00"]),
        ("word", &["a", "Z", "_", "7"], &["é", "ß", "-", "٣", "K\u{212A}", "\u{212A}", "ſ"]),
        ("end", &["a"], &["a\n", "a\r", "\na", "a\u{2028}"]),
        ("dot", &["a", "😀", "\u{85}", "\u{b}", "\u{0}"], &["\n", "\r", "\u{2028}", "\u{2029}", "", "ab"]),
        (
            "space",
            &[" ", "\t", "\u{a0}", "\u{feff}", "\u{2028}", "\u{3000}", "\u{b}"],
            &["\u{85}", "\u{200b}", "\u{180e}", "x"],
        ),
        ("case", &["ak", "ck"], &["Ak", "aK", "a\u{212A}"]),
        ("unanchored", &["b", "abc", "\nb\n"], &["a", "B", ""]),
        // A letter outside of ASCII is no word, so a boundary follows it only before one.
        ("boundary", &["éa"], &["é", "é ", "éé"]),
    ];
    for (member, matching, others) in cases {
        for text in matching {
            accepted("patterns", &serde_json::json!({ member: text }).to_string());
        }
        for text in others {
            refused("patterns", &serde_json::json!({ member: text }).to_string(), "pattern");
        }
    }
}

#[test]
fn patterns_that_only_rust_or_nobody_knows_are_refused_at_generation() {
    let names: Vec<&str> = REFUSED.iter().map(|refused| refused.name).collect();
    let reasons: Vec<&str> = REFUSED.iter().map(|refused| refused.reason).collect();
    let expected = ["pattern-anchors", "pattern-any", "pattern-flag", "pattern-none", "pattern-upto"];
    assert_eq!(names, expected, "{reasons:#?}");
    // What looks like a class of POSIX is a class of letters and a bracket.
    accepted("pattern-named-class", r#""a]""#);
    refused("pattern-named-class", r#""alpha""#, "pattern");
}

#[test]
fn uuids_have_one_form_and_keep_their_case() {
    let upper = r#"{"id":"2EB8AA08-AA98-11EA-B4AA-73B441D16380"}"#;
    assert_eq!(accepted("formats", upper), upper);
    accepted("formats", r#"{"id": "00000000-0000-0000-0000-000000000000"}"#);
    for id in [
        "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",
        "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
        "2eb8aa08aa9811eab4aa73b441d16380",
        "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
        "2eb8aa08-aa98-11ea-b4aa73b441d16380",
        "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
        " 2eb8aa08-aa98-11ea-b4aa-73b441d16380",
        "",
    ] {
        refused("formats", &serde_json::json!({ "id": id }).to_string(), "format");
    }
}

#[test]
fn times_are_strict_and_keep_their_spelling() {
    for at in
        ["2016-12-31T23:59:60Z", "2024-02-29t00:00:00z", "2025-01-01T00:00:00.500+00:00", "2017-01-01T00:59:60+01:00"]
    {
        let text = format!(r#"{{"at":"{at}"}}"#);
        assert_eq!(accepted("formats", &text), text);
    }
    for at in [
        "2024-01-01T00:00:00",
        "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:60Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+0100",
        "2024-01-01T00:00Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01",
    ] {
        refused("formats", &format!(r#"{{"at": "{at}"}}"#), "format");
    }
    refused("formats", r#"{"day": "2024-02-30"}"#, "format");
}

#[test]
fn one_title_for_different_contents() {
    accepted("titles", r#"{"first": {"a": 1}, "second": {"b": "x"}, "third": {"a": 2}}"#);
    refused("titles", r#"{"first": {"b": "x"}}"#, "additionalProperties");
    refused("titles", r#"{"second": {"a": 1}}"#, "additionalProperties");
}

#[test]
fn wire_names_that_are_one_name_in_rust() {
    let text =
        r#"{"orderId":1,"order_id":"1","order-id":true,"ORDER_ID":null,"type":1,"self":2,"unknown":3,"build":4,"":5}"#;
    assert_eq!(accepted("names", text), text);
    refused("names", r#"{"orderId": "1"}"#, "type");
    refused("names", r#"{"order_id": 1}"#, "type");
    for state in ["in-transit", "in_transit", "IN TRANSIT", ""] {
        accepted("names", &format!(r#"{{"state": "{state}"}}"#));
    }
    refused("names", r#"{"state": "InTransit"}"#, "enum");
}

#[test]
fn types_that_hold_themselves() {
    accepted("list", r#"{"value": 1, "next": {"value": 2, "next": {"value": 3}}}"#);
    refused("list", r#"{"value": 1, "next": {"value": 2, "next": {}}}"#, "required");
    accepted("tree", r#"{"children": [{"children": []}, {"children": [{"children": []}]}]}"#);
    refused("tree", r#"{"children": [{"children": [{}]}]}"#, "required");
    accepted("mutual", r#"{"entries": [{"name": "a", "folder": {"entries": [{"name": "b"}]}}]}"#);
    refused("mutual", r#"{"entries": [{"name": "a", "folder": {"name": "b"}}]}"#, "additionalProperties");
    accepted("through", r#"{"named": {"a": {"either": "x"}, "b": {"either": {"named": {}}}}}"#);
    refused("through", r#"{"named": {"a": {"either": 1}}}"#, "type");
}

#[test]
fn each_file_keeps_the_rules_of_its_draft() {
    // Draft 7: what stands beside a `$ref` is not seen, a list of `items` is a tuple, keywords of later drafts are none.
    accepted("drafts", r#"{"hidden": {"size": 5}}"#);
    accepted("drafts", r#"{"tuple": [1], "ignored": ["x", "y"]}"#);
    refused("drafts", r#"{"tuple": [1, 2]}"#, "schema");
    // 2020-12: both count, `prefixItems` is the tuple, `additionalItems` is no keyword.
    accepted("drafts", r#"{"newer": {"size": 5, "tuple": [1], "ignored": [1]}}"#);
    refused("drafts", r#"{"newer": {"size": 4}}"#, "minimum");
    refused("drafts", r#"{"hidden": {"size": 4}}"#, "minimum");
    refused("drafts", r#"{"newer": {"tuple": [1, 2]}}"#, "schema");
}
