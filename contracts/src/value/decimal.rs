//! An exact decimal number of any size.

mod convert;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::data::{Checks, Data};
use crate::json::{Reader, Writer, scan};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::value::exact::{self, Exact};
use crate::value::{parsed_from_text, serde_by_json};

/// An exact number, such as an amount of money: `24.90` keeps its zero and is never an `f64`.
///
/// Decimals compare by value, whatever their size, and print as they were spelled.
///
/// ```
/// use event_contracts::Decimal;
///
/// let price: Decimal = "24.90".parse()?;
/// assert_eq!(price, Decimal::new(249, 1));
/// assert_eq!(price.to_string(), "24.90");
/// assert_eq!(price.checked_mul(&Decimal::from(3)).unwrap().to_string(), "74.70");
/// assert!("1e999999999".parse::<Decimal>()? > price);
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone)]
pub struct Decimal(Repr);

#[derive(Clone)]
enum Repr {
    /// Prints as plain digits with `scale` of them after the point.
    Units { units: i128, scale: u32 },
    /// A number that would not print as it was spelled, or that is too large.
    Spelled(Box<str>),
}

impl Decimal {
    pub(crate) const KEYWORD: &'static str = "format";
    pub(crate) const EXPECTATION: &'static str = "a decimal number";

    /// Zero.
    pub const ZERO: Self = Self::new(0, 0);

    /// The number `units × 10^-scale`: `Decimal::new(2490, 2)` is `24.90`.
    #[must_use]
    pub const fn new(units: i128, scale: u32) -> Self {
        Self(Repr::Units { units, scale })
    }

    /// The units of `units × 10^-scale`, if an `i128` holds them.
    #[must_use]
    pub fn units(&self) -> Option<i128> {
        self.to_parts().map(|(units, _)| units)
    }

    /// The scale of `units × 10^-scale`, if an `i128` holds the units.
    #[must_use]
    pub fn scale(&self) -> Option<u32> {
        self.to_parts().map(|(_, scale)| scale)
    }

    /// Units and scale at once. The scale is that of the spelling, if it has no exponent.
    #[must_use]
    pub fn to_parts(&self) -> Option<(i128, u32)> {
        match &self.0 {
            Repr::Units { units, scale } => Some((*units, *scale)),
            Repr::Spelled(text) => Exact::parse(text).to_units(),
        }
    }

    /// Whether this is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.with_exact(|exact| exact.is_integer())
    }

    /// The sum, if it can be told in an `i128` of units.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self::new(left.checked_add(right)?, scale))
    }

    /// The difference, if it can be told in an `i128` of units.
    #[must_use]
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self::new(left.checked_sub(right)?, scale))
    }

    /// The product, if it can be told in an `i128` of units.
    #[must_use]
    pub fn checked_mul(&self, other: &Self) -> Option<Self> {
        let ((left, left_scale), (right, right_scale)) = (self.to_parts()?, other.to_parts()?);
        Some(Self::new(left.checked_mul(right)?, left_scale.checked_add(right_scale)?))
    }

    /// Both numbers in units of the same scale.
    fn aligned(&self, other: &Self) -> Option<(i128, i128, u32)> {
        let ((left, left_scale), (right, right_scale)) = (self.to_parts()?, other.to_parts()?);
        let scale = left_scale.max(right_scale);
        let align = |units: i128, from: u32| units.checked_mul(10_i128.checked_pow(scale - from)?);
        Some((align(left, left_scale)?, align(right, right_scale)?, scale))
    }

    /// A number that the reader took from a JSON text.
    #[inline]
    fn from_number(number: &str) -> Self {
        match exact::plain(number) {
            Some((units, scale)) => Self::new(units, scale),
            None => Self(Repr::Spelled(number.into())),
        }
    }

    /// A number by the grammar of JSON, where leading zeros do no harm.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let zeros = digits.len() - without_leading_zeros(digits).len();
        let number = &digits.as_bytes()[zeros..];
        let sound = number.first()? != &b'-' && scan::number_end(number, 0) == Ok(number.len());
        sound.then(|| Self::from_number(text))
    }

    /// How JSON spells it as a number: a decimal from a string may have zeros in front.
    fn number_spelling(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Units { .. } => Cow::Owned(self.to_string()),
            Repr::Spelled(text) => match text.strip_prefix('-') {
                Some(digits) if leads_with_zero(digits) => Cow::Owned(format!("-{}", without_leading_zeros(digits))),
                Some(_) => Cow::Borrowed(text),
                None => Cow::Borrowed(without_leading_zeros(text)),
            },
        }
    }

    fn with_exact<T>(&self, judge: impl FnOnce(Exact<'_>) -> T) -> T {
        match &self.0 {
            Repr::Units { .. } => judge(Exact::parse(&self.to_string())),
            Repr::Spelled(text) => judge(Exact::parse(text)),
        }
    }

    fn check_number(&self, rules: &Rules) -> Result<(), Refusal> {
        rules.check_bounds(|bound| match &self.0 {
            Repr::Units { units, scale } => bound.compare(*units, *scale),
            Repr::Spelled(text) => bound.compare_exact(Exact::parse(text)),
        })?;
        rules.check_multiple(|divisor| match &self.0 {
            Repr::Units { units, scale } => divisor.divides(*units, *scale),
            Repr::Spelled(text) => divisor.divides_exact(Exact::parse(text)),
        })
    }
}

