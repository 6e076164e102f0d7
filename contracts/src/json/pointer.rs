//! JSON Pointers (RFC 6901): the pointer of an offset in a text, and the segments of a pointer.

use std::borrow::Cow;

use crate::json::{Kind, Reader};
use crate::refusal::Refusal;

/// The JSON Pointer of the innermost value of `text` that covers the byte `offset`.
///
/// A member's name counts as part of its value. In a broken text the pointer leads as far as the
/// text can be read, so it may be asked for the offset of a syntax error as well.
///
/// ```
/// use event_contracts::json::pointer_at;
///
/// let text = r#"{"data": {"items": [{"qty": 0}]}}"#;
/// assert_eq!(pointer_at(text, text.find('0').unwrap()), "/data/items/0/qty");
/// assert_eq!(pointer_at(text, 0), "");
/// ```
#[must_use]
pub fn pointer_at(text: &str, offset: usize) -> String {
    let mut reader = Reader::new(text);
    let mut pointer = String::new();
    while reader.offset() < offset {
        // An error ends the walk: the reader of the caller got no further, either.
        if !matches!(descend(&mut reader, offset, &mut pointer), Ok(true)) {
            break;
        }
    }
    pointer
}

/// Enters the element or member that covers `offset`; false if the value has none.
fn descend(reader: &mut Reader<'_>, offset: usize, pointer: &mut String) -> Result<bool, Refusal> {
    match reader.kind()? {
        Kind::Array => {
            reader.begin_array()?;
            let mut first = true;
            let mut index = 0_usize;
            while reader.next_element(&mut first)? {
                if covers(reader, offset) {
                    push_segment(pointer, &index.to_string());
                    return Ok(true);
                }
                index += 1;
            }
        }
        Kind::Object => {
            let mut members = reader.begin_object()?;
            while let Some(name) = reader.next_member(&mut members)? {
                if covers(reader, offset) {
                    push_segment(pointer, &name);
                    return Ok(true);
                }
            }
        }
        Kind::Null | Kind::Boolean | Kind::Number | Kind::String => {}
    }
    Ok(false)
}

/// Whether the next value, read to its end, or broken, covers `offset`. Skips it if it does not.
fn covers(reader: &mut Reader<'_>, offset: usize) -> bool {
    let value = reader.clone();
    let whole = reader.offset() < offset && reader.raw().is_ok();
    if whole && reader.position() <= offset {
        return false;
    }
    *reader = value;
    true
}

/// Appends `/segment`, escaped.
pub(crate) fn push_segment(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for letter in segment.chars() {
        match letter {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            letter => pointer.push(letter),
        }
    }
}

/// The segments of a pointer, unescaped.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|segment| {
        if segment.contains('~') {
            Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(segment)
        }
    })
}
