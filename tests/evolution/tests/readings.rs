//! One meaning in several spellings: other drafts, other readings, canonical forms.

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Comparison, Options, Pair, Reading, Verdict, compare_pairs};
use event_contracts_evolution_tests::dice::{Dice, rooted, schema};
use event_contracts_evolution_tests::validator;
use jsonschema::canonical::{CanonicalSchema, Containment, Satisfiability};
use serde_json::{Map, Value, json};

/// How many schemas; `CONTRACTS_RANDOM` asks for more.
fn count() -> usize {
    std::env::var("CONTRACTS_RANDOM").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

fn seed() -> u64 {
    std::env::var("CONTRACTS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(5)
}

fn answers(pairs: &[(Value, Value)], draft: Option<Draft>, options: &Options) -> Vec<Comparison> {
    let texts: Vec<Pair> =
        pairs.iter().map(|(old, new)| Pair { draft, old: old.to_string(), new: new.to_string() }).collect();
    let answers = compare_pairs(&texts, options).into_iter().zip(pairs);
    answers.map(|(answer, pair)| answer.unwrap_or_else(|error| panic!("{error}: {pair:?}"))).collect()
}

/// A schema of draft 2020-12 as draft 7 spells it; nothing, if it has no spelling there.
fn in_draft_7(schema: &Value) -> Option<Value> {
    let Value::Object(keywords) = schema else { return Some(schema.clone()) };
    let mut spelled = Map::new();
    for (name, value) in keywords {
        let inner = match name.as_str() {
            "minContains" | "maxContains" | "unevaluatedItems" | "unevaluatedProperties" | "$ref" => return None,
            "enum" | "const" => value.clone(),
            "properties" | "patternProperties" | "$defs" | "dependentSchemas" => {
                let members = value.as_object()?.iter().map(|(name, value)| Some((name.clone(), in_draft_7(value)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            "anyOf" | "oneOf" | "allOf" | "prefixItems" => {
                value.as_array()?.iter().map(in_draft_7).collect::<Option<Vec<_>>>()?.into()
            }
            _ if value.is_object() && name != "dependentRequired" => in_draft_7(value)?,
            _ => value.clone(),
        };
        match name.as_str() {
            "prefixItems" => spelled.insert("items".to_owned(), inner),
            "items" if keywords.contains_key("prefixItems") => spelled.insert("additionalItems".to_owned(), inner),
            "dependentRequired" | "dependentSchemas" => {
                let all = spelled.entry("dependencies").or_insert_with(|| json!({}));
                for (name, value) in inner.as_object()? {
                    // Two of them for one name have no spelling.
                    if all.get(name).is_some() {
                        return None;
                    }
                    all[name] = value.clone();
                }
                None
            }
            "$defs" => spelled.insert("definitions".to_owned(), inner),
            name => spelled.insert(name.to_owned(), inner),
        };
    }
    Some(spelled.into())
}

#[test]
fn drafts_spell_one_meaning() {
    let mut dice = Dice::new(seed());
    let (mut pairs, mut edits) = (Vec::new(), Vec::new());
    for _ in 0..count() * 2 {
        let old = schema(&mut dice, 3);
        let new = dice.edit(&old);
        let is_schema = |schema: &Value| validator(schema, Some(Draft::Y2020), false).is_some();
        let (Some(older), Some(newer)) = (in_draft_7(&old), in_draft_7(&new)) else { continue };
        if is_schema(&old) && is_schema(&new) && older.is_object() && newer.is_object() && old.is_object() {
            let mark = |schema: &Value| {
                let mut schema = schema.clone();
                schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
                schema
            };
            pairs.push((old.clone(), mark(&older)));
            edits.push(((old, new), (mark(&older), mark(&newer))));
        }
    }
    let options = Options::default();
    for (answer, pair) in answers(&pairs, None, &options).iter().zip(&pairs) {
        for verdict in [&answer.backward, &answer.forward] {
            assert_eq!(*verdict, Verdict::Safe, "{}\n{}", pair.0, pair.1);
        }
    }
    let (new, old): (Vec<_>, Vec<_>) = edits.into_iter().unzip();
    for ((new, old), pair) in answers(&new, None, &options).iter().zip(answers(&old, None, &options)).zip(&new) {
        assert_eq!(new.backward.name(), old.backward.name(), "{}\n{}", pair.0, pair.1);
        assert_eq!(new.forward.name(), old.forward.name(), "{}\n{}", pair.0, pair.1);
    }
}

/// A schema of objects, arrays and scalars, without branches.
fn plain(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 3 } else { 7 }) {
        0 => json!({ "type": "string" }),
        1 => json!({ "type": ["integer", "null"] }),
        2 => json!({ "enum": ["a", 1] }),
        3 => json!({ "type": "array", "items": plain(dice, depth - 1) }),
        _ => {
            let names = ["a", "b", "c", "d"];
            let mut properties = Map::new();
            for _ in 0..dice.below(4) {
                properties.insert((*dice.one(&names)).to_owned(), plain(dice, depth - 1));
            }
            let required: Vec<&str> = names.into_iter().filter(|_| dice.chance(15)).collect();
            let mut object = json!({ "type": "object", "properties": properties });
            if !required.is_empty() {
                object["required"] = json!(required);
            }
            object
        }
    }
}

/// The schema with all its objects closed.
fn closed(schema: &Value) -> Value {
    let mut closed_schema = schema.clone();
    if let Some(items) = schema.get("items") {
        closed_schema["items"] = closed(items);
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let properties: Map<String, Value> =
            properties.iter().map(|(name, value)| (name.clone(), closed(value))).collect();
        closed_schema["properties"] = properties.into();
        closed_schema["additionalProperties"] = json!(false);
    }
    closed_schema
}

/// Without branches, what is emitted is what the schema would admit if all its objects were closed.
#[test]
fn emitted_is_closed() {
    let mut dice = Dice::new(seed() + 1);
    let pairs: Vec<(Value, Value)> = (0..count()).map(|_| (plain(&mut dice, 3), plain(&mut dice, 3))).collect();
    let emitted = Options { reading: Reading::Emitted, ..Options::default() };
    let closed_old: Vec<(Value, Value)> = pairs.iter().map(|(old, new)| (closed(old), new.clone())).collect();
    let closed_new: Vec<(Value, Value)> = pairs.iter().map(|(old, new)| (old.clone(), closed(new))).collect();
    let (backward, forward) =
        (answers(&closed_old, None, &Options::default()), answers(&closed_new, None, &Options::default()));
    for (((answer, backward), forward), pair) in
        answers(&pairs, None, &emitted).iter().zip(backward).zip(forward).zip(&pairs)
    {
        assert_eq!(answer.backward.name(), backward.backward.name(), "{}\n{}", pair.0, pair.1);
        assert_eq!(answer.forward.name(), forward.forward.name(), "{}\n{}", pair.0, pair.1);
    }
}

/// Whoever emits less breaks nobody else.
#[test]
fn what_is_safe_for_every_instance_is_safe_for_emitted_ones() {
    let mut dice = Dice::new(seed() + 2);
    let mut pairs = Vec::new();
    for _ in 0..count() {
        let old = rooted(&schema(&mut dice, 3));
        let new = rooted(&dice.edit(&old));
        if [&old, &new].iter().all(|schema| validator(schema, Some(Draft::Y2020), false).is_some()) {
            pairs.push((old, new));
        }
    }
    let emitted = Options { reading: Reading::Emitted, ..Options::default() };
    let every = answers(&pairs, None, &Options::default());
    for ((every, emitted), pair) in every.iter().zip(answers(&pairs, None, &emitted)).zip(&pairs) {
        for (every, emitted) in [(&every.backward, emitted.backward), (&every.forward, emitted.forward)] {
            let contradicts = *every == Verdict::Safe && matches!(emitted, Verdict::Breaking { .. });
            assert!(!contradicts, "{emitted:?} is safe for every instance: {}\n{}", pair.0, pair.1);
        }
    }
}

/// Canonical forms know constants with members only in the order in which they stand: there they are not asked.
fn is_asked(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => keywords.iter().all(|(name, value)| match name.as_str() {
            "const" | "enum" => !value.to_string().contains('{'),
            _ => is_asked(value),
        }),
        Value::Array(all) => all.iter().all(is_asked),
        _ => true,
    }
}

#[test]
fn canonical_forms_do_not_disagree() {
    let mut dice = Dice::new(seed() + 3);
    let pairs: Vec<(Value, Value)> = (0..count() * 2)
        .map(|_| {
            let old = schema(&mut dice, 2);
            let new = if dice.chance(80) { dice.edit(&old) } else { schema(&mut dice, 2) };
            (old, new)
        })
        .filter(|(old, new)| {
            [old, new]
                .iter()
                .all(|schema| is_asked(schema) && validator(&rooted(schema), Some(Draft::Y2020), false).is_some())
        })
        .filter(|pair| !pair.0.to_string().contains("$ref") && !pair.1.to_string().contains("$ref"))
        .collect();
    let canonical = |schema: &Value| -> Option<CanonicalSchema> {
        jsonschema::canonical::options().should_validate_formats(false).offline().canonicalize(schema).ok()
    };
    let mut compared = 0;
    for (answer, (old, new)) in answers(&pairs, Some(Draft::Y2020), &Options::default()).iter().zip(&pairs) {
        let (Some(older), Some(newer)) = (canonical(old), canonical(new)) else { continue };
        for (verdict, inner, outer) in [(&answer.backward, &older, &newer), (&answer.forward, &newer, &older)] {
            let covers = outer.covers(inner).ok();
            let lost = inner.subtract(outer).ok().map(|lost| lost.satisfiability());
            compared += usize::from(covers.is_some() || lost.is_some());
            match verdict {
                Verdict::Safe => {
                    assert!(
                        covers != Some(Containment::No) && lost != Some(Satisfiability::Yes),
                        "safe?\n{old}\n{new}"
                    );
                }
                Verdict::Breaking { witness } => {
                    let is_yes = covers == Some(Containment::Yes) || lost == Some(Satisfiability::No);
                    assert!(!is_yes, "{witness} is lost, canonical forms say nothing is:\n{old}\n{new}");
                }
                Verdict::Unproven { .. } => {}
            }
        }
    }
    assert!(compared > 100, "{compared} were compared");
}
