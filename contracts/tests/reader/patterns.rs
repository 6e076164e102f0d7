//! A pattern that is compared as a plain shape matches what its table matches.

use event_contracts::rules::{Pattern, pattern};
use proptest::prelude::*;
use proptest::sample::select;

use crate::edit::{edited, edits};

/// Patterns with texts that match; whether they are shapes.
static PATTERNS: &[(Pattern, bool, &str)] = &[
    (pattern!("^ORD-[0-9]{4}-[A-Z]+$"), true, "ORD-2024-ABC"),
    (pattern!("^[A-Z]{3}$"), true, "EUR"),
    (pattern!("Z$"), true, "2024-01-01T00:00:00Z"),
    (pattern!("[0-9]{2}[a-z]$"), true, "ab17z"),
    (pattern!("^ab?c*"), false, "abcc"),
    (pattern!("^ab[0-9]+"), true, "ab12"),
    (pattern!("^a{2,3}b?c{1,}$"), true, "aabc"),
    (pattern!("^[0-9A-Za-z][0-9A-Za-z._:-]{0,5}$"), true, "a.b:-"),
    (pattern!("^a*a$"), false, "aaa"),
    (pattern!("^a*b?a$"), false, "aaba"),
    (pattern!("^[a-z][0-9a-z]*(-[0-9a-z]+)*$"), true, "order-service-2"),
    (pattern!("^order\\.[a-z][a-z0-9]*(_[a-z0-9]+)*$"), true, "order.chat_linked"),
    (pattern!("^[a-z]+(?:\\.[a-z_]+){1,2}$"), true, "a.b_.c"),
    (pattern!("^(-a){2}-b$"), true, "-a-a-b"),
    (pattern!("^(-a){1,2}-b$"), false, "-a-a-b"),
    (pattern!("^(-a)?-b$"), true, "-a-b"),
    (pattern!("^([a-z]{1,4}_)?[0-9a-c]{2}-b$"), true, "ab_0c-b"),
    (pattern!("^(0|[1-9][0-9]{0,3})(\\.[0-9]{1,2})?$"), true, "120.5"),
    (pattern!("^(?:a|b-|(?:c|z)z)A$"), true, "b-A"),
    (pattern!("(a|9)Z$"), true, "bcaZ"),
    (pattern!("^(a|bc)+$"), false, "abca"),
    (pattern!("^(a|b)(a|b)(a|b)$"), false, "aba"),
    (pattern!("^[a-z.\\-]+\\-[A-Z]$"), false, "a.-b-A"),
    (pattern!("^[a-z.\\-]+:[A-Z\\]]$"), false, "a.-b:]"),
    (pattern!("^[a-z.\\-]+:[A-Z]$"), true, "a.-b:A"),
    (pattern!("^(a-?)*b$"), true, "aa-ab"),
    (pattern!("^(a-?)*-b$"), false, "aa--b"),
    (pattern!("^(0|[1-9][0-9]{0,3})$"), true, "120"),
    (pattern!("^$"), true, ""),
    (pattern!("^"), false, ""),
    (pattern!("$"), true, ""),
    (pattern!("abc"), false, "xabcx"),
];

#[test]
fn plain_expressions_are_shapes() {
    for (pattern, is_shape, example) in PATTERNS {
        assert_eq!(!pattern.shapes.is_empty(), *is_shape, "{}", pattern.source);
        assert!(pattern.is_match(example) && pattern.walk(example), "{} and {example}", pattern.source);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shapes_match_what_tables_match(
        index in 0..PATTERNS.len(),
        edits in edits(select(&LETTERS[..]), 0..4),
    ) {
        let (pattern, _, example) = &PATTERNS[index];
        let text = edited(example, edits);
        prop_assert_eq!(pattern.is_match(&text), pattern.walk(&text), "{} and {:?}", pattern.source, text);
    }
}

static LETTERS: [char; 16] = ['a', 'b', 'c', 'z', 'A', 'Z', '0', '9', '-', '_', '.', ':', '\n', 'é', ' ', '\u{2028}'];
