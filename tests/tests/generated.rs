//! Generated types in every shape the generator knows, as a user meets them.

#![recursion_limit = "256"]

use std::cell::Cell;
use std::panic::catch_unwind;

use event_contracts::private::{assert_upcasts, assert_upcasts_or_refuses};
use event_contracts::{BuildError, Category, Event, Lifecycle, Nullable, Upcast};
use serde_json::{Value, json};

event_contracts::include_contracts!();

use shop::{ItemEvents, ItemListed, ItemListedData, ItemMoved, ItemState, ItemTagged, ItemTaggedData, Kind, v1, v2};

/// Cents came with version 2: what cost whole euros costs the same.
impl Upcast<v1::ItemListed> for ItemListed {
    fn upcast(older: v1::ItemListed) -> Result<Self, BuildError> {
        let data = ItemListedData::builder()
            .number(older.data.number)
            .price(older.data.euros)
            .discount(Nullable::Null)
            .always(event_contracts::Json::null());
        Self::builder().id(older.id).time(older.time).data(data.build()?).build()
    }
}

thread_local! {
    /// The mistake that the upcaster makes in this test.
    static MISTAKE: Cell<&'static str> = const { Cell::new("") };
}

/// One tag became several with version 2.
impl Upcast<v1::ItemTagged> for v2::ItemTagged {
    fn upcast(older: v1::ItemTagged) -> Result<Self, BuildError> {
        let mistake = MISTAKE.get();
        let tags = older.data.tag.filter(|_| mistake != "refuses").map(|tag| tag.try_into().unwrap());
        let tags: Vec<v2::ItemTaggedDataTag> = tags.into_iter().collect();
        let colour = match older.data.colour {
            v1::ItemTaggedDataColour::Red => v2::ItemTaggedDataColour::Red,
            v1::ItemTaggedDataColour::Green => v2::ItemTaggedDataColour::Green,
        };
        let number = if mistake == "refuses" { 0 } else { older.data.number };
        let mut data = v2::ItemTaggedData::builder().number(number).colour(colour).tags(tags).build()?;
        if mistake == "breaks a rule" {
            data.number = 0;
        }
        let id = if mistake == "loses the id" { event_contracts::Uuid::from_bytes([1; 16]) } else { older.id };
        let time = if mistake == "loses the time" { "2020-01-01T00:00:00Z".parse().unwrap() } else { older.time };
        Self::builder().id(id).time(time).data(data).build()
    }
}

/// Colours are shades since version 3.
impl Upcast<v2::ItemTagged> for ItemTagged {
    fn upcast(older: v2::ItemTagged) -> Result<Self, BuildError> {
        let tags = older.data.tags.into_iter().map(|tag| tag.into_inner().try_into().unwrap());
        let shade = match older.data.colour {
            v2::ItemTaggedDataColour::Red => shop::ItemTaggedDataShade::Red,
            v2::ItemTaggedDataColour::Green => shop::ItemTaggedDataShade::Green,
        };
        let data = ItemTaggedData::builder().number(older.data.number).shade(shade).tags(tags.collect::<Vec<_>>());
        Self::builder().id(older.id).time(older.time).data(data.build()?).build()
    }
}

fn listed(data: Value) -> Value {
    let mut all = json!({ "number": 7, "price": 12.5, "discount": null, "always": [1] });
    all.as_object_mut().unwrap().extend(data.as_object().unwrap().clone());
    json!({ "type": "item.listed", "id": "550e8400-e29b-41d4-a716-446655440000", "time": "2025-01-01T00:00:00Z", "version": "2.0", "data": all })
}

fn decode(event: &Value) -> Result<ItemListed, event_contracts::DecodeError> {
    ItemListed::decode(&serde_json::to_vec(event).unwrap())
}

