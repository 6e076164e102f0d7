//! The walk itself: broken texts, depth, every violation, and what was read or built before.

use event_contracts::json::{MAX_DEPTH, Reader};
use event_contracts::rules::{Kinds, Rules};
use event_contracts::schema::{Also, Array, Object, Others, Property, Schema};

use crate::keywords::{INTEGER, NEVER, STRING, kinds, refused};

#[test]
fn no_branch_swallows_a_broken_text() {
    static NOT: Schema = Schema { also: &[Also::Not(&INTEGER)], ..Schema::ANY };
    static ANY: Schema = Schema { also: &[Also::Any(&[&INTEGER, &Schema::ANY])], ..Schema::ANY };
    static IF: Schema =
        Schema { also: &[Also::If { condition: &INTEGER, then: None, otherwise: None }], ..Schema::ANY };
    static KNOWN: Schema = Schema {
        object: Some(&Object {
            properties: &[Property::optional("a", "\"a\":", &NOT), Property::optional("b", "\"b\":", &STRING)],
            ..Object::ANY
        }),
        ..Schema::ANY
    };
    static CLOSED: Schema = Schema {
        object: Some(&Object { others: &[Others { patterns: &[], additional: Some(&NEVER) }], ..Object::ANY }),
        ..Schema::ANY
    };
    for (text, keyword) in [
        (r#"{"a":{"b":1,"b":2}}"#, "duplicate"),
        (r#"{"a":{"\"\\":1,"\u0022\u005c":2}}"#, "duplicate"),
        (r#"{"a":1.}"#, "syntax"),
        (r#"{"a":"\ud800"}"#, "syntax"),
        (r#"{"a":[1,]}"#, "syntax"),
        (r#"{"a":nul}"#, "syntax"),
    ] {
        for schema in [&NOT, &ANY, &IF, &KNOWN, &INTEGER, &CLOSED] {
            assert_eq!(refused(schema, text).0, keyword, "{text}");
        }
    }
    for text in [r#"{"a":1.5,"b":"","a":2.5}"#, r#"{"x":1,"y":2,"x":3}"#, r#"{"":1,"":3}"#, r#"{"b":"","\u0062":""}"#] {
        assert_eq!(refused(&KNOWN, text).0, "duplicate", "{text}");
    }
    let many: Vec<String> = (0..40).map(|index| format!("\"n{}\":0", index % 39)).collect();
    assert_eq!(refused(&KNOWN, &format!("{{{}}}", many.join(","))).0, "duplicate");
    assert_eq!(refused(&NOT, "\"a\" 1").0, "syntax");
    assert_eq!(refused(&NOT, "").0, "syntax");
    assert_eq!(NOT.check_bytes(b"\"\xff\"").map_err(|refusal| refusal.keyword()), Err("syntax"));
    assert!(NOT.check_bytes(b" \"a\" ").is_ok());
}

/// Lists and objects of themselves, by way of branches.
static NESTED: Schema = Schema { also: &[Also::Any(&[&STRING, &LIST, &MAP])], ..Schema::ANY };
static LIST: Schema = Schema { array: Some(&Array { rest: Some(&NESTED), ..Array::ANY }), ..kinds(Kinds::ARRAY) };
static MAP: Schema = Schema {
    object: Some(&Object { others: &[Others { patterns: &[], additional: Some(&NESTED) }], ..Object::ANY }),
    unevaluated_properties: Some(&NEVER),
    ..kinds(Kinds::OBJECT)
};

#[test]
fn the_deepest_text_fits_on_the_stack_of_a_thread() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let nested = |depth: usize, leaf: &str| format!("{}{leaf}{}", open.repeat(depth), close.repeat(depth));
        assert!(NESTED.check(&nested(MAX_DEPTH, "\"x\"")).is_ok());
        assert_eq!(refused(&NESTED, &nested(MAX_DEPTH + 1, "\"x\"")).0, "depth");
        let (keyword, pointer, _) = refused(&NESTED, &nested(MAX_DEPTH, "1"));
        assert_eq!((keyword.as_str(), pointer.matches('/').count()), ("anyOf", MAX_DEPTH));
    }
}

/// A formula whose two kinds only differ in a member that may stand behind everything else.
static FORMULA: Schema = Schema { also: &[Also::One(&[&INTEGER, &AND, &OR])], ..Schema::ANY };
static AND: Schema = formula(&Object {
    properties: &[Property::required("of", "\"of\":", &FORMULA), Property::required("is", "\"is\":", &IS_AND)],
    ..Object::ANY
});
static OR: Schema = formula(&Object {
    properties: &[Property::required("of", "\"of\":", &FORMULA), Property::required("is", "\"is\":", &IS_OR)],
    ..Object::ANY
});
static IS_AND: Schema = Schema { values: Some(&["\"and\""]), ..Schema::ANY };
static IS_OR: Schema = Schema { values: Some(&["\"or\""]), ..Schema::ANY };

const fn formula(object: &'static Object) -> Schema {
    Schema { object: Some(object), ..kinds(Kinds::OBJECT) }
}

#[test]
fn nested_alternatives_do_not_double_the_time() {
    let nested = |leaf: &str| format!("{}{leaf}{}", r#"{"of":"#.repeat(MAX_DEPTH), r#","is":"or"}"#.repeat(MAX_DEPTH));
    assert!(FORMULA.check(&nested("1")).is_ok());
    assert_eq!(refused(&FORMULA, &nested("null")).0, "oneOf");
}

static ORDER: Schema = Schema {
    object: Some(&Object {
        properties: &[
            Property::required("id", "\"id\":", &INTEGER),
            Property::required("tags", "\"tags\":", &TAGS),
            Property::required("by", "\"by\":", &STRING),
        ],
        others: &[Others { patterns: &[], additional: Some(&NEVER) }],
        ..Object::ANY
    }),
    also: &[Also::All(&BESIDE)],
    ..kinds(Kinds::OBJECT)
};
static TAGS: Schema = Schema { array: Some(&Array { rest: Some(&STRING), ..Array::ANY }), ..kinds(Kinds::ARRAY) };
static BESIDE: Schema = Schema {
    object: Some(&Object {
        properties: &[Property::optional("id", "\"id\":", &INTEGER), Property::optional("tags", "\"tags\":", &SHORT)],
        ..Object::ANY
    }),
    ..Schema::ANY
};
static SHORT: Schema = Schema { rules: Rules { max_items: Some(1), ..Rules::NONE }, ..Schema::ANY };

#[test]
fn every_violation_in_the_order_of_the_text() {
    let found = |text: &str| -> Vec<(String, String)> {
        let violations = ORDER.violations(text).into_iter();
        violations.map(|refusal| (refusal.keyword().to_owned(), refusal.pointer().to_owned())).collect()
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(keyword, pointer)| ((*keyword).to_owned(), (*pointer).to_owned())).collect()
    };
    assert_eq!(found(r#"{"id":1,"tags":["a"],"by":"x"}"#), []);
    assert_eq!(
        found(r#"{"id":"1","more":[{}],"tags":["a",2,null]}"#),
        pairs(&[
            ("additionalProperties", ""),
            ("required", ""),
            ("type", "/id"),
            ("maxItems", "/tags"),
            ("type", "/tags/1"),
            ("type", "/tags/2"),
        ])
    );
    assert_eq!(found(r#"{"id":"1","tags":["a",}"#), pairs(&[("type", "/id"), ("syntax", "/tags/1")]));
    assert_eq!(found("[1, 2"), pairs(&[("syntax", "")]));
}

#[test]
fn what_was_read_or_built_before() {
    let text = r#"[0, {"id": 1, "tags": [], "by": 5}]"#;
    let mut reader = Reader::new(text);
    let mut first = true;
    reader.begin_array().expect("an array");
    assert_eq!(reader.next_element(&mut first), Ok(true));
    reader.raw().expect("a number");
    assert_eq!(reader.next_element(&mut first), Ok(true));
    let start = reader.offset();
    reader.raw().expect("an object");
    let refusal = ORDER.check_read(&reader, start).expect_err("`by` is a number");
    assert_eq!(refusal.offset(), text.find('5'));
    assert_eq!(refusal.locate(text).pointer(), "/1/by");
    assert_eq!(reader.position(), text.len() - 1);
    let tags = vec![String::from("a")];
    assert!(TAGS.check_built(&tags, &Rules::NONE).is_ok());
    let refusal = INTEGER.check_built(&tags, &Rules::NONE).expect_err("an array is no integer");
    assert_eq!((refusal.keyword(), refusal.pointer()), ("type", ""));
}
