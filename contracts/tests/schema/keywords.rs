//! Each keyword by itself: what it refuses, where, and in which words.

use event_contracts::rules::{Bound, Format, Kinds, Pattern, Rules};
use event_contracts::schema::{Array, Contains, Object, Others, Property, Schema};

/// Keyword, pointer and expectation of the first violation.
pub(crate) fn refused(schema: &Schema, json: &str) -> (String, String, String) {
    let refusal = schema.check(json).expect_err(json);
    assert!(schema.violations(json).contains(&refusal), "{json}");
    (refusal.keyword().to_owned(), refusal.pointer().to_owned(), refusal.expectation().to_owned())
}

pub(crate) fn assert_refused(schema: &Schema, json: &str, [keyword, pointer, expectation]: [&str; 3]) {
    let (found_keyword, found_pointer, found_expectation) = refused(schema, json);
    assert_eq!([&*found_keyword, &*found_pointer, &*found_expectation], [keyword, pointer, expectation], "{json}");
}

pub(crate) const fn of(rules: Rules) -> Schema {
    Schema { rules, ..Schema::ANY }
}

pub(crate) const fn kinds(kinds: Kinds) -> Schema {
    of(Rules { kinds: Some(kinds), ..Rules::NONE })
}

pub(crate) static STRING: Schema = kinds(Kinds::STRING);
pub(crate) static INTEGER: Schema = kinds(Kinds::INTEGER);
pub(crate) static NEVER: Schema = Schema::NEVER;

/// `^x`, as the generator would have built it: dead, found, start.
static STARTS_WITH_X: Pattern = Pattern {
    source: "^x",
    classes: &{
        let mut classes = [0; 256];
        classes[b'x' as usize] = 1;
        classes
    },
    width: 2,
    next: &[0, 0, 2, 2, 0, 2],
    start: 4,
    at_end: &[false, true, false],
    shapes: &[],
};

#[test]
fn types() {
    assert!(Schema::ANY.check(" [null, {\"a\": 1e400}] ").is_ok());
    assert_refused(&NEVER, "1", ["schema", "", "no value"]);
    assert_refused(&STRING, "1", ["type", "", "a string"]);
    assert_refused(&kinds(Kinds::NULL.or(Kinds::BOOLEAN)), "{}", ["type", "", "a null or a boolean"]);
    for integer in ["150e-1", "1", "-0", "1.0", "1e2", "1e400"] {
        assert!(INTEGER.check(integer).is_ok(), "{integer}");
    }
    for fraction in ["1.5", "1e-1", "15e-1"] {
        assert_refused(&INTEGER, fraction, ["type", "", "an integer"]);
    }
    assert!(kinds(Kinds::NUMBER).check("1.5").is_ok());
}

