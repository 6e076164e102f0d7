//! What counts as looked at, beyond what random schemas meet: resources, patterns, and many members.

use event_contracts::rules::Kinds;
use event_contracts::schema::{Also, Array, Contains, Object, Others, Property, Schema};

use crate::keywords::{INTEGER, NEVER, STRING, assert_refused, kinds};

static WITH_A: Schema = Schema {
    object: Some(&Object { properties: &[Property::optional("a", "\"a\":", &INTEGER)], ..Object::ANY }),
    ..Schema::ANY
};
static CLOSED_A: Schema = Schema { unevaluated_properties: Some(&NEVER), also: &[Also::All(&WITH_A)], ..Schema::ANY };

#[test]
fn members() {
    let keyword = ["unevaluatedProperties", "", "declared members only"];
    assert!(CLOSED_A.check(r#"{"a":1}"#).is_ok() && CLOSED_A.check("[1]").is_ok());
    assert_refused(&CLOSED_A, r#"{"a":1,"b":2}"#, keyword);
    // What stands beside `allOf` inside one schema is not seen by the other.
    static COUSINS: Schema = Schema { also: &[Also::All(&WITH_A), Also::All(&ALL_CLOSED)], ..Schema::ANY };
    static ALL_CLOSED: Schema = Schema { unevaluated_properties: Some(&NEVER), ..Schema::ANY };
    assert_refused(&COUSINS, r#"{"a":1}"#, keyword);
    // Required alone does not look at a member.
    static REQUIRED: Schema = Schema {
        object: Some(&Object { properties: &[Property::unevaluated("b", "\"b\":")], ..Object::ANY }),
        unevaluated_properties: Some(&STRING),
        ..Schema::ANY
    };
    assert!(REQUIRED.check(r#"{"b":"x"}"#).is_ok());
    assert_refused(&REQUIRED, r#"{"b":1}"#, ["type", "/b", "a string"]);
    // What was left over has been looked at for whoever is around.
    static AROUND: Schema =
        Schema { also: &[Also::All(&REQUIRED)], unevaluated_properties: Some(&NEVER), ..kinds(Kinds::OBJECT) };
    assert!(AROUND.check(r#"{"b":"x","c":"y"}"#).is_ok());
    static BY_NOT: Schema = Schema {
        also: &[Also::Not(&Schema { also: &[Also::Not(&WITH_A)], ..Schema::ANY })],
        unevaluated_properties: Some(&NEVER),
        ..Schema::ANY
    };
    assert_refused(&BY_NOT, r#"{"a":1}"#, keyword);
}

#[test]
fn more_members_than_a_word_has_bits() {
    static ADDITIONAL: Schema = Schema {
        object: Some(&Object { others: &[Others { patterns: &[], additional: Some(&INTEGER) }], ..Object::ANY }),
        ..Schema::ANY
    };
    static CLOSED: Schema =
        Schema { also: &[Also::Any(&[&ADDITIONAL, &WITH_A])], unevaluated_properties: Some(&NEVER), ..Schema::ANY };
    let members: Vec<String> = (0..200).map(|index| format!("\"n{index}\":{index}")).collect();
    let text = format!("{{{}}}", members.join(","));
    assert!(CLOSED.check(&text).is_ok());
    assert_refused(&CLOSED, &text.replace(":199", ":null"), ["unevaluatedProperties", "", "declared members only"]);
}

#[test]
fn elements() {
    static CLOSED: Schema = Schema {
        array: Some(&Array {
            prefix: &[&STRING],
            contains: &[Contains { schema: &INTEGER, least: 0, most: None, evaluates: true }],
            ..Array::ANY
        }),
        unevaluated_items: Some(&NEVER),
        ..Schema::ANY
    };
    assert!(CLOSED.check(r#"["x", 1, 2]"#).is_ok());
    assert_refused(&CLOSED, r#"["x", 1, null]"#, ["unevaluatedItems", "/2", "declared elements only"]);
}
