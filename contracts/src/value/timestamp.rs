//! A point in time that keeps its spelling.

mod convert;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::json::{Reader, fill};
use crate::rules::Format;
use crate::value::date::{Date, two_digits};
use crate::value::spelled_as_string;

/// A point in time, as `format: date-time` (RFC 3339) spells it.
///
/// Two are equal if they are the same instant; each prints as it was spelled: offset, digits of
/// the fraction, lower-case letters, leap seconds.
///
/// ```
/// use event_contracts::Timestamp;
///
/// let berlin: Timestamp = "2024-01-15T11:30:00.250+01:00".parse()?;
/// let utc: Timestamp = "2024-01-15T10:30:00.25Z".parse()?;
/// assert_eq!(berlin, utc);
/// assert_eq!(berlin.to_string(), "2024-01-15T11:30:00.250+01:00");
/// assert_eq!(utc.unix_seconds(), 1_705_314_600);
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone)]
pub struct Timestamp {
    seconds: i64,
    /// In a leap second, a thousand million more.
    nanos: u32,
    /// Minutes east of UTC, or `ZULU`.
    offset: i16,
    /// Digits of the fraction, at most nine.
    digits: u8,
    /// The spelling, where the members above would print another one.
    spelling: Option<Box<str>>,
}

/// The offset of a time that is spelled with `Z`.
const ZULU: i16 = i16::MAX;

/// The longest spelling.
const TEMPLATE: [u8; 35] = *b"0000-00-00T00:00:00.000000000+00:00";

const NANOS: u32 = 1_000_000_000;
const DAY: i64 = 86_400;

impl Timestamp {
    /// In UTC, whatever offset it was written with.
    fn canonical(&self) -> String {
        Self::from_unix(self.unix_seconds(), self.subsec_nanos())
            .map_or_else(|| self.to_string(), |time| time.to_string())
    }

    pub(crate) const KEYWORD: &'static str = "format";
    /// Whatever this is keeps to it.
    const FORMAT: Option<Format> = Some(Format::DateTime);
    pub(crate) const EXPECTATION: &'static str = "an RFC 3339 date-time";

    /// The time now, in UTC.
    ///
    /// # Panics
    ///
    /// If the clock of the machine is beyond the year 9999 or before the year 0.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().try_into().expect("the clock shows a year of four digits")
    }

    /// The time `nanos` nanoseconds after `seconds` seconds since 1970-01-01T00:00:00Z, in UTC.
    ///
    /// `None` if its year has not four digits, or if there is a second or more in `nanos`.
    #[must_use]
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        Date::from_days(seconds.div_euclid(DAY))?;
        let digits = match nanos {
            0 => 0,
            nanos if nanos.is_multiple_of(1_000_000) => 3,
            nanos if nanos.is_multiple_of(1_000) => 6,
            nanos if nanos < NANOS => 9,
            _ => return None,
        };
        (nanos < NANOS).then_some(Self { seconds, nanos, offset: ZULU, digits, spelling: None })
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down; a leap second counts as the one
    /// before it.
    #[must_use]
    pub fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds of the second; in a leap second 1,000,000,000 or more. Further digits of the
    /// fraction are kept, but not told here.
    #[must_use]
    pub fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// Minutes east of UTC that the time was spelled with.
    #[must_use]
    pub fn offset_minutes(&self) -> i16 {
        if self.offset == ZULU { 0 } else { self.offset }
    }

    #[inline]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let separator @ (b'T' | b't') = *bytes.get(10)? else { return None };
        let date = Date::parse(text.get(..10)?)?;
        let Time { second, leap, fraction, offset, plain_zone } = parse_time(bytes.get(11..)?)?;
        let digits = u8::try_from(fraction.len()).unwrap_or(u8::MAX);
        let plain = separator == b'T' && plain_zone && !leap && digits <= 9;
        Some(Self {
            seconds: date.days() * DAY + second,
            nanos: nanos_of(fraction) + if leap { NANOS } else { 0 },
            offset,
            digits: digits.min(9),
            spelling: (!plain).then(|| text.into()),
        })
    }

    /// The digits of the fraction after the ninth, without zeros at the end.
    fn beyond_nanos(&self) -> &str {
        let digits = self.spelling.as_deref().and_then(|text| text.get(29..)).unwrap_or_default();
        let end = digits.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(digits.len());
        // Without a fraction of nine digits, what stands there is part of the offset.
        if self.digits < 9 { "" } else { digits[..end].trim_end_matches('0') }
    }

    /// Writes the time over a template of the longest spelling; how much of it was used.
    fn spell(&self, text: &mut [u8; 35]) -> Option<usize> {
        let local = self.seconds + i64::from(self.offset_minutes()) * 60;
        text[..10].copy_from_slice(&Date::from_days(local.div_euclid(DAY))?.spelling());
        let second = u32::try_from(local.rem_euclid(DAY)).ok()?;
        fill(&mut text[11..13], second / 3600);
        fill(&mut text[14..16], second / 60 % 60);
        fill(&mut text[17..19], second % 60);
        if self.digits > 0 {
            fill(&mut text[20..29], self.nanos);
        }
        let zone = if self.digits == 0 { 19 } else { 20 + usize::from(self.digits) };
        if self.offset == ZULU {
            text[zone] = b'Z';
            return Some(zone + 1);
        }
        let minutes = u32::from(self.offset.unsigned_abs());
        text[zone] = if self.offset < 0 { b'-' } else { b'+' };
        fill(&mut text[zone + 1..zone + 3], minutes / 60);
        text[zone + 3] = b':';
        fill(&mut text[zone + 4..zone + 6], minutes % 60);
        Some(zone + 6)
    }

    #[inline]
    fn with_spelling<T>(&self, take: impl FnOnce(&[u8]) -> T) -> T {
        if let Some(spelling) = &self.spelling {
            return take(spelling.as_bytes());
        }
        let mut text = TEMPLATE;
        // A year of four digits can be spelled; no other is ever made.
        let length = self.spell(&mut text).unwrap_or_default();
        take(&text[..length])
    }

    #[inline]
    fn read_plain(_: &mut Reader<'_>) -> Option<Self> {
        None
    }

    fn instant(&self) -> (i64, u32, &str) {
        (self.seconds, self.nanos, self.beyond_nanos())
    }
}

