//! A UUID that keeps the letter case of its spelling.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::json::Reader;
use crate::rules::Format;
use crate::value::spelled_as_string;

/// A UUID: sixteen bytes, and which of its hexadecimal digits were upper case.
///
/// Two are equal if their bytes are, however they were spelled.
///
/// ```
/// use event_contracts::Uuid;
///
/// let upper: Uuid = "6F9619FF-8B86-4D01-B42D-00CF4FC964FF".parse()?;
/// let lower: Uuid = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff".parse()?;
/// assert_eq!(upper, lower);
/// assert_eq!(upper.to_string(), "6F9619FF-8B86-4D01-B42D-00CF4FC964FF");
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone, Copy)]
pub struct Uuid {
    bytes: [u8; 16],
    /// One bit per hexadecimal digit, the first digit lowest.
    upper: u32,
}

impl Uuid {
    /// In lower case, as RFC 9562 asks for.
    fn canonical(&self) -> String {
        self.to_string().to_ascii_lowercase()
    }

    pub(crate) const KEYWORD: &'static str = "format";
    /// Whatever this is keeps to it.
    const FORMAT: Option<Format> = Some(Format::Uuid);
    pub(crate) const EXPECTATION: &'static str = "a UUID";

    /// The UUID of all zeros.
    pub const NIL: Self = Self::from_bytes([0; 16]);

    /// The UUID with these bytes, spelled in lower case.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, upper: 0 }
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    /// Any variant and version, hyphenated 8-4-4-4-12.
    #[inline]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::of_spelling(text.as_bytes().try_into().ok()?)
    }

    #[inline]
    fn of_spelling(text: &[u8; 36]) -> Option<Self> {
        if [text[8], text[13], text[18], text[23]] != *b"----" {
            return None;
        }
        let mut uuid = Self::NIL;
        for (at, (left, right)) in WORDS.into_iter().enumerate() {
            let mut word = [0; 8];
            word[..4].copy_from_slice(&text[left..left + 4]);
            word[4..].copy_from_slice(&text[right..right + 4]);
            let (bytes, upper) = eight_digits(word)?;
            uuid.bytes[4 * at..4 * at + 4].copy_from_slice(&bytes);
            uuid.upper |= u32::from(upper) << (8 * at);
        }
        Some(uuid)
    }

    #[inline]
    fn spelling(&self) -> [u8; 36] {
        let mut text = [b'-'; 36];
        let (quarters, _) = self.bytes.as_chunks::<4>();
        for (at, ((left, right), bytes)) in WORDS.into_iter().zip(quarters).enumerate() {
            let word = spelled(*bytes, (self.upper >> (8 * at)) as u8);
            text[left..left + 4].copy_from_slice(&word[..4]);
            text[right..right + 4].copy_from_slice(&word[4..]);
        }
        text
    }

    #[inline]
    fn with_spelling<T>(&self, take: impl FnOnce(&[u8]) -> T) -> T {
        take(&self.spelling())
    }

    /// Reads a string that is one: its 36 characters are read once, nothing looks for the end of the string first.
    #[inline]
    pub(crate) fn read_plain(reader: &mut Reader<'_>) -> Option<Self> {
        let start = reader.position();
        match reader.bytes().get(start..)?.first_chunk::<38>()? {
            [b'"', text @ .., b'"'] => {
                let uuid = Self::of_spelling(text)?;
                reader.go_to(start + 38);
                Some(uuid)
            }
            _ => None,
        }
    }
}

/// Where the halves of each word of eight digits begin.
const WORDS: [(usize, usize); 4] = [(0, 4), (9, 14), (19, 24), (28, 32)];

/// The eight hexadecimal digits of four bytes, some of them in upper case; worked on at once, as in [`eight_digits`].
#[inline]
fn spelled(bytes: [u8; 4], upper: u8) -> [u8; 8] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let halves = u64::from(u32::from_le_bytes(bytes));
    let halves = (halves | halves << 16) & 0x0000_FFFF_0000_FFFF;
    let pairs = (halves | halves << 8) & 0x00FF_00FF_00FF_00FF;
    let values = (pairs >> 4 | pairs << 8) & (ONES * 0xF);
    let letters = (values + ONES * 6) >> 4 & ONES;
    let mut digits = (values + ONES * u64::from(b'0') + letters * 39).to_le_bytes();
    if upper != 0 {
        let in_upper_case = digits.iter_mut().enumerate().filter(|(at, _)| upper >> at & 1 == 1);
        in_upper_case.for_each(|(_, digit)| digit.make_ascii_uppercase());
    }
    digits
}

/// The four bytes that eight hexadecimal digits spell, and which digits are upper case.
///
/// All eight are worked on at once, one per byte of a word.
#[inline]
fn eight_digits(digits: [u8; 8]) -> Option<([u8; 4], u8)> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let word = u64::from_le_bytes(digits);
    let lower = word | (ONES * 0x20);
    // Sets the high bit of each byte that is at least `least`, as long as all are ASCII.
    let reach = |word: u64, least: u8| word + ONES * u64::from(0x80 - least);
    let is_digit = reach(word & !HIGHS, b'0') & !reach(word & !HIGHS, b'9' + 1);
    let is_letter = reach(lower & !HIGHS, b'a') & !reach(lower & !HIGHS, b'f' + 1);
    if (is_digit | is_letter) & !word & HIGHS != HIGHS {
        return None;
    }
    let letters = word >> 6 & ONES;
    let values = (word & (ONES * 0xF)) + letters * 9;
    let pairs = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF;
    let [b0, _, b1, _, b2, _, b3, _] = pairs.to_le_bytes();
    // The product moves the low bit of each byte to one byte at the top.
    let upper = (letters & !(word >> 5)).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    Some(([b0, b1, b2, b3], upper as u8))
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelling = self.spelling();
        f.pad(str::from_utf8(&spelling).map_err(|_| fmt::Error)?)
    }
}

impl PartialEq for Uuid {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Uuid {}

impl PartialOrd for Uuid {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Uuid {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl Hash for Uuid {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

#[cfg(feature = "uuid")]
impl Uuid {
    /// A random UUID, of version 4.
    #[must_use]
    pub fn new_v4() -> Self {
        ::uuid::Uuid::new_v4().into()
    }

    /// A UUID that sorts by the time it was made, of version 7.
    #[must_use]
    pub fn now_v7() -> Self {
        ::uuid::Uuid::now_v7().into()
    }
}

#[cfg(feature = "uuid")]
impl From<::uuid::Uuid> for Uuid {
    fn from(uuid: ::uuid::Uuid) -> Self {
        Self::from_bytes(uuid.into_bytes())
    }
}

#[cfg(feature = "uuid")]
impl From<Uuid> for ::uuid::Uuid {
    fn from(uuid: Uuid) -> Self {
        Self::from_bytes(uuid.bytes)
    }
}

spelled_as_string!(Uuid);
