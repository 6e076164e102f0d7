//! Exact numbers: what JSON spells, as fractions.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde_json::{Number, Value};

/// A fraction of two integers of any size.
pub(super) type Rational = BigRational;

/// Digits with larger exponents would only fill memory.
const MAX_EXPONENT: i64 = 4000;

/// The number that a text spells, if its exponent is of this world.
pub(super) fn parse(digits: &str) -> Option<Rational> {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent - i64::try_from(fraction.len()).ok()?;
    if exponent.abs() > MAX_EXPONENT {
        return None;
    }
    let power = num_traits::pow(BigInt::from(10), usize::try_from(exponent.abs()).ok()?);
    Some(if exponent < 0 { Rational::new(all, power) } else { Rational::from(all * power) })
}

/// The number of a JSON value.
pub(super) fn of(number: &Number) -> Option<Rational> {
    if let Some(small) = number.as_i64() {
        return Some(Rational::from(BigInt::from(small)));
    }
    parse(&number.to_string())
}

/// The nearest JSON number; an integer is spelled with a fraction if it shall be.
pub(super) fn to_json(number: &Rational, is_pointed: bool) -> Option<Value> {
    if number.is_integer() && !is_pointed {
        let whole = number.to_integer();
        if let Ok(small) = i64::try_from(&whole) {
            return Some(small.into());
        }
        if let Ok(small) = u64::try_from(&whole) {
            return Some(small.into());
        }
    }
    let text = decimal(number)?;
    let float: f64 = text.parse().ok()?;
    Number::from_f64(float).map(Value::Number)
}

/// The digits of a number, as many as a float can tell apart.
fn decimal(number: &Rational) -> Option<String> {
    if number.is_integer() {
        return Some(number.to_integer().to_string());
    }
    let mut scale = 0_u32;
    let mut scaled = number.clone();
    let ten = Rational::from(BigInt::from(10));
    while !scaled.is_integer() && (scale < 30 || scaled.abs() < Rational::from(num_traits::pow(BigInt::from(10), 20))) {
        scaled *= &ten;
        scale += 1;
        if scale > 400 {
            return None;
        }
    }
    Some(format!("{}e-{scale}", scaled.to_integer()))
}

/// The smallest number above nothing that both divide.
pub(super) fn common_multiple(a: &Rational, b: &Rational) -> Rational {
    let numerator = num_integer::lcm(a.numer().clone(), b.numer().clone());
    Rational::new(numerator, num_integer::gcd(a.denom().clone(), b.denom().clone()))
}

/// The largest number that divides both, which are above nothing.
pub(super) fn common_divisor(a: &Rational, b: &Rational) -> Rational {
    let numerator = num_integer::gcd(a.numer() * b.denom(), b.numer() * a.denom());
    Rational::new(numerator, a.denom() * b.denom())
}

/// Whether a number is a multiple of another, which is above nothing.
pub(super) fn is_multiple(number: &Rational, of: &Rational) -> bool {
    of.is_zero() || (number / of).is_integer()
}
