//! Finding a member of the outermost object by quotes and brackets alone: for texts that are read in full afterwards.
//!
//! Whatever is unusual (a name with escapes, a text that is broken before the member) is not found here; the caller then
//! asks a [`Reader`](crate::json::Reader).

use crate::json::scan;

/// How many members in front of the one that was found are remembered.
const FEW: usize = 8;

/// A member that was found, and what stands in front of it.
#[derive(Debug)]
pub(crate) struct Found {
    /// The offset of its value.
    pub(crate) value: usize,
    /// Where the names of the members before it begin, and their values.
    before: [(usize, usize); FEW],
    count: usize,
}

/// Finds the first member `name` of the outermost object.
#[inline]
pub(crate) fn member(text: &str, name: &str) -> Option<Found> {
    let bytes = text.as_bytes();
    let mut found = Found { value: 0, before: [(0, 0); FEW], count: 0 };
    let mut at = punctuation(bytes, 0, b'{')?;
    loop {
        let (quote, value) = member_at(bytes, at)?;
        if is_named(bytes, quote, name) {
            found.value = value;
            return Some(found);
        }
        if let Some(place) = found.before.get_mut(found.count) {
            *place = (quote, value);
        }
        found.count += 1;
        at = punctuation(bytes, value_end(bytes, value)?, b',')?;
    }
}

/// The offset of the value of another member, which may stand before the one that was found or after it.
#[inline]
pub(crate) fn another(text: &str, found: &Found, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if found.count > FEW {
        return member(text, name).map(|found| found.value);
    }
    let known = found.before[..found.count].iter().find(|(quote, _)| is_named(bytes, *quote, name));
    if let Some((_, value)) = known {
        return Some(*value);
    }
    let mut before = found.value;
    loop {
        let (quote, value) = member_at(bytes, punctuation(bytes, value_end(bytes, before)?, b',')?)?;
        if is_named(bytes, quote, name) {
            return Some(value);
        }
        before = value;
    }
}

/// Where the name of the next member begins, and its value.
#[inline]
fn member_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let quote = punctuation(bytes, at, b'"')?;
    let end = scan::plain_end(bytes, quote);
    if bytes.get(end) != Some(&b'"') {
        return None;
    }
    Some((quote, scan::blank_end(bytes, punctuation(bytes, end + 1, b':')?)))
}

/// Whether the name that begins at `quote` is this one.
#[inline]
fn is_named(bytes: &[u8], quote: usize, name: &str) -> bool {
    bytes.get(quote + name.len()) == Some(&b'"') && scan::is_at(bytes, quote, name.as_bytes())
}

/// The offset after the next token, if that is `byte`.
#[inline]
fn punctuation(bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
    // Most texts have no white space.
    if bytes.get(at) == Some(&byte) {
        return Some(at + 1);
    }
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
