//! Rules: the oracle is `jsonschema` with the same keywords.

use std::collections::BTreeMap;

use event_contracts::json::{Reader, Writer};
use event_contracts::rules::{Bound, Kinds, Pattern, Rules};
use event_contracts::{Data, Decimal, Integer, Json, Nullable, Refusal, Uuid};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read<T: Data>(text: &str, rules: &Rules) -> Result<T, Refusal> {
    let mut reader = Reader::new(text);
    let value = T::read(&mut reader, rules)?;
    reader.end().map(|()| value)
}

/// Reads the text and compares the verdict, and the keyword, with the schema's.
fn agree<T: Data>(schema: &Value, rules: &Rules, text: &str) {
    let validator = jsonschema::draft202012::new(schema).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let theirs: Vec<String> = validator.iter_errors(&value).map(|error| error.schema_path().to_string()).collect();
    match read::<T>(text, rules) {
        Ok(value) => {
            assert!(theirs.is_empty(), "{text} was taken against {theirs:?}");
            assert!(value.check(rules).is_ok());
        }
        Err(refusal) => {
            let keyword = format!("/{}", refusal.keyword());
            assert!(theirs.contains(&keyword), "{text}: {refusal} by {keyword}, theirs {theirs:?}");
        }
    }
}

proptest! {
    #[test]
    fn bounds_of_integers(value in -1100_i64..1100, spelling in 0..4) {
        let text = match spelling {
            0 => value.to_string(),
            1 => format!("{value}.0"),
            2 => format!("{value}e1"),
            // A number does not begin with a zero that counts for nothing.
            _ if value == 0 => "5e-1".to_owned(),
            _ => format!("{value}5e-1"),
        };
        let rules = Rules { minimum: Some(Bound::integer(-100)), exclusive_maximum: Some(Bound::new(9995, 1)), ..Rules::NONE };
        let schema = json!({ "type": "integer", "minimum": -100, "exclusiveMaximum": 999.5 });
        agree::<i64>(&schema, &rules, &text);
        agree::<Integer>(&schema, &rules, &text);
    }

    #[test]
    fn bounds_of_decimals(units in -400_i64..400, scale in 0_u32..4) {
        let text = Decimal::new(units.into(), scale).to_string();
        let rules = Rules { exclusive_minimum: Some(Bound::new(-5, 1)), maximum: Some(Bound::new(250, 2)), ..Rules::NONE };
        agree::<Decimal>(&json!({ "type": "number", "exclusiveMinimum": -0.5, "maximum": 2.5 }), &rules, &text);
    }

    #[test]
    fn limits_of_types(value: i128) {
        let value = value >> 40;
        let limits = [i64::MIN.into(), i64::MAX.into(), 0, u64::MAX.into(), i128::from(i64::MAX) + 1];
        for value in limits.into_iter().chain([value]) {
            prop_assert_eq!(read::<i64>(&value.to_string(), &Rules::NONE).ok(), i64::try_from(value).ok());
            prop_assert_eq!(read::<u64>(&value.to_string(), &Rules::NONE).ok(), u64::try_from(value).ok());
            prop_assert_eq!(read::<u8>(&value.to_string(), &Rules::NONE).ok(), u8::try_from(value).ok());
        }
    }

    #[test]
    fn lengths_count_characters(text in "[a\u{e9}\u{1f600}]{0,8}") {
        let rules = Rules { min_length: Some(2), max_length: Some(4), ..Rules::NONE };
        let schema = json!({ "type": "string", "minLength": 2, "maxLength": 4 });
        agree::<String>(&schema, &rules, &Value::from(text).to_string());
    }

    #[test]
    fn elements(values in prop::collection::vec(prop_oneof![Just("1"), Just("1.0"), Just("\"1\""), Just("{\"a\":1,\"b\":[]}"), Just("{\"b\":[],\"a\":1e0}"), Just("null"), Just("0"), Just("-0")], 0..5)) {
        let rules = Rules { min_items: Some(1), max_items: Some(3), unique_items: true, ..Rules::NONE };
        let schema = json!({ "type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true });
        agree::<Vec<Json>>(&schema, &rules, &format!("[{}]", values.join(", ")));
    }
}

#[test]
fn members_of_maps() {
    let rules = Rules { min_properties: Some(1), max_properties: Some(2), ..Rules::NONE };
    let schema = json!({ "type": "object", "minProperties": 1, "maxProperties": 2 });
    for text in ["{}", "{\"a\":1}", "{\"b\":1,\"a\":2}", "{\"a\":1,\"b\":2,\"c\":3}", "[]"] {
        agree::<BTreeMap<String, Json>>(&schema, &rules, text);
    }
    let refusal = read::<BTreeMap<String, Json>>("{\"a\":1,\"a\":1}", &rules).unwrap_err();
    assert_eq!((refusal.keyword(), refusal.offset()), ("duplicate", Some(11)));
}

#[test]
fn kinds_of_any_value() {
    let values = ["null", "true", "1", "1.0", "1.5", "\"a\"", "[]", "{}"];
    for names in [&["null", "integer"][..], &["number", "string"], &["array"], &["object", "boolean"]] {
        let rules = Rules { kinds: Some(Kinds::of(names)), ..Rules::NONE };
        for text in values {
            agree::<Json>(&json!({ "type": names }), &rules, text);
        }
    }
    let refusal =
        read::<Json>("[]", &Rules { kinds: Some(Kinds::of(&["null", "number"])), ..Rules::NONE }).unwrap_err();
    assert_eq!(refusal.to_string(), "expected a null or a number");
}

#[test]
fn a_number_spelled_as_text() -> Result<(), Refusal> {
    let rules = Rules { text: true, min_length: Some(4), ..Rules::NONE };
    let price: Decimal = read("\"24.90\"", &rules)?;
    assert_eq!((price.units(), price.scale()), (Some(2490), Some(2)));
    let mut writer = Writer::new();
    price.write(&mut writer, &rules);
    assert_eq!(writer.into_string(), "\"24.90\"");
    assert_eq!(read::<Decimal>("24.90", &rules).unwrap_err().keyword(), "type");
    assert_eq!(read::<Decimal>("\"1.5\"", &rules).unwrap_err().keyword(), "minLength");
    assert_eq!(read::<Decimal>("\"1.5x\"", &rules).unwrap_err().keyword(), "format");

    // What stands in a string may have zeros in front; as a JSON number it may not.
    let padded: Decimal = read("\"-007.10\"", &rules)?;
    let mut writer = Writer::new();
    padded.write(&mut writer, &rules);
    padded.write(&mut writer, &Rules::NONE);
    assert_eq!(writer.into_string(), "\"-007.10\"-7.10");
    Ok(())
}

#[test]
fn text_rules_hold_for_values_spelled_as_strings() -> Result<(), Refusal> {
    // `^6`, as the derive would compile it: class 1 is the digit six.
    static CLASSES: [u8; 256] = {
        let mut classes = [0; 256];
        classes[b'6' as usize] = 1;
        classes
    };
    static PATTERN: Pattern = Pattern {
        source: "^6",
        classes: &CLASSES,
        width: 2,
        next: &[0, 0, 2, 2, 0, 2],
        start: 4,
        at_end: &[false, true, false],
        shapes: &[],
    };
    let rules = Rules { pattern: Some(&PATTERN), ..Rules::NONE };
    let uuid: Uuid = read("\"6F9619FF-8B86-4d01-B42D-00CF4FC964FF\"", &rules)?;
    assert!(uuid.check(&rules).is_ok());
    let refusal = read::<Uuid>("\"7F9619FF-8B86-4d01-B42D-00CF4FC964FF\"", &rules).unwrap_err();
    assert_eq!(refusal.to_string(), "expected a string that matches `^6`");
    assert!(Uuid::NIL.check(&rules).is_err());
    assert!(!PATTERN.is_match(""));
    Ok(())
}

#[test]
fn patterns_that_look_around_are_tables_too() {
    use event_contracts::rules::pattern;
    static PATTERNS: [Pattern; 6] = [
        pattern!("^(?=.*[a-c])(?=.*[0-2])[a-c0-2.-]{3,}$"),
        pattern!("^(?!x-)(?!.*--)[a-c0-2x-]+$"),
        pattern!("^(?:(?!ab).)*$"),
        pattern!("^(?:(?!-)[a-c-]{1,3}(?<!-)(?:[.]|[x0-2]|$))+$"),
        pattern!("(?<!a)b(?!c)|(?<=^x)-"),
        pattern!("^(?!.*(?=a(?!b)).-)"),
    ];
    for pattern in &PATTERNS {
        let config = ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let validator = jsonschema::draft202012::new(&json!({ "pattern": pattern.source })).unwrap();
        let verdicts = std::cell::Cell::new([0, 0]);
        runner
            .run(&"[abcx012.é-]{0,8}", |text| {
                let theirs = validator.is_valid(&json!(text));
                let [refused, taken] = verdicts.get();
                verdicts.set([refused + u32::from(!theirs), taken + u32::from(theirs)]);
                prop_assert_eq!(pattern.is_match(&text), theirs, "{} on {:?}", pattern.source, text);
                Ok(())
            })
            .unwrap();
        assert!(verdicts.get().iter().all(|count| *count > 20), "{}: {verdicts:?}", pattern.source);
    }
}

#[test]
fn null_is_one_value_more() -> Result<(), Refusal> {
    let rules = Rules { minimum: Some(Bound::integer(1)), ..Rules::NONE };
    assert!(read::<Nullable<u32>>("null", &rules)?.is_null());
    assert_eq!(read::<Nullable<u32>>("5", &rules)?.into_option(), Some(5));
    assert_eq!(read::<Nullable<u32>>("0", &rules).unwrap_err().keyword(), "minimum");
    assert_eq!(read::<Nullable<u32>>("nope", &rules).unwrap_err().keyword(), "syntax");
    Ok(())
}

#[test]
fn a_check_says_where() {
    let rules = Rules { unique_items: true, ..Rules::NONE };
    let refusal = vec![1_u8, 2, 1].check(&rules).unwrap_err();
    assert_eq!(refusal.to_string(), "expected no element twice");
    let map = BTreeMap::from([("a/b".to_owned(), vec![Json::null()])]);
    assert!(map.check(&Rules { max_properties: Some(1), ..Rules::NONE }).is_ok());
}
