//! A date of the calendar.

use std::fmt;

use crate::json::{Reader, fill};
use crate::rules::Format;
use crate::value::spelled_as_string;

/// A date: year, month and day, as `format: date` spells it.
///
/// ```
/// use event_contracts::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert!("2023-02-29".parse::<Date>().is_err());
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// There is but one spelling.
    fn canonical(&self) -> String {
        self.to_string()
    }

    pub(crate) const KEYWORD: &'static str = "format";
    /// Whatever this is keeps to it.
    const FORMAT: Option<Format> = Some(Format::Date);
    pub(crate) const EXPECTATION: &'static str = "an RFC 3339 date";

    /// The date, if there is such a day, in a year of at most four digits.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap(year) => 29,
            2 => 28,
            _ => return None,
        };
        if year > 9999 || day == 0 || day > days {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year, 0 to 9999.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    #[inline]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [century @ .., b'-', m1, m2, b'-', d1, d2] => {
                let [y1, y2, y3, y4] = *century else { return None };
                let year = u16::from(two_digits(y1, y2)?) * 100 + u16::from(two_digits(y3, y4)?);
                Self::new(year, two_digits(*m1, *m2)?, two_digits(*d1, *d2)?)
            }
            _ => None,
        }
    }

    #[inline]
    fn with_spelling<T>(&self, take: impl FnOnce(&[u8]) -> T) -> T {
        take(&self.spelling())
    }

    #[inline]
    fn read_plain(_: &mut Reader<'_>) -> Option<Self> {
        None
    }

    #[inline]
    pub(crate) fn spelling(self) -> [u8; 10] {
        let mut text = *b"0000-00-00";
        fill(&mut text[..4], u32::from(self.year));
        fill(&mut text[5..7], u32::from(self.month));
        fill(&mut text[8..], u32::from(self.day));
        text
    }

    /// Days since 1970-01-01.
    ///
    /// Years are counted from March, so that the leap day is the last of its year.
    pub(crate) fn days(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month < 3);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - DAYS_TO_EPOCH
    }

    /// The date `days` after 1970-01-01, if its year has at most four digits.
    pub(crate) fn from_days(days: i64) -> Option<Self> {
        // From one era before, so that nothing is negative.
        let days = u32::try_from(days.checked_add(DAYS_TO_EPOCH + 146_097)?).ok()?;
        let (era, day) = (days / 146_097, days % 146_097);
        let year_of_era = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = (era * 400 + year_of_era + u32::from(month < 3)).checked_sub(400)?;
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day_of_month).ok()?)
    }
}

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_EPOCH: i64 = 719_468;

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[inline]
pub(crate) fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.spelling()).map_err(|_| fmt::Error)?)
    }
}

spelled_as_string!(Date);
