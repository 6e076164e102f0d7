//! Numbers of any size by their digits: exact comparison without arithmetic on them.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use crate::value::remainder;

/// A JSON number as `0.d₁d₂d₃… × 10^lead`, where neither the first nor the last digit is zero.
///
/// The digits stay in the text, so `1e999999999` costs no more than `1`. An exponent that no
/// `i128` holds counts as the greatest that one does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact<'a> {
    negative: bool,
    lead: i128,
    /// The digits before and after the decimal point.
    whole: &'a [u8],
    fraction: &'a [u8],
}

impl<'a> Exact<'a> {
    /// Takes a number apart whose grammar was checked; leading zeros do no harm.
    pub(crate) fn parse(number: &'a str) -> Self {
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (mantissa, exponent) = match number.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)),
            None => (number, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        Self::trimmed(negative, exponent, whole.as_bytes(), fraction.as_bytes())
    }

    fn trimmed(negative: bool, exponent: i128, whole: &'a [u8], fraction: &'a [u8]) -> Self {
        let significant = |digit: &u8| *digit != b'0';
        let digits_left = |whole: &[u8]| exponent.saturating_add(whole.len() as i128);
        let whole = &whole[whole.iter().position(significant).unwrap_or(whole.len())..];
        let fraction = &fraction[..fraction.iter().rposition(significant).map_or(0, |last| last + 1)];
        if let Some(last) = whole.iter().rposition(significant) {
            let lead = digits_left(whole);
            let whole = if fraction.is_empty() { &whole[..=last] } else { whole };
            return Self { negative, lead, whole, fraction };
        }
        match fraction.iter().position(significant) {
            Some(first) => Self {
                negative,
                lead: exponent.saturating_sub(first as i128),
                whole: &[],
                fraction: &fraction[first..],
            },
            // Zero has no digits, and `-0` is `0`.
            None => Self { negative: false, lead: 0, whole: &[], fraction: &[] },
        }
    }

    /// Whether this is a whole number, however it is spelled.
    pub(crate) fn is_integer(&self) -> bool {
        self.len() == 0 || self.lead >= self.len() as i128
    }

    /// The number as `units × 10^-scale` with the smallest scale, if an `i128` holds the units.
    pub(crate) fn to_units(self) -> Option<(i128, u32)> {
        let missing = self.lead.saturating_sub(self.len() as i128);
        let scale = u32::try_from(missing.min(0).unsigned_abs()).ok()?;
        let zeros = u32::try_from(missing.max(0)).ok()?;
        let units = self.digits().try_fold(0_i128, |units, digit| {
            let digit = i128::from(digit - b'0');
            units.checked_mul(10)?.checked_add(if self.negative { -digit } else { digit })
        })?;
        if units == 0 {
            return Some((0, 0));
        }
        Some((units.checked_mul(10_i128.checked_pow(zeros)?)?, scale))
    }

    /// Whether this is a whole multiple of `units × 10^-scale`, which is more than zero.
    pub(crate) fn is_multiple_of(&self, units: u128, scale: i64) -> bool {
        // `D × 10^e`, where the last digit of `D` is not zero.
        let exponent = self.lead.saturating_sub(self.len() as i128).saturating_add(i128::from(scale));
        match u128::try_from(exponent) {
            _ if self.len() == 0 => true,
            _ if units == 0 => false,
            Ok(zeros) => {
                let digits = self.digits().fold(0, |rest, digit| {
                    remainder::sum(remainder::product(rest, 10, units), u128::from(digit - b'0') % units, units)
                });
                remainder::product(digits, remainder::power_of_ten(zeros, units), units) == 0
            }
            // The divisor times a power of ten ends in a zero, and so do its multiples.
            Err(_) => false,
        }
    }

    fn len(&self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.iter().chain(self.fraction).copied()
    }

    fn signum(&self) -> i8 {
        match (self.len(), self.negative) {
            (0, _) => 0,
            (_, true) => -1,
            (_, false) => 1,
        }
    }
}

impl Ord for Exact<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitudes = || self.lead.cmp(&other.lead).then_with(|| self.digits().cmp(other.digits()));
        self.signum().cmp(&other.signum()).then_with(
            || {
                if self.negative { magnitudes().reverse() } else { magnitudes() }
            },
        )
    }
}

impl PartialOrd for Exact<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Exact<'_> {}

impl Hash for Exact<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.signum(), self.lead).hash(state);
        self.digits().for_each(|digit| state.write_u8(digit));
    }
}

fn parse_exponent(text: &str) -> i128 {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    // Less than the extremes, so that adding a few digits' places cannot make them meet.
    let limit = i128::MAX / 4;
    let magnitude = digits.bytes().fold(0_i128, |sum, digit| (sum * 10 + i128::from(digit - b'0')).min(limit / 10));
    if negative { -magnitude } else { magnitude }
}

/// The units and the scale of a number, its grammar checked, that is spelled as we would spell
/// them: no exponent, no leading zero, no negative zero, and few enough digits.
#[inline]
pub(crate) fn plain(number: &str) -> Option<(i128, u32)> {
    let (negative, digits) = match number.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    // 38 digits always fit.
    if digits.len() > 38 || matches!(digits, [] | [b'0', b'0'..=b'9', ..]) {
        return None;
    }
    let mut units = 0_i128;
    let mut scale = None;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                units = units * 10 + i128::from(byte - b'0');
                scale = scale.map(|scale| scale + 1);
            }
            b'.' if scale.is_none() => scale = Some(0_u32),
            _ => return None,
        }
    }
    let scale = scale.unwrap_or(0);
    match (negative, units) {
        (true, 0) => None,
        (true, _) => Some((-units, scale)),
        (false, _) => Some((units, scale)),
    }
}

/// Compares `left × 10^-left_scale` with `right × 10^-right_scale`.
#[inline]
pub(crate) fn compare(left: (i128, i64), right: (i128, i64)) -> Ordering {
    // Zero is zero, whatever its scale; a bound often is.
    if left.1 == right.1 || left.0 == 0 || right.0 == 0 {
        return left.0.cmp(&right.0);
    }
    compare_scaled(left, right)
}

fn compare_scaled(left: (i128, i64), right: (i128, i64)) -> Ordering {
    if left.1 > right.1 {
        return compare_scaled(right, left).reverse();
    }
    // The left side has fewer places: bring it to as many as the right. If that overflows, it is
    // greater in magnitude than anything the right side holds.
    let places = u32::try_from(right.1 - left.1).unwrap_or(u32::MAX);
    match 10_i128.checked_pow(places).and_then(|factor| left.0.checked_mul(factor)) {
        Some(units) => units.cmp(&right.0),
        None => left.0.cmp(&0),
    }
}
