//! What judging an order event costs, beside a scan that keeps nothing.
//!
//! `cargo test --release -p event-contracts --test schema -- --ignored --nocapture speed`

use std::hint::black_box;
use std::io::Write as _;
use std::time::{Duration, Instant};

use event_contracts::rules::{Bound, Format, Kinds, Rules};
use event_contracts::schema::{Array, Object, Property, Schema};
use serde::de::IgnoredAny;

const ANY_RULES: Rules = Rules::NONE;

const fn string(rules: Rules) -> Schema {
    Schema { rules: Rules { kinds: Some(Kinds::STRING), ..rules }, ..Schema::ANY }
}

const fn object(object: &'static Object) -> Schema {
    Schema { rules: Rules { kinds: Some(Kinds::OBJECT), ..ANY_RULES }, object: Some(object), ..Schema::ANY }
}

static TEXT: Schema = string(Rules { min_length: Some(1), max_length: Some(200), ..ANY_RULES });
static UUID: Schema = string(Rules { format: Some(Format::Uuid), ..ANY_RULES });
static TIME: Schema = string(Rules { format: Some(Format::DateTime), ..ANY_RULES });
static AMOUNT: Schema = Schema {
    rules: Rules { kinds: Some(Kinds::NUMBER), minimum: Some(Bound::integer(0)), ..ANY_RULES },
    ..Schema::ANY
};
static COUNT: Schema = Schema {
    rules: Rules {
        kinds: Some(Kinds::INTEGER),
        minimum: Some(Bound::integer(1)),
        maximum: Some(Bound::integer(1_000_000)),
        ..ANY_RULES
    },
    ..Schema::ANY
};
static TYPE: Schema = Schema { values: Some(&["\"order.created\""]), ..string(ANY_RULES) };
static STATUS: Schema = Schema {
    values: Some(&["\"pending\"", "\"confirmed\"", "\"processing\"", "\"shipped\"", "\"cancelled\""]),
    ..string(ANY_RULES)
};
static CHANNEL: Schema =
    Schema { values: Some(&["\"web\"", "\"mobile\"", "\"chat\"", "\"admin\""]), ..string(ANY_RULES) };

macro_rules! properties {
    ($($name:literal $schema:ident),*) => {
        &Object {
            properties: &[$(Property::required($name, concat!("\"", $name, "\":"), &$schema)),*],
            ..Object::ANY
        }
    };
}

static ITEM: Schema =
    object(properties!["product_id" UUID, "quantity" COUNT, "unit_price" AMOUNT, "total_price" AMOUNT]);
static ITEMS: Schema = Schema {
    rules: Rules { kinds: Some(Kinds::ARRAY), min_items: Some(1), max_items: Some(1000), ..ANY_RULES },
    array: Some(&Array { rest: Some(&ITEM), ..Array::ANY }),
    ..Schema::ANY
};
static ADDRESS: Schema = object(properties!["street" TEXT, "city" TEXT, "postal_code" TEXT, "country" TEXT]);
static DATA: Schema = object(properties![
    "order_id" UUID, "order_number" TEXT, "customer_id" UUID, "total_amount" AMOUNT, "currency" TEXT, "status" STATUS,
    "items" ITEMS, "shipping_address" ADDRESS, "created_by" UUID, "source_channel" CHANNEL
]);
static METADATA: Schema = object(properties!["correlation_id" UUID, "causation_id" UUID, "user_id" UUID]);
static EVENT: Schema = object(properties![
    "event_id" UUID, "event_type" TYPE, "timestamp" TIME, "version" TEXT, "source" TEXT, "data" DATA,
    "metadata" METADATA
]);

const ORDER: &str = concat!(
    r#"{"event_id":"9a3d1c5e-7b2f-4e80-b6d4-5f1a8c0e2b91","event_type":"order.created","#,
    r#""timestamp":"2025-06-29T10:00:00.123Z","version":"1.0","source":"order-service","data":{"#,
    r#""order_id":"5b0f6a0e-6c4f-4d0e-9a53-0d1f6b1c7e21","order_number":"ORD-2025-001234","#,
    r#""customer_id":"c2a7f3d8-91b4-4e6a-8f0d-3b5c7d9e1f42","total_amount":200.00,"currency":"THB","#,
    r#""status":"pending","items":[{"product_id":"1f3e5d7c-9b8a-4c6d-8e0f-2a4b6c8d0e13","quantity":2,"#,
    r#""unit_price":100.00,"total_price":200.00}],"shipping_address":{"street":"123 Main St","city":"Bangkok","#,
    r#""postal_code":"10100","country":"Thailand"},"created_by":"c2a7f3d8-91b4-4e6a-8f0d-3b5c7d9e1f42","#,
    r#""source_channel":"web"},"metadata":{"correlation_id":"f47ac10b-58cc-4372-a567-0e02b2c3d479","#,
    r#""causation_id":"6c8b0d2e-4f1a-4739-a5c7-d9e1f3b5a702","user_id":"c2a7f3d8-91b4-4e6a-8f0d-3b5c7d9e1f42"}}"#
);

/// The best of many rounds, per call.
fn best(mut call: impl FnMut()) -> Duration {
    let mut round = || {
        let start = Instant::now();
        (0..2_000).for_each(|_| call());
        start.elapsed() / 2_000
    };
    (0..200).map(|_| round()).min().unwrap_or_default()
}

#[test]
#[ignore = "measures; for release builds"]
fn speed() {
    let text = ORDER;
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(text).expect("JSON"))
        .expect("a value is written");
    let rows = [
        ("IgnoredAny", best(|| drop(black_box(serde_json::from_slice::<IgnoredAny>(black_box(text.as_bytes())))))),
        ("check", best(|| drop(black_box(EVENT.check(black_box(text)))))),
        ("check_bytes", best(|| drop(black_box(EVENT.check_bytes(black_box(text.as_bytes())))))),
        ("any", best(|| drop(black_box(Schema::ANY.check(black_box(text)))))),
        (
            "IgnoredAny, spaced and sorted",
            best(|| {
                drop(black_box(serde_json::from_slice::<IgnoredAny>(black_box(pretty.as_bytes()))));
            }),
        ),
        ("check, spaced and sorted", best(|| drop(black_box(EVENT.check(black_box(&pretty)))))),
    ];
    assert_eq!(EVENT.check(text), Ok(()));
    let mut out = std::io::stdout();
    for (name, time) in rows {
        let _ = writeln!(out, "{name}: {time:?} for {} bytes", text.len());
    }
}
