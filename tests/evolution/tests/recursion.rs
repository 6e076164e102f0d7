//! Random schemas that lead back to themselves: no value contradicts a verdict, and proofs stand alone.

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::dice::{Dice, recursive, recursive_edit, value};
use event_contracts_evolution_tests::guide::Guide;
use event_contracts_evolution_tests::validator;
use serde_json::Value;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

#[test]
#[allow(clippy::print_stderr, reason = "how much was proved is worth knowing")]
fn recursive_schemas_are_judged_right() {
    let mut dice = Dice::new(number("CONTRACTS_SEED", 9));
    let mut cases = Vec::new();
    for _ in 0..number("CONTRACTS_RANDOM", 300) {
        let old = recursive(&mut dice);
        let new = recursive_edit(&mut dice, &old);
        let validators = [&old, &new].map(|schema| validator(schema, Some(Draft::Y2020), false));
        if let [Some(one), Some(other)] = validators {
            cases.push((old, new, one, other));
        }
    }
    let pairs: Vec<Pair> = cases
        .iter()
        .map(|(old, new, ..)| Pair { draft: Some(Draft::Y2020), old: old.to_string(), new: new.to_string() })
        .collect();
    let alone = compare_pairs(&pairs, &Options { tries_candidates: false, ..Options::default() });
    let (mut safe, mut breaking, mut unproven) = (0, 0, 0);
    for (((old, new, one, other), answer), alone) in
        cases.iter().zip(compare_pairs(&pairs, &Options::default())).zip(alone)
    {
        let (Ok(answer), Ok(alone)) = (answer, alone) else { continue };
        let guide = Guide::of(&[old, new]);
        let values = (0..300).map(|place| if place % 2 == 0 { value(&mut dice, 4) } else { guide.value(&mut dice) });
        let values: Vec<Value> = values.collect();
        let directions =
            [(&answer.backward, &alone.backward, one, other), (&answer.forward, &alone.forward, other, one)];
        for (verdict, alone, writer, reader) in directions {
            let shown = match verdict {
                Verdict::Breaking { witness } => Some(witness),
                _ => values.iter().find(|value| writer.is_valid(value) && !reader.is_valid(value)),
            };
            let is_safe = [verdict, alone].contains(&&Verdict::Safe);
            assert!(!is_safe || shown.is_none(), "safe, but {} for\n{old}\n{new}", shown.unwrap_or(&Value::Null));
            match verdict {
                Verdict::Safe => safe += 1,
                Verdict::Breaking { .. } => breaking += 1,
                Verdict::Unproven { reason } => {
                    if std::env::var_os("SHOW").is_some() {
                        eprintln!("{reason}\n  {old}\n  {new}");
                    }
                    unproven += 1;
                }
            }
        }
    }
    eprintln!("{safe} safe, {breaking} breaking, {unproven} unproven");
    assert!(unproven * 10 < safe + breaking, "{unproven} of {} are unproven", safe + breaking);
}
