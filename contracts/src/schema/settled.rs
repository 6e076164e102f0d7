//! What a schema settles about an event by itself, told while it is compiled: then nothing looks for it in the text.

use crate::event::EventInfo;
use crate::json::Kinds;
use crate::schema::{Property, Schema};
use crate::version::Version;

impl Schema {
    /// Whether every message that this schema admits is of the type of the event.
    pub(crate) const fn settles_type(&self, info: &EventInfo) -> bool {
        match self.member(info.type_at) {
            Some(Property { required: true, schema: Self { values: Some([value]), .. }, .. }) => {
                is_enclosed(value, "\"", info.event_type, "\"")
            }
            _ => false,
        }
    }

    /// Whether every message that this schema admits is of the major version of the event, or states none.
    pub(crate) const fn settles_major(&self, info: &EventInfo) -> bool {
        // Under the other schemes there is but one major version.
        let Version::MajorMinor { major, .. } = info.version else { return true };
        let Some(version_at) = info.version_at else { return true };
        match self.member(version_at) {
            Some(property) => match property.schema.rules.pattern {
                Some(pattern) => begins_with_major(pattern.source.as_bytes(), major),
                None => false,
            },
            None => false,
        }
    }

    /// The member of the root that a pointer leads to, if all messages are objects.
    const fn member(&self, pointer: &str) -> Option<&'static Property> {
        let (Some(object), Some(kinds)) = (self.object, self.rules.kinds) else { return None };
        let mut at = 0;
        while Kinds::OBJECT.covers(kinds) && at < object.properties.len() {
            if is_enclosed(pointer, "/", object.properties[at].name, "") {
                return Some(&object.properties[at]);
            }
            at += 1;
        }
        None
    }
}

/// Whether all that a pattern matches begins with a major version of one digit: `^1\.`, and no other alternative.
const fn begins_with_major(pattern: &[u8], major: u32) -> bool {
    let [b'^', digit, b'\\', b'.', rest @ ..] = pattern else { return false };
    if major > 9 || *digit != b'0' + major as u8 || matches!(rest, [b'*' | b'+' | b'?' | b'{', ..]) {
        return false;
    }
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() {
        match rest[at] {
            // Neither is needed for a version, and both would hide what the rest means.
            b'\\' | b'[' if has_class_or_escape_beyond_digits(rest, at) => return false,
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'|' if depth == 0 => return false,
            _ => {}
        }
        at += 1;
    }
    true
}

/// Whether a class at this place is another one than of digits, or an escape stands there.
const fn has_class_or_escape_beyond_digits(pattern: &[u8], at: usize) -> bool {
    let (_, rest) = pattern.split_at(at);
    !matches!(rest, [b'[', b'0'..=b'9', b'-', b'0'..=b'9', b']', ..])
}

/// Whether `whole` is `inner` between two brackets; false if `inner` would be spelled in another way there.
const fn is_enclosed(whole: &str, open: &str, inner: &str, close: &str) -> bool {
    let (whole, parts) = (whole.as_bytes(), [open.as_bytes(), inner.as_bytes(), close.as_bytes()]);
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut byte = 0;
        while byte < parts[part].len() {
            let is_special = part == 1 && matches!(parts[1][byte], b'\\' | b'"' | b'~' | b'/');
            if is_special || at == whole.len() || whole[at] != parts[part][byte] {
                return false;
            }
            at += 1;
            byte += 1;
        }
        part += 1;
    }
    at == whole.len()
}
