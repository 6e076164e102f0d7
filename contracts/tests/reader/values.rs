//! Exact values: nothing is lost on the way in and out, and equal means equal in value.

use std::collections::hash_map::DefaultHasher;
use std::fmt::{Debug, Display};
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use event_contracts::json::{Reader, Writer};
use event_contracts::rules::Rules;
use event_contracts::{
    Data, Date, Decimal, Integer, Json, Nullable, Refusal, Timestamp, UnknownMembers, Uuid, VersionText,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The JSON text comes back byte for byte, by our own reader and by serde.
fn survives<T: Data + Serialize + DeserializeOwned + Eq + Debug>(json: &str) {
    let value = T::read(&mut Reader::new(json), &Rules::NONE).unwrap_or_else(|refusal| panic!("{json}: {refusal}"));
    let mut writer = Writer::new();
    value.write(&mut writer, &Rules::NONE);
    assert_eq!(writer.into_string(), json);
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), value);
    assert!(value.check(&Rules::NONE).is_ok());
}

fn parsed<T: FromStr<Err = Refusal>>(text: &str) -> T {
    text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal}"))
}

/// Equality, order and hash agree with each other, whatever the spelling.
fn consistent<T: FromStr<Err = Refusal> + Ord + Hash + Display>(left: &str, right: &str) -> std::cmp::Ordering {
    let (left, right): (T, T) = (parsed(left), parsed(right));
    let order = left.cmp(&right);
    assert_eq!(order, right.cmp(&left).reverse(), "{left} {right}");
    assert_eq!(order.is_eq(), left == right, "{left} {right}");
    assert!(!order.is_eq() || hash(&left) == hash(&right), "{left} {right}");
    order
}

const NUMBER: &str = "-?(0|[1-9][0-9]{0,2}|[1-9][0-9]{36,40})(\\.[0-9]{1,3}|\\.0{0,2}[0-9]{38})?([eE][+-]?[0-9]{1,2})?";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_spelling_survives(
        number in NUMBER,
        uuid in "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        date in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        time in "[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
        major: u32,
        minor: u32,
    ) {
        survives::<Decimal>(&number);
        survives::<Json>(&number);
        survives::<Uuid>(&format!("\"{uuid}\""));
        survives::<Date>(&format!("\"{date}\""));
        survives::<Timestamp>(&format!("\"{date}{time}\""));
        survives::<VersionText>(&format!("\"{major}.{minor}\""));
        if number.parse::<Integer>().is_ok() {
            survives::<Integer>(&number);
        }
    }

    #[test]
    fn numbers_order_by_value(left in NUMBER, right in NUMBER, zeros in 0_usize..4) {
        consistent::<Decimal>(&left, &right);
        consistent::<Json>(&left, &right);
        // One more spelling of the same number.
        let (mantissa, exponent) = left.split_once(['e', 'E']).unwrap_or((&left, "0"));
        let exponent: i32 = exponent.parse().unwrap();
        let point = if mantissa.contains('.') { "" } else { "." };
        let longer = format!("{mantissa}{point}{}e{exponent}", "0".repeat(zeros + 1));
        prop_assert!(consistent::<Decimal>(&left, &longer).is_eq());
        prop_assert!(consistent::<Json>(&left, &longer).is_eq());
    }

    #[test]
    fn small_decimals_order_as_integers_do(left: i32, right: i32, scale in 0_u32..6, extra in 0_u32..4) {
        let pad = |units: i32| i128::from(units) * 10_i128.pow(extra);
        let (small, padded) = (Decimal::new(left.into(), scale), Decimal::new(pad(right), scale + extra));
        prop_assert_eq!(small.cmp(&padded), left.cmp(&right));
        let sum = small.checked_add(&padded).unwrap();
        prop_assert_eq!(&sum, &Decimal::new(i128::from(left) + i128::from(right), scale));
        prop_assert_eq!(sum.checked_sub(&padded).unwrap(), small);
    }

    #[test]
    fn times_are_instants(seconds in -62_167_219_200_i64..253_402_300_800, nanos in 0..1_000_000_000_u32, offset in -1439_i64..1440) {
        let time = Timestamp::from_unix(seconds, nanos).unwrap();
        let again: Timestamp = parsed(&time.to_string());
        prop_assert_eq!((again.unix_seconds(), again.subsec_nanos()), (seconds, nanos));
        let system = SystemTime::from(&time);
        prop_assert_eq!(Timestamp::try_from(system).unwrap(), time.clone());
        if let Some(local) = Timestamp::from_unix(seconds + offset * 60, nanos) {
            let sign = if offset < 0 { '-' } else { '+' };
            let spelled = local.to_string().replace('Z', &format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60));
            let local: Timestamp = parsed(&spelled);
            prop_assert_eq!(hash(&local), hash(&time));
            prop_assert_eq!(local.cmp(&time), std::cmp::Ordering::Equal);
        }
    }

    #[test]
    fn dates_follow_each_other(days in -719_528_i64..2_932_896) {
        let at = |days: i64| Timestamp::from_unix(days * 86_400, 0).unwrap().to_string()[..10].to_owned();
        prop_assert!(consistent::<Date>(&at(days), &at(days + 1)).is_lt());
    }
}

