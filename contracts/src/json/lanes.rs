//! Sixteen bytes at once: which of them are of a kind, as a mask whose lowest bit stands for the first byte.

/// How many bytes are looked at together.
pub(super) const WIDTH: usize = 16;

/// Bytes that are looked at together.
pub(super) type Lane = [u8; WIDTH];

#[cfg(target_arch = "x86_64")]
pub(super) use self::vectors::{
    ascii_ends, brackets, brackets_or_escapes, equal, has_brackets_or_escapes, string_ends,
};
#[cfg(not(target_arch = "x86_64"))]
pub(super) use self::words::{ascii_ends, brackets, brackets_or_escapes, equal, has_brackets_or_escapes, string_ends};

/// With the vector instructions that every x86-64 has.
#[cfg(target_arch = "x86_64")]
mod vectors {
    use safe_arch::{
        bitor_m128i, cmp_eq_mask_i8_m128i, load_unaligned_m128i, m128i, min_u8_m128i, move_mask_i8_m128i,
        set_splat_i8_m128i, sub_i8_m128i,
    };

    use super::Lane;

    /// Bytes that a plain run of a string ends with: a quote, a backslash or a control character.
    #[inline]
    pub(in crate::json) fn string_ends(lane: &Lane) -> u32 {
        let bytes = load_unaligned_m128i(lane);
        let quotes = cmp_eq_mask_i8_m128i(bytes, all(b'"'));
        let backslashes = cmp_eq_mask_i8_m128i(bytes, all(b'\\'));
        let controls = up_to(bytes, 0x1F);
        mask(bitor_m128i(bitor_m128i(quotes, backslashes), controls))
    }

    /// The same, and bytes that are not ASCII.
    #[inline]
    pub(in crate::json) fn ascii_ends(lane: &Lane) -> u32 {
        string_ends(lane) | mask(load_unaligned_m128i(lane))
    }

    /// Bytes that are this one.
    #[inline]
    pub(in crate::json) fn equal(lane: &Lane, byte: u8) -> u32 {
        mask(cmp_eq_mask_i8_m128i(load_unaligned_m128i(lane), all(byte)))
    }

    /// Bytes that are this curly bracket or the square one of its direction, which lacks a bit.
    #[inline]
    pub(in crate::json) fn brackets(lane: &Lane, curly: u8) -> u32 {
        mask(cmp_eq_mask_i8_m128i(bitor_m128i(load_unaligned_m128i(lane), all(0x20)), all(curly)))
    }

    /// Bytes that are a bracket, curly or square, a backslash or a bar.
    #[inline]
    pub(in crate::json) fn brackets_or_escapes(lane: &Lane) -> u32 {
        mask(up_to(above_brackets(lane), b'}' - b'{'))
    }

    /// Whether any byte of several lanes is one of these.
    #[inline]
    pub(in crate::json) fn has_brackets_or_escapes(lanes: &[Lane]) -> bool {
        let least = lanes.iter().map(above_brackets).fold(all(0xFF), min_u8_m128i);
        mask(up_to(least, b'}' - b'{')) != 0
    }

    /// How far each byte is above the opening brackets, which differ by a bit.
    #[inline]
    fn above_brackets(lane: &Lane) -> m128i {
        sub_i8_m128i(bitor_m128i(load_unaligned_m128i(lane), all(0x20)), all(b'{'))
    }

    #[inline]
    fn up_to(bytes: m128i, most: u8) -> m128i {
        cmp_eq_mask_i8_m128i(min_u8_m128i(bytes, all(most)), bytes)
    }

    #[inline]
    fn all(byte: u8) -> m128i {
        set_splat_i8_m128i(byte.cast_signed())
    }

    #[inline]
    fn mask(bytes: m128i) -> u32 {
        move_mask_i8_m128i(bytes).cast_unsigned()
    }
}

