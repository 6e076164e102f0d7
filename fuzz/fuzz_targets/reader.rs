//! The reader against `serde_json`: the same texts are JSON, but for the differences that we chose.
#![no_main]

use std::collections::HashSet;
use std::fmt;

use event_contracts::Refusal;
use event_contracts::json::{MAX_DEPTH, Reader};
use libfuzzer_sys::fuzz_target;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

fuzz_target!(|bytes: &[u8]| {
    let ours = judge(bytes);
    let Ok(text) = str::from_utf8(bytes) else {
        assert!(ours.is_err(), "no UTF-8 is accepted");
        return;
    };
    let theirs = serde_json::from_str::<IgnoredAny>(text);
    match (ours, theirs) {
        (Ok(()), Ok(_)) => {
            assert!(depth(text) <= MAX_DEPTH, "too deep");
            // `serde_json` keeps to a depth of its own where it recurs.
            assert!(depth(text) == MAX_DEPTH || strict(text) != Some(false), "a name comes twice");
        }
        (Err(_), Err(_)) => {}
        (Ok(()), Err(error)) => panic!("only serde_json refuses: {error}"),
        (Err(refusal), Ok(_)) => match refusal.keyword() {
            "depth" => assert!(depth(text) > MAX_DEPTH, "not too deep: {refusal}"),
            "duplicate" => assert!(strict(text) != Some(true), "no name comes twice: {refusal}"),
            // Where a string is only skipped, `serde_json` lets half a pair pass.
            _ => assert!(half_a_pair(text), "only ours refuses: {refusal}"),
        },
    }
});

fn judge(bytes: &[u8]) -> Result<(), Refusal> {
    let mut reader = Reader::from_bytes(bytes)?;
    reader.raw()?;
    reader.end()
}

/// How deep brackets nest outside of strings, in a text that is JSON.
fn depth(text: &str) -> usize {
    let (mut now, mut most, mut inside, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'[' | b'{' if !inside => now += 1,
            b']' | b'}' if !inside => now -= 1,
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// Whether no object has two members of one name; `None` if `serde_json` does not read the text whole.
fn strict(text: &str) -> Option<bool> {
    match serde_json::from_str::<NoDuplicates>(text) {
        Ok(_) => Some(true),
        Err(error) if error.to_string().starts_with("comes twice") => Some(false),
        Err(_) => None,
    }
}

/// Whether `serde_json`, too, stumbles over half a surrogate pair when it has to make a text of it.
fn half_a_pair(text: &str) -> bool {
    let error = serde_json::from_str::<NoDuplicates>(text).map(drop).expect_err("all of it is text").to_string();
    ["surrogate", "end of hex escape", "comes twice", "recursion limit", "out of range"]
        .iter()
        .any(|reason| error.contains(reason))
}

struct NoDuplicates;

impl<'de> Deserialize<'de> for NoDuplicates {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for NoDuplicates {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("comes twice"));
            }
            map.next_value::<Self>()?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }
}