#[test]
fn numbers_beyond_reason_cost_nothing() {
    assert!(consistent::<Decimal>("1e999999999999", "1e400").is_gt());
    assert!(consistent::<Decimal>("-1e999999999999", "-1e400").is_lt());
    assert!(consistent::<Decimal>("1e-999999999999", "0").is_gt());
    assert!(consistent::<Decimal>("0e999999999999", "-0.00").is_eq());
    assert!(consistent::<Integer>("1e2", "100.00").is_eq());
    assert!(consistent::<Integer>("1e999999999", "99999999999999999999999999999999999999999999").is_gt());
    assert!(Decimal::from(1).checked_add(&parsed("1e999999999")).is_none());
    assert!(parsed::<Decimal>("1e99999999999999999999999999999999999999999999999999") > Decimal::ZERO);
    let tiny = Decimal::new(1, u32::MAX);
    assert_eq!(tiny.to_string(), "1e-4294967295");
    assert!(tiny > Decimal::ZERO && tiny < Decimal::new(1, 38));
    assert_eq!(tiny, parsed("10e-4294967296"));
    assert_eq!(parsed::<Decimal>("1.20e3").to_parts(), Some((1200, 0)));
    assert_eq!(parsed::<Decimal>("1.20e-3").to_parts(), Some((12, 4)));
}

#[test]
fn what_is_no_number_is_refused() {
    for text in ["", "-", "+1", "1.", ".5", "1e", "1 ", " 1", "0x1", "--1", "NaN", "1,5", "-.5"] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
        assert!(text.parse::<Integer>().is_err(), "{text}");
    }
    for text in ["1.5", "1e-1", "0.1e0"] {
        assert_eq!(text.parse::<Integer>().unwrap_err().keyword(), "type");
    }
}

#[test]
fn leap_seconds_and_long_fractions_are_kept_apart() {
    let leap = "2016-12-31T23:59:60Z";
    assert!(consistent::<Timestamp>(leap, "2016-12-31T23:59:59.999999999Z").is_gt());
    assert!(consistent::<Timestamp>(leap, "2017-01-01T00:00:00Z").is_lt());
    assert!(consistent::<Timestamp>(leap, "2017-01-01T00:59:60.0+01:00").is_eq());
    let (shorter, longer) = ("2020-01-01T00:00:00.123456789Z", "2020-01-01T00:00:00.1234567891Z");
    assert!(consistent::<Timestamp>(shorter, longer).is_lt());
    assert!(consistent::<Timestamp>(longer, "2020-01-01t01:00:00.123456789100+01:00").is_eq());
    for refused in ["2016-12-31T22:59:60Z", "2016-12-31 00:00:00Z", "2016-12-31T00:00:00", "2016-12-31T00:00:00.Z"] {
        assert!(refused.parse::<Timestamp>().is_err(), "{refused}");
    }
}

#[test]
fn time_moves_under_its_offset() {
    let time: Timestamp = parsed("2024-02-28T23:59:59.500+02:00");
    let later = time.clone() + Duration::from_millis(1500);
    assert_eq!(later.to_string(), "2024-02-29T00:00:01.000+02:00");
    assert_eq!((later.clone() - Duration::from_millis(1500)).to_string(), time.to_string());
    assert_eq!(later.duration_since(&time), Some(Duration::from_millis(1500)));
    assert_eq!(time.duration_since(&later), None);
    assert_eq!(time.offset_minutes(), 120);
    assert!(parsed::<Timestamp>("9999-12-31T23:59:59Z").checked_add(Duration::from_secs(1)).is_none());
    assert!(Timestamp::now() > time);
}