/// With words of eight bytes, where no byte may carry into the next one.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod words {
    use super::Lane;

    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOWS: u64 = ONES * 0x7F;

    /// As of the vectors.
    pub(in crate::json) fn string_ends(lane: &Lane) -> u32 {
        let ends = |word| zeros(word ^ (ONES * 0x22)) | zeros(word ^ (ONES * 0x5C)) | zeros(word & (ONES * 0xE0));
        mask(lane, ends)
    }

    /// As of the vectors.
    pub(in crate::json) fn ascii_ends(lane: &Lane) -> u32 {
        string_ends(lane) | mask(lane, |word| word & (ONES * 0x80))
    }

    /// As of the vectors.
    pub(in crate::json) fn equal(lane: &Lane, byte: u8) -> u32 {
        mask(lane, |word| zeros(word ^ (ONES * u64::from(byte))))
    }

    /// As of the vectors.
    pub(in crate::json) fn brackets(lane: &Lane, curly: u8) -> u32 {
        mask(lane, |word| zeros((word | (ONES * 0x20)) ^ (ONES * u64::from(curly))))
    }

    /// As of the vectors.
    pub(in crate::json) fn brackets_or_escapes(lane: &Lane) -> u32 {
        [b'{', b'|', b'}'].into_iter().fold(0, |all, code| all | brackets(lane, code))
    }

    /// As of the vectors.
    pub(in crate::json) fn has_brackets_or_escapes(lanes: &[Lane]) -> bool {
        lanes.iter().any(|lane| brackets_or_escapes(lane) != 0)
    }

    /// Sets the high bit of each byte that is zero, and no other bit.
    fn zeros(word: u64) -> u64 {
        !(((word & LOWS) + LOWS) | word | LOWS)
    }

    /// One bit for each byte whose high bit `found` sets: the product gathers those of a word in its highest byte.
    fn mask(lane: &Lane, found: impl Fn(u64) -> u64) -> u32 {
        let words = lane.as_chunks().0.iter().rev();
        words.fold(0, |mask, word| {
            let high = found(u64::from_le_bytes(*word)) >> 7;
            mask << 8 | (high.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Lane, ascii_ends, brackets, brackets_or_escapes, equal, has_brackets_or_escapes, string_ends, words};

    /// Each byte in each place, among others that differ from it by a bit.
    #[test]
    fn masks_tell_what_is_there() {
        for byte in 0..=255_u8 {
            for place in 0..16 {
                for around in [b'a', byte ^ 0x20, byte ^ 1, byte.wrapping_add(1), 0xFF] {
                    let mut lane: Lane = [around; 16];
                    lane[place] = byte;
                    holds(&lane);
                }
            }
        }
    }

    fn holds(lane: &Lane) {
        let expected = |is_one: fn(u8) -> bool| {
            lane.iter().enumerate().map(|(place, byte)| u32::from(is_one(*byte)) << place).sum::<u32>()
        };
        let ends = expected(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
        assert_eq!([string_ends(lane), words::string_ends(lane)], [ends; 2], "{lane:?}");
        let ascii = expected(|byte| matches!(byte, b'"' | b'\\' | 0..0x20 | 0x80..));
        assert_eq!([ascii_ends(lane), words::ascii_ends(lane)], [ascii; 2], "{lane:?}");
        let quotes = expected(|byte| byte == b'"');
        assert_eq!([equal(lane, b'"'), words::equal(lane, b'"')], [quotes; 2], "{lane:?}");
        let opening = expected(|byte| matches!(byte, b'[' | b'{'));
        assert_eq!([brackets(lane, b'{'), words::brackets(lane, b'{')], [opening; 2], "{lane:?}");
        let closing = expected(|byte| matches!(byte, b']' | b'}'));
        assert_eq!([brackets(lane, b'}'), words::brackets(lane, b'}')], [closing; 2], "{lane:?}");
        let marks = expected(|byte| matches!(byte, b'['..=b']' | b'{'..=b'}'));
        assert_eq!([brackets_or_escapes(lane), words::brackets_or_escapes(lane)], [marks; 2], "{lane:?}");
        for lanes in [&[*lane][..], &[[b'a'; 16], *lane, [0xFF; 16]]] {
            let found = [has_brackets_or_escapes(lanes), words::has_brackets_or_escapes(lanes)];
            assert_eq!(found, [marks != 0; 2], "{lane:?}");
        }
    }
}
