//! The files of a new contract crate: those of `template/`, with names filled in.

use std::path::Path;

use event_contracts_codegen::contract::manifest::meta_schemas;

/// Files that every new crate has as they are.
const SCHEMAS: &[(&str, &str)] = &[
    ("schemas/shop/common.schema.json", include_str!("../../../template/schemas/shop/common.schema.json")),
    ("schemas/shop/envelope.schema.json", include_str!("../../../template/schemas/shop/envelope.schema.json")),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/lines-empty.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/lines-empty.json"),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/lines-empty.refused.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/lines-empty.refused.json"),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/order-id-missing.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/order-id-missing.json"),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/order-id-missing.refused.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/order-id-missing.refused.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/quantity-zero.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/quantity-zero.json"),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/quantity-zero.refused.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/quantity-zero.refused.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/time-with-offset.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/time-with-offset.json"),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/invalid/time-with-offset.refused.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.placed.v1/invalid/time-with-offset.refused.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/valid/documented.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/valid/documented.json"),
    ),
    (
        "schemas/shop/orders/examples/order.placed.v1/valid/extended.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.placed.v1/valid/extended.json"),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/invalid/carrier-empty.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.shipped.v1/invalid/carrier-empty.json"),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/invalid/carrier-empty.refused.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.shipped.v1/invalid/carrier-empty.refused.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/invalid/shipped-at-missing.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.shipped.v1/invalid/shipped-at-missing.json"),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/invalid/shipped-at-missing.refused.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.shipped.v1/invalid/shipped-at-missing.refused.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/invalid/version-of-next-major.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.shipped.v1/invalid/version-of-next-major.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/invalid/version-of-next-major.refused.json",
        include_str!(
            "../../../template/schemas/shop/orders/examples/order.shipped.v1/invalid/version-of-next-major.refused.json"
        ),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/valid/documented.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.shipped.v1/valid/documented.json"),
    ),
    (
        "schemas/shop/orders/examples/order.shipped.v1/valid/new-carrier.json",
        include_str!("../../../template/schemas/shop/orders/examples/order.shipped.v1/valid/new-carrier.json"),
    ),
    (
        "schemas/shop/orders/order.placed.v1.schema.json",
        include_str!("../../../template/schemas/shop/orders/order.placed.v1.schema.json"),
    ),
    (
        "schemas/shop/orders/order.shipped.v1.schema.json",
        include_str!("../../../template/schemas/shop/orders/order.shipped.v1.schema.json"),
    ),
    ("schemas/shop/system.json", include_str!("../../../template/schemas/shop/system.json")),
];

/// Every file by its path in the crate; dependencies by version, or from a checkout.
pub(super) fn files(name: &str, checkout: Option<&Path>) -> Vec<(String, String)> {
    let manifest = include_str!("../../../template/Cargo.toml.in")
        .replace("{name}", name)
        .replace("{event-contracts}", &dependency(checkout, "contracts"))
        .replace("{event-contracts-codegen}", &dependency(checkout, "codegen"));
    let test = include_str!("../../../template/tests/examples.rs.in").replace("{crate}", &name.replace('-', "_"));
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest),
        (".gitignore".to_owned(), include_str!("../../../template/gitignore").to_owned()),
        ("build.rs".to_owned(), include_str!("../../../template/build.rs.in").to_owned()),
        ("src/lib.rs".to_owned(), include_str!("../../../template/src/lib.rs.in").to_owned()),
        ("tests/examples.rs".to_owned(), test),
    ];
    files.extend(SCHEMAS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    // For editors: they complete and check `system.json` by these.
    files.extend(meta_schemas().map(|(path, schema)| (format!("schemas/meta/{path}"), format!("{schema:#}\n"))));
    files
}

fn dependency(checkout: Option<&Path>, folder: &str) -> String {
    match checkout {
        // A TOML string escapes as a JSON string does.
        Some(checkout) => {
            format!("{{ path = {} }}", serde_json::Value::from(checkout.join(folder).display().to_string()))
        }
        None => "\"0.1\"".to_owned(),
    }
}

/// Words that Rust keeps to itself: no crate can be imported by such a name.
pub(super) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false", "fn",
        "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self",
        "static", "struct", "super", "trait", "true", "type", "unsafe", "use", "where", "while", "abstract", "become",
        "box", "do", "final", "macro", "override", "priv", "try", "typeof", "unsized", "virtual", "yield",
    ];
    KEYWORDS.contains(&name)
}
