//! Punycode (RFC 3492), in which the domain name system spells the labels of other scripts.

/// No label is longer, and its letters are no more than its bytes.
pub(super) const LONGEST: usize = 63;

/// The letters of one label.
pub(super) struct Letters {
    letters: [char; LONGEST],
    count: usize,
}

impl Letters {
    pub(super) const fn new() -> Self {
        Self { letters: ['\0'; LONGEST], count: 0 }
    }

    pub(super) fn as_slice(&self) -> &[char] {
        &self.letters[..self.count]
    }

    /// `None` if there is no room.
    pub(super) fn push(&mut self, letter: char) -> Option<()> {
        self.insert(self.count, letter)
    }

    fn insert(&mut self, at: usize, letter: char) -> Option<()> {
        if self.count == LONGEST || at > self.count {
            return None;
        }
        self.letters.copy_within(at..self.count, at + 1);
        self.letters[at] = letter;
        self.count += 1;
        Some(())
    }
}

/// The characters of a label that Punycode encodes, without the prefix; `None` for a broken one.
pub(super) fn decode(encoded: &str) -> Option<Letters> {
    let (basic, deltas) = match encoded.rsplit_once('-') {
        // A hyphen in front separates nothing from nothing; it is then no digit, either.
        Some((basic, deltas)) if !basic.is_empty() => (basic, deltas),
        _ => ("", encoded),
    };
    let mut letters = Letters::new();
    for letter in basic.chars() {
        letters.push(letter)?;
    }
    let mut bytes = deltas.bytes();
    let (mut scalar, mut index, mut bias) = (128_u32, 0_u32, 72_u32);
    while bytes.len() > 0 {
        let (old, mut weight) = (index, 1_u32);
        for k in (36_u32..).step_by(36) {
            let digit = digit(bytes.next()?)?;
            index = index.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let count = u32::try_from(letters.count).ok()? + 1;
        bias = adapted(index - old, count, old == 0);
        scalar = scalar.checked_add(index / count)?;
        index %= count;
        letters.insert(index as usize, char::from_u32(scalar)?)?;
        index += 1;
    }
    Some(letters)
}

/// The bytes that spell these letters, one after the other; `None` stands for one that is too far
/// from the others to be spelled, which no letters of a label are.
pub(super) fn encode(letters: &[char], mut put: impl FnMut(u8)) -> Option<()> {
    let basic = letters.iter().filter_map(|letter| u8::try_from(*letter).ok().filter(u8::is_ascii));
    let basics = u32::try_from(basic.clone().count()).ok()?;
    basic.for_each(&mut put);
    if basics > 0 {
        put(b'-');
    }
    let (mut delta, mut bias, mut count) = (0_u32, 72_u32, basics);
    let mut least = 128_u32;
    let scalars = || letters.iter().map(|letter| u32::from(*letter));
    // The smallest letters come first, those of one kind from left to right.
    while let Some(next) = scalars().filter(|scalar| *scalar >= least).min() {
        delta = delta.checked_add((next - least).checked_mul(count + 1)?)?;
        for scalar in scalars() {
            if scalar < next {
                delta = delta.checked_add(1)?;
            } else if scalar == next {
                put_delta(delta, bias, &mut put);
                bias = adapted(delta, count + 1, count == basics);
                delta = 0;
                count += 1;
            }
        }
        delta = delta.checked_add(1)?;
        least = next + 1;
    }
    Some(())
}

fn put_delta(mut rest: u32, bias: u32, put: &mut impl FnMut(u8)) {
    let mut digits = |value: u32| put(b"abcdefghijklmnopqrstuvwxyz0123456789"[(value % 36) as usize]);
    for k in (36_u32..).step_by(36) {
        let threshold = k.saturating_sub(bias).clamp(1, 26);
        if rest < threshold {
            break;
        }
        digits(threshold + (rest - threshold) % (36 - threshold));
        rest = (rest - threshold) / (36 - threshold);
    }
    digits(rest);
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        _ => None,
    }
}

fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 35 * 26 / 2 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}
