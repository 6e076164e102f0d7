//! Where reading a message does not settle its type or its version, both are looked for.

use event_contracts::rules::{Kinds, Pattern, Rules, pattern};
use event_contracts::schema::{Object, Property, Schema};
use event_contracts::{Category, Constant, Event, Events, UnknownEvent, VersionText};

const STRING: Rules = Rules { kinds: Some(Kinds::STRING), ..Rules::NONE };
static TEXT: Schema = Schema { rules: STRING, ..Schema::ANY };
static ONE_OR_TWO: Pattern = pattern!(r"^1\.[0-9]+$|^2\.[0-9]+$");
static ONE: Pattern = pattern!(r"^1\.[0-9]+$");
static EITHER: Schema = Schema { rules: Rules { pattern: Some(&ONE_OR_TWO), ..STRING }, ..Schema::ANY };
static FIRST: Schema = Schema { rules: Rules { pattern: Some(&ONE), ..STRING }, ..Schema::ANY };
static TYPE: Schema = Schema { rules: STRING, values: Some(&["\"made\""]), ..Schema::ANY };

const fn event(properties: &'static Object) -> Schema {
    Schema { rules: Rules { kinds: Some(Kinds::OBJECT), ..Rules::NONE }, object: Some(properties), ..Schema::ANY }
}

static OPEN: Schema = event(&Object {
    properties: &[Property::required("type", "\"type\":", &TEXT), Property::required("v", "\"v\":", &EITHER)],
    ..Object::ANY
});
static FIXED: Schema = event(&Object {
    properties: &[Property::required("type", "\"type\":", &TYPE), Property::required("v", "\"v\":", &FIRST)],
    ..Object::ANY
});

/// Its type is any text, to its schema and to its reader.
#[derive(Debug, Clone, PartialEq, Event)]
#[event(
    system = "bank", topic = "t", type = "made", version = "1.0", version_at = "/v", version_member(v),
    schema = OPEN, partition_key(v), idempotency_key(v)
)]
struct Open {
    r#type: String,
    v: VersionText,
}

#[derive(Debug, Clone, PartialEq, Event)]
#[event(
    system = "bank", topic = "t", type = "made", version = "1.0", version_at = "/v", version_member(v),
    schema = FIXED, partition_key(v), idempotency_key(v)
)]
struct Fixed {
    #[data(constant = "made")]
    r#type: Constant,
    v: VersionText,
}

#[derive(Debug, Clone, PartialEq, Events)]
enum Both {
    Open(Open),
    Unknown(UnknownEvent),
}

fn category<T>(result: Result<T, event_contracts::DecodeError>) -> Option<Category> {
    result.err().map(|error| error.category())
}

#[test]
fn another_type_is_unknown() {
    let other = br#"{"type":"paid","v":"1.0"}"#;
    for category in [category(Open::decode(other)), category(Open::validate(other)), category(Fixed::validate(other))] {
        assert_eq!(category, Some(Category::UnknownType));
    }
    assert!(matches!(Both::decode(other), Ok(Both::Unknown(_))));
    assert!(matches!(Both::decode(br#"{"type":"made","v":"1.0"}"#), Ok(Both::Open(_))));
}

#[test]
fn another_major_is_unsupported() {
    for newer in ["{\"type\":\"made\",\"v\":\"2.0\"}", "{\"v\" : \"2.0\", \"x\" : [{}, \"]\"], \"type\" : \"made\"}"] {
        let newer = newer.as_bytes();
        let categories = [
            category(Open::decode(newer)),
            category(Open::validate(newer)),
            category(Fixed::decode(newer)),
            category(Fixed::validate(newer)),
        ];
        assert_eq!(categories, [Some(Category::UnsupportedVersion); 4]);
    }
    assert_eq!(category(Both::decode(br#"{"type":"made","v":"2.0"}"#)), Some(Category::UnsupportedVersion));
    assert_eq!(category(Open::validate(br#"{"type":"made","v":"1.7"}"#)), None);
    assert_eq!(category(Fixed::validate(br#"{"type":"made","v":"1.7"}"#)), None);
}

#[test]
fn a_broken_text_is_malformed_wherever_its_type_stands() {
    for broken in [
        r#"{"x":[1,,2],"type":"made","v":"1.0"}"#,
        r#"{"x":{"a":1,"a":2},"type":"made","v":"1.0"}"#,
        r#"{"type":"made","v":"1.0","x":[}"#,
        r#"{"type":"made","v":"1.0"} 1"#,
        r#"{"type":"made","type":"made","v":"1.0"}"#,
        r#"{"x":tru,"type":"paid","v":"1.0"}"#,
    ] {
        let bytes = broken.as_bytes();
        for category in [category(Open::decode(bytes)), category(Open::validate(bytes)), category(Both::decode(bytes))]
        {
            assert_eq!(category, Some(Category::Malformed), "{broken}");
        }
    }
}
