//! Schemas as statics. Written as text, one field a line: there are many, and nobody prints them by hand.

use std::fmt::Write as _;

use crate::contract::tables::{Also, Contains, Elements, Members, Others, Property, Table};
use crate::contract::{Rule, RuleValue, TableRef, Tables};
use crate::emit::types::number;

/// The text of a file that holds all tables.
pub(super) fn file(tables: &Tables) -> String {
    let mut body = String::new();
    let patterns = patterns(tables);
    for (number, table) in tables.all.iter().enumerate() {
        if let Some(name) = &table.name {
            line(&mut body, 0, &format!("pub(super) use self::S{number} as {name};"));
        }
    }
    for (number, table) in tables.all.iter().enumerate() {
        static_of(&mut body, number, table, &patterns);
    }
    for (number, expression) in patterns.iter().enumerate() {
        line(&mut body, 0, &format!("\nstatic P{number}: Pattern = pattern!({expression:?});"));
    }
    for (number, anchors) in tables.resources.iter().enumerate() {
        let anchors = list(anchors, |(name, target)| format!("({name:?}, {})", reference(*target)));
        line(&mut body, 0, &format!("\nstatic R{number}: Resource = Resource {{ anchors: {anchors} }};"));
    }
    let used = |name: &&&str| body.contains(&format!("{name} {{")) || body.contains(&format!("{name}::"));
    let schema: Vec<&str> = SCHEMA.iter().filter(used).copied().collect();
    let mut rules: Vec<&str> = RULES.iter().filter(used).copied().collect();
    if !patterns.is_empty() {
        rules.extend(["Pattern", "pattern"]);
    }
    let mut text = String::new();
    for (module, names) in [("rules", rules), ("schema", schema)] {
        if !names.is_empty() {
            line(&mut text, 0, &format!("use event_contracts::{module}::{{{}}};", names.join(", ")));
        }
    }
    text + &body
}

const SCHEMA: &[&str] = &["Also", "Array", "Contains", "Object", "Others", "Property", "Resource", "Schema"];
const RULES: &[&str] = &["Bound", "Format", "Kinds", "Rules"];

