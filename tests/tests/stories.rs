//! What the five systems tell of their own changes, done to their own schemas: who breaks, and what is asked for.

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts_codegen::Loaded;
use event_contracts_codegen::evolution::{Direction, Finding, Report, changelog, changes};
use event_contracts_codegen::lint::Day;
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
const AMOUNT: &str = r#"        "amount_cents": {"#;
const WITH_CHANNEL: &str = r#"        "channel": { "description": "Where it was ordered.", "type": "string", "maxLength": 20 },
        "amount_cents": {"#;

#[test]
fn c6_payment_failed_is_added_and_nobody_breaks() {
    let before = Story::new("c6").without_payment_failed();
    let report = compared(&before, &Story { folder: schemas() });
    assert_eq!(rules(&report), [""; 0]);
}

#[test]
fn c4_a_member_that_is_added_asks_for_a_higher_version() {
    let silent = Story::new("c4-silent").edit(CREATED, AMOUNT, WITH_CHANNEL);
    assert_eq!(rules(&silent.against_today()), ["version-not-raised"]);
    let told =
        Story::new("c4-told").edit(CREATED, AMOUNT, WITH_CHANNEL).edit(CREATED, r#""version": 1"#, r#""version": 2"#);
    assert_eq!(rules(&told.against_today()), [""; 0]);
}

#[test]
fn a_changelog_tells_of_additions_and_of_what_breaks() {
    let before = Story::new("changelog-before").without_payment_failed();
    let after = Story::new("changelog-after")
        .edit(CREATED, AMOUNT, WITH_CHANNEL)
        .edit(CREATED, r#""version": 1"#, r#""version": 2"#)
        .edit(
            "commerce/order.events/order.cancelled.v1.schema.json",
            r#"      "required": ["reason", "previous_status"]"#,
            r#"      "required": ["reason"]"#,
        );
    let text = changelog(&before.loaded(), &after.loaded());
    let expected = "\
## commerce

- `payment.failed` v1 is new.
- `order.cancelled` (1):
  - `previous_status` of `order.cancelled` may be left out from now on (**breaks forward**)
- `order.created` (1 → 2):
  - `channel` of `order.created` was added

";
    assert_eq!(text, expected);
    assert_eq!(changelog(&after.loaded(), &after.loaded()), "");
}

#[test]
fn c3_a_member_is_never_removed() {
    let common = "commerce/order.events/order.cancelled.v1.schema.json";
    let report = Story::new("c3").edit(
        common,
        r#"      "required": ["reason", "previous_status"]"#,
        r#"      "required": ["reason"]"#,
    );
    let report = report.against_today();
    assert_eq!(rules(&report), ["member-optional"]);
    assert_eq!(directions(&report.findings[0]), [Direction::Forward]);
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
}

#[test]
fn v5_a_new_major_stands_beside_the_old_one() {
    let next = "first-viscount/product-catalog.product.created.v1/product.created.v2.schema.json";
    let story = Story::new("v5")
        .copy(PRODUCT, "product.created.v2.schema.json")
        .edit(next, r#""version": "1.0""#, r#""version": "2.0""#)
        .edit(
            next,
            r#""event_type": { "const": "product.created" },"#,
            r#""event_type": { "const": "product.created" },
    "event_version": { "pattern": "^2\\.(0|[1-9][0-9]{0,3})$" },"#,
        );
    // The envelope allows version 1 only. Once it lets version 2 in, every other event may state it, too: said of each.
    let story = story.edit(
        "first-viscount/envelope.schema.json",
        r#""^1\\.(0|[1-9][0-9]{0,3})$""#,
        r#""^[12]\\.(0|[1-9][0-9]{0,3})$""#,
    );
    let report = story.against_today();
    assert!(!report.findings.is_empty());
    for finding in &report.findings {
        assert_eq!((finding.diagnostic.rule.name, directions(finding)), ("pattern-changed", vec![Direction::Forward]));
        assert_eq!(finding.breaks[0].witness["event_version"].as_str().map(|version| &version[..2]), Some("2."));
    }
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
