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
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    units: i128,
    scale: u32,
}

impl Bound {
    /// The bound `units × 10^-scale`.
    #[must_use]
    pub const fn new(units: i128, scale: u32) -> Self {
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
        exact::compare((units, scale), (self.units, self.scale))
    }

    /// How a number of any size compares with this bound.
    pub(crate) fn compare_exact(self, number: Exact<'_>) -> Ordering {
        number.cmp(&Exact::parse(&self.to_string()))
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_units(f, self.units, self.scale)
    }
}
