//! Finding a message's type by quotes and brackets alone finds what a parser finds.

use event_contracts::decode::{Message, Route};
use event_contracts::{Category, UnknownEvent};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::text::json;

const TYPE: Route = Route::by_type("/type");

/// An object with a type among other members, some of which hold one, too.
fn message() -> impl Strategy<Value = (Value, String)> {
    let name = prop_oneof![
        4 => "[a-z\"\\\\{}\\[\\],: é]{0,70}",
        1 => Just("version".to_owned()),
        1 => Just("types".to_owned()),
        1 => Just(r#"","type":"x"#.to_owned()),
    ];
    let member = (name, prop_oneof![json(), Just(serde_json::json!({"type": "inner", "a": [{"type": 1}]}))]);
    let members = prop::collection::vec(member, 0..8);
    ("[a-z.\\\\\"é]{0,70}", members, any::<prop::sample::Index>()).prop_map(|(event_type, mut members, place)| {
        members.retain(|(name, _)| name != "type");
        members.insert(place.index(members.len() + 1), ("type".to_owned(), Value::from(event_type.clone())));
        (members.into_iter().collect::<Map<_, _>>().into(), event_type)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_type_is_found((message, event_type) in message(), pretty: bool) {
        let text = if pretty { format!("{message:#}") } else { message.to_string() };
        for route in [TYPE, TYPE.and_version("/version"), TYPE.and_version("/no/such")] {
            let scanned = Message::scan(text.as_bytes(), &route).unwrap();
            prop_assert_eq!(scanned.type_bytes(), event_type.as_bytes(), "{}", text);
            prop_assert_eq!(scanned.event_type(), &event_type, "{}", text);
            prop_assert_eq!(scanned.text().unwrap(), &text);
            prop_assert!(UnknownEvent::keep(&scanned).is_ok());
        }
    }

    /// What is cut off is refused by somebody, and never panics.
    #[test]
    fn a_part_of_a_message_is_refused((message, _) in message(), cut: prop::sample::Index) {
        let text = message.to_string();
        let bytes = &text.as_bytes()[..cut.index(text.len())];
        if let Ok(scanned) = Message::scan(bytes, &TYPE.and_version("/version")) {
            prop_assert_eq!(UnknownEvent::keep(&scanned).unwrap_err().category(), Category::Malformed);
        }
    }
}

/// Names that could be taken for what stands between two strings, that fill a block, or are none at all.
const NAMES: [(&str, Route); 9] = [
    ("", Route::by_type("/")),
    (",", Route::by_type("/,")),
    (":", Route::by_type("/:")),
    ("}", Route::by_type("/}")),
    ("{", Route::by_type("/{")),
    ("1", Route::by_type("/1")),
    ("é", Route::by_type("/é")),
    ("event_type_of_a_message", Route::by_type("/event_type_of_a_message")),
    (
        "a_name_that_is_as_long_as_what_is_looked_at_together_64_bytes_that",
        Route::by_type("/a_name_that_is_as_long_as_what_is_looked_at_together_64_bytes_that"),
    ),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_is_found(
        which in 0..NAMES.len(),
        texts in prop::collection::vec("[:,{}1é]{0,3}|[a-z ]{0,30}", 0..24),
        place: prop::sample::Index,
        event_type in "[a-z.é]{0,40}",
    ) {
        let (name, route) = NAMES[which];
        let mut members: Vec<(String, Value)> = texts.chunks_exact(2)
            .map(|pair| (pair[0].clone(), if pair[1].len() % 2 == 0 { Value::from(&*pair[1]) } else { serde_json::json!([{name: pair[1]}]) }))
            .filter(|(other, _)| other != name)
            .collect();
        members.insert(place.index(members.len() + 1), (name.to_owned(), Value::from(&*event_type)));
        let text = Value::Object(members.into_iter().collect()).to_string();
        let scanned = Message::scan(text.as_bytes(), &route).unwrap();
        prop_assert_eq!(scanned.event_type(), event_type, "{}", text);
    }
}

#[test]
fn what_stands_between_strings_is_no_name() {
    let members = [
        (r#""a":"x",":":"wrong",",":"right""#, Route::by_type("/,")),
        (r#""a":":",":":"right""#, Route::by_type("/:")),
    ];
    for (members, route) in members {
        let message = format!(r#"{{{members},"rest":"{}"}}"#, "-".repeat(64));
        assert_eq!(Message::scan(message.as_bytes(), &route).unwrap().event_type(), "right", "{message}");
    }
}

#[test]
fn a_name_with_a_slash_is_no_way_down() {
    let message = br#"{"head/type":"wrong","head":{"type":"right"}}"#;
    assert_eq!(Message::scan(message, &Route::by_type("/head/type")).unwrap().event_type(), "right");
    assert_eq!(Message::scan(message, &Route::by_type("/head~1type")).unwrap().event_type(), "wrong");
}

#[test]
fn what_is_no_text_is_refused() {
    for bytes in [&b"\xEF\xBB\xBF{\"type\":\"a\"}"[..], b"{\"type\":\"a\",\"b\":\"\xFF\"}"] {
        let scanned = Message::scan(bytes, &TYPE);
        let refused = scanned.and_then(|message| UnknownEvent::keep(&message)).unwrap_err();
        assert_eq!(refused.category(), Category::Malformed);
    }
}
