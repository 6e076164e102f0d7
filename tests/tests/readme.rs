//! What the README shows is what happens: its schema generates, its messages are the ones that are given.

use std::fs;
use std::path::Path;

use event_contracts::Event;
use my_contracts::{commerce, first_viscount};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap()
}

/// The first block of this language.
fn block<'a>(readme: &'a str, language: &str) -> &'a str {
    readme
        .split(&format!("```{language}\n"))
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the README has it")
}

fn example(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(path)).unwrap()
}

#[test]
fn its_schema_generates() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let system = root.join("schemas/shop");
    fs::create_dir_all(system.join("shop.orders")).unwrap();
    let readme = readme();
    fs::write(system.join("shop.orders/order.placed.v1.schema.json"), block(&readme, "json")).unwrap();
    fs::write(
        system.join("envelope.schema.json"),
        r#"{ "type": "object", "properties": { "type": {"type": "string"}, "order_id": {"type": "integer", "minimum": 1, "maximum": 4294967295},
             "version": {"type": "integer", "minimum": 1, "maximum": 1000}, "data": {"type": "object"} }, "required": ["type", "order_id", "version", "data"] }"#,
    )
    .unwrap();
    fs::write(
        system.join("system.json"),
        r#"{ "name": "shop", "title": "Shop", "description": "Sells.", "envelope": { "schema": "envelope.schema.json", "type": "/type", "version": "/version", "payload": "/data" },
             "versioning": { "scheme": "integer", "additions": "bump" }, "services": { "shop": { "title": "Shop", "description": "Sells." }, "warehouse": { "title": "Warehouse", "description": "Packs." } },
             "topics": { "shop.orders": { "description": "Orders.", "partitions": 1, "replication": 1, "retention": "7d" } } }"#,
    )
    .unwrap();
    event_contracts_codegen::Contracts::at(root.join("schemas")).generate_to(&root.join("out")).unwrap_or_else(
        |found| panic!("{}", found.sorted().iter().map(|finding| finding.frame(false)).collect::<Vec<_>>().join("\n")),
    );
    let generated = fs::read_to_string(root.join("out/shop.rs")).unwrap();
    assert!(generated.contains("pub struct OrderPlaced {") && generated.contains("pub quantity: u32"), "{generated}");
    assert!(block(&readme, "json").lines().count() <= 13, "a schema is short");
}

#[test]
fn its_messages_are_the_real_ones() {
    let newer =
        example("first-viscount/product-catalog.product.created.v1/examples/product.created.v1/valid/documented.json")
            .replace("\"1.0\"", "\"2.0\"");
    let wrong = example("commerce/order.events/examples/order.created.v1/valid/documented.json")
        .replace("\"qty\": 2", "\"qty\": 0");
    for message in [
        first_viscount::ProductCreated::decode(newer.as_bytes()).unwrap_err().to_string(),
        commerce::OrderCreated::decode(wrong.as_bytes()).unwrap_err().to_string(),
    ] {
        assert!(readme().contains(&message), "the README does not show\n{message}");
    }
}
