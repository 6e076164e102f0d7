//! Branches, conditions, references, and which refusal speaks for them.

use event_contracts::rules::Kinds;
use event_contracts::schema::{Also, Array, Object, Property, Resource, Schema};

use crate::keywords::{INTEGER, STRING, assert_refused, kinds};

const fn also(also: &'static [Also]) -> Schema {
    Schema { also, ..Schema::ANY }
}

static A: Schema = Schema { values: Some(&["\"a\""]), ..Schema::ANY };
static B: Schema = Schema { values: Some(&["\"b\""]), ..Schema::ANY };
static LIKE_A: Schema = Schema {
    object: Some(&Object {
        properties: &[Property::required("kind", "\"kind\":", &A), Property::required("n", "\"n\":", &INTEGER)],
        ..Object::ANY
    }),
    ..kinds(Kinds::OBJECT)
};
static LIKE_B: Schema = Schema {
    object: Some(&Object {
        properties: &[Property::required("kind", "\"kind\":", &B), Property::optional("n", "\"n\":", &STRING)],
        ..Object::ANY
    }),
    ..kinds(Kinds::OBJECT)
};

#[test]
fn any_and_one() {
    static ANY: Schema = also(&[Also::Any(&[&LIKE_A, &LIKE_B])]);
    static ONE: Schema = also(&[Also::One(&[&LIKE_A, &LIKE_B])]);
    for either in [&ANY, &ONE] {
        let keyword = if matches!(either.also, [Also::Any(_)]) { "anyOf" } else { "oneOf" };
        let none = [keyword, "", "a value that one of its 2 alternatives admits"];
        assert!(either.check(r#"{"kind":"a","n":1}"#).is_ok());
        assert!(either.check(r#"{"kind":"b"}"#).is_ok());
        // The branch that knows the kind is the one that was meant.
        assert_refused(either, r#"{"kind":"a","n":"x"}"#, ["type", "/n", "an integer"]);
        assert_refused(either, r#"{"kind":"b","n":1}"#, ["type", "/n", "a string"]);
        // Its refusal is about the object as a whole, which says less than the alternatives.
        assert_refused(either, r#"{"kind":"a"}"#, none);
        assert_refused(either, r#"{"kind":"c"}"#, none);
        assert_refused(either, "1", none);
        assert_eq!(either.violations(r#"{"kind":"a","n":"x"}"#).len(), 1);
    }
    static NUMBER: Schema = kinds(Kinds::NUMBER);
    static NUMBERS: Schema = also(&[Also::One(&[&INTEGER, &NUMBER])]);
    assert!(NUMBERS.check("1.5").is_ok());
    assert_refused(&NUMBERS, "1", ["oneOf", "", "a value that only one of its 2 alternatives admits"]);
}

#[test]
fn conditions() {
    static CONDITION: Schema = also(&[Also::If { condition: &INTEGER, then: Some(&LOW), otherwise: Some(&STRING) }]);
    static LOW: Schema = Schema { values: Some(&["1", "2"]), ..Schema::ANY };
    assert!(CONDITION.check("2.0").is_ok() && CONDITION.check("\"x\"").is_ok());
    assert_refused(&CONDITION, "3", ["enum", "", "one of `1`, `2`"]);
    assert_refused(&CONDITION, "null", ["type", "", "a string"]);
    static NOT: Schema = also(&[Also::Not(&INTEGER)]);
    static ALL: Schema = also(&[Also::All(&INTEGER)]);
    assert_refused(&NOT, "3", ["not", "", "a value that its `not` does not admit"]);
    assert_refused(&ALL, "null", ["type", "", "an integer"]);
    static WITH: Schema = also(&[Also::With { member: "kind", schema: &LIKE_A }]);
    assert!(WITH.check("{}").is_ok() && WITH.check("1").is_ok());
    assert_refused(&WITH, r#"{"kind":"b"}"#, ["const", "/kind", "`\"a\"`"]);
}

/// A tree whose children are what the outermost resource calls a node.
static TREE: Schema = Schema {
    object: Some(&Object { properties: &[Property::optional("children", "\"children\":", &CHILDREN)], ..Object::ANY }),
    resource: Some(&TREES),
    ..kinds(Kinds::OBJECT)
};
static TREES: Resource = Resource { anchors: &[("node", &TREE)] };
static CHILDREN: Schema = Schema {
    array: Some(&Array {
        rest: Some(&Schema { also: &[Also::Dynamic { anchor: "node", initial: &TREE }], ..Schema::ANY }),
        ..Array::ANY
    }),
    resource: Some(&TREES),
    ..Schema::ANY
};
/// A tree that says more about its nodes, and calls those a node.
static STRICT: Schema = Schema {
    object: Some(&Object { properties: &[Property::required("id", "\"id\":", &INTEGER)], ..Object::ANY }),
    also: &[Also::All(&TREE)],
    resource: Some(&STRICT_TREES),
    ..Schema::ANY
};
static STRICT_TREES: Resource = Resource { anchors: &[("node", &STRICT)] };

#[test]
fn dynamic_references_take_the_outermost_resource() {
    let loose = r#"{"id":1,"children":[{"id":2,"children":[{}]}]}"#;
    assert!(TREE.check(loose).is_ok());
    assert_refused(&STRICT, loose, ["required", "/children/0/children/0", "a member `id`"]);
    assert!(STRICT.check(r#"{"id":1,"children":[{"id":2,"children":[]}]}"#).is_ok());
    static ELSEWHERE: Schema = also(&[Also::Dynamic { anchor: "leaf", initial: &INTEGER }]);
    assert_refused(&ELSEWHERE, "null", ["type", "", "an integer"]);
}
