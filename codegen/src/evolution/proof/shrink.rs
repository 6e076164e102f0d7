//! Smaller witnesses: members and elements dropped, texts shortened, numbers made simple.

use serde_json::{Value, json};

/// Larger witnesses are left as they are: to try many of their like would take long.
const MAX_SIZE: usize = 1 << 14;

/// How many smaller values are tried.
const MAX_TRIED: usize = 200;

/// Of more members or elements than this, not each is tried.
const MAX_PARTS: usize = 100;

/// The smallest value found that is still a witness.
pub(super) fn shrink(mut witness: Value, mut is_witness: impl FnMut(&Value) -> bool) -> Value {
    if witness.to_string().len() > MAX_SIZE {
        return witness;
    }
    let mut left = MAX_TRIED;
    'again: loop {
        for smaller in smaller(&witness) {
            if left == 0 {
                return witness;
            }
            if size(&smaller) < size(&witness) {
                left -= 1;
                if is_witness(&smaller) {
                    witness = smaller;
                    continue 'again;
                }
            }
        }
        return witness;
    }
}

/// The length of the text, and of texts of one length the simpler one.
fn size(value: &Value) -> (usize, u32) {
    let text = value.to_string();
    let rank = |letter: char| match letter {
        '0'..='9' | 'a'..='z' => u32::from(letter),
        _ => 200 + u32::from(letter),
    };
    (text.len(), text.chars().map(rank).sum())
}

/// Values that say less, the smallest first.
fn smaller(value: &Value) -> Vec<Value> {
    match value {
        Value::Null | Value::Bool(_) => Vec::new(),
        Value::Number(number) => {
            let mut simple = vec![json!(0), json!(1), json!(-1), json!(0.5), json!(2)];
            if let Some(float) = number.as_f64() {
                simple.extend([
                    json!(float.trunc() as i64),
                    json!((float / 2.0).trunc() as i64),
                    json!(float.round() as i64),
                ]);
                simple.push(json!((float * 10.0).round() / 10.0));
            }
            simple
        }
        Value::String(text) => {
            let letters: Vec<char> = text.chars().collect();
            let of = |letters: &[char]| Value::from(letters.iter().collect::<String>());
            let mut shorter = vec![json!(""), json!("a"), of(&letters[..letters.len() / 2])];
            for place in 0..letters.len().min(24) {
                shorter.push(of(&[&letters[..place], &letters[place + 1..]].concat()));
            }
            shorter
        }
        Value::Array(elements) => {
            let mut fewer: Vec<Value> = (0..elements.len().min(MAX_PARTS))
                .map(|place| Value::Array([&elements[..place], &elements[place + 1..]].concat()))
                .collect();
            fewer.insert(0, json!([]));
            for (place, element) in elements.iter().enumerate().take(MAX_PARTS / 4) {
                for smaller in simpler(element) {
                    let mut changed = elements.clone();
                    changed[place] = smaller;
                    fewer.push(Value::Array(changed));
                }
            }
            fewer
        }
        Value::Object(members) => {
            let mut fewer = vec![json!({})];
            for name in members.keys().take(MAX_PARTS) {
                let mut less = members.clone();
                less.shift_remove(name);
                fewer.push(Value::Object(less));
            }
            for (name, member) in members.iter().take(MAX_PARTS / 4) {
                for smaller in simpler(member) {
                    let mut changed = members.clone();
                    changed[name] = smaller;
                    fewer.push(Value::Object(changed));
                }
            }
            fewer
        }
    }
}

/// What may stand in the place of a value: anything simple, or the value made smaller.
fn simpler(value: &Value) -> Vec<Value> {
    let simple = [json!(0), json!(""), json!(null), json!([]), json!({}), json!(true), json!(0.5)];
    simple.into_iter().chain(smaller(value)).filter(|other| size(other) < size(value)).collect()
}
