//! The steps that the reader is made of: single tokens, brackets, and what is rare.

use crate::json::reader::{MAX_DEPTH, Members, Reader};
use crate::refusal::Refusal;
use crate::value::tree::Tree;

impl<'a> Reader<'a> {
    #[inline]
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Skips white space; the first byte of the next token.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => {
                let at = self.offset();
                self.bytes().get(at).copied()
            }
        }
    }

    #[inline]
    pub(crate) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    #[inline]
    pub(super) fn take(&mut self, start: usize, end: usize) -> &'a str {
        self.at = end;
        &self.text[start..end]
    }

    #[inline]
    pub(super) fn literal(&mut self, literal: &str) -> bool {
        let start = self.offset();
        let found = self.bytes()[start..].starts_with(literal.as_bytes());
        if found {
            self.at += literal.len();
        }
        found
    }

    #[inline]
    pub(crate) fn punctuation(&mut self, byte: u8, expectation: &'static str) -> Result<(), Refusal> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Refusal::syntax(expectation, self.at))
        }
    }

    /// Reads an integer of at most eighteen digits, which fits in an `i64`, if it is spelled as one; stays if it is not.
    #[inline]
    pub(crate) fn small_integer(&mut self) -> Option<i64> {
        let bytes = self.bytes().get(self.at..)?;
        let (negative, digits) = match bytes {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let mut value = 0;
        let mut count = 0;
        while let Some(digit) = digits.get(count).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            if count == 18 {
                return None;
            }
            value = value * 10 + i64::from(digit);
            count += 1;
        }
        let goes_on = matches!(digits.get(count), Some(b'.' | b'e' | b'E'));
        if count == 0 || goes_on || (digits[0] == b'0' && count > 1) {
            return None;
        }
        self.at += count + usize::from(negative);
        Some(if negative { -value } else { value })
    }

    /// Goes past the opening bracket of an array or object.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), Refusal> {
        if self.depth == MAX_DEPTH {
            return Err(Refusal::new("depth", format!("at most {MAX_DEPTH} levels of nesting")).at(self.at));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Goes past the closing bracket.
    #[inline]
    pub(super) fn leave(&mut self) {
        // A caller may ask once more after the end; that must not wrap around.
        self.depth = self.depth.saturating_sub(1);
        self.at += 1;
    }

    /// `member` where white space stands before the name or around the colon, or another member.
    pub(super) fn spaced_member(&mut self, members: &mut Members, prepared: &'static str) -> Result<bool, Refusal> {
        let before = self.at;
        match self.peek() {
            Some(b',') if !members.first => self.at += 1,
            Some(b'}') => return Ok(false),
            _ if members.first => {}
            _ => return Err(Refusal::syntax("`,` or `}`", self.at)),
        }
        let name = self.offset();
        let quoted = &prepared[..prepared.len() - 1];
        if self.bytes()[name..].starts_with(quoted.as_bytes()) {
            self.at = name + quoted.len();
            self.punctuation(b':', "`:`")?;
            members.first = false;
            return Ok(true);
        }
        self.at = before;
        Ok(false)
    }

    #[cold]
    pub(super) fn same_value(&mut self, start: usize, prepared: &'static str) -> Result<(), Refusal> {
        let raw = self.raw()?;
        if Tree::parse(raw) == Tree::parse(prepared) {
            Ok(())
        } else {
            Err(Refusal::new("const", format!("`{prepared}`")).at(start))
        }
    }

    /// The refusal of a value that is not the one expected: `type` if it is JSON at all.
    #[cold]
    pub(super) fn unexpected(&mut self, expectation: &'static str) -> Refusal {
        let start = self.offset();
        match self.clone().raw() {
            Ok(_) => Refusal::new("type", expectation).at(start),
            Err(broken) => broken,
        }
    }
}
