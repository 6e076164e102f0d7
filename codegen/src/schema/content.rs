//! `contentEncoding` and `contentMediaType`: asserted in drafts 6 and 7, annotations before and after.

use crate::schema::keyword::Place;
use crate::schema::reading::Reading;
use crate::schema::{Draft, RuleAt};
use crate::source::Value;

/// What validators decode; any other encoding says nothing to them.
const ENCODINGS: &[&str] = &["base16", "base32", "base32hex", "base64", "base64url"];

/// The one media type that validators look into.
const JSON: &str = "application/json";

/// What begins the name of the format that stands for both keywords.
const PREFIX: &str = "content:";

impl Reading<'_> {
    /// Both keywords are one rule: decode, then look into what was decoded. It is noted where the media type stands, if
    /// there is one, and is a format of a name that no schema can state.
    pub(super) fn content(&mut self, draft: Draft, place: &Place<'_>, value: &Value) {
        if !matches!(draft, Draft::Six | Draft::Seven) || !self.dialect.formats {
            return;
        }
        let Some(text) = value.as_str() else { return self.wrong(place, value, "a text") };
        let (parent, keyword) = place.pointer.rsplit_once('/').unwrap_or_default();
        let beside = |keyword: &str| place.document.value.pointer(parent)?.get(keyword);
        let is_encoding = keyword == "contentEncoding";
        let (encoding, media_type) = if is_encoding {
            // Where there is a media type, known or not, the encoding has no say of its own.
            if beside("contentMediaType").is_some() {
                return;
            }
            (Some(text), None)
        } else {
            (beside("contentEncoding").and_then(Value::as_str), Some(text))
        };
        let is_known = encoding.is_none_or(|encoding| ENCODINGS.contains(&encoding));
        if is_known && media_type.is_none_or(|media_type| media_type == JSON) {
            let parts: Vec<&str> = encoding.into_iter().chain(media_type.map(|_| "json")).collect();
            let rule = serde_json::Value::String(format!("{PREFIX}{}", parts.join("+")));
            self.schemas.nodes[place.id.0].rules.push(RuleAt {
                keyword: "format",
                value: rule,
                at: place.value(value),
            });
        }
    }
}

/// The keywords that a format of this name stands for.
pub(crate) fn keywords(format: &str) -> Option<serde_json::Value> {
    let mut schema = serde_json::json!({ "$schema": "http://json-schema.org/draft-07/schema#" });
    for part in format.strip_prefix(PREFIX)?.split('+') {
        if part == "json" {
            schema["contentMediaType"] = JSON.into();
        } else {
            schema["contentEncoding"] = part.into();
        }
    }
    Some(schema)
}
