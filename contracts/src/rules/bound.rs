//! The exact number that a bound of a schema is.

use std::cmp::Ordering;
use std::fmt;

use crate::value::decimal::write_units;
use crate::value::exact::{self, Exact};

/// A bound, exact: `units × 10^-scale`.
///
/// ```
/// use event_contracts::rules::Bound;
///
/// assert_eq!(Bound::new(5, 2).to_string(), "0.05");
/// assert_eq!(Bound::integer(7).to_string(), "7");
/// assert_eq!(Bound::new(17_976_931_348_623_157, -292).to_string(), "17976931348623157e292");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    units: i128,
    scale: i32,
}

/// More zeros in front of the point than this are told by an exponent.
const LONGEST_TAIL: u32 = 20;

impl Bound {
    /// The bound `units × 10^-scale`.
    #[must_use]
    pub const fn new(units: i128, scale: i32) -> Self {
        Self { units, scale }
    }

    /// A whole bound.
    #[must_use]
    pub const fn integer(units: i128) -> Self {
        Self::new(units, 0)
    }

    /// How `units × 10^-scale` compares with this bound.
    #[inline]
    #[must_use]
    pub fn compare(self, units: i128, scale: u32) -> Ordering {
        exact::compare((units, i64::from(scale)), (self.units, i64::from(self.scale)))
    }

    /// How an integer compares with this bound, which nearly always is one, too.
    #[inline]
    pub(crate) fn compare_integer(self, value: i64) -> Ordering {
        match i64::try_from(self.units) {
            Ok(units) if self.scale == 0 || units == 0 => value.cmp(&units),
            _ => self.compare(i128::from(value), 0),
        }
    }

    /// How a number of any size compares with this bound.
    pub(crate) fn compare_exact(self, number: Exact<'_>) -> Ordering {
        number.cmp(&Exact::parse(&self.to_string()))
    }

    /// Whether `units × 10^-scale` is a whole multiple of this bound.
    #[must_use]
    pub fn divides(self, mut units: i128, scale: u32) -> bool {
        let mut places = i64::from(scale);
        while places > i64::from(self.scale) && units % 10 == 0 && units != 0 {
            units /= 10;
            places -= 1;
        }
        let zeros = i64::from(self.scale) - places;
        match u32::try_from(zeros).ok().and_then(|zeros| units.checked_mul(10_i128.checked_pow(zeros)?)) {
            _ if units == 0 => true,
            Some(units) if self.units != 0 => units.unsigned_abs().is_multiple_of(self.units.unsigned_abs()),
            Some(_) => false,
            // Places that the divisor does not have, or more zeros than fit.
            None => zeros > 0 && self.divides_exact(Exact::parse(&format!("{units}e{}", -places))),
        }
    }

    /// Whether a number of any size is a whole multiple of this bound.
    pub(crate) fn divides_exact(self, number: Exact<'_>) -> bool {
        number.is_multiple_of(self.units.unsigned_abs(), i64::from(self.scale))
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u32::try_from(self.scale) {
            Ok(scale) => write_units(f, self.units, scale),
            Err(_) if self.units == 0 => f.write_str("0"),
            Err(_) => {
                let zeros = self.scale.unsigned_abs();
                write!(f, "{}", self.units)?;
                if zeros > LONGEST_TAIL { write!(f, "e{zeros}") } else { write!(f, "{:0<1$}", "", zeros as usize) }
            }
        }
    }
}
