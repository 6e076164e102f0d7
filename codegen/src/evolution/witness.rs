//! A message that shows what one change does: made from a message that the writing side admits, changed at one place.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use crate::evolution::facts::{Change, Fact};
use crate::schema::Kinds;

/// Two sides of which one writes and the other one reads.
pub(super) struct Sides<'v> {
    pub(super) writer: &'v Validator,
    pub(super) reader: &'v Validator,
    /// Whether the writer may write members that it does not declare.
    pub(super) is_strict: bool,
    /// Messages that the writer may write.
    pub(super) samples: Vec<Value>,
}

impl Sides<'_> {
    /// The smallest message found that the writer admits and the reader refuses because of what this fact tells of: for
    /// nothing else, if there is such a message.
    pub(super) fn witness_of(&self, fact: &Fact) -> Option<Value> {
        let tried = self.samples.iter().flat_map(|sample| {
            std::iter::once(sample.clone()).chain(edits(sample, &fact.pointer, &fact.change)).collect::<Vec<_>>()
        });
        let shown = tried.filter(|message| self.writer.is_valid(message)).filter_map(|message| {
            let is_alone = self.is_refused_by(fact, &message)?;
            Some((!is_alone, message.to_string().len(), message))
        });
        shown.min_by_key(|(is_one_of_many, length, _)| (*is_one_of_many, *length)).map(|(.., message)| message)
    }

    /// Whether the reader has nothing else against a message than what the fact tells of; `None` if it has nothing of that
    /// against it. Of members, the same may be said of others of the object, too.
    fn is_refused_by(&self, fact: &Fact, message: &Value) -> Option<bool> {
        let errors: Vec<ValidationError<'_>> = self.reader.iter_errors(message).collect();
        let is_of = |error: &ValidationError<'_>| {
            let (at, keyword) = (error.instance_path().as_str(), error.kind().keyword());
            // What is written under a name that is not declared may be anything.
            let is_undeclared = self.is_strict
                && matches!(fact.change, Change::MemberAdded { .. } | Change::MemberRemoved { .. })
                && is_at(at, &fact.pointer);
            is_undeclared || (fact.change.is_refused_by(keyword) && is_at(at, concerned(fact, keyword)))
        };
        // A union does not say which of its branches was meant.
        let is_of_union = |error: &ValidationError<'_>| {
            matches!(error.kind().keyword(), "oneOf" | "anyOf") && is_at(&fact.pointer, error.instance_path().as_str())
        };
        let is_alone = errors.iter().all(|error| is_of_union(error) || is_of(error));
        let is_told = errors.iter().any(|error| speaks_of(error, fact) && (is_of(error) || is_alone));
        is_told.then_some(is_alone)
    }
}

/// Whether an error can be about the member of a fact, if it names any.
fn speaks_of(error: &ValidationError<'_>, fact: &Fact) -> bool {
    let (Change::MemberAdded { name, .. }
    | Change::MemberRemoved { name, .. }
    | Change::MemberRequired { name }
    | Change::MemberOptional { name }) = &fact.change
    else {
        return true;
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => property.as_str() == Some(name),
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected.contains(name),
        _ => true,
    }
}

/// The value that a keyword refuses because of a fact: a member that is missing or one too many is refused with its object.
fn concerned<'f>(fact: &'f Fact, keyword: &str) -> &'f str {
    match keyword {
        "required" | "additionalProperties" | "unevaluatedProperties"
            if !matches!(fact.change, Change::OtherMembers { .. }) =>
        {
            fact.pointer.rsplit_once('/').map_or("", |(object, _)| object)
        }
        _ => &fact.pointer,
    }
}

/// A message, changed at a place in each way that a change suggests.
pub(super) fn edits(message: &Value, pointer: &str, change: &Change) -> Vec<Value> {
    places(message, pointer).into_iter().flat_map(|place| edited(message, &place, change)).collect()
}

/// Whether a place in a message is one that a pointer with `*` means, or below it.
fn is_at(place: &str, pointer: &str) -> bool {
    let mut segments = place.split('/');
    pointer.split('/').all(|wanted| {
        segments.next().is_some_and(|segment| {
            wanted == segment
                || (wanted == "*" && is_index(segment))
                || (segment == "*" && is_index(wanted))
                || wanted == "**"
        })
    })
}

fn is_index(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_digit())
}

/// The places in a message that a pointer with `*` means. The last member may be absent.
fn places(message: &Value, pointer: &str) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut segments = pointer.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        places = places
            .into_iter()
            .flat_map(|place| match (segment, message.pointer(&place)) {
                ("*", Some(Value::Array(elements))) => {
                    // One element shows as much as all of them.
                    (0..elements.len().min(1)).map(|index| format!("{place}/{index}")).collect::<Vec<_>>()
                }
                (name, Some(Value::Object(_))) if is_last => vec![format!("{place}/{name}")],
                (name, Some(_)) => {
                    Some(format!("{place}/{name}")).filter(|at| message.pointer(at).is_some()).into_iter().collect()
                }
                (_, None) => Vec::new(),
            })
            .collect();
    }
    places
}

