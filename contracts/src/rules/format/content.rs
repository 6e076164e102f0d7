//! What stands inside a string, as drafts 6 and 7 assert it: bytes that are spelled in letters, and JSON.

/// What a string must hold.
#[derive(Clone, Copy)]
pub(super) struct Content {
    pub(super) encoding: Option<Encoding>,
    /// `application/json`, the one media type that validators look into.
    pub(super) is_json: bool,
}

/// A way to spell bytes in letters, of RFC 4648.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    Base16,
    Base32,
    Base32Hex,
    Base64,
    Base64Url,
}

impl Content {
    /// The keyword that `text` does not satisfy.
    pub(super) fn refused_by(self, text: &str) -> Option<&'static str> {
        const ENCODING: Option<&str> = Some("contentEncoding");
        let decoded = match self.encoding {
            None => None,
            Some(encoding) if !self.is_json => return if encoding.is_valid(text) { None } else { ENCODING },
            // Bytes that are no text belong to the encoding, as validators see it.
            Some(encoding) => match encoding.decode(text).map(String::from_utf8) {
                Some(Ok(decoded)) => Some(decoded),
                _ => return ENCODING,
            },
        };
        let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
        if self.is_json && !is_json(decoded.as_deref().unwrap_or(text)) { Some("contentMediaType") } else { None }
    }
}

impl Encoding {
    fn is_valid(self, text: &str) -> bool {
        self.spells(text, |_| ())
    }

    fn decode(self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(text.len());
        self.spells(text, |byte| bytes.push(byte)).then_some(bytes)
    }

    /// Whether `text` spells bytes, which go to `found` as far as it does.
    fn spells(self, text: &str, mut found: impl FnMut(u8)) -> bool {
        match self {
            // Both cases are allowed, but whatever becomes a digit in upper case is one, as to the oracle of our tests.
            Self::Base16 if !text.bytes().all(|letter| self.value(letter).is_some()) => {
                self.blocks(text.to_uppercase().as_bytes(), &mut found)
            }
            _ => self.blocks(text.as_bytes(), &mut found),
        }
    }

    /// Block by block, each of which may be padded: texts that stand one behind the other decode as what they spell.
    fn blocks(self, text: &[u8], found: &mut impl FnMut(u8)) -> bool {
        let (bits, size) = match self {
            Self::Base16 => (4, 2),
            Self::Base32 | Self::Base32Hex => (5, 8),
            Self::Base64 | Self::Base64Url => (6, 4),
        };
        let blocks = text.chunks_exact(size);
        if !blocks.remainder().is_empty() {
            return false;
        }
        for block in blocks {
            let padding = block.iter().rev().take_while(|letter| **letter == b'=').count();
            let letters = &block[..size - padding];
            // A letter that adds no byte is one too many.
            if letters.is_empty() || letters.len() * bits % 8 >= bits {
                return false;
            }
            let (mut value, mut held) = (0_u32, 0);
            for letter in letters {
                let Some(digit) = self.value(*letter) else { return false };
                value = value << bits | u32::from(digit);
                held += bits;
                if held >= 8 {
                    held -= 8;
                    found((value >> held).to_le_bytes()[0]);
                    value &= (1 << held) - 1;
                }
            }
            // Bits behind the last byte are zero, so that bytes have one spelling.
            if value != 0 {
                return false;
            }
        }
        true
    }

    /// What a letter stands for.
    fn value(self, letter: u8) -> Option<u8> {
        let alphabet: [(u8, u8, u8); 5] = match self {
            Self::Base16 => [(b'0', b'9', 0), (b'A', b'F', 10), NONE, NONE, NONE],
            Self::Base32 => [(b'A', b'Z', 0), (b'2', b'7', 26), NONE, NONE, NONE],
            Self::Base32Hex => [(b'0', b'9', 0), (b'A', b'V', 10), NONE, NONE, NONE],
            Self::Base64 => [(b'A', b'Z', 0), (b'a', b'z', 26), (b'0', b'9', 52), (b'+', b'+', 62), (b'/', b'/', 63)],
            Self::Base64Url => {
                [(b'A', b'Z', 0), (b'a', b'z', 26), (b'0', b'9', 52), (b'-', b'-', 62), (b'_', b'_', 63)]
            }
        };
        let range = alphabet.iter().find(|(first, last, _)| (*first..=*last).contains(&letter));
        range.map(|(first, _, value)| letter - first + value)
    }
}

/// A range of letters without any.
const NONE: (u8, u8, u8) = (1, 0, 0);
