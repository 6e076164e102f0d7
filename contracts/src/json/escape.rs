//! Strings with escapes: the slow path of reading them.

use crate::json::Reader;
use crate::json::scan;
use crate::refusal::Refusal;

impl Reader<'_> {
    /// Reads on a string whose plain run from `start` ends at `end`, with something else than a quote.
    #[cold]
    pub(crate) fn escaped_string(&mut self, start: usize, end: usize) -> Result<String, Refusal> {
        let mut string = String::with_capacity((end - start) * 2 + 16);
        let (mut run, mut end) = (start, end);
        loop {
            string.push_str(&self.text()[run..end]);
            match self.bytes().get(end) {
                Some(b'"') => {
                    self.go_to(end + 1);
                    return Ok(string);
                }
                Some(b'\\') => {
                    let (letter, after) = self.escape(end + 1)?;
                    string.push(letter);
                    run = after;
                }
                Some(_) => return Err(Refusal::syntax("no control character in a string", end)),
                None => return Err(Refusal::syntax("the closing quote of a string", end)),
            }
            end = scan::plain_end(self.bytes(), run);
        }
    }

    /// Goes past a string whose opening quote is next, without building it.
    pub(crate) fn skip_string(&mut self) -> Result<(), Refusal> {
        let mut end = scan::plain_end(self.bytes(), self.position() + 1);
        loop {
            match self.bytes().get(end) {
                Some(b'"') => {
                    self.go_to(end + 1);
                    return Ok(());
                }
                Some(b'\\') => {
                    let (_, after) = self.escape(end + 1)?;
                    end = scan::plain_end(self.bytes(), after);
                }
                Some(_) => return Err(Refusal::syntax("no control character in a string", end)),
                None => return Err(Refusal::syntax("the closing quote of a string", end)),
            }
        }
    }

    /// The character of the escape whose backslash stands before `at`, and the offset after it.
    fn escape(&self, at: usize) -> Result<(char, usize), Refusal> {
        let letter = match self.bytes().get(at) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(at + 1),
            _ => return Err(Refusal::syntax("an escape that JSON knows", at)),
        };
        Ok((letter, at + 1))
    }

    /// The character of a `\u` escape, or of two that make a surrogate pair.
    fn unicode_escape(&self, at: usize) -> Result<(char, usize), Refusal> {
        let lone = || Refusal::syntax("both halves of a surrogate pair", at);
        let unit = self.four_digits(at)?;
        if let Some(letter) = char::from_u32(unit) {
            return Ok((letter, at + 4));
        }
        let second = self.bytes().get(at + 4..at + 6) == Some(b"\\u");
        if unit > 0xDBFF || !second {
            return Err(lone());
        }
        let low = self.four_digits(at + 6)?;
        if !(0xDC00..=0xDFFF).contains(&low) {
            return Err(lone());
        }
        let scalar = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        char::from_u32(scalar).map(|letter| (letter, at + 10)).ok_or_else(lone)
    }

    fn four_digits(&self, at: usize) -> Result<u32, Refusal> {
        let digits = self.bytes().get(at..at + 4).unwrap_or_default();
        let unit = digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?));
        match unit {
            Some(unit) if digits.len() == 4 => Ok(unit),
            _ => Err(Refusal::syntax("four hexadecimal digits", at)),
        }
    }
}