#[test]
fn every_member_round_trips() {
    let event = listed(json!({
        "list-price": "24.90", "self": true, "note": null, "discount": -5, "tags": ["a", "b"], "sizes": {"inner": 3}, "kind": "boat", "grade": "b",
        "since": "2025-02-28", "count": 12, "anything": {"x": [null]}, "scalar": 1.25, "extra": {"k": 1}, "box": {"inner": {"beside": [{}]}},
        "corner": {"x": 1, "y": 2.5}, "not declared": "kept",
        "default": true, "clone": false, "tree": [[], [[]]], "whole": 3, "part": 1.5, "nothing": 0, "mood": "fine", "either": null, "one": 1,
        "reader": "r", "members": {"rules": [{"schema": "s"}]}, "object": 3, "unknown": "on", "build": "b", "refusals": "f",
        "maker": {"x": 1, "y": 1}, "perhaps": null, "even": 4, "not-x": "y", "level": "top", "pair": ["a", 1.5], "codes": {"a": 1}, "ruled": {"a": 1, "b": "yes", "c": true},
    }));
    let decoded = decode(&event).unwrap();
    assert_eq!(decoded.data.kind, Some(Kind::Unknown("boat".into())));
    assert_eq!(decoded.data.note, Some(Nullable::Null), "null is not absence");
    assert_eq!(decoded.data.unknown_members().len(), 1);
    assert_eq!(serde_json::from_slice::<Value>(&decoded.encode().unwrap()).unwrap(), event);
    assert_eq!(serde_json::to_value(&decoded).unwrap(), event, "serde takes the same way");
    assert_eq!(serde_json::from_value::<ItemListed>(event).unwrap(), decoded);
}

#[test]
fn no_digit_of_money_is_lost() {
    let digits = "12.500000000000000000000000000000000000000001";
    let text = serde_json::to_string(&listed(json!({}))).unwrap().replace("12.5", digits);
    let decoded = ItemListed::decode(text.as_bytes()).unwrap();
    assert_eq!(decoded.data.price.to_string(), digits);
    assert!(String::from_utf8(decoded.encode().unwrap()).unwrap().contains(digits));
}

#[test]
fn absent_and_null_are_told_apart() {
    assert_eq!(decode(&listed(json!({}))).unwrap().data.note, None);
    assert_eq!(decode(&listed(json!({ "note": null }))).unwrap().data.note, Some(Nullable::Null));
    let refused = decode(&listed(json!({ "self": null }))).unwrap_err();
    assert_eq!((refused.pointer(), refused.keyword()), ("/data/self", "type"), "an optional member is no nullable one");
}

