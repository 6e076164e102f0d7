//! Times of the standard library and of other packages, and steps between times.

use std::ops::{Add, Sub};
use std::time::Duration;

use super::{DAY, Date, NANOS, SystemTime, Timestamp, UNIX_EPOCH};
use crate::refusal::Refusal;

impl Timestamp {
    /// The time `duration` later, under the same offset; `None` beyond the year 9999.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        let seconds = self.seconds.checked_add_unsigned(duration.as_secs())?;
        self.moved(seconds, i64::from(self.nanos) + i64::from(duration.subsec_nanos()))
    }

    /// The time `duration` earlier, under the same offset; `None` before the year 0.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        let seconds = self.seconds.checked_sub_unsigned(duration.as_secs())?;
        self.moved(seconds, i64::from(self.nanos) - i64::from(duration.subsec_nanos()))
    }

    /// The time from the other one to this; `None` if the other one is later.
    #[must_use]
    pub fn duration_since(&self, earlier: &Self) -> Option<Duration> {
        let seconds = self.seconds.checked_sub(earlier.seconds)?;
        let nanos = i128::from(seconds) * i128::from(NANOS) + i128::from(self.nanos) - i128::from(earlier.nanos);
        let nanos = u128::try_from(nanos).ok()?;
        let second = u128::from(NANOS);
        Some(Duration::new(u64::try_from(nanos / second).ok()?, u32::try_from(nanos % second).ok()?))
    }

    fn moved(&self, seconds: i64, nanos: i64) -> Option<Self> {
        let second = i64::from(NANOS);
        let seconds = seconds.checked_add(nanos.div_euclid(second))?;
        let moved = Self::from_unix(seconds, u32::try_from(nanos.rem_euclid(second)).ok()?)?;
        let local = seconds + i64::from(self.offset_minutes()) * 60;
        // At the edge of the calendar, an offset may lead out of it.
        let offset = Date::from_days(local.div_euclid(DAY)).map_or(super::ZULU, |_| self.offset);
        Some(Self { offset, digits: moved.digits.max(self.digits), ..moved })
    }
}

/// # Panics
///
/// Beyond the year 9999.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration).expect("the year has four digits")
    }
}

/// # Panics
///
/// Before the year 0.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration).expect("the year is not negative")
    }
}

fn out_of_range() -> Refusal {
    Refusal::new(Timestamp::KEYWORD, "a time in a year of four digits")
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = Refusal;

    fn try_from(time: SystemTime) -> Result<Self, Refusal> {
        let epoch = Self::from_unix(0, 0).ok_or_else(out_of_range)?;
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => epoch.checked_add(after),
            Err(before) => epoch.checked_sub(before.duration()),
        }
        .ok_or_else(out_of_range)
    }
}

/// A leap second becomes the second after it, since the clock of the system has none.
impl From<&Timestamp> for SystemTime {
    fn from(time: &Timestamp) -> Self {
        let nanos = Duration::from_nanos(u64::from(time.nanos));
        match u64::try_from(time.seconds) {
            Ok(seconds) => UNIX_EPOCH + Duration::from_secs(seconds) + nanos,
            Err(_) => UNIX_EPOCH - Duration::from_secs(time.seconds.unsigned_abs()) + nanos,
        }
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        Self::from(&time)
    }
}

#[cfg(feature = "jiff")]
impl TryFrom<::jiff::Timestamp> for Timestamp {
    type Error = Refusal;

    fn try_from(time: ::jiff::Timestamp) -> Result<Self, Refusal> {
        let nanos = time.as_nanosecond();
        let second = i128::from(NANOS);
        let seconds = i64::try_from(nanos.div_euclid(second)).map_err(|_| out_of_range())?;
        let nanos = u32::try_from(nanos.rem_euclid(second)).map_err(|_| out_of_range())?;
        Self::from_unix(seconds, nanos).ok_or_else(out_of_range)
    }
}

#[cfg(feature = "jiff")]
impl TryFrom<&Timestamp> for ::jiff::Timestamp {
    type Error = Refusal;

    fn try_from(time: &Timestamp) -> Result<Self, Refusal> {
        let nanos = i128::from(time.seconds) * i128::from(NANOS) + i128::from(time.nanos);
        Self::from_nanosecond(nanos).map_err(|_| out_of_range())
    }
}

#[cfg(feature = "chrono")]
impl TryFrom<::chrono::DateTime<::chrono::Utc>> for Timestamp {
    type Error = Refusal;

    fn try_from(time: ::chrono::DateTime<::chrono::Utc>) -> Result<Self, Refusal> {
        // chrono counts a leap second as we do; it is spelled as the second after it.
        let nanos = time.timestamp_subsec_nanos();
        let leap = i64::from(nanos / NANOS);
        Self::from_unix(time.timestamp() + leap, nanos % NANOS).ok_or_else(out_of_range)
    }
}

#[cfg(feature = "chrono")]
impl TryFrom<&Timestamp> for ::chrono::DateTime<::chrono::Utc> {
    type Error = Refusal;

    fn try_from(time: &Timestamp) -> Result<Self, Refusal> {
        Self::from_timestamp(time.seconds, time.nanos).ok_or_else(out_of_range)
    }
}
