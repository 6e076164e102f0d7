//! Finding a message's type by quotes and brackets alone finds what a parser finds.

use event_contracts::decode::Message;
use event_contracts::{Category, UnknownEvent};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::text::json;

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
        for version_at in [None, Some("/version"), Some("/no/such")] {
            let scanned = Message::scan(text.as_bytes(), "/type", version_at).unwrap();
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
        if let Ok(scanned) = Message::scan(bytes, "/type", Some("/version")) {
            prop_assert_eq!(UnknownEvent::keep(&scanned).unwrap_err().category(), Category::Malformed);
        }
    }
}

#[test]
fn a_name_with_a_slash_is_no_way_down() {
    let message = br#"{"head/type":"wrong","head":{"type":"right"}}"#;
    assert_eq!(Message::scan(message, "/head/type", None).unwrap().event_type(), "right");
    assert_eq!(Message::scan(message, "/head~1type", None).unwrap().event_type(), "wrong");
}

#[test]
fn what_is_no_text_is_refused() {
    for bytes in [&b"\xEF\xBB\xBF{\"type\":\"a\"}"[..], b"{\"type\":\"a\",\"b\":\"\xFF\"}"] {
        let scanned = Message::scan(bytes, "/type", None);
        let refused = scanned.and_then(|message| UnknownEvent::keep(&message)).unwrap_err();
        assert_eq!(refused.category(), Category::Malformed);
    }
}