/// A full-time of RFC 3339.
struct Time<'a> {
    /// The second of the day in UTC, counted from the midnight that starts the local day; a leap
    /// second counts as the one before it.
    second: i64,
    leap: bool,
    fraction: &'a [u8],
    offset: i16,
    plain_zone: bool,
}

/// Whether the text is a full-time of RFC 3339, which ends a date-time.
pub(crate) fn is_time(text: &str) -> bool {
    parse_time(text.as_bytes()).is_some()
}

#[inline]
fn parse_time(bytes: &[u8]) -> Option<Time<'_>> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = bytes else { return None };
    let (hour, minute, second) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?, two_digits(*s1, *s2)?);
    let (fraction, zone) = split_fraction(rest)?;
    let (offset, plain_zone) = parse_offset(zone)?;
    let minutes = i64::from(hour) * 60 + i64::from(minute);
    let utc_minutes = minutes - if offset == ZULU { 0 } else { i64::from(offset) };
    let leap = second == 60;
    // A leap second is the last one of a day in UTC.
    if hour > 23 || minute > 59 || second > 60 || (leap && utc_minutes.rem_euclid(1440) != 1439) {
        return None;
    }
    Some(Time { second: utc_minutes * 60 + i64::from(second) - i64::from(leap), leap, fraction, offset, plain_zone })
}

/// The digits of a fraction of seconds, and what follows them.
#[inline]
fn split_fraction(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let [b'.', rest @ ..] = rest else { return Some((&[], rest)) };
    let end = rest.iter().position(|byte| !byte.is_ascii_digit())?;
    (end > 0).then(|| rest.split_at(end))
}

#[inline]
fn nanos_of(fraction: &[u8]) -> u32 {
    (0..9).fold(0, |nanos, place| nanos * 10 + u32::from(fraction.get(place).map_or(0, |digit| digit - b'0')))
}

/// The offset, and whether we would spell it so.
#[inline]
fn parse_offset(zone: &[u8]) -> Option<(i16, bool)> {
    match zone {
        b"Z" => Some((ZULU, true)),
        b"z" => Some((ZULU, false)),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
            let offset = i16::from(hours) * 60 + i16::from(minutes);
            let sound = hours <= 23 && minutes <= 59;
            match sign {
                b'+' => sound.then_some((offset, true)),
                // `-00:00` is a time whose offset is unknown.
                _ => sound.then_some((-offset, offset != 0)),
            }
        }
        _ => None,
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(spelling) = &self.spelling {
            return f.pad(spelling);
        }
        let mut text = TEMPLATE;
        let length = self.spell(&mut text).ok_or(fmt::Error)?;
        f.pad(str::from_utf8(&text[..length]).map_err(|_| fmt::Error)?)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

spelled_as_string!(Timestamp);
