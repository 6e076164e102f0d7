//! Where a refusal points: the oracle is `serde_json`'s own pointers.

use event_contracts::Refusal;
use event_contracts::json::{Reader, pointer_at};
use serde_json::Value;

const TEXT: &str = r#"{ "data": {"items": [{"qty": 1}, {"qty": [2, {"a/b~c": 3}]}], "": 4}, "note": 5 }"#;

#[test]
fn each_number_is_found_where_its_pointer_leads() {
    let tree: Value = serde_json::from_str(TEXT).unwrap();
    for (offset, digit) in TEXT.char_indices().filter(|(_, letter)| letter.is_ascii_digit()) {
        let pointer = pointer_at(TEXT, offset);
        let found = tree.pointer(&pointer).unwrap_or(&Value::Null);
        assert_eq!(found.to_string(), digit.to_string(), "{pointer}");
    }
    assert_eq!(pointer_at(TEXT, TEXT.find('3').unwrap()), "/data/items/1/qty/1/a~1b~0c");
}

#[test]
fn containers_are_found_at_their_bracket_and_members_at_their_name() {
    assert_eq!(pointer_at(TEXT, 0), "");
    assert_eq!(pointer_at(TEXT, TEXT.find("[{").unwrap()), "/data/items");
    assert_eq!(pointer_at(TEXT, TEXT.find("{\"qty\": [").unwrap()), "/data/items/1");
    assert_eq!(pointer_at(TEXT, TEXT.find("\"note\"").unwrap()), "/note");
    assert_eq!(pointer_at("7", 0), "");
}

#[test]
fn a_broken_text_is_followed_as_far_as_it_goes() {
    let text = r#"{"a": [1, {"b": tru}], "c": 1}"#;
    let refusal = Reader::new(text).raw().unwrap_err().locate(text);
    assert_eq!(refusal.to_string(), "expected a JSON value at `/a/1/b` (byte 16)");
    let text = r#"{"a": [1, {"b": 1, "b": 2}]}"#;
    let refusal = Reader::new(text).raw().unwrap_err().locate(text);
    assert_eq!(refusal.to_string(), "expected each member once at `/a/1/b` (byte 19)");
}

#[test]
fn segments_are_added_while_unwinding() {
    let refusal = Refusal::new("minimum", "at least 1").within("a/b~").within(7).within("items");
    assert_eq!(refusal.to_string(), "expected at least 1 at `/items/7/a~1b~0`");
    assert_eq!(refusal.offset(), None);
    let hostile = Refusal::new("minimum", "at least 1").within("line\nbreak");
    assert_eq!(hostile.to_string(), r"expected at least 1 at `/line\u{a}break`");
    assert_eq!(hostile.pointer(), "/line\nbreak");
}
