//! Hand-written events: they take the same path as generated ones, and mistakes are pointed at where they stand.

mod settled;
mod unions;

use event_contracts::{
    Category, Constant, Data, Event, Events, Timestamp, UnknownEvent, UnknownMembers, Uuid, Version,
};

/// A payment went through.
#[derive(Debug, Clone, PartialEq, Event)]
#[event(
    system = "bank", topic = "payments", type = "payment.made", version = 1,
    version_at = "/version", version_member(version),
    partition_key(data.account), idempotency_key(id), id(id), time(at)
)]
struct PaymentMade {
    #[data(constant = "payment.made")]
    r#type: Constant,
    id: Uuid,
    at: Timestamp,
    #[data(minimum = 1)]
    version: u32,
    data: PaymentMadeData,
    #[data(unknown)]
    unknown: UnknownMembers,
}

#[derive(Debug, Clone, PartialEq, Data)]
struct PaymentMadeData {
    account: Account,
    #[data(name = "amountCents", minimum = 1, maximum = 100_000_000)]
    amount_cents: u64,
    #[data(max_length = 20)]
    memo: Option<String>,
    #[data(constant = "EUR")]
    currency: Constant,
}

#[derive(Debug, Clone, PartialEq, Eq, Data)]
#[data(pattern = "^[A-Z]{2}[0-9]{4}$")]
struct Account(String);

#[derive(Debug, Clone, PartialEq, Events)]
enum Payments {
    PaymentMade(PaymentMade),
    Unknown(UnknownEvent),
}

const MESSAGE: &str = r#"{"type":"payment.made","id":"550e8400-e29b-41d4-a716-446655440000","at":"2025-01-01T00:00:00Z","version":1,"data":{"account":"AB1234","amountCents":5,"currency":"EUR"}}"#;

#[test]
fn a_hand_written_event_takes_the_same_path() {
    let Payments::PaymentMade(event) = Payments::decode(MESSAGE.as_bytes()).unwrap() else { panic!("it is known") };
    assert_eq!(event.partition_key(), "AB1234");
    assert_eq!(event.version(), Version::Integer(1));
    assert_eq!(event.idempotency_key().as_str(), "v1:bank:payment.made:550e8400-e29b-41d4-a716-446655440000");
    assert_eq!(String::from_utf8(event.encode().unwrap()).unwrap(), MESSAGE);
}

#[test]
fn order_of_members_and_white_space_do_not_matter() {
    let other = r#" { "data" : { "currency" : "\u0045UR", "amountCents" : 5.0, "account" : "AB1234" } , "version" : 1,
        "at" : "2025-01-01T00:00:00Z", "id" : "550e8400-e29b-41d4-a716-446655440000", "type" : "payment.made" } "#;
    assert_eq!(PaymentMade::decode(other.as_bytes()).unwrap(), PaymentMade::decode(MESSAGE.as_bytes()).unwrap());
}

#[test]
fn refusals_name_the_place() {
    for (from, to, category, pointer, keyword) in [
        ("AB1234", "AB12345", Category::Invalid, "/data/account", "pattern"),
        ("\"amountCents\":5", "\"amountCents\":0", Category::Invalid, "/data/amountCents", "minimum"),
        (
            "\"amountCents\":5",
            "\"amountCents\":5,\"amountCents\":5",
            Category::Malformed,
            "/data/amountCents",
            "duplicate",
        ),
        ("EUR", "USD", Category::Invalid, "/data/currency", "const"),
        (",\"currency\":\"EUR\"", "", Category::Invalid, "/data", "required"),
        ("\"version\":1", "\"version\":0", Category::Invalid, "/version", "minimum"),
        ("payment.made", "payment.lost", Category::UnknownType, "/type", "const"),
        ("}}", "}} x", Category::Malformed, "", "syntax"),
    ] {
        let message = MESSAGE.replace(from, to);
        let error = PaymentMade::decode(message.as_bytes()).expect_err(to);
        assert_eq!((error.category(), error.pointer(), error.keyword()), (category, pointer, keyword), "{error}");
        assert!(
            !error.to_string().contains(to) || to.is_empty() || category == Category::UnknownType,
            "no payload value in {error}"
        );
    }
}

#[test]
fn a_builder_takes_what_is_at_hand() {
    let event = PaymentMade::builder()
        .id("550e8400-e29b-41d4-a716-446655440000")
        .data(PaymentMadeData::builder().account("AB1234").amount_cents(5).build().unwrap())
        .build()
        .unwrap();
    assert_eq!(event.version, 1, "the contract's version is filled in");
    assert!(event.time().is_some(), "so is the time");
}

#[test]
fn mistakes_are_pointed_at() {
    trybuild::TestCases::new().compile_fail("tests/derive/ui/*.rs");
}
