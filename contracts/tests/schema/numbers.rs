//! Numbers of any size: bounds and divisors, in tables and in the rules of typed values.

use event_contracts::json::Reader;
use event_contracts::rules::{Bound, Rules};
use event_contracts::schema::Schema;
use event_contracts::{Data, Decimal, Integer};
use proptest::prelude::*;

use crate::keywords::{assert_refused, of};

fn multiple_of(units: i128, scale: i32) -> Rules {
    Rules { multiple_of: Some(Bound::new(units, scale)), ..Rules::NONE }
}

fn divides(text: &str, rules: &Rules) -> bool {
    let judged = of(*rules).check(text).is_ok();
    assert_eq!(Decimal::read(&mut Reader::new(text), rules).is_ok(), judged, "{text}");
    if let Ok(integer) = Integer::read(&mut Reader::new(text), &Rules::NONE) {
        assert_eq!(integer.check(rules).is_ok(), judged, "{text}");
    }
    judged
}

#[test]
fn divisors() {
    for (text, units, scale, expected) in [
        ("0", 7, 0, true),
        ("-0.0e9", 7, 0, true),
        ("21", 7, 0, true),
        ("-21.0", 7, 0, true),
        ("22", 7, 0, false),
        ("0.0075", 1, 4, true),
        ("0.00751", 1, 4, false),
        ("19.99", 1, 2, true),
        ("4.5", 15, 1, true),
        ("1e308", 5, 1, true),
        ("1e308", 3, 0, false),
        ("1e999999999999", 1, 300, true),
        ("1e-999999999999", 1, 300, false),
        ("12345678901234567890123456789012345678901234567890", 10, 0, true),
        ("12345678901234567890123456789012345678901234567891", 10, 0, false),
        ("300", 1, -2, true),
        ("350", 1, -2, false),
        ("1e-2", 1, -300, false),
        ("9223372036854775807", i128::from(i64::MAX), 0, true),
        ("1.5", 1, 0, false),
    ] {
        assert_eq!(divides(text, &multiple_of(units, scale)), expected, "{text}");
    }
    let schema = Schema { rules: multiple_of(25, 2), ..Schema::ANY };
    assert_refused(&schema, "0.3", ["multipleOf", "", "a multiple of 0.25"]);
    assert!(u8::read(&mut Reader::new("9"), &multiple_of(3, 0)).is_ok());
    assert_eq!(10_i64.check(&multiple_of(3, 0)).map_err(|refusal| refusal.keyword()), Err("multipleOf"));
    assert!(schema.check("\"text\"").is_ok(), "about numbers alone");
}

proptest! {
    #[test]
    fn divisors_of_small_numbers(units in -100_000_i64..100_000, scale in 0_u32..4, divisor in 1_i64..500, places in 0_i32..4) {
        let text = Decimal::new(units.into(), scale).to_string();
        let (left, right) = (units * 10_i64.pow(4 - scale), divisor * 10_i64.pow(4 - places.unsigned_abs()));
        let expected = left % right == 0;
        prop_assert_eq!(divides(&text, &multiple_of(divisor.into(), places)), expected);
        let spelled = format!("{units}e-{scale}");
        prop_assert_eq!(divides(&spelled, &multiple_of(divisor.into(), places)), expected);
    }
}

#[test]
fn bounds_of_any_size() {
    let most = Bound::new(17_976_931_348_623_157, -292);
    let schema = of(Rules { maximum: Some(most), exclusive_minimum: Some(Bound::new(-1, -2)), ..Rules::NONE });
    for number in ["1e308", "17976931348623157e292", "0", "-99.99", "1"] {
        assert!(schema.check(number).is_ok(), "{number}");
    }
    assert_refused(&schema, "1.8e308", ["maximum", "", "at most 17976931348623157e292"]);
    assert_refused(&schema, "-1e2", ["exclusiveMinimum", "", "more than -100"]);
    assert_refused(&schema, "-1e999", ["exclusiveMinimum", "", "more than -100"]);
    assert_eq!(Bound::new(0, -400).to_string(), "0");
}

/// The derive takes the same numbers, with exponents or without.
#[derive(Data, Debug)]
struct Reading {
    #[data(multiple_of = 0.25, maximum = 1.5e300, exclusive_minimum = -12e-1)]
    value: Decimal,
    #[data(multiple_of = 1e2)]
    count: u32,
}

#[test]
fn rules_of_the_derive() {
    let read = |value: &str, count: &str| {
        let text = format!("{{\"value\":{value},\"count\":{count}}}");
        let read = Reading::read(&mut Reader::new(&text), &Rules::NONE);
        read.map(|reading| (reading.value.to_string(), reading.count)).map_err(|refusal| refusal.to_string())
    };
    assert_eq!(read("1.50", "300"), Ok(("1.50".to_owned(), 300)));
    assert_eq!(read("15e299", "0").map(|(_, count)| count), Ok(0));
    assert_eq!(read("1.6", "0"), Err("expected a multiple of 0.25".to_owned()));
    assert_eq!(read("1.6e300", "0"), Err(format!("expected at most 15e{}", 299)));
    assert_eq!(read("-1.2", "0"), Err("expected more than -1.2".to_owned()));
    assert_eq!(read("1", "350"), Err("expected a multiple of 100".to_owned()));
}
