//! What is JSON, and what it says: the oracle is `serde_json`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use event_contracts::json::{MAX_DEPTH, Reader, Writer};
use event_contracts::{Json, Refusal};
use proptest::prelude::*;
use serde_json::Value;

use crate::edit::{edited, edits};

/// Whether we take the whole text, and if not, why.
fn judge(text: &str) -> Result<&str, Refusal> {
    let mut reader = Reader::new(text);
    let raw = reader.raw()?;
    reader.end().map(|()| raw)
}

/// The verdict of `serde_json`; `None` where it has none that binds us: it refuses numbers beyond
/// `f64`, and it takes the last of two members of one name.
fn oracle(text: &str, ours: &Result<&str, Refusal>) -> Option<bool> {
    let stricter = matches!(ours, Err(refusal) if matches!(refusal.keyword(), "duplicate" | "depth"));
    match serde_json::from_str::<Value>(text) {
        _ if stricter => None,
        Ok(_) => Some(true),
        Err(error) if error.to_string().contains("number out of range") => None,
        Err(_) => Some(false),
    }
}

pub(crate) fn json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~]{0,30}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 8, |value| {
        let name = prop_oneof!["[a-d]{1,3}", any::<String>()];
        prop_oneof![
            prop::collection::vec(value.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(name, value, 0..24).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// A text that is nearly JSON: one with a few letters changed.
fn mutated() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        prop::sample::select("{}[]\",:0123456789.eE+-\\/ubnrtfalse \n\t\u{0}\u{1f}dD89aA".chars().collect::<Vec<_>>()),
        any::<char>(),
    ];
    (json(), any::<bool>(), edits(letter, 1..4)).prop_map(|(value, pretty, edits)| {
        edited(&if pretty { format!("{value:#}") } else { value.to_string() }, edits)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn takes_what_is_json(value in json(), pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        prop_assert_eq!(judge(&text), Ok(&*text));
        let json: Json = text.parse().unwrap();
        prop_assert_eq!(json.to_value(), value.clone());
        prop_assert_eq!(json, Json::from(value));
    }

    #[test]
    fn agrees_on_texts_that_are_nearly_json(text in mutated()) {
        let ours = judge(&text);
        if let Some(theirs) = oracle(&text, &ours) {
            prop_assert_eq!(ours.is_ok(), theirs, "{}: {:?}", text, ours);
        }
    }

    #[test]
    fn agrees_on_single_tokens(text in "[ \\n]?(-?[0-9]{0,3}[.]?[0-9]{0,2}([eE][+-]?[0-9]{0,2})?|\"(\\\\[\"\\\\/bfnrtux]|\\\\u[dD0][89aAbBcCdD0][0-9a-f]{2}|[a\\x01\u{e9}])*\"|true|false|nul|null)[ \\t\\x0c]?") {
        let ours = judge(&text);
        if let Some(theirs) = oracle(&text, &ours) {
            prop_assert_eq!(ours.is_ok(), theirs, "{}: {:?}", text, ours);
        }
    }

    #[test]
    fn strings_are_what_serde_json_makes_of_them(string: String, before in "[a-z]{0,9}") {
        let text = serde_json::to_string(&format!("{before}{string}")).unwrap();
        prop_assert_eq!(Reader::new(&text).string().unwrap(), format!("{before}{string}"));
        let mut writer = Writer::new();
        writer.string(&format!("{before}{string}"));
        prop_assert_eq!(writer.into_string(), text);
    }

    #[test]
    fn never_panics_on_bytes(bytes: Vec<u8>) {
        let ours = Reader::from_bytes(&bytes).and_then(|mut reader| reader.raw().map(|_| ()));
        let theirs = serde_json::from_slice::<Value>(&bytes);
        if theirs.is_ok() {
            prop_assert!(ours.is_ok());
        }
    }
}

#[test]
fn refuses_with_keyword_and_offset() {
    let cases: &[(&str, &str, usize)] = &[
        ("", "syntax", 0),
        ("  ", "syntax", 2),
        ("01", "syntax", 1),
        ("-", "syntax", 1),
        ("1.", "syntax", 2),
        ("1e+", "syntax", 3),
        ("nul", "syntax", 0),
        ("true1", "syntax", 4),
        ("[1,]", "syntax", 3),
        ("{\"a\":1,}", "syntax", 7),
        ("{\"a\" 1}", "syntax", 5),
        ("\"\u{1f}\"", "syntax", 1),
        ("\"a", "syntax", 2),
        (r#""\ud800""#, "syntax", 3),
        (r#""\ud800\u0041""#, "syntax", 3),
        (r#""\udc00""#, "syntax", 3),
        (r#""\u00g0""#, "syntax", 3),
        (r#"{"a":1,"a":2}"#, "duplicate", 7),
        (r#"{"a":{"b":1,"\u0062":2}}"#, "duplicate", 12),
        ("1 2", "syntax", 2),
    ];
    for (text, keyword, offset) in cases {
        let refusal = judge(text).unwrap_err();
        assert_eq!((refusal.keyword(), refusal.offset()), (*keyword, Some(*offset)), "{text}: {refusal}");
        assert!(refusal.is_malformed());
    }
}

#[test]
fn takes_numbers_of_any_size() {
    for text in ["-0", "0.0", "1e400", "-1E-999999999999", "123456789012345678901234567890.5"] {
        assert_eq!(judge(text), Ok(text));
    }
}

#[test]
fn tells_a_byte_order_mark_and_other_encodings() {
    let refusal = Reader::from_bytes(b"\xEF\xBB\xBF{}").unwrap_err();
    assert_eq!(refusal.to_string(), "expected a JSON value, not a byte-order mark (byte 0)");
    let refusal = Reader::from_bytes(b"\"a\xFF\"").unwrap_err();
    assert_eq!(refusal.to_string(), "expected UTF-8 (byte 2)");
}

#[test]
fn nests_as_deep_as_it_says_and_no_deeper() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(judge(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(judge(&nested(MAX_DEPTH + 1)).unwrap_err().keyword(), "depth");
    assert_eq!(judge(&"{\"a\":[".repeat(100_000)).unwrap_err().keyword(), "depth");
}

#[test]
fn tells_a_value_of_another_kind_from_a_broken_one() {
    let cases = [("7", "type"), ("nope", "syntax"), ("[1,", "syntax"), ("{\"a\":1,\"a\":1}", "duplicate")];
    for (text, keyword) in cases {
        let refusal = Reader::new(text).string().unwrap_err();
        assert_eq!(refusal.keyword(), keyword, "{text}");
    }
    let refusal = Reader::new(" 7").string().unwrap_err();
    assert_eq!((refusal.expectation(), refusal.offset()), ("a string", Some(1)));
}

#[test]
fn members_come_in_any_order_and_spacing() -> Result<(), Refusal> {
    for text in [r#"{"a":1,"b":2}"#, "{ \"a\" : 1 ,\n \"b\"\t: 2 }"] {
        let mut reader = Reader::new(text);
        let mut members = reader.begin_object()?;
        assert!(!reader.member(&mut members, "\"b\":")?);
        assert!(reader.member(&mut members, "\"a\":")?);
        assert_eq!(reader.number()?, "1");
        assert!(!reader.member(&mut members, "\"a\":")?);
        assert!(reader.member(&mut members, "\"b\":")?);
        assert_eq!(reader.number()?, "2");
        assert!(!reader.member(&mut members, "\"c\":")?);
        assert_eq!(reader.next_member(&mut members)?, None);
        reader.end()?;
    }
    let mut reader = Reader::new(r#"{"\u0061":1 "b":2}"#);
    let mut members = reader.begin_object()?;
    assert!(!reader.member(&mut members, "\"a\":")?);
    assert_eq!(reader.next_member(&mut members)?.as_deref(), Some("a"));
    reader.raw()?;
    assert_eq!(reader.member(&mut members, "\"b\":").unwrap_err().expectation(), "`,` or `}`");
    Ok(())
}

#[test]
fn constants_are_compared_by_value() {
    let cases = [
        ("\"A\"", "\"A\"", true),
        (r#""\u0041""#, "\"A\"", true),
        ("\"AB\"", "\"A\"", false),
        ("1", "1", true),
        ("1.0", "1", true),
        ("1e0", "1", true),
        ("10", "1", false),
        ("1.5", "1", false),
        ("true", "true", true),
        ("false", "true", false),
        (" null", "null", true),
        ("{}", "null", false),
    ];
    for (text, constant, equal) in cases {
        let mut reader = Reader::new(text);
        let read = reader.constant(constant).and_then(|()| reader.end());
        assert_eq!(read.is_ok(), equal, "{text} and {constant}");
        assert!(equal || read.unwrap_err().keyword() == "const");
    }
}

#[test]
fn many_members_take_no_quadratic_time() {
    let mut text = String::from("{");
    for index in 0..100_000 {
        write!(text, "\"member{index}\":{index},").unwrap();
    }
    let twice = format!("{text}\"member7\":0}}");
    text.push_str("\"last\":{}}");
    let begun = Instant::now();
    assert!(judge(&text).is_ok());
    let refusal = judge(&twice).unwrap_err();
    assert_eq!((refusal.keyword(), refusal.offset()), ("duplicate", Some(twice.len() - 12)));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