#[test]
fn refusals_name_place_and_keyword() {
    for (data, pointer, keyword) in [
        (json!({ "price": 0 }), "/data/price", "exclusiveMinimum"),
        (json!({ "price": 100_000 }), "/data/price", "maximum"),
        (json!({ "list-price": "1" }), "/data/list-price", "pattern"),
        (json!({ "note": "longer than ten" }), "/data/note", "maxLength"),
        (json!({ "discount": 101 }), "/data/discount", "maximum"),
        (json!({ "tags": ["a", ""] }), "/data/tags/1", "minLength"),
        (json!({ "tags": ["a", "a"] }), "/data/tags", "uniqueItems"),
        (json!({ "tags": ["a", "b", "c", "d"] }), "/data/tags", "maxItems"),
        (json!({ "tags": ["é"] }), "/data/tags/0", "pattern"),
        (json!({ "sizes": { "s": 0 } }), "/data/sizes/s", "minimum"),
        (json!({ "sizes": { "a": 1, "b": 2, "c": 3 } }), "/data/sizes", "maxProperties"),
        (json!({ "kind": "x" }), "/data/kind", "minLength"),
        (json!({ "grade": "c" }), "/data/grade", "enum"),
        (json!({ "since": "2025-02-29" }), "/data/since", "format"),
        (json!({ "count": 1.5 }), "/data/count", "type"),
        (json!({ "scalar": [] }), "/data/scalar", "type"),
        (json!({ "extra": 1 }), "/data/extra", "type"),
        (json!({ "box": { "inner": { "beside": [1] } } }), "/data/box/inner/beside/0", "type"),
        (json!({ "corner": { "x": 1, "y": 2, "z": 3 } }), "/data/corner", "additionalProperties"),
        (json!({ "corner": { "x": 1 } }), "/data/corner", "required"),
        (json!({ "maker": "a" }), "/data/maker", "oneOf"),
        (json!({ "even": 3 }), "/data/even", "multipleOf"),
        (json!({ "even": 101 }), "/data/even", "maximum"),
        (json!({ "not-x": "x" }), "/data/not-x", "not"),
        (json!({ "level": 3 }), "/data/level", "enum"),
        (json!({ "pair": ["a", "b"] }), "/data/pair/1", "type"),
        (json!({ "codes": { "a": 1.5 } }), "/data/codes/a", "type"),
        (json!({ "codes": { "ab": 1 } }), "/data/codes", "additionalProperties"),
        (json!({ "ruled": { "a": 1 } }), "/data/ruled", "dependentRequired"),
        (json!({ "ruled": { "b": "yes" } }), "/data/ruled", "required"),
        (json!({ "ruled": { "c": 1 } }), "/data/ruled/c", "type"),
        (json!({ "ruled": { "b": "long" } }), "/data/ruled/b", "maxLength"),
        (json!({ "tree": [[], [], []] }), "/data/tree", "maxItems"),
        (json!({ "tree": [[1]] }), "/data/tree/0/0", "type"),
        (json!({ "whole": 1.5 }), "/data/whole", "type"),
        (json!({ "whole": 10 }), "/data/whole", "maximum"),
        (json!({ "part": -1 }), "/data/part", "minimum"),
        (json!({ "nothing": 5 }), "/data/nothing", "maximum"),
        (json!({ "mood": "bad" }), "/data/mood", "not"),
        (json!({ "either": "x" }), "/data/either", "not"),
        (json!({ "one": 2 }), "/data/one", "enum"),
        (json!({ "shut": { "b": 1 } }), "/data/shut/b", "schema"),
        (json!({ "added later": 1e308, "part": -1.5 }), "/data/part", "minimum"),
    ] {
        let error = decode(&listed(data.clone())).expect_err(&data.to_string());
        assert_eq!((error.pointer(), error.keyword()), (pointer, keyword), "{data}: {error}");
        assert_eq!(error.category(), Category::Invalid);
    }
}

#[test]
fn what_cannot_be_judged_does_not_pass() {
    let text = serde_json::to_string(&listed(json!({ "maker": "a", "huge": 0.5 }))).unwrap().replace("0.5", "1e400");
    assert!(ItemListed::decode(text.as_bytes()).is_err(), "a number beyond a double must not switch the validator off");
}

#[test]
fn unknown_members_are_not_a_way_around_the_rules() {
    let mut members = event_contracts::UnknownMembers::default();
    members.insert("price", event_contracts::Json::string("free"));
    let error = ItemListedData::builder()
        .number(7)
        .price(1)
        .discount(Nullable::Null)
        .always(event_contracts::Json::null())
        .unknown_members(members)
        .build()
        .unwrap_err();
    assert_eq!(error.refusals()[0].pointer(), "/price");
}

#[test]
fn type_then_version_then_payload() {
    let mut event = listed(json!({ "price": "no number" }));
    let category = |event: &Value| decode(event).unwrap_err().category();
    assert_eq!(category(&event), Category::Invalid);
    event["version"] = json!("3.0");
    assert_eq!(category(&event), Category::UnsupportedVersion, "the version speaks before the payload");
    event["type"] = json!("item.sold");
    assert_eq!(category(&event), Category::UnknownType, "the type speaks before the version");
    assert!(
        matches!(ItemEvents::decode(event.to_string().as_bytes()).unwrap(), ItemEvents::Unknown(unknown) if unknown.event_type() == "item.sold")
    );
    assert_eq!(ItemListed::decode(b"{\"type\":").unwrap_err().category(), Category::Malformed);
    assert_eq!(ItemListed::decode(&[0xFF]).unwrap_err().category(), Category::Malformed);
}

#[test]
fn a_newer_minor_version_is_accepted_and_flagged() {
    let mut event = listed(json!({ "added later": 1 }));
    assert!(!decode(&event).unwrap().is_newer());
    event["version"] = json!("2.9");
    let newer = decode(&event).unwrap();
    assert!(newer.is_newer());
    assert_eq!(newer.version().to_string(), "2.9");
}

