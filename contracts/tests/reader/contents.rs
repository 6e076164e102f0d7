//! Encodings and media types: the oracle is `jsonschema` in draft 7, on texts that nearly are what they should be.

use event_contracts::Data;
use event_contracts::json::Reader;
use event_contracts::rules::{Format, Rules};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

const BASE16: &str = "0123456789ABCDEF";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE32_HEX: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The encodings with their alphabets, and how many letters make a block.
const ENCODINGS: [(&str, &str, usize); 5] = [
    ("base16", BASE16, 2),
    ("base32", BASE32, 8),
    ("base32hex", BASE32_HEX, 8),
    ("base64", BASE64, 4),
    ("base64url", BASE64_URL, 4),
];

/// Bytes in an encoding, padded.
fn encoded(bytes: &[u8], alphabet: &str, block: usize) -> String {
    let letters = alphabet.as_bytes();
    let bits = letters.len().ilog2() as usize;
    let all: Vec<bool> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    let digit =
        |bits_of: &[bool]| (0..bits).fold(0, |digit, bit| digit * 2 + usize::from(*bits_of.get(bit).unwrap_or(&false)));
    let mut text: String = all.chunks(bits).map(|chunk| char::from(letters[digit(chunk)])).collect();
    while !text.len().is_multiple_of(block) {
        text.push('=');
    }
    text
}

/// Runs both over the texts: they must agree on the verdict and on the keyword.
fn agree(format: &str, keywords: &Value, texts: &BoxedStrategy<String>) {
    let format = Format::named(format).unwrap();
    let rules = Rules { format: Some(format), ..Rules::NONE };
    let validator = jsonschema::draft7::new(keywords).unwrap();
    let verdicts = std::cell::Cell::new([0, 0]);
    let config = ProptestConfig {
        cases: 3_000,
        rng_seed: proptest::test_runner::RngSeed::Fixed(4),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new(config)
        .run(texts, |text| {
            let value = Value::String(text.clone());
            let theirs = validator.iter_errors(&value).next().map(|error| error.schema_path().to_string());
            let [refused, taken] = verdicts.get();
            verdicts.set([refused + u32::from(theirs.is_some()), taken + u32::from(theirs.is_none())]);
            prop_assert_eq!(format.admits(&text), theirs.is_none(), "{:?}", text);
            let json = value.to_string();
            let ours =
                String::read(&mut Reader::new(&json), &rules).err().map(|refusal| format!("/{}", refusal.keyword()));
            prop_assert_eq!(ours, theirs, "{:?}", text);
            Ok(())
        })
        .unwrap();
    assert!(verdicts.get().iter().all(|count| *count > 200), "{keywords}: {verdicts:?}");
}

/// A text with one letter more, less or changed; or two texts, one behind the other.
fn mutated(texts: BoxedStrategy<String>, letters: &str) -> BoxedStrategy<String> {
    let any_letter = "[0-9A-Za-z+/_= \n\u{FB00}é-]".prop_map(|text| text.chars().next().unwrap());
    let letter = prop_oneof![prop::sample::select(letters.chars().collect::<Vec<_>>()), Just('='), any_letter];
    let one = (texts.clone(), any::<prop::sample::Index>(), 0..3, letter).prop_map(|(text, place, edit, letter)| {
        let mut all: Vec<char> = text.chars().collect();
        let at = place.index(all.len() + 1);
        match edit {
            0 => all.insert(at, letter),
            1 if at < all.len() => all[at] = letter,
            _ if at < all.len() => drop(all.remove(at)),
            _ => {}
        }
        all.into_iter().collect::<String>()
    });
    let two = (texts.clone(), texts.clone()).prop_map(|(one, other)| one + &other);
    let lower = texts.clone().prop_map(|text| text.to_lowercase());
    prop_oneof![4 => texts, 4 => one, 1 => two, 1 => lower].boxed()
}

/// JSON, and what is nearly JSON.
fn documents() -> BoxedStrategy<String> {
    let json = prop::sample::select(vec![
        "{}",
        "[1,2]",
        " null ",
        "\"é\"",
        "1e5",
        "1e999",
        "{\"a\":1,\"a\":2}",
        "[",
        "",
        "nul",
        "01",
        "{a:1}",
        "\u{FEFF}1",
        "1 1",
        "\"\\ud800\"",
        "-",
        "[1,]",
        "\"\t\"",
    ]);
    let deep = (100_usize..140).prop_map(|depth| "[".repeat(depth) + &"]".repeat(depth));
    let near = "[\\[\\]{}:,\"a1 .e-]{0,6}";
    prop_oneof![6 => json.prop_map(str::to_owned), 1 => deep, 3 => near].boxed()
}

#[test]
fn encodings() {
    for (name, alphabet, block) in ENCODINGS {
        let texts =
            prop::collection::vec(any::<u8>(), 0..12).prop_map(move |bytes| encoded(&bytes, alphabet, block)).boxed();
        // Padding and trailing bits as no encoder leaves them.
        let odd = proptest::string::string_regex(&format!("[{}]{{0,9}}={{0,7}}", &alphabet.replace('-', "\\-")[..6]))
            .unwrap();
        let texts = prop_oneof![3 => mutated(texts, alphabet), 1 => odd].boxed();
        agree(&format!("content:{name}"), &json!({ "contentEncoding": name }), &texts);
    }
}

#[test]
fn documents_in_encodings() {
    for (name, alphabet, block) in ENCODINGS {
        let bytes = prop_oneof![
            4 => documents().prop_map(String::into_bytes),
            // What is no text.
            1 => prop::collection::vec(any::<u8>(), 0..4),
        ];
        let texts = mutated(bytes.prop_map(move |bytes| encoded(&bytes, alphabet, block)).boxed(), alphabet);
        let keywords = json!({ "contentEncoding": name, "contentMediaType": "application/json" });
        agree(&format!("content:{name}+json"), &keywords, &texts);
    }
}

#[test]
fn documents_as_they_are() {
    agree("content:json", &json!({ "contentMediaType": "application/json" }), &mutated(documents(), "[]{}\":,1"));
}