#[test]
fn json_compares_as_json() {
    let same = [
        (r#"{"a":[1,2],"b":null}"#, r#"{ "b": null, "a": [1.0, 2e0] }"#),
        (r#""a/\u00e9""#, "\"a\\/\u{e9}\""),
        ("100000000000000000000000000000000000000001", "100000000000000000000000000000000000000001.0"),
    ];
    for (left, right) in same {
        assert!(consistent::<Json>(left, right).is_eq());
    }
    assert!(!consistent::<Json>("9007199254740993", "9007199254740992").is_eq());
    assert!(!consistent::<Json>("[1,2]", "[2,1]").is_eq());
    assert_eq!(parsed::<Json>("[1e999, 2]").to_value(), serde_json::json!([null, 2]));
}

#[test]
fn unknown_members_are_kept_in_order_and_refused_twice() -> Result<(), Refusal> {
    for count in [3_usize, 1000] {
        let members: Vec<String> = (0..count).rev().map(|index| format!("\"m{index}\":[{index}]")).collect();
        let text = format!("{{{}}}", members.join(","));
        let read = |text: &str| -> Result<UnknownMembers, Refusal> {
            let mut reader = Reader::new(text);
            let mut object = reader.begin_object()?;
            let mut unknown = UnknownMembers::default();
            while let Some(name) = reader.next_member(&mut object)? {
                unknown.keep(name, &mut reader)?;
            }
            Ok(unknown)
        };
        let unknown = read(&text)?;
        let mut writer = Writer::new();
        writer.begin_object();
        unknown.write(&mut writer);
        writer.end_object();
        assert_eq!(writer.into_string(), text);
        assert_eq!(unknown.len(), count);
        assert_eq!(unknown.get("m2").map(Json::as_str), Some("[2]"));
        let twice = text.replace("\"m1\"", "\"m\\u0032\"");
        assert_eq!(read(&twice).unwrap_err().keyword(), "duplicate");
        let mut reordered = read(&text.replace("\"m1\":[1]", "\"m1\":[1.0]"))?;
        assert_eq!(reordered, unknown);
        reordered.insert("m1", Json::null());
        assert_ne!(reordered, unknown);
    }
    Ok(())
}

#[test]
fn nullable_by_serde() {
    let values: Vec<Nullable<Uuid>> = serde_json::from_str(r#"[null,"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"]"#).unwrap();
    assert!(values[0].is_null());
    assert_eq!(serde_json::to_string(&values).unwrap(), r#"[null,"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"]"#);
    assert_eq!(serde_json::from_value::<Nullable<Decimal>>(1.5.into()).unwrap(), Nullable::Value(Decimal::new(15, 1)));
    assert_eq!(serde_json::to_value(Decimal::new(15, 1)).unwrap(), serde_json::json!(1.5));
    assert_eq!(format!("{:?}", parsed::<Decimal>("1.50")), "Decimal(1.50)");
}

#[test]
#[cfg(feature = "uuid")]
fn uuids_of_the_uuid_package() {
    let ours = Uuid::now_v7();
    let theirs = uuid::Uuid::from(ours);
    assert_eq!(theirs.to_string(), ours.to_string());
    assert_eq!(Uuid::from(theirs), ours);
    assert_ne!(Uuid::new_v4(), Uuid::new_v4());
}

#[test]
#[cfg(feature = "rust_decimal")]
fn decimals_of_the_rust_decimal_package() {
    let ours: Decimal = parsed("-24.90");
    let theirs = rust_decimal::Decimal::try_from(&ours).unwrap();
    assert_eq!(theirs.to_string(), "-24.90");
    assert_eq!(Decimal::from(theirs).to_string(), "-24.90");
    assert!(rust_decimal::Decimal::try_from(&parsed::<Decimal>("1e40")).is_err());
}

#[test]
#[cfg(feature = "jiff")]
fn times_of_the_jiff_package() {
    let ours: Timestamp = parsed("1969-12-31T23:59:59.25Z");
    let theirs = jiff::Timestamp::try_from(&ours).unwrap();
    assert_eq!(theirs.to_string(), ours.to_string());
    assert_eq!(Timestamp::try_from(theirs).unwrap(), ours);
}

#[test]
#[cfg(feature = "chrono")]
fn times_of_the_chrono_package() {
    let ours: Timestamp = parsed("1969-12-31T23:59:59.25Z");
    let theirs = chrono::DateTime::<chrono::Utc>::try_from(&ours).unwrap();
    assert_eq!(theirs.timestamp_millis(), -750);
    assert_eq!(Timestamp::try_from(theirs).unwrap(), ours);
    let leap = chrono::DateTime::<chrono::Utc>::try_from(&parsed::<Timestamp>("2016-12-31T23:59:60.5Z")).unwrap();
    assert_eq!(Timestamp::try_from(leap).unwrap().to_string(), "2017-01-01T00:00:00.500Z");
}
