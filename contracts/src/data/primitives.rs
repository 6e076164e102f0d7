//! `Data` of the types that Rust has by itself.

use std::fmt::Display;

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

    #[inline(always)]
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

/// The schema may admit more than the type; then the type's limits are the schema's.
#[cold]
fn outside(negative: bool, least: impl Display, most: impl Display) -> Refusal {
    if negative {
        Refusal::new("minimum", format!("at least {least}"))
    } else {
        Refusal::new("maximum", format!("at most {most}"))
    }
}

/// The value of a JSON number that is an integer, however it is spelled; `Err` holds the sign of
/// one that is beyond an `i128`.
#[cold]
fn integer(number: &str) -> Result<Option<i128>, bool> {
    let exact = Exact::parse(number);
    match exact.to_units() {
        _ if !exact.is_integer() => Ok(None),
        Some((units, _)) => Ok(Some(units)),
        None => Err(number.starts_with('-')),
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
                if let Some(value) = reader.small_integer() {
                    rules.check_bounds(|bound| bound.compare_integer(value)).map_err(refused)?;
                    if rules.multiple_of.is_some() {
                        rules.check_multiple(|divisor| divisor.divides(value.into(), 0)).map_err(refused)?;
                    }
                    return Self::try_from(value).map_err(|_| refused(outside(value < 0, Self::MIN, Self::MAX)));
                }
                let value = match integer(reader.number()?) {
                    Ok(Some(value)) => value,
                    Ok(None) => return Err(refused(Refusal::new("type", "an integer"))),
                    Err(negative) => if negative { i128::MIN } else { i128::MAX },
                };
                rules.check_bounds(|bound| bound.compare(value, 0)).map_err(refused)?;
                rules.check_multiple(|divisor| divisor.divides(value, 0)).map_err(refused)?;
                Self::try_from(value).map_err(|_| refused(outside(value < 0, Self::MIN, Self::MAX)))
            }

            #[inline]
            fn write(&self, writer: &mut Writer, _: &Rules) {
                // None of these types is wider.
                writer.integer(i128::from(*self) < 0, i128::from(*self).unsigned_abs() as u64);
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
