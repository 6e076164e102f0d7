//! An integer of any size.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::data::{Checks, Data};
use crate::json::{Reader, Writer, scan};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::value::exact::{self, Exact};
use crate::value::{parsed_from_text, serde_by_json};

/// An integer as JSON Schema means it, of any size: `1.0` and `1e2` are integers.
///
/// Integers compare by value and print as they were spelled.
///
/// ```
/// use event_contracts::Integer;
///
/// let hundred: Integer = "1e2".parse()?;
/// assert_eq!(hundred, Integer::from(100));
/// assert_eq!(hundred.to_i128(), Some(100));
/// assert_eq!(hundred.to_string(), "1e2");
/// assert!("1.5".parse::<Integer>().is_err());
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone)]
pub struct Integer(Repr);

#[derive(Clone)]
enum Repr {
    Small(i128),
    /// An integer that would not print as it was spelled, or that is too large.
    Spelled(Box<str>),
}

impl Integer {
    pub(crate) const KEYWORD: &'static str = "type";
    pub(crate) const EXPECTATION: &'static str = "an integer";

    /// Its value, if an `i128` holds it.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(value) => Some(*value),
            Repr::Spelled(text) => Exact::parse(text).to_units().map(|(units, _)| units),
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        (scan::number_end(text.as_bytes(), 0) == Ok(text.len())).then(|| Self::from_number(text)).flatten()
    }

    /// An integer from a number that the reader took from a JSON text.
    #[inline]
    fn from_number(number: &str) -> Option<Self> {
        if let Some((value, 0)) = exact::plain(number) {
            return Some(Self(Repr::Small(value)));
        }
        Exact::parse(number).is_integer().then(|| Self(Repr::Spelled(number.into())))
    }

    fn with_exact<T>(&self, judge: impl FnOnce(Exact<'_>) -> T) -> T {
        match &self.0 {
            Repr::Small(value) => judge(Exact::parse(&value.to_string())),
            Repr::Spelled(text) => judge(Exact::parse(text)),
        }
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(value) => write!(f, "{value}"),
            Repr::Spelled(text) => f.write_str(text),
        }
    }
}

impl Data for Integer {
    const CHECKS: Checks = Checks::NUMBER;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        let start = reader.offset();
        let number = reader.number()?;
        let integer = Self::from_number(number).ok_or_else(|| Refusal::new(Self::KEYWORD, Self::EXPECTATION));
        integer.and_then(|integer| integer.check(rules).map(|()| integer)).map_err(|refusal| refusal.at(start))
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: &Rules) {
        writer.display(self);
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        rules.check_bounds(|bound| match &self.0 {
            Repr::Small(value) => bound.compare(*value, 0),
            Repr::Spelled(text) => bound.compare_exact(Exact::parse(text)),
        })?;
        rules.check_multiple(|divisor| match &self.0 {
            Repr::Small(value) => divisor.divides(*value, 0),
            Repr::Spelled(text) => divisor.divides_exact(Exact::parse(text)),
        })
    }

    fn key(&self) -> String {
        self.to_i128().map_or_else(|| self.to_string(), |value| value.to_string())
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(left), Repr::Small(right)) => left.cmp(right),
            _ => self.with_exact(|left| other.with_exact(|right| left.cmp(&right))),
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Integer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Integer {}

impl Hash for Integer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.with_exact(|exact| exact.hash(state));
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Integer {
            fn from(value: $integer) -> Self {
                Self(Repr::Small(i128::from(value)))
            }
        }
    )*};
}

integers!(u8, u16, u32, u64, i8, i16, i32, i64, i128);
parsed_from_text!(Integer);
serde_by_json!(Integer);