/// The message with another value at a place, for each value that the change suggests; also without the member.
fn edited(message: &Value, place: &str, change: &Change) -> Vec<Value> {
    let here = message.pointer(place).cloned();
    let values = suggested(change, here.as_ref().unwrap_or(&Value::Null));
    let with = values.into_iter().filter_map(|value| {
        let mut message = message.clone();
        put(&mut message, place, value).then_some(message)
    });
    let without = {
        let mut message = message.clone();
        take(&mut message, place).then_some(message)
    };
    with.chain(without).collect()
}

/// Sets what stands at a place; whether it could be done.
pub(super) fn put(message: &mut Value, place: &str, value: Value) -> bool {
    if let Some(slot) = message.pointer_mut(place) {
        *slot = value;
        return true;
    }
    let Some((object, name)) = place.rsplit_once('/') else { return false };
    match message.pointer_mut(object) {
        Some(Value::Object(members)) => members.insert(unescaped(name), value).is_none(),
        _ => false,
    }
}

fn take(message: &mut Value, place: &str) -> bool {
    let Some((object, name)) = place.rsplit_once('/') else { return false };
    match message.pointer_mut(object) {
        Some(Value::Object(members)) => members.remove(&unescaped(name)).is_some(),
        _ => false,
    }
}

fn unescaped(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// Values that tell the two sides of a change apart; `here` is what stands there now.
fn suggested(change: &Change, here: &Value) -> Vec<Value> {
    match change {
        Change::Types { gone, come } => kinds(gone.or(*come)),
        Change::Values { gone, come } => gone.iter().chain(come).cloned().collect(),
        Change::Constant { old, new } => vec![old.clone(), new.clone()],
        Change::Listed { .. } => vec![json!(""), json!("other"), json!(0)],
        Change::Rule { keyword, old, new } => {
            old.iter().chain(new).flat_map(|said| around(keyword, said, here)).collect()
        }
        Change::MemberAdded { .. }
        | Change::MemberRemoved { .. }
        | Change::MemberRequired { .. }
        | Change::MemberOptional { .. }
        | Change::OtherMembers { .. }
        | Change::Whole { .. } => kinds(Kinds::ALL),
    }
}

/// A value or two of each type.
fn kinds(kinds: Kinds) -> Vec<Value> {
    let samples = [
        ("null", vec![json!(null)]),
        ("boolean", vec![json!(true)]),
        ("integer", vec![json!(0), json!(1)]),
        ("number", vec![json!(0.5)]),
        ("string", vec![json!(""), json!("a"), json!("0")]),
        ("array", vec![json!([])]),
        ("object", vec![json!({})]),
    ];
    let of = |name| {
        kinds.has(name) || (name == "number" && !kinds.and(Kinds::named("number").unwrap_or(Kinds::NONE)).is_empty())
    };
    samples.into_iter().filter(|(name, _)| of(name)).flat_map(|(_, values)| values).collect()
}

/// Values at the border that a keyword draws, and on both sides of it.
fn around(keyword: &str, said: &Value, here: &Value) -> Vec<Value> {
    // Schemas keep numbers as texts, so that no digit is lost.
    let number = said.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let said = number.as_ref().unwrap_or(said);
    let count = || said.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count < 100_000);
    match keyword {
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => match said.as_i64() {
            Some(bound) => [0, -1, 1].iter().map(|step| json!(bound.saturating_add(*step))).collect(),
            None => {
                said.as_f64().map_or_else(Vec::new, |bound| [0.0, -1.0, 1.0].map(|step| json!(bound + step)).into())
            }
        },
        "minLength" | "maxLength" => around_count(count()).map(|length| text_of(here, length)).collect(),
        "minItems" | "maxItems" => around_count(count()).map(|length| list_of(here, length)).collect(),
        "uniqueItems" => vec![list_of(here, 2)],
        "format" => of_format(said.as_str().unwrap_or_default()),
        _ => kinds(Kinds::ALL),
    }
}

/// A text of a format that is no plain zero, and one of none.
fn of_format(format: &str) -> Vec<Value> {
    let text = match format {
        "uuid" => "01890a5d-ac96-774b-bcce-b302099a8057",
        "date-time" => "2024-02-29T23:59:58.5Z",
        "date" => "2024-02-29",
        "time" => "23:59:58.5Z",
        "email" => "a.b@example.com",
        "uri" | "iri" | "uri-reference" => "https://example.com/a?b=c",
        _ => "a",
    };
    vec![json!("a"), json!(text)]
}

fn around_count(count: Option<usize>) -> impl Iterator<Item = usize> {
    let around = count.map(|count| [count, count.saturating_sub(1), count + 1]);
    around.into_iter().flatten()
}

/// The text, cut or with its last letter repeated, so that it has this many letters.
fn text_of(text: &Value, length: usize) -> Value {
    let text = text.as_str().unwrap_or_default();
    let last = text.chars().last().unwrap_or('a');
    text.chars().chain(std::iter::repeat(last)).take(length).collect::<String>().into()
}

/// The list, cut or with its last element repeated, so that it has this many.
fn list_of(list: &Value, length: usize) -> Value {
    let elements = list.as_array().cloned().unwrap_or_default();
    let last = elements.last().cloned().unwrap_or(Value::Null);
    elements.into_iter().chain(std::iter::repeat(last)).take(length).collect()
}
