//! Decimal digits, two at a time.

/// `00` to `99`.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut value = 0;
    while value < 100 {
        pairs[value] = [b'0' + (value / 10) as u8, b'0' + (value % 10) as u8];
        value += 1;
    }
    pairs
};

/// The digits of a number, at the end of a buffer that holds any.
pub(crate) struct Digits {
    buffer: [u8; 20],
    start: usize,
}

impl Digits {
    #[inline]
    pub(crate) fn of(mut value: u64) -> Self {
        let mut buffer = [b'0'; 20];
        let mut start = buffer.len();
        while value >= 10 {
            start -= 2;
            buffer[start..start + 2].copy_from_slice(&PAIRS[(value % 100) as usize]);
            value /= 100;
        }
        // One digit is left, unless the number has an even count of them.
        if value > 0 || start == buffer.len() {
            start -= 1;
            buffer[start] = b'0' + value as u8;
        }
        Self { buffer, start }
    }

    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }
}

/// Writes `value` in decimal, with zeros in front, into all of `places`.
#[inline]
pub(crate) fn fill(places: &mut [u8], mut value: u32) {
    let mut pairs = places.rchunks_exact_mut(2);
    for pair in &mut pairs {
        pair.copy_from_slice(&PAIRS[(value % 100) as usize]);
        value /= 100;
    }
    if let [first] = pairs.into_remainder() {
        *first = b'0' + (value % 10) as u8;
    }
}