/// Every pattern once: most stand in many places.
fn patterns(tables: &Tables) -> Vec<&str> {
    let mut patterns: Vec<&str> = Vec::new();
    for table in &tables.all {
        patterns.extend(table.rules.iter().filter_map(|rule| match &rule.value {
            RuleValue::Text(text) if rule.keyword == "pattern" => Some(text.as_str()),
            _ => None,
        }));
        let others = table.object.iter().flat_map(|object| &object.others);
        patterns.extend(others.flat_map(|others| &others.patterns).map(|(expression, _)| expression.as_str()));
    }
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

fn static_of(out: &mut String, number: usize, table: &Table, patterns: &[&str]) {
    line(out, 0, "");
    // A name in a schema may hold a line end; docs must not.
    let at: String = table.at.chars().filter(|letter| !letter.is_control()).collect();
    line(out, 0, &format!("// {at}"));
    line(out, 0, &format!("pub(super) static S{number}: Schema = Schema {{"));
    if !table.rules.is_empty() {
        line(out, 1, &format!("rules: {},", rules(&table.rules, patterns)));
    }
    if let Some(values) = &table.values {
        line(out, 1, &format!("values: Some({}),", list(values, |value| format!("{value:?}"))));
    }
    if let Some(object) = &table.object {
        members(out, object, patterns);
    }
    if let Some(array) = &table.array {
        elements(out, array);
    }
    if !table.also.is_empty() {
        line(out, 1, "also: &[");
        for one in &table.also {
            line(out, 2, &format!("{},", also(one)));
        }
        line(out, 1, "],");
    }
    for (field, target) in
        [("unevaluated_properties", table.unevaluated_properties), ("unevaluated_items", table.unevaluated_items)]
    {
        if let Some(target) = target {
            line(out, 1, &format!("{field}: Some({}),", reference(target)));
        }
    }
    if let Some(resource) = table.resource {
        line(out, 1, &format!("resource: Some(&R{resource}),"));
    }
    line(out, 1, "..Schema::ANY");
    line(out, 0, "}.planned();");
}

fn members(out: &mut String, object: &Members, patterns: &[&str]) {
    line(out, 1, "object: Some(&Object {");
    if !object.properties.is_empty() {
        line(out, 2, "properties: &[");
        for property in &object.properties {
            line(out, 3, &format!("{},", member(property)));
        }
        line(out, 2, "],");
    }
    if !object.others.is_empty() {
        line(out, 2, &format!("others: {},", list(&object.others, |one| others(one, patterns))));
    }
    if !object.names.is_empty() {
        line(out, 2, &format!("names: {},", list(&object.names, |target| reference(*target))));
    }
    if !object.dependent.is_empty() {
        let one = |(name, needed): &(String, Vec<String>)| {
            format!("({name:?}, {})", list(needed, |name| format!("{name:?}")))
        };
        line(out, 2, &format!("dependent: {},", list(&object.dependent, one)));
    }
    line(out, 2, "..Object::ANY");
    line(out, 1, "}),");
}

fn member(property: &Property) -> String {
    let prepared = format!("{}:", serde_json::Value::from(property.name.as_str()));
    let (name, target) = (&property.name, reference(property.table));
    match (property.required, property.evaluated) {
        (true, true) => format!("Property::required({name:?}, {prepared:?}, {target})"),
        (false, _) => format!("Property::optional({name:?}, {prepared:?}, {target})"),
        (true, false) => format!("Property::unevaluated({name:?}, {prepared:?})"),
    }
}

fn others(others: &Others, known: &[&str]) -> String {
    let patterns = list(&others.patterns, |(expression, target)| {
        format!("({}, {})", pattern(expression, known), reference(*target))
    });
    format!("Others {{ patterns: {patterns}, additional: {} }}", optional(others.additional))
}

fn elements(out: &mut String, array: &Elements) {
    line(out, 1, "array: Some(&Array {");
    if !array.prefix.is_empty() {
        line(out, 2, &format!("prefix: {},", list(&array.prefix, |target| reference(*target))));
    }
    if array.rest.is_some() {
        line(out, 2, &format!("rest: {},", optional(array.rest)));
    }
    if !array.contains.is_empty() {
        line(out, 2, &format!("contains: {},", list(&array.contains, contains)));
    }
    line(out, 2, "..Array::ANY");
    line(out, 1, "}),");
}

fn contains(contains: &Contains) -> String {
    let Contains { table, least, most, evaluates } = contains;
    format!("Contains {{ schema: {}, least: {least}, most: {most:?}, evaluates: {evaluates} }}", reference(*table))
}

fn also(also: &Also) -> String {
    match also {
        Also::All(target) => format!("Also::All({})", reference(*target)),
        Also::Any(targets) => format!("Also::Any({})", list(targets, |target| reference(*target))),
        Also::One(targets) => format!("Also::One({})", list(targets, |target| reference(*target))),
        Also::Not(target) => format!("Also::Not({})", reference(*target)),
        Also::If(condition, then, otherwise) => format!(
            "Also::If {{ condition: {}, then: {}, otherwise: {} }}",
            reference(*condition),
            optional(*then),
            optional(*otherwise)
        ),
        Also::With(member, target) => format!("Also::With {{ member: {member:?}, schema: {} }}", reference(*target)),
        Also::Dynamic(anchor, initial) => {
            format!("Also::Dynamic {{ anchor: {anchor:?}, initial: {} }}", reference(*initial))
        }
    }
}

fn rules(rules: &[Rule], patterns: &[&str]) -> String {
    let fields = rules.iter().map(|rule| {
        let value = match &rule.value {
            RuleValue::Number(digits) => format!("Some({})", bound(digits)),
            RuleValue::Count(count) => format!("Some({})", number(&count.to_string())),
            RuleValue::Text(text) if rule.keyword == "pattern" => format!("Some({})", pattern(text, patterns)),
            RuleValue::Text(text) => format!("Format::named({text:?})"),
            RuleValue::Kinds(kinds) => format!("Some(Kinds::of(&{kinds:?}))"),
            RuleValue::Flag | RuleValue::Schema(_) => "true".to_owned(),
        };
        format!("{}: {value}, ", rule.keyword)
    });
    format!("Rules {{ {}..Rules::NONE }}", fields.collect::<String>())
}

/// The exact number, as units and scale.
fn bound(digits: &str) -> String {
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let scale = i64::try_from(fraction.len()).unwrap_or(0) - exponent;
    let units: i128 = format!("{whole}{fraction}").parse().unwrap_or(0);
    let (sign, digits) = if units < 0 { ("-", units.unsigned_abs()) } else { ("", units.unsigned_abs()) };
    format!("Bound::new({sign}{}, {scale})", number(&digits.to_string()))
}

fn pattern(expression: &str, known: &[&str]) -> String {
    let number = known.binary_search(&expression).expect("every pattern was collected");
    format!("&P{number}")
}

fn reference(target: TableRef) -> String {
    match target {
        TableRef::Any => "&Schema::ANY".to_owned(),
        TableRef::Never => "&Schema::NEVER".to_owned(),
        TableRef::Table(number) => format!("&S{number}"),
    }
}

fn optional(target: Option<TableRef>) -> String {
    target.map_or_else(|| "None".to_owned(), |target| format!("Some({})", reference(target)))
}

fn list<T>(all: &[T], one: impl Fn(&T) -> String) -> String {
    format!("&[{}]", all.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn line(out: &mut String, depth: usize, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}{text}", "    ".repeat(depth));
}
