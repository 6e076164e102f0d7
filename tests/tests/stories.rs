//! What the five systems tell of their own changes, done to their own schemas: who breaks, and what is asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use event_contracts_codegen::Loaded;
use event_contracts_codegen::diagnostic::File;
use event_contracts_codegen::evolution::{Direction, Finding, Report, changelog, changes, versions};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::RustFiles;
use event_contracts_tests::fixtures::lay;

/// A copy of the repository's schemas that a story may change.
struct Story {
    folder: PathBuf,
}

impl Story {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stories").join(name);
        let _ = fs::remove_dir_all(&folder);
        lay(&schemas(), &folder);
        Self { folder }
    }

    /// Puts a text in place of another one, which must be there.
    fn edit(self, file: &str, from: &str, to: &str) -> Self {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} holds {from}");
        fs::write(path, text.replace(from, to)).unwrap();
        self
    }

    /// Copies a file to another name of the same folder.
    fn copy(self, file: &str, name: &str) -> Self {
        let path = self.folder.join(file);
        fs::copy(&path, path.with_file_name(name)).unwrap();
        self
    }

    /// A second major version of `product.created`. The envelope lets version 2 in; then every other event may state it, too.
    fn next_major(self) -> Self {
        let next = PRODUCT.replace(".v1.schema", ".v2.schema");
        self.copy(PRODUCT, "product.created.v2.schema.json")
            .edit(&next, r#""version": "1.0""#, r#""version": "2.0""#)
            .edit(
                &next,
                r#""event_type": { "const": "product.created" },"#,
                r#""event_type": { "const": "product.created" },
    "event_version": { "pattern": "^2\\.(0|[1-9][0-9]{0,3})$" },"#,
            )
            .edit(
                "first-viscount/envelope.schema.json",
                r#""^1\\.(0|[1-9][0-9]{0,3})$""#,
                r#""^[12]\\.(0|[1-9][0-9]{0,3})$""#,
            )
    }

    fn remove(self, file: &str) -> Self {
        fs::remove_file(self.folder.join(file)).unwrap();
        self
    }

    /// As it was before the event was thought of.
    fn without_payment_failed(self) -> Self {
        self.remove("commerce/payment.events/payment.failed.v1.schema.json").edit(
            "commerce/system.json",
            r#"        { "on": "payment.failed", "from": ["PENDING_PAYMENT", "PAYMENT_FAILED"], "to": "PAYMENT_FAILED" },"#,
            "",
        )
    }

    fn loaded(&self) -> Loaded {
        event_contracts_codegen::load(&self.folder).unwrap_or_else(|found| {
            let found: Vec<String> = found.iter().map(|finding| finding.short()).collect();
            panic!("{}", found.join("\n"))
        })
    }

    /// What is found against the schemas as they are.
    fn against_today(&self) -> Report {
        compared(&Story { folder: schemas() }, self)
    }
}

fn compared(old: &Story, new: &Story) -> Report {
    changes(&old.loaded(), &new.loaded(), Day::parse("2026-06-01").unwrap())
}

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

fn rules(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.diagnostic.rule.name).collect()
}

fn directions(finding: &Finding) -> Vec<Direction> {
    finding.breaks.iter().map(|one| one.direction).collect()
}

