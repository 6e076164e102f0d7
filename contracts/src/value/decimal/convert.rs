//! Decimals from integers and from the decimals of other packages.

use super::Decimal;

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(integer: $integer) -> Self {
                Self::new(i128::from(integer), 0)
            }
        }
    )*};
}

from_integers!(u8, u16, u32, u64, i8, i16, i32, i64, i128);

#[cfg(feature = "rust_decimal")]
impl From<::rust_decimal::Decimal> for Decimal {
    fn from(decimal: ::rust_decimal::Decimal) -> Self {
        Self::new(decimal.mantissa(), decimal.scale())
    }
}

/// Fails if the number has more digits than a `rust_decimal::Decimal` holds.
#[cfg(feature = "rust_decimal")]
impl TryFrom<&Decimal> for ::rust_decimal::Decimal {
    type Error = crate::refusal::Refusal;

    fn try_from(decimal: &Decimal) -> Result<Self, Self::Error> {
        let parts = decimal.to_parts();
        parts
            .and_then(|(units, scale)| Self::try_from_i128_with_scale(units, scale).ok())
            .ok_or_else(|| crate::refusal::Refusal::new("maximum", "a decimal of at most 28 digits"))
    }
}
