//! A value that may be `null`, which is not the same as absent.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::data::{Checks, Data};
use crate::json::{Kind, Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;

/// A value or `null`. A member that may also be absent is an `Option<Nullable<T>>`.
///
/// ```
/// use event_contracts::Nullable;
///
/// let note = Nullable::from("fragile");
/// assert_eq!(note.into_option(), Some("fragile"));
/// assert!(Nullable::<String>::Null.is_null());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// `null`
    #[default]
    Null,
    /// Anything else.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether it is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The same by reference.
    #[must_use]
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// The value, `None` for `null`.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Data> Data for Nullable<T> {
    const CHECKS: Checks = T::CHECKS;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        if reader.kind()? == Kind::Null {
            reader.null()?;
            return Ok(Self::Null);
        }
        T::read(reader, rules).map(Self::Value)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, rules: &Rules) {
        match self {
            Self::Null => writer.raw("null"),
            Self::Value(value) => value.write(writer, rules),
        }
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        match self {
            Self::Null => Ok(()),
            Self::Value(value) => value.check(rules),
        }
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}
