//! What generated and derived code may name, and nobody else. Outside semantic versioning.

use std::borrow::Cow;
use std::fmt::Display;

pub use crate::data::{Checks, Data, deserialize, serialize};
pub use crate::decode::{
    Message, Route, all_or, event_at_once, judge, judge_or_older, read, read_or_upcast, violations,
};
pub use crate::error::{BuildError, DecodeError, EncodeError};
pub use crate::event::{Event, EventInfo, Status};
pub use crate::idempotency::IdempotencyKey;
pub use crate::json::{Reader, Writer};
pub use crate::refusal::Refusal;
pub use crate::rules::{Bound, Format, Kinds, Pattern, Rules, Run, Shape};
pub use crate::schema::Schema;
pub use crate::union::{Attempts, tag};
pub use crate::unknown::UnknownEvent;
pub use crate::upcasters::{assert_upcasts, assert_upcasts_or_refuses};
use crate::value::Nullable;
pub use crate::value::{Json, Timestamp, UnknownMembers};
pub use crate::version::{Upcast, Version};
pub use serde;

/// Refuses the second of two members of one name.
#[inline]
pub fn once<T>(slot: Option<&T>, reader: &mut Reader<'_>) -> Result<(), Refusal> {
    match slot {
        None => Ok(()),
        Some(_) => Err(Refusal::duplicate(reader.offset())),
    }
}

/// The value of a member that must be there.
#[inline]
pub fn required<T>(slot: Option<T>, name: &'static str, object: usize) -> Result<T, Refusal> {
    slot.ok_or_else(|| Refusal::required(name).at(object))
}

/// A member of a closed object that is not declared.
#[cold]
#[must_use]
pub fn undeclared(object: usize) -> Refusal {
    Refusal::new("additionalProperties", "declared members only").at(object)
}

/// Sets a member of a builder, or notes why it cannot be.
pub fn set<T, V>(
    slot: &mut Option<T>,
    name: &'static str,
    value: V,
    check: impl Fn(&T) -> Result<(), Refusal>,
    refusals: &mut Vec<Refusal>,
) where
    V: TryInto<T>,
    V::Error: Into<Refusal>,
{
    match value.try_into().map_err(Into::into).and_then(|value| check(&value).map(|()| value)) {
        Ok(value) => *slot = Some(value),
        Err(refusal) => refusals.push(refusal.within(name)),
    }
}

/// Takes a required member out of a builder, or notes that it is missing; one that was refused was noted already.
pub fn take<T>(slot: Option<T>, name: &'static str, refusals: &mut Vec<Refusal>) -> Option<T> {
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    if slot.is_none() && !refusals.iter().any(|refusal| refusal.pointer().starts_with(&pointer)) {
        refusals.push(Refusal::required(name));
    }
    slot
}

/// Reads a text of a closed or open set of names.
#[inline]
pub fn read_name<'a>(reader: &mut Reader<'a>) -> Result<(usize, Cow<'a, str>), Refusal> {
    let at = reader.offset();
    Ok((at, reader.string()?))
}

/// A member of the envelope that may be absent or null, as text.
pub trait Offer {
    /// The text, if there is one.
    fn offer(&self) -> Option<String>;
}

impl<T: Display> Offer for Option<T> {
    fn offer(&self) -> Option<String> {
        self.as_ref().map(ToString::to_string)
    }
}

impl<T: Display> Offer for Nullable<T> {
    fn offer(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value.to_string()),
        }
    }
}

impl<T: Display> Offer for Option<Nullable<T>> {
    fn offer(&self) -> Option<String> {
        self.as_ref().and_then(Offer::offer)
    }
}