#[test]
fn an_older_major_version_goes_through_the_upcaster() {
    let older = json!({ "type": "item.listed", "id": "550e8400-e29b-41d4-a716-446655440000", "time": "2025-01-01T00:00:00Z", "version": "1.1", "data": {"number": 7, "euros": 12} });
    let ItemEvents::ItemListed(event) = ItemEvents::decode(older.to_string().as_bytes()).unwrap() else {
        panic!("it is known")
    };
    assert_eq!(event.data.price.to_string(), "12");
    assert_eq!(event.version(), ItemListed::VERSION);
    let free = ItemEvents::decode(older.to_string().replace("12}", "0}").as_bytes()).unwrap_err();
    assert_eq!(
        (free.category(), free.pointer()),
        (Category::Invalid, "/price"),
        "what v1 allowed and v2 does not: {free}"
    );
    let wrong = older.to_string().replace("12}", "-1}");
    let error = ItemEvents::decode(wrong.as_bytes()).unwrap_err();
    assert_eq!(
        (error.pointer(), error.version().map(|version| version.to_string()).as_deref()),
        ("/data/euros", Some("1.1")),
        "it is judged by its own schema"
    );
}

#[test]
fn a_builder_takes_optional_members_as_they_come() {
    let build = |count: Option<i64>| {
        let required = ItemListedData::builder().number(7).price(1).discount(Nullable::Null);
        required.always(event_contracts::Json::null()).maybe_count(count).build().unwrap()
    };
    assert_eq!(build(None).count, None);
    assert_eq!(build(Some(3)).count, Some(3_i64.into()));
}

#[test]
fn a_builder_names_every_problem() {
    let error = ItemListedData::builder().number(0).price("cheap").tags(["a".try_into().unwrap()]).build().unwrap_err();
    let pointers: Vec<&str> = error.refusals().iter().map(event_contracts::Refusal::pointer).collect();
    assert_eq!(error.refusals().len(), 4, "{error}: {pointers:?}");
    assert_eq!(error.refusals()[0].pointer(), "/number", "a rule that is broken is told beside what is missing");
}

#[test]
fn what_was_changed_after_building_is_checked_before_encoding() {
    let mut event = decode(&listed(json!({}))).unwrap();
    event.data.number = 0;
    assert_eq!(event.encode().unwrap_err().pointer(), "/data/number");
}

#[test]
fn a_planned_event_is_only_encoded_on_purpose() {
    let moved = json!({ "type": "item.moved", "id": "550e8400-e29b-41d4-a716-446655440000", "time": "2025-01-01T00:00:00Z", "version": "2.0", "data": {"number": 7, "reason": "sale"} });
    let moved = ItemMoved::decode(moved.to_string().as_bytes()).unwrap();
    assert!(moved.encode().unwrap_err().is_planned());
    assert!(moved.encode_planned().is_ok());
}

#[test]
fn keys_and_headers_come_from_the_contract() {
    let event = decode(&listed(json!({}))).unwrap();
    assert_eq!(event.partition_key(), "7");
    assert_eq!(event.idempotency_key().as_str(), "v1:shop:item.listed:550e8400-e29b-41d4-a716-446655440000:7");
    let shouting = serde_json::to_string(&listed(json!({}))).unwrap().replace("550e", "550E");
    let shouting = ItemListed::decode(shouting.as_bytes()).unwrap();
    assert_eq!(shouting.idempotency_key(), event.idempotency_key(), "the spelling of a uuid is no part of the key");
    assert_ne!(shouting.encode().unwrap(), event.encode().unwrap(), "but it is kept");
    let headers = event.headers();
    assert!(
        headers.contains(&("event-type", "item.listed".to_owned()))
            && headers.contains(&("event-version", "2.0".to_owned())),
        "{headers:?}"
    );
    let cloud = event_contracts::headers::cloud_events(&event);
    assert!(cloud.contains(&("ce_id", "550e8400-e29b-41d4-a716-446655440000".to_owned())), "{cloud:?}");
}

