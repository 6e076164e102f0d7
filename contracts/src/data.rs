//! What has a JSON form and checks itself by rules.

mod collections;
mod primitives;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;

/// A value with a JSON form that knows the rules it can check.
///
/// An implementor accepts exactly what the schema of its type and the rules accept, and writes
/// what reads back as the same JSON value. `#[derive(Data)]` implements it for structs and enums.
///
/// ```
/// use event_contracts::Data;
/// use event_contracts::json::{Reader, Writer};
/// use event_contracts::rules::{Bound, Rules};
///
/// const RULES: Rules = Rules { minimum: Some(Bound::integer(1)), ..Rules::NONE };
/// let quantities = Vec::<u32>::read(&mut Reader::new("[1, 2.0]"), &Rules::NONE)?;
/// assert_eq!(quantities, [1, 2]);
/// let refusal = u32::read(&mut Reader::new("0"), &RULES).unwrap_err();
/// assert_eq!(refusal.to_string(), "expected at least 1");
///
/// let mut writer = Writer::new();
/// quantities.write(&mut writer, &Rules::NONE);
/// assert_eq!(writer.into_string(), "[1,2]");
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
pub trait Data: Sized {
    /// The rules that this type checks; the derive refuses any others at compile time.
    const CHECKS: Checks;

    /// Reads a value and checks it.
    ///
    /// # Errors
    ///
    /// The first rule that is broken, at its offset.
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal>;

    /// Writes the value, checked or not.
    fn write(&self, writer: &mut Writer, rules: &Rules);

    /// Checks a value that was built or changed, not read.
    ///
    /// # Errors
    ///
    /// The first rule that is broken, with the pointer of its place inside this value.
    fn check(&self, rules: &Rules) -> Result<(), Refusal>;

    /// The value as text for a partition or idempotency key: equal values give equal texts, however they are spelled
    /// (numbers of more than 38 digits apart, which keep their spelling).
    fn key(&self) -> String {
        let mut writer = Writer::new();
        self.write(&mut writer, &Rules::NONE);
        let json = writer.into_string();
        match Reader::new(&json).string() {
            Ok(text) => text.into_owned(),
            Err(_) => json,
        }
    }
}

/// A set of groups of rules: what a type checks, or what rules need checked.
///
/// ```
/// use event_contracts::data::{Checks, Data};
/// use event_contracts::rules::{Bound, Rules};
///
/// const RULES: Rules = Rules { minimum: Some(Bound::integer(1)), ..Rules::NONE };
/// assert!(u32::CHECKS.covers(RULES.needs()));
/// assert!(!String::CHECKS.covers(RULES.needs()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks(u8);

impl Checks {
    /// No rules at all.
    pub const NOTHING: Self = Self(0);
    /// Length, pattern and format of a string.
    pub const STRING: Self = Self(1);
    /// Bounds of a number.
    pub const NUMBER: Self = Self(1 << 1);
    /// Number and uniqueness of elements.
    pub const ARRAY: Self = Self(1 << 2);
    /// Number of members.
    pub const OBJECT: Self = Self(1 << 3);
    /// Kinds of a value that may be of any.
    pub const KINDS: Self = Self(1 << 4);
    /// A number that is spelled as a string.
    pub const TEXT: Self = Self(1 << 5);

    /// The rules of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in this set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// `Serialize` for any [`Data`], by its JSON text: for JSON formats only.
///
/// # Errors
///
/// An error of the serializer; one that is not of `serde_json` may not know what to do.
pub fn serialize<T: Data, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    value.write(&mut writer, &Rules::NONE);
    RawValue::from_string(writer.into_string()).map_err(S::Error::custom)?.serialize(serializer)
}

/// `Deserialize` for any [`Data`], by its JSON text: for JSON formats only.
///
/// # Errors
///
/// The refusal, located within this value; or an error of the deserializer.
pub fn deserialize<'de, T: Data, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let mut reader = Reader::new(raw.get());
    T::read(&mut reader, &Rules::NONE)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|refusal| D::Error::custom(refusal.locate(raw.get())))
}
