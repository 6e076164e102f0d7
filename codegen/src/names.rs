//! Wire name → Rust name. The only place that invents identifiers, and the one that notices when two of them clash.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Location, Rule};

/// `order_id`, `orderId`, `order-id` → `order_id`; keywords become raw identifiers.
#[must_use]
pub fn field(wire: &str) -> String {
    let name = snake(wire);
    // What every generated struct and builder has of its own.
    if matches!(name.as_str(), "build" | "unknown" | "unknown_members") { name + "_" } else { name }
}

fn snake(wire: &str) -> String {
    let snake = words(wire).iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join("_");
    identifier(&snake, "member")
}

/// `order.created`, `PENDING_PAYMENT`, `order-events` → `OrderCreated`, `PendingPayment`, `OrderEvents`.
#[must_use]
pub fn type_name(wire: &str) -> String {
    let pascal: String = words(wire).iter().map(|word| capitalised(word)).collect();
    identifier(&pascal, "Type")
}

/// `order-workflow` → `order_workflow`.
#[must_use]
pub fn module(wire: &str) -> String {
    snake(wire)
}

/// `order.events` → `ORDER_EVENTS`.
#[must_use]
pub fn constant(wire: &str) -> String {
    identifier(&words(wire).iter().map(|word| word.to_uppercase()).collect::<Vec<_>>().join("_"), "VALUE")
}

/// The enum of a topic: its name in PascalCase, with `Events` at the end.
#[must_use]
pub fn topic(wire: &str) -> String {
    let name = type_name(wire);
    if name.ends_with("Events") { name } else { format!("{name}Events") }
}

/// The test of what leads from an older major version to the newest: `order_created_v1`.
#[must_use]
pub fn test(rust: &str, major: u32) -> String {
    format!("{}_v{major}", snake(rust).trim_start_matches("r#"))
}

/// One of many: `items` → `Item`, `categories` → `Category`.
#[must_use]
pub fn singular(pascal: &str) -> String {
    match pascal {
        many if many.ends_with("ies") => format!("{}y", &many[..many.len() - 3]),
        many if many.ends_with("ss") || !many.ends_with('s') => format!("{many}Item"),
        many => many[..many.len() - 1].to_owned(),
    }
}

/// The words of a name, split at what is no letter or digit and where a lower-case letter meets an upper-case one.
fn words(wire: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = wire.chars().collect();
    for (index, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1);
        let starts_word = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
                || (before.is_some_and(char::is_uppercase) && after.is_some_and(|after| after.is_lowercase())));
        if starts_word {
            words.push(String::new());
        }
        words.last_mut().expect("there is a first word").push(letter);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// What is left becomes an identifier: never empty, never starting with a digit, never a keyword.
fn identifier(name: &str, fallback: &str) -> String {
    let name: String = name.chars().filter(|letter| *letter == '_' || unicode_ident(*letter)).collect();
    let name = match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_numeric() => {
            format!("{}{name}", if fallback.starts_with(char::is_lowercase) { "n" } else { "N" })
        }
        Some(_) => name,
    };
    match name.as_str() {
        // These four cannot be raw identifiers.
        "self" | "super" | "crate" | "Self" | "_" => format!("{name}_"),
        // A keyword since the edition of 2024, which `syn` does not count as one yet.
        "gen" => "r#gen".to_owned(),
        _ if syn::parse_str::<syn::Ident>(&name).is_ok() => name,
        _ => format!("r#{name}"),
    }
}

/// Letters that Rust takes inside an identifier; `syn` judges the whole.
fn unicode_ident(letter: char) -> bool {
    letter.is_alphanumeric() && syn::parse_str::<syn::Ident>(&format!("x_{letter}")).is_ok()
}

/// Names that generated code uses itself.
const RESERVED: &[&str] = &[
    "BTreeMap",
    "Box",
    "Clone",
    "Constant",
    "Data",
    "Date",
    "Debug",
    "Decimal",
    "Err",
    "Event",
    "Events",
    "From",
    "IllegalTransition",
    "Integer",
    "Json",
    "Lifecycle",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Service",
    "Some",
    "String",
    "Timestamp",
    "Topic",
    "Unknown",
    "UnknownEvent",
    "UnknownMembers",
    "Upcast",
    "Uuid",
    "Vec",
    "VersionText",
];