const CREATED: &str = "commerce/order.events/order.created.v1.schema.json";
const SUCCEEDED: &str = "commerce/payment.events/payment.succeeded.v1.schema.json";
const AMOUNT: &str = r#"        "amount_cents": {"#;
const WITH_CHANNEL: &str = r#"        "channel": { "description": "Where it was ordered.", "type": "string", "maxLength": 20 },
        "amount_cents": {"#;

#[test]
fn c6_payment_failed_is_added_and_nobody_breaks() {
    let before = Story::new("c6").without_payment_failed();
    let report = compared(&before, &Story { folder: schemas() });
    // Whoever matches all events of the topic meets it when compiling.
    assert_eq!(rules(&report), ["rust-api-changed"]);
    assert!(report.findings[0].breaks.is_empty());
}

#[test]
fn c6_what_is_planned_may_change() {
    let cancelled = "commerce/order.events/order.cancelled.v1.schema.json";
    let story = Story::new("c6-planned").edit(cancelled, r#""PAYMENT_FAILED", "PAID"]"#, r#""PAID", "READY_TO_SHIP"]"#);
    let report = story.against_today();
    assert_eq!(rules(&report), ["rust-api-changed"]);
    let live = |name: &str| Story::new(name).edit(cancelled, r#""status": "planned""#, r#""status": "live""#);
    let edited = live("c6-live").edit(cancelled, r#""PAYMENT_FAILED", "PAID"]"#, r#""PAID", "READY_TO_SHIP"]"#);
    let broken = compared(&live("c6-before"), &edited);
    assert!(rules(&broken).contains(&"enum-value-removed"), "{:?}", rules(&broken));
    assert_eq!(rules(&compared(&edited, &story)), ["event-withdrawn"]);
}

#[test]
fn c4_a_member_that_is_added_asks_for_a_higher_version() {
    let silent = Story::new("c4-silent").edit(CREATED, AMOUNT, WITH_CHANNEL);
    assert_eq!(rules(&silent.against_today()), ["version-not-raised"]);
    let told =
        Story::new("c4-told").edit(CREATED, AMOUNT, WITH_CHANNEL).edit(CREATED, r#""version": 1"#, r#""version": 2"#);
    assert_eq!(rules(&told.against_today()), [""; 0]);
    let too_far = Story::new("c4-skipped").edit(CREATED, AMOUNT, WITH_CHANNEL).edit(
        CREATED,
        r#""version": 1"#,
        r#""version": 3"#,
    );
    assert_eq!(rules(&too_far.against_today()), ["version-skipped"]);
}

#[test]
fn a_changelog_tells_of_additions_and_of_what_breaks() {
    let before = Story::new("changelog-before").without_payment_failed();
    let after = Story::new("changelog-after")
        .edit(CREATED, AMOUNT, WITH_CHANNEL)
        .edit(CREATED, r#""version": 1"#, r#""version": 2"#)
        .edit(CREATED, r#""consumers": ["payment","#, r#""consumers": ["#)
        .edit(
            "commerce/order.events/order.cancelled.v1.schema.json",
            r#"      "required": ["reason", "previous_status"]"#,
            r#"      "required": ["reason"]"#,
        )
        .edit(SUCCEEDED, r#""currency", "provider""#, r#""currency""#);
    let text = changelog(&before.loaded(), &after.loaded());
    let expected = "\
## commerce

- `payment.failed` v1 is new.
- `order.cancelled` (1, planned):
  - `previous_status` of `order.cancelled` may be left out from now on
- `order.created` (1 → 2):
  - Consumed by `payment` no more
  - `channel` of `order.created` was added
- `payment.succeeded` (1):
  - `provider` of `payment.succeeded` may be left out from now on (**breaks forward**)
- In Rust:
  - `CommerceEvent::PaymentFailed` is new: matches of all variants lack it
  - `OrderCancelledData::previous_status`: `CancellableOrderStatus` is `Option<CancellableOrderStatus>` now
  - `PaymentEvents::PaymentFailed` is new: matches of all variants lack it
  - `PaymentSucceededData::provider`: `PaymentProvider` is `Option<PaymentProvider>` now

";
    assert_eq!(text, expected);
    assert_eq!(changelog(&after.loaded(), &after.loaded()), "");
}

#[test]
fn c3_a_member_is_never_removed() {
    let report = Story::new("c3").edit(SUCCEEDED, r#""currency", "provider""#, r#""currency""#);
    let report = report.against_today();
    assert_eq!(rules(&report), ["member-optional"]);
    assert_eq!(directions(&report.findings[0]), [Direction::Forward]);
    assert!(report.findings[0].diagnostic.notes.iter().any(|note| note.contains("`PaymentSucceededData::provider`")));
    let raised = Story::new("c3-raised").edit(SUCCEEDED, r#""currency", "provider""#, r#""currency""#);
    let raised = raised.edit(SUCCEEDED, r#""version": 1"#, r#""version": 2"#).against_today();
    assert_eq!(rules(&raised), ["member-optional", "version-raised-too-little"]);
}

const PRODUCT: &str = "first-viscount/product-catalog.product.created.v1/product.created.v1.schema.json";
const SKU: &str = r#"        "sku": {"#;
const WITH_BRAND: &str = r#"        "brand": { "description": "Who makes it.", "type": "string", "maxLength": 100 },
        "sku": {"#;

#[test]
fn v3_members_are_added_without_a_new_version() {
    let free = Story::new("v3-free").edit(PRODUCT, SKU, WITH_BRAND);
    assert_eq!(rules(&free.against_today()), [""; 0]);
    let minor = Story::new("v3-minor").edit(PRODUCT, SKU, WITH_BRAND).edit(
        PRODUCT,
        r#""version": "1.0""#,
        r#""version": "1.1""#,
    );
    assert_eq!(rules(&minor.against_today()), [""; 0]);
}

#[test]
fn v4_a_member_stays_until_the_next_major() {
    let with_brand = Story::new("v4-before").edit(PRODUCT, SKU, WITH_BRAND);
    let report = compared(&with_brand, &Story { folder: schemas() });
    assert_eq!(rules(&report), ["member-removed-early"]);
    let deprecated = |name: &str| {
        let with_brand = Story::new(name).edit(PRODUCT, SKU, WITH_BRAND);
        with_brand.edit(PRODUCT, r#""brand": { "description""#, r#""brand": { "deprecated": true, "description""#)
    };
    assert_eq!(rules(&compared(&with_brand, &deprecated("v4-deprecated"))), [""; 0]);
    let early = compared(&deprecated("v4-early"), &Story { folder: schemas() });
    assert_eq!(rules(&early), ["member-removed-early"]);
    let next = PRODUCT.replace(".v1.schema", ".v2.schema");
    let in_time = deprecated("v4-in-time").next_major().edit(
        &next,
        r#""brand": { "deprecated": true, "description": "Who makes it.", "type": "string", "maxLength": 100 },"#,
        "",
    );
    let in_time = compared(&deprecated("v4-next"), &in_time);
    assert!(!rules(&in_time).contains(&"member-removed-early"), "{:?}", rules(&in_time));
}

const NEXT: &str = "first-viscount/product-catalog.product.created.v1/product.created.v2.schema.json";
const ENVELOPE: &str = "first-viscount/envelope.schema.json";

/// Version 1.1, with a brand.
fn v1_1(name: &str) -> Story {
    Story::new(name).edit(PRODUCT, SKU, WITH_BRAND).edit(PRODUCT, r#""version": "1.0""#, r#""version": "1.1""#)
}

/// Version 2.0 beside it: a product has a state, and is not just active or not. The envelope lets both versions in.
fn v2_0(name: &str) -> Story {
    let next = v1_1(name)
        .copy(PRODUCT, "product.created.v2.schema.json")
        .edit(NEXT, r#""version": "1.1""#, r#""version": "2.0""#)
        .edit(
            NEXT,
            r#""is_active": { "type": "boolean", "description": "Whether the product can be bought at present." }"#,
            r#""state": { "enum": ["draft", "active", "retired"], "description": "Where the product stands." }"#,
        )
        .edit(NEXT, r#""is_active""#, r#""state""#);
    let own = |story: Story, file: &str, major: u32| {
        let with = format!(
            r#""event_type": {{ "const": "product.created" }},
    "event_version": {{ "pattern": "^{major}\\.(0|[1-9][0-9]{{0,3}})$" }},"#
        );
        story.edit(file, r#""event_type": { "const": "product.created" },"#, &with)
    };
    let next = own(own(next, PRODUCT, 1), NEXT, 2);
    next.edit(ENVELOPE, r#""^1\\.(0|[1-9][0-9]{0,3})$""#, r#""^[12]\\.(0|[1-9][0-9]{0,3})$""#)
}

const UPCASTER: &str = "
use contracts::first_viscount::{ProductCreated, v1};

impl Upcast<v1::ProductCreated> for ProductCreated { … }
";

/// What is said of versions side by side, with a source file around them.
fn side_by_side(story: &Story, source: &str) -> Report {
    let file = File { path: "src/upcast.rs".to_owned(), text: source.to_owned() };
    let rust = RustFiles { folder: ".".to_owned(), files: vec![Arc::new(file)], count: 1 };
    versions(&story.loaded(), Some(&rust), Day::parse("2026-06-01").unwrap())
}

#[test]
fn v5_a_new_major_stands_beside_the_old_one() {
    let (minor, major) = (v1_1("v5-minor"), v2_0("v5-major"));
    assert_eq!(rules(&minor.against_today()), [""; 0], "1.0 → 1.1");
    let report = compared(&minor, &major);
    assert_eq!(
        rules(&report),
        ["rust-api-changed"],
        "1.1 → 2.0 breaks nobody who keeps to the order and writes an upcaster"
    );
    assert_eq!(
        report.rollout.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["`product.created` v2: first `inventory-management`, `order-management`, `search`, then `product-catalog`"]
    );
    let same = Story::new("v5-same").next_major();
    assert!(rules(&same.against_today()).contains(&"major-not-needed"), "{:?}", rules(&same.against_today()));
    let replaced = v2_0("v5-replaced").remove(PRODUCT);
    let report = compared(&minor, &replaced);
    assert_eq!(rules(&report), ["event-removed", "rust-api-changed"], "1.1 is retained, and nobody reads it any more");
    let notes = &report.findings[0].diagnostic.notes;
    assert_eq!(notes[..], ["nobody can read the v1 events of the last 30d any more: v2 refuses them"]);
}

#[test]
fn v5_an_upcaster_makes_up_for_what_a_major_breaks() {
    let story = v2_0("v5-upcaster");
    let without = side_by_side(&story, "");
    assert_eq!(rules(&without), ["upcaster-missing", "member-added"]);
    assert_eq!(without.findings[1].breaks[0].witness["event_version"], "1.0", "an event that is retained");
    let with = side_by_side(&story, UPCASTER);
    assert_eq!(rules(&with), [""; 0]);
    let mitigated: Vec<_> =
        with.mitigated.iter().map(|one| (one.diagnostic.message.as_str(), one.mitigated_by.as_slice())).collect();
    let message = "`state` of `product.created v1 → v2` was added";
    assert_eq!(mitigated, [(message, &["src/upcast.rs:4:1".to_owned()][..])]);
    let today = side_by_side(&Story { folder: schemas() }, UPCASTER);
    assert_eq!((rules(&today), today.compared.len()), (vec![], 0), "nothing stands side by side yet");
}

#[test]
fn o2_every_addition_is_a_minor() {
    let file = "order-service/order.cancelled/order.cancelled.v1.schema.json";
    let with = "\"properties\": {\n        \"channel\": { \"description\": \"Where.\", \"type\": \"string\", \"maxLength\": 20 },";
    let text = fs::read_to_string(schemas().join(file)).unwrap();
    let members = text.rfind("      \"properties\": {").expect("the payload has members");
    let edited = format!("{}      {with}{}", &text[..members], &text[members + "      \"properties\": {".len()..]);
    let story = Story::new("o2");
    fs::write(story.folder.join(file), edited).unwrap();
    assert_eq!(rules(&story.against_today()), ["version-not-raised"]);
    let raised = story.edit(file, r#""version": "1.0""#, r#""version": "1.1""#);
    assert_eq!(rules(&raised.against_today()), [""; 0]);
    let too_far = raised.edit(file, r#""version": "1.1""#, r#""version": "1.2""#);
    assert_eq!(rules(&too_far.against_today()), ["version-skipped"]);
}

#[test]
fn o2_the_envelope_stays_where_it_is() {
    let places = r#""payload": "/data",
    "id": "/event_id",
    "correlation": "/metadata/correlation_id",
    "causation": "/metadata/causation_id""#;
    let moved = r#""payload": "/metadata",
    "id": "/metadata/correlation_id""#;
    let file = "order-service/system.json";
    let report = Story::new("o2-envelope").edit(file, places, moved).edit(file, r#""time": "/timestamp","#, "");
    let report = report.against_today();
    let parts = report.findings.iter().filter(|finding| finding.diagnostic.rule.name == "envelope-moved");
    let parts: Vec<&str> = parts.map(|finding| finding.diagnostic.message.split('`').nth(1).unwrap()).collect();
    assert_eq!(parts, ["time", "payload", "id", "correlation", "causation"]);
    // What is named for the first time is missed by nobody.
    let before = Story::new("o2-without").edit(file, places, r#""payload": "/data""#);
    assert!(!rules(&compared(&before, &Story { folder: schemas() })).contains(&"envelope-moved"));
}

#[test]
fn o11_an_event_is_deprecated_before_it_goes() {
    let file = "flowops/order-events/ORDER_CANCELLED.v1.schema.json";
    let deprecated = || Story::new("o11-deprecated").edit(file, r#""status": "live""#, r#""status": "deprecated""#);
    assert_eq!(rules(&deprecated().against_today()), [""; 0]);
    let gone = Story::new("o11-gone").remove(file);
    assert_eq!(rules(&compared(&deprecated(), &gone)), ["rust-api-changed"]);
    assert_eq!(rules(&gone.against_today()), ["event-removed"]);
}

#[test]
fn the_total_of_order_workflow_becomes_a_text() {
    let common = "order-workflow/common.schema.json";
    let text = fs::read_to_string(schemas().join(common)).unwrap();
    let total = text.find(r#""totalAmount": {"#).unwrap();
    let end = total + text[total..].find('}').unwrap() + 1;
    let as_text = r#""totalAmount": { "description": "What the customer pays.", "type": "string", "pattern": "^[0-9]{1,9}\\.[0-9]{2}$" }"#;
    let story = Story::new("total");
    fs::write(story.folder.join(common), format!("{}{as_text}{}", &text[..total], &text[end..])).unwrap();
    let report = story.against_today();
    let of_total: Vec<_> =
        report.findings.iter().filter(|finding| finding.diagnostic.rule.name == "type-changed").collect();
    assert!(!of_total.is_empty(), "{:?}", rules(&report));
    for finding in of_total {
        assert_eq!(directions(finding), [Direction::Backward, Direction::Forward]);
    }
}
