//! Formats as languages: what a proof says of a text is what a validator says, for texts at the edge of each format.

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::dice::Dice;
use event_contracts_evolution_tests::validator;
use serde_json::json;

/// Formats, each with texts of it.
const SEEDS: &[(&str, &[&str])] = &[
    ("date", &["2024-02-29", "1900-02-28", "2000-12-31", "0000-01-30", "2023-11-30"]),
    ("time", &["23:59:60Z", "00:00:00.5+23:59", "12:30:59z", "22:59:60-01:00", "19:00:00-00:00"]),
    ("date-time", &["2016-12-31T23:59:60Z", "2000-02-29t00:00:00.123+05:30", "1999-09-09T09:09:09-12:00"]),
    ("uuid", &["00000000-0000-0000-0000-000000000000", "AbcdeF01-2345-6789-abcd-EF0123456789"]),
    ("ipv4", &["127.0.0.1", "255.255.255.255", "1.20.199.249", "0.0.0.0"]),
    ("ipv6", &["::", "::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "fe80::a:b"]),
    ("duration", &["P1Y2M3D", "P4W", "PT1H2M3S", "P1DT1M", "PT5S", "P1Y2MT1H"]),
    ("json-pointer", &["", "/a~0b~1c", "/", "/ä//\n"]),
    ("relative-json-pointer", &["0", "1/a~0", "12#", "0#", "10/"]),
    ("email", &["a@b.cd", "\"a b\"@c.de", "a.b@[127.0.0.1]"]),
    ("hostname", &["a", "example.com", "a-b.c", "xn--nxasmq6b", "a1.b2"]),
    ("uri", &["http://a.bc/", "urn:a", "mailto:a@b.cd", "a://[::1]/?q=%20#f"]),
];

const LETTERS: &[char] = &[
    '0', '1', '2', '3', '5', '6', '9', 'a', 'f', 'g', 'A', 'Z', 'z', 'T', 't', 'P', 'W', 'D', 'M', 'S', 'H', 'Y', '-',
    '+', ':', '.', '/', '~', '#', '@', ' ', '\n', '%', '_', 'ä', '*', '\'',
];

/// How many texts of each format; `CONTRACTS_RANDOM` asks for more.
fn count() -> usize {
    std::env::var("CONTRACTS_RANDOM").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

/// A text with some letters changed, more or less.
fn changed(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..dice.below(3) {
        let place = dice.below(letters.len() + 1);
        match dice.below(3) {
            0 => letters.insert(place, *dice.one(LETTERS)),
            1 if place < letters.len() => {
                letters.remove(place);
            }
            _ if place < letters.len() => letters[place] = *dice.one(LETTERS),
            _ => {}
        }
    }
    letters.into_iter().collect()
}

/// Validators that take a sign or a stop for a digit are alone with that; such texts may stay open, but nothing else.
fn is_disputed(format: &str, text: &str) -> bool {
    matches!(format, "date" | "time" | "date-time" | "hostname") && text.contains(['*', '+', ',', '-', '.', '/'])
}

#[test]
fn a_text_is_of_a_format_as_validators_say() {
    let mut dice = Dice::new(11);
    for (format, seeds) in SEEDS {
        let schema = json!({ "format": format });
        let validator = validator(&schema, Some(Draft::Y2020), true).expect("it is a schema");
        let mut texts: Vec<String> = seeds.iter().map(|&seed| seed.to_owned()).collect();
        texts.extend((0..count()).map(|_| {
            let seed = *dice.one(seeds);
            changed(&mut dice, seed)
        }));
        let pairs = texts.iter().map(|text| Pair {
            draft: Some(Draft::Y2020),
            old: json!({ "const": text }).to_string(),
            new: schema.to_string(),
        });
        // Without candidates a proof stands alone.
        let options = Options { assert_formats: true, tries_candidates: false, ..Options::default() };
        let answers = compare_pairs(&pairs.collect::<Vec<_>>(), &options);
        for (text, answer) in texts.iter().zip(answers) {
            let verdict = answer.expect("both are schemas").backward;
            let is_of_format = validator.is_valid(&json!(text));
            match verdict {
                Verdict::Safe => assert!(is_of_format, "{format}: {text:?} is none"),
                Verdict::Breaking { .. } => assert!(!is_of_format, "{format}: {text:?} is one"),
                Verdict::Unproven { reason } => assert!(is_disputed(format, text), "{format}: {text:?}: {reason}"),
            }
        }
    }
}