/// The Rust names that are taken in one module, each with the place that took it.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashMap<String, Location>,
    /// How often a name was asked for that was taken: where to go on counting.
    asked: HashMap<String, usize>,
}

impl Scope {
    /// Takes a name.
    ///
    /// # Errors
    /// A clash, with both places and the way out.
    pub fn take(&mut self, rust: &str, at: &Location) -> Result<(), Box<Diagnostic>> {
        if RESERVED.contains(&rust) {
            return Err(Box::new(
                Diagnostic::new(Rule::NAME_CLASH, at, format!("`{rust}` is a name that generated code uses itself"))
                    .label("gets this name")
                    .help("give it another name by `title`, or by its key under `$defs`"),
            ));
        }
        match self.taken.get(rust) {
            Some(first) => Err(Box::new(
                Diagnostic::new(Rule::NAME_CLASH, at, format!("two things get the Rust name `{rust}`"))
                    .label("the second")
                    .related(first, "the first")
                    .help("give one of them another name by `title`, or by its key under `$defs`; or share one definition"),
            )),
            None => {
                self.taken.insert(rust.to_owned(), at.clone());
                Ok(())
            }
        }
    }
}

impl Scope {
    /// A name like `rust` that is free, with the name of its builder: for schemas of other origin, whose names are as they
    /// are. The first gets the plain name, the next a number.
    pub fn unique(&mut self, rust: &str, at: &Location) -> String {
        let is_free = |name: &str| !RESERVED.contains(&name) && !self.taken.contains_key(name);
        let asked = self.asked.entry(rust.to_owned()).or_default();
        let (name, number) = numbered_from(*asked, rust, |name| is_free(name) && is_free(&format!("{name}Builder")));
        *asked = number;
        self.taken.insert(format!("{name}Builder"), at.clone());
        self.taken.insert(name.clone(), at.clone());
        name
    }
}

/// The plain name if it is free, else the first numbered one that is.
pub(crate) fn numbered(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    numbered_from(0, name, is_free).0
}

/// The same, counting on from a number; gives the number, too.
fn numbered_from(from: usize, name: &str, is_free: impl Fn(&str) -> bool) -> (String, usize) {
    if from == 0 && is_free(name) {
        return (name.to_owned(), 0);
    }
    let base = name.trim_start_matches("r#").trim_end_matches('_');
    // A number behind a number would be read as one.
    let between = match base.chars().last() {
        _ if base.starts_with(char::is_lowercase) || base.contains('_') => "_",
        Some(last) if last.is_numeric() => "x",
        _ => "",
    };
    let mut number = from.max(1);
    loop {
        number += 1;
        let candidate = format!("{base}{between}{number}");
        if is_free(&candidate) {
            return (candidate, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (wire, as_field, as_type) in [
            ("order_id", "order_id", "OrderId"),
            ("orderId", "order_id", "OrderId"),
            ("PENDING_PAYMENT", "pending_payment", "PendingPayment"),
            ("order.inventory-reserved", "order_inventory_reserved", "OrderInventoryReserved"),
            ("InventoryReserved", "inventory_reserved", "InventoryReserved"),
            ("SKUCode", "sku_code", "SkuCode"),
            ("type", "r#type", "Type"),
            ("self", "self_", "Self_"),
            ("build", "build_", "Build"),
            ("unknown", "unknown_", "Unknown"),
            ("2fa", "n2fa", "N2fa"),
            ("日本", "日本", "日本"),
            ("$%&", "member", "Type"),
            ("", "member", "Type"),
        ] {
            assert_eq!(field(wire), as_field, "field {wire}");
            assert_eq!(type_name(wire), as_type, "type {wire}");
        }
        assert_eq!(constant("order.events"), "ORDER_EVENTS");
        assert_eq!(topic("order-events"), "OrderEvents");
        assert_eq!(topic("order.created"), "OrderCreatedEvents");
        assert_eq!(
            (singular("Categories").as_str(), singular("Items").as_str(), singular("Stock").as_str()),
            ("Category", "Item", "StockItem")
        );
    }
}
