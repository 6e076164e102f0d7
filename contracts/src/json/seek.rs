//! Finding a member of the outermost object by quotes and brackets alone: for texts that are read in full afterwards.
//!
//! Whatever is unusual (a name with escapes, a text that is broken before the member) is not found here; the caller then
//! asks a [`Reader`](crate::json::Reader).

use crate::json::scan;

/// The offset of the value of the first member `name` of the outermost object.
#[inline]
pub(crate) fn member(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = punctuation(bytes, 0, b'{')?;
    loop {
        let quote = punctuation(bytes, at, b'"')?;
        let end = scan::plain_end(bytes, quote);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        let value = scan::blank_end(bytes, punctuation(bytes, end + 1, b':')?);
        if &bytes[quote..end] == name.as_bytes() {
            return Some(value);
        }
        at = punctuation(bytes, value_end(bytes, value)?, b',')?;
    }
}

/// The offset after the next token, if that is `byte`.
#[inline]
fn punctuation(bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
    let at = scan::blank_end(bytes, at);
    (bytes.get(at) == Some(&byte)).then_some(at + 1)
}

/// The offset after the value that begins at `at`.
#[inline]
fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => string_end(bytes, at + 1),
        b'{' | b'[' => brackets_end(bytes, at + 1),
        _ => {
            let rest = bytes[at..].iter().position(|byte| matches!(byte, b',' | b'}' | b' ' | b'\n' | b'\r' | b'\t'));
            rest.map(|length| at + length)
        }
    }
}

/// The offset after the quote that ends a string.
#[inline]
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = scan::plain_end(bytes, at);
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => return None,
        }
    }
}

/// The offset after the bracket that closes the one before `from`.
fn brackets_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut depth = 1_usize;
    let mut at = from;
    loop {
        at = scan::structure_end(bytes, at);
        match bytes.get(at)? {
            b'"' => at = string_end(bytes, at + 1)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            _ => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
    }
}