#[test]
fn lifecycles_are_functions_of_state_and_event() {
    let listed = decode(&listed(json!({}))).unwrap();
    let moved = |reason: &str| {
        let event = json!({ "type": "item.moved", "id": "550e8400-e29b-41d4-a716-446655440000", "time": "2025-01-01T00:00:00Z", "version": "2.0", "data": {"number": 7, "reason": reason} });
        ItemMoved::decode(event.to_string().as_bytes()).unwrap()
    };
    let new = ItemState::next(None, &listed).unwrap();
    assert_eq!(new, ItemState::New);
    assert_eq!(ItemState::next(Some(new), &moved("sale")), Ok(ItemState::Sold));
    assert_eq!(ItemState::next(Some(ItemState::Sold), &moved("loss")), Ok(ItemState::Lost));
    let illegal = ItemState::next(Some(ItemState::Lost), &moved("sale")).unwrap_err();
    assert_eq!(illegal.to_string(), "`item.moved` is illegal for `item` in state `lost`");
    assert!(ItemState::next(Some(new), &moved("theft")).is_err(), "a reason without transition");
}

/// The samples of a version, as the generated tests have them.
const TAGGED: &str = include_str!(concat!(env!("OUT_DIR"), "/event_contracts/shop/item.tagged.v1.samples.jsonl"));
const LISTED: &str = include_str!(concat!(env!("OUT_DIR"), "/event_contracts/shop/item.listed.v1.samples.jsonl"));

/// What a test says that fails.
fn failure(test: fn()) -> String {
    let failed = catch_unwind(test).expect_err("the test fails");
    failed.downcast::<String>().map_or_else(|_| String::new(), |text| *text)
}

#[test]
fn samples_hold_what_a_schema_allows() {
    let samples: Vec<Value> = TAGGED.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(samples.len() > 12, "{TAGGED}");
    let of = |member: &str| samples.iter().map(|sample| sample["data"][member].clone()).collect::<Vec<_>>();
    let (tags, colours, numbers) = (of("tag"), of("colour"), of("number"));
    let lengths = tags.iter().map(|tag| tag.as_str().map_or(0, str::len)).collect::<Vec<_>>();
    assert!([0, 1, 9, 10].iter().all(|length| lengths.contains(length)), "absent, short and long: {lengths:?}");
    assert!([json!("red"), json!("green")].iter().all(|colour| colours.contains(colour)), "{colours:?}");
    assert!([1_u32, 2, 4_294_967_295].iter().all(|number| numbers.contains(&json!(number))), "{numbers:?}");
    let ids: Vec<&Value> = samples.iter().map(|sample| &sample["id"]).collect();
    assert!(ids.iter().any(|id| *id != ids[0]), "an id that is lost must show");
}

#[test]
fn a_wrong_upcaster_fails_the_generated_test() {
    for (mistake, told) in [
        ("refuses", "no upcaster takes it: invalid event `item.tagged` version 1.0: expected at least 1 at `/number`"),
        ("breaks a rule", "no upcaster takes it: invalid event `item.tagged` version 1.0"),
        ("loses the id", "its id is lost on the way"),
        ("loses the time", "its time is lost on the way"),
    ] {
        MISTAKE.set(mistake);
        let said = failure(|| assert_upcasts::<v1::ItemTagged, ItemTagged>(TAGGED));
        assert!(said.contains(told), "{mistake}: {said}");
        assert!(said.contains("samples of `item.tagged` version 1.0 do not come through to version 3.0"), "{said}");
        assert!(said.contains("\n  {\"data\":{\"colour\":"), "the sample is shown: {said}");
    }
    MISTAKE.set("");
    assert_upcasts::<v1::ItemTagged, ItemTagged>(TAGGED);
}

#[test]
fn an_upcaster_may_refuse_only_where_the_schema_says_so() {
    let said = failure(|| assert_upcasts::<v1::ItemListed, ItemListed>(LISTED));
    assert!(said.contains("expected more than 0 at `/price`") && said.contains("upcastMayRefuse"), "{said}");
    assert_upcasts_or_refuses::<v1::ItemListed, ItemListed>(LISTED);
    MISTAKE.set("refuses");
    let said = failure(|| assert_upcasts_or_refuses::<v1::ItemTagged, ItemTagged>(TAGGED));
    assert!(said.contains("no upcaster takes it"), "one that refuses everything is none: {said}");
}
