//! Random schemas and random edits of them: no value that anybody tries contradicts a verdict.

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Comparison, Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::dice::{Dice, rooted, schema, value};
use event_contracts_evolution_tests::guide::Guide;
use event_contracts_evolution_tests::validator;
use serde_json::{Value, json};

const DRAFTS: [Draft; 5] = [Draft::Four, Draft::Six, Draft::Seven, Draft::Y2019, Draft::Y2020];

/// How many schemas; `CONTRACTS_RANDOM` asks for more.
fn count() -> usize {
    std::env::var("CONTRACTS_RANDOM").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

fn seed() -> u64 {
    std::env::var("CONTRACTS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

fn answers(pairs: &[(Draft, Value, Value)]) -> Vec<Comparison> {
    answers_with(pairs, &Options::default())
}

fn answers_with(pairs: &[(Draft, Value, Value)], options: &Options) -> Vec<Comparison> {
    let texts: Vec<Pair> = pairs
        .iter()
        .map(|(draft, old, new)| Pair { draft: Some(*draft), old: old.to_string(), new: new.to_string() })
        .collect();
    let answers = compare_pairs(&texts, options);
    answers
        .into_iter()
        .zip(pairs)
        .map(|(answer, pair)| answer.unwrap_or_else(|error| panic!("{error}: {pair:?}")))
        .collect()
}

#[test]
#[allow(clippy::print_stderr, reason = "how much was proved is worth knowing")]
fn no_value_contradicts_a_verdict() {
    let mut dice = Dice::new(seed());
    let mut cases = Vec::new();
    for number in 0..count() {
        let draft = DRAFTS[if number % 2 == 0 { 4 } else { number / 2 % 5 }];
        let old = rooted(&schema(&mut dice, 3));
        let new = rooted(&if dice.chance(85) { dice.edit(&old) } else { schema(&mut dice, 3) });
        if let (Some(one), Some(other)) = (validator(&old, Some(draft), false), validator(&new, Some(draft), false)) {
            cases.push(((draft, old, new), one, other));
        }
    }
    let pairs: Vec<_> = cases.iter().map(|(pair, ..)| pair.clone()).collect();
    let (mut safe, mut breaking, mut unproven) = (0, 0, 0);
    let alone = answers_with(&pairs, &Options { tries_candidates: false, ..Options::default() });
    for (((pair, old, new), answer), alone) in cases.iter().zip(answers(&pairs)).zip(alone) {
        for (tried, proved) in [(&answer.backward, &alone.backward), (&answer.forward, &alone.forward)] {
            let contradicts = matches!(tried, Verdict::Breaking { .. }) && *proved == Verdict::Safe;
            assert!(!contradicts, "{tried:?} was proved safe: {}\n{}\n{:?}", pair.1, pair.2, pair.0);
        }
        let guide = Guide::of(&[&pair.1, &pair.2]);
        let values = (0..400).map(|place| if place % 2 == 0 { value(&mut dice, 3) } else { guide.value(&mut dice) });
        let values: Vec<Value> = values.collect();
        for (verdict, writer, reader) in [(&answer.backward, old, new), (&answer.forward, new, old)] {
            match verdict {
                Verdict::Safe => {
                    safe += 1;
                    let lost = values.iter().find(|value| writer.is_valid(value) && !reader.is_valid(value));
                    assert!(lost.is_none(), "safe, but {} for\n{}\n{}\n{:?}", lost.unwrap(), pair.1, pair.2, pair.0);
                }
                Verdict::Breaking { witness } => {
                    breaking += 1;
                    assert!(writer.is_valid(witness) && !reader.is_valid(witness), "{witness} shows nothing: {pair:?}");
                }
                Verdict::Unproven { reason } => {
                    unproven += 1;
                    if std::env::var_os("SHOW").is_some() {
                        eprintln!("{reason}\n  {}\n  {}", pair.1, pair.2);
                    }
                }
            }
        }
    }
    eprintln!("{safe} safe, {breaking} breaking, {unproven} unproven");
    assert!(unproven * 20 < safe + breaking, "{unproven} of {} are unproven", safe + breaking);
}

#[test]
fn what_must_be_safe_is_safe() {
    let mut dice = Dice::new(seed() + 1);
    let (mut pairs, mut names) = (Vec::new(), Vec::new());
    for _ in 0..count() / 2 {
        let one = schema(&mut dice, 3);
        let other = schema(&mut dice, 2);
        for (name, old, new) in [
            ("itself, in another order", one.clone(), dice.shuffle(&one)),
            ("itself, in allOf", one.clone(), json!({ "allOf": [one, one] })),
            ("itself, in a definition", one.clone(), with_definition(&one)),
            ("itself, not not", one.clone(), json!({ "not": { "not": one } })),
            ("itself, twice in anyOf", one.clone(), json!({ "anyOf": [one, one] })),
            ("itself or another", one.clone(), json!({ "anyOf": [other, one] })),
            ("itself and another", json!({ "allOf": [other, one] }), one.clone()),
            ("itself, if another", one.clone(), json!({ "if": other, "then": one, "else": one })),
        ] {
            if validator(&rooted(&old), Some(Draft::Y2020), false).is_some() {
                pairs.push((Draft::Y2020, rooted(&old), rooted(&new)));
                names.push(name);
            }
        }
    }
    let mut unproven = Vec::new();
    for ((answer, name), pair) in answers(&pairs).into_iter().zip(names).zip(&pairs) {
        match answer.backward {
            Verdict::Safe => {}
            Verdict::Unproven { reason } => unproven.push(format!("{name}: {reason}\n  {}\n  {}", pair.1, pair.2)),
            breaking => panic!("{name}: {breaking:?} for\n  {}\n  {}", pair.1, pair.2),
        }
    }
    assert!(unproven.len() * 20 < pairs.len(), "{} of {}:\n{}", unproven.len(), pairs.len(), unproven.join("\n"));
}

fn with_definition(schema: &Value) -> Value {
    let mut rooted = rooted(&json!({ "$ref": "#/$defs/x" }));
    rooted["$defs"]["x"] = schema.clone();
    rooted
}

/// What is within another schema lies outside of whatever that leaves out.
#[test]
fn negations_turn_around() {
    let mut dice = Dice::new(seed() + 3);
    let (mut pairs, mut turned) = (Vec::new(), Vec::new());
    for _ in 0..count() / 2 {
        let old = schema(&mut dice, 2);
        let new = dice.edit(&old);
        if [&old, &new].iter().all(|schema| validator(&rooted(schema), Some(Draft::Y2020), false).is_some()) {
            pairs.push((Draft::Y2020, rooted(&old), rooted(&new)));
            let not = |schema: &Value| rooted(&json!({ "not": schema }));
            turned.push((Draft::Y2020, not(&new), not(&old)));
        }
    }
    for ((answer, turned), pair) in answers(&pairs).iter().zip(answers(&turned)).zip(&pairs) {
        for (verdict, turned) in [(&answer.backward, turned.backward), (&answer.forward, turned.forward)] {
            let is_known = [verdict, &turned].iter().all(|verdict| !matches!(verdict, Verdict::Unproven { .. }));
            assert!(
                !is_known || verdict.name() == turned.name(),
                "{verdict:?}, but {turned:?}: {}\n{}",
                pair.1,
                pair.2
            );
        }
    }
}

/// What is proved of one step and of the next is not refuted of both.
#[test]
fn proofs_are_transitive() {
    let mut dice = Dice::new(seed() + 2);
    let mut pairs = Vec::new();
    for _ in 0..count() / 2 {
        let one = rooted(&schema(&mut dice, 2));
        let two = dice.edit(&one);
        let three = dice.edit(&two);
        for (old, new) in [(&one, &two), (&two, &three), (&one, &three)] {
            pairs.push((Draft::Y2020, old.clone(), new.clone()));
        }
    }
    pairs
        .retain(|(_, old, new)| [old, new].iter().all(|schema| validator(schema, Some(Draft::Y2020), false).is_some()));
    for (steps, three) in answers(&pairs).chunks(3).zip(pairs.chunks(3)) {
        if let ([first, second, both], [(_, one, two), (_, also_two, last)]) = (steps, [&three[0], &three[1]])
            && two == also_two
            && (one, last) == (&three[2].1, &three[2].2)
        {
            for verdicts in
                [[&first.backward, &second.backward, &both.backward], [&first.forward, &second.forward, &both.forward]]
            {
                let proved = verdicts[..2].iter().all(|verdict| **verdict == Verdict::Safe);
                assert!(!proved || !matches!(verdicts[2], Verdict::Breaking { .. }), "{three:?}");
            }
        }
    }
}