fn leads_with_zero(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'0', b'0'..=b'9', ..])
}

fn without_leading_zeros(mut digits: &str) -> &str {
    while leads_with_zero(digits) {
        digits = &digits[1..];
    }
    digits
}

/// More digits after the point than this are told by an exponent: nobody reads so many zeros, and a
/// scale may be as large as a `u32`.
const LONGEST_FRACTION: u32 = 76;

/// Writes `units × 10^-scale` with `scale` digits after the point.
pub(crate) fn write_units(f: &mut fmt::Formatter<'_>, units: i128, scale: u32) -> fmt::Result {
    match scale {
        0 => return write!(f, "{units}"),
        1..=LONGEST_FRACTION => {}
        _ => return write!(f, "{units}e-{scale}"),
    }
    let sign = if units < 0 { "-" } else { "" };
    let scale = scale as usize;
    let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    write!(f, "{sign}{whole}.{fraction}")
}

impl Decimal {
    /// Sign, digits and the number of decimal places, if they are few; more digits, or an exponent, are rare.
    fn small(&self) -> Option<(bool, u64, usize)> {
        let Repr::Units { units, scale } = self.0 else { return None };
        let magnitude = u64::try_from(units.unsigned_abs()).ok()?;
        (scale <= LONGEST_FRACTION).then_some((units < 0, magnitude, scale as usize))
    }
}

/// The number as text, written into zeros from their end.
fn spelled(buffer: &mut [u8; 128], negative: bool, mut magnitude: u64, scale: usize) -> &str {
    let mut at = buffer.len();
    let mut places = 0;
    while magnitude > 0 || places <= scale {
        if places == scale && scale > 0 {
            at -= 1;
            buffer[at] = b'.';
        }
        at -= 1;
        buffer[at] = b'0' + (magnitude % 10) as u8;
        magnitude /= 10;
        places += 1;
    }
    if negative {
        at -= 1;
        buffer[at] = b'-';
    }
    str::from_utf8(&buffer[at..]).expect("digits are ASCII")
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Units { units, scale } => write_units(f, *units, *scale),
            Repr::Spelled(text) => f.write_str(text),
        }
    }
}

impl Data for Decimal {
    const CHECKS: Checks = Checks::NUMBER.or(Checks::STRING).or(Checks::TEXT);

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        let start = reader.offset();
        if rules.text {
            let text = reader.string()?;
            rules.check_text(&text).map_err(|refusal| refusal.at(start))?;
            return text.parse().map_err(|refusal: Refusal| refusal.at(start));
        }
        let number = Self::from_number(reader.number()?);
        number.check_number(rules).map_err(|refusal| refusal.at(start))?;
        Ok(number)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, rules: &Rules) {
        let quote = if rules.text { "\"" } else { "" };
        match self.small() {
            Some((negative, magnitude, scale)) => {
                writer.raw(quote);
                match scale {
                    0 => writer.integer(negative, magnitude),
                    scale => writer.decimal(negative, magnitude, scale),
                }
                writer.raw(quote);
            }
            None if rules.text => writer.plain_string(self),
            None => writer.raw(&self.number_spelling()),
        }
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        match rules.text {
            true if rules.has_text_rules() => match self.small() {
                Some((negative, magnitude, scale)) => {
                    let mut buffer = [b'0'; 128];
                    rules.check_text(spelled(&mut buffer, negative, magnitude, scale))
                }
                None => rules.check_text(&self.to_string()),
            },
            true => Ok(()),
            false => self.check_number(rules),
        }
    }

    fn key(&self) -> String {
        let Some((mut units, mut scale)) = self.to_parts() else { return self.to_string() };
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Self::new(units, scale).to_string()
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Units { units: left, scale: left_scale }, Repr::Units { units: right, scale: right_scale }) => {
                exact::compare((*left, i64::from(*left_scale)), (*right, i64::from(*right_scale)))
            }
            _ => self.with_exact(|left| other.with_exact(|right| left.cmp(&right))),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.with_exact(|exact| exact.hash(state));
    }
}

parsed_from_text!(Decimal);
serde_by_json!(Decimal);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_digits_are_spelled_as_they_are_displayed() {
        for (units, scale) in
            [(0, 0), (0, 2), (5, 2), (-5, 2), (12_345, 2), (-7, 0), (100, 3), (1, 76), (i128::from(u64::MAX), 9)]
        {
            let number = Decimal(Repr::Units { units, scale });
            let (negative, magnitude, places) = number.small().unwrap();
            assert_eq!(spelled(&mut [b'0'; 128], negative, magnitude, places), number.to_string());
        }
    }
}