#[test]
fn strings() {
    static LENGTH: Schema = of(Rules { min_length: Some(2), max_length: Some(3), ..Rules::NONE });
    assert!(LENGTH.check(r#""\u00e9\ud83d\ude00""#).is_ok(), "counted in code points");
    assert_refused(&LENGTH, r#""\n""#, ["minLength", "", "at least 2 characters"]);
    assert_refused(&LENGTH, "\"éééé\"", ["maxLength", "", "at most 3 characters"]);
    static UUID: Schema = of(Rules { format: Some(Format::Uuid), ..Rules::NONE });
    assert!(UUID.check("\"6f9619ff-8b86-4d01-b42d-00cf4fc964ff\"").is_ok());
    assert!(UUID.check(r#""\u0036f9619ff-8b86-4d01-b42d-00cf4fc964ff""#).is_ok());
    assert!(UUID.check("17").is_ok(), "about strings alone");
    assert_refused(&UUID, "\"6f9619ff\"", ["format", "", "a UUID"]);
    assert_eq!(refused(&UUID, "\"6f9619ff-8b86-4d01-b42d-00cf4fc964f\n\"").0, "syntax");
    static PATTERN: Schema = of(Rules { pattern: Some(&STARTS_WITH_X), ..Rules::NONE });
    assert!(PATTERN.check(r#""\u0078y""#).is_ok());
    assert_refused(&PATTERN, "\"yx\"", ["pattern", "", "a string that matches `^x`"]);
}

#[test]
fn listed_values() {
    static ONE: Schema = Schema { values: Some(&[r#"{"a":[1,"x"]}"#]), ..Schema::ANY };
    assert!(ONE.check(r#"{ "a": [1.0, "\u0078"] }"#).is_ok());
    assert_refused(&ONE, r#"{"a":[1]}"#, ["const", "", r#"`{"a":[1,"x"]}`"#]);
    static MANY: Schema = Schema { values: Some(&["1", "\"1\"", "null", "\"q\\\"\""]), ..Schema::ANY };
    for value in ["1", "10e-1", "\"1\"", "\"\\u0031\"", "null", r#""q\u0022""#] {
        assert!(MANY.check(value).is_ok(), "{value}");
    }
    for value in ["true", "2", "[1]", "{}", "\"q\"", "\"2\""] {
        assert_refused(&MANY, value, ["enum", "", r#"one of `1`, `"1"`, `null`, `"q\""`"#]);
    }
    static DIGITS: Schema = Schema { values: Some(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]), ..Schema::ANY };
    assert!(refused(&DIGITS, "10").2.ends_with("`7` and 2 more"));
}

static ORDER: Schema = Schema {
    object: Some(&Object {
        properties: &[
            Property::required("id", "\"id\":", &INTEGER),
            Property::optional("note", "\"note\":", &STRING),
            Property::required("é", "\"é\":", &Schema::ANY),
        ],
        others: &[Others { patterns: &[(&STARTS_WITH_X, &INTEGER)], additional: Some(&NEVER) }],
        ..Object::ANY
    }),
    ..kinds(Kinds::OBJECT)
};

#[test]
fn objects() {
    for order in [
        r#"{"id":1,"note":"n","é":0}"#,
        r#"{ "é" : 0 , "x" : 5, "id" : 1 }"#,
        r#"{"\u00e9":0,"xé":5,"i\u0064":1,"note":"x"}"#,
    ] {
        assert!(ORDER.check(order).is_ok(), "{order}");
    }
    assert_refused(&ORDER, r#"{"id":1}"#, ["required", "", "a member `é`"]);
    assert_refused(&ORDER, r#"{"id":1,"é":0,"y":1}"#, ["additionalProperties", "", "declared members only"]);
    assert_refused(&ORDER, r#"{"id":1,"é":0,"x":"1"}"#, ["type", "/x", "an integer"]);
    assert_refused(&ORDER, "[]", ["type", "", "an object"]);
    static NAMES: Schema = Schema {
        rules: Rules { max_properties: Some(2), min_properties: Some(1), ..Rules::NONE },
        object: Some(&Object {
            names: &[&of(Rules { pattern: Some(&STARTS_WITH_X), ..Rules::NONE })],
            dependent: &[("x", &["xx"])],
            ..Object::ANY
        }),
        ..Schema::ANY
    };
    assert!(NAMES.check(r#"{"\u0078x":1}"#).is_ok());
    assert_refused(&NAMES, r#"{"x1":1,"y":1}"#, ["pattern", "/y", "a string that matches `^x`"]);
    assert_refused(&NAMES, "{}", ["minProperties", "", "at least 1 member"]);
    assert_refused(&NAMES, r#"{"x1":1,"x2":2,"x3":3}"#, ["maxProperties", "", "at most 2 members"]);
    assert_refused(&NAMES, r#"{"x":1}"#, ["dependentRequired", "", "a member `xx` beside `x`"]);
}

#[test]
fn arrays() {
    static ARRAY: Schema = Schema {
        rules: Rules { max_items: Some(4), unique_items: true, ..Rules::NONE },
        array: Some(&Array {
            prefix: &[&STRING],
            rest: Some(&INTEGER),
            contains: &[Contains {
                schema: &of(Rules { minimum: Some(Bound::integer(10)), kinds: Some(Kinds::NUMBER), ..Rules::NONE }),
                least: 1,
                most: Some(2),
                evaluates: true,
            }],
        }),
        ..Schema::ANY
    };
    assert!(ARRAY.check(r#"["a", 1, 10]"#).is_ok());
    assert_refused(&ARRAY, "[1]", ["type", "/0", "a string"]);
    assert_refused(&ARRAY, r#"["a", 1, "b"]"#, ["type", "/2", "an integer"]);
    assert_refused(&ARRAY, r#"["a", 1, 2, 3, 10]"#, ["maxItems", "", "at most 4 elements"]);
    assert_refused(&ARRAY, r#"["a", 10, 10.0]"#, ["uniqueItems", "", "no element twice"]);
    assert_refused(&ARRAY, r#"["a", 1]"#, ["contains", "", "an element that its `contains` admits"]);
    assert_refused(
        &ARRAY,
        r#"["a", 10, 11, 12]"#,
        ["maxContains", "", "at most 2 elements that its `contains` admits"],
    );
}

#[test]
fn many_properties_are_found_in_any_order() {
    let names: Vec<String> = (0..150).map(|index| format!("n{index}")).collect();
    let properties = names.iter().map(|name| {
        let (name, prepared) = (name.clone().leak(), format!("\"{name}\":").leak());
        Property::required(name, prepared, &INTEGER)
    });
    let object: &'static Object =
        Box::leak(Box::new(Object { properties: Vec::leak(properties.collect()), ..Object::ANY }));
    let schema = Schema { object: Some(object), ..Schema::ANY };
    let text = |names: &mut dyn Iterator<Item = &String>| {
        let members: Vec<String> = names.map(|name| format!("\"{name}\":1")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert!(schema.check(&text(&mut names.iter())).is_ok());
    assert!(schema.check(&text(&mut names.iter().rev())).is_ok());
    assert_refused(&schema, &text(&mut names.iter().take(149)), ["required", "", "a member `n149`"]);
    assert_eq!(refused(&schema, &text(&mut names.iter().chain(&names[100..101]))).0, "duplicate");
}
