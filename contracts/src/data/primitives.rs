//! `Data` of the types that Rust has by itself.

use crate::data::{Checks, Data};
use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::value::exact::Exact;

impl Data for bool {
    const CHECKS: Checks = Checks::NOTHING;

    #[inline]
    fn read(reader: &mut Reader<'_>, _: &Rules) -> Result<Self, Refusal> {
        reader.boolean()
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: &Rules) {
        writer.raw(if *self { "true" } else { "false" });
    }

    #[inline]
    fn check(&self, _: &Rules) -> Result<(), Refusal> {
        Ok(())
    }
}

impl Data for String {
    const CHECKS: Checks = Checks::STRING;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        let start = reader.offset();
        let text = reader.string()?;
        rules.check_text(&text).map_err(|refusal| refusal.at(start))?;
        Ok(text.into_owned())
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: &Rules) {
        writer.string(self);
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        rules.check_text(self)
    }
}

impl<T: Data> Data for Box<T> {
    const CHECKS: Checks = T::CHECKS;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        T::read(reader, rules).map(Self::new)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, rules: &Rules) {
        (**self).write(writer, rules);
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        (**self).check(rules)
    }
}

/// The value of a JSON number that is an integer, however it is spelled; `Err` holds the sign of
/// one that is beyond an `i128`.
#[inline]
fn integer(number: &str) -> Result<Option<i128>, bool> {
    let digits = number.strip_prefix('-').unwrap_or(number);
    // Eighteen digits fit in an `i64`, and nearly all integers have fewer.
    if digits.len() <= 18 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        let value = digits.bytes().fold(0_i64, |value, digit| value * 10 + i64::from(digit - b'0'));
        return Ok(Some(i128::from(if digits.len() < number.len() { -value } else { value })));
    }
    let exact = Exact::parse(number);
    match exact.to_units() {
        _ if !exact.is_integer() => Ok(None),
        Some((units, _)) => Ok(Some(units)),
        None => Err(digits.len() < number.len()),
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Data for $type {
            const CHECKS: Checks = Checks::NUMBER;

            #[inline]
            fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
                let start = reader.offset();
                let refused = |refusal: Refusal| refusal.at(start);
                let value = match integer(reader.number()?) {
                    Ok(Some(value)) => value,
                    Ok(None) => return Err(refused(Refusal::new("type", "an integer"))),
                    Err(negative) => if negative { i128::MIN } else { i128::MAX },
                };
                rules.check_bounds(|bound| bound.compare(value, 0)).map_err(refused)?;
                rules.check_multiple(|divisor| divisor.divides(value, 0)).map_err(refused)?;
                // The schema may admit more than the type; then the type's limits are the schema's.
                Self::try_from(value).map_err(|_| refused(if value < 0 {
                    Refusal::new("minimum", format!("at least {}", Self::MIN))
                } else {
                    Refusal::new("maximum", format!("at most {}", Self::MAX))
                }))
            }

            #[inline]
            fn write(&self, writer: &mut Writer, _: &Rules) {
                writer.display(self);
            }

            #[inline]
            fn check(&self, rules: &Rules) -> Result<(), Refusal> {
                let value = i128::from(*self);
                rules.check_bounds(|bound| bound.compare(value, 0))?;
                rules.check_multiple(|divisor| divisor.divides(value, 0))
            }
        }
    )*};
}

integers!(u8 u16 u32 u64 i8 i16 i32 i64);
