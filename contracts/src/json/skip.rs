//! Going past a value without keeping it, checking all of it on the way.

use std::borrow::Cow;

use crate::json::reader::Reader;
use crate::json::scan;
use crate::refusal::Refusal;

/// From this many members on, names are sorted once at the end instead of compared one by one.
const FEW: usize = 16;

/// The names of the members of all objects that are open, innermost last, with their offsets.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'a>(Vec<(Cow<'a, str>, usize)>);

impl<'a> Names<'a> {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Notes a name of the object whose names begin at `base`; refuses it if it is among the first
    /// few and was there already.
    fn push(&mut self, base: usize, name: Cow<'a, str>, offset: usize) -> Result<(), Refusal> {
        let earlier = &self.0[base..];
        if earlier.len() < FEW && earlier.iter().any(|(known, _)| *known == name) {
            return Err(Refusal::duplicate(offset));
        }
        self.0.push((name, offset));
        Ok(())
    }

    /// Forgets the names of the innermost object; refuses duplicates among many.
    ///
    /// Sorting takes n log n for any names, where a hash table needs a keyed hash to be safe.
    fn close(&mut self, base: usize) -> Result<(), Refusal> {
        if self.0.len() - base > FEW {
            let names = &mut self.0[base..];
            names.sort_unstable();
            let second = names.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1).min();
            if let Some(offset) = second {
                return Err(Refusal::duplicate(offset));
            }
        }
        self.0.truncate(base);
        Ok(())
    }
}

impl<'a> Reader<'a> {
    /// Goes past the next value. The depth limit bounds the recursion.
    pub(super) fn skip(&mut self, names: &mut Names<'a>) -> Result<(), Refusal> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'{') => self.skip_object(names),
            Some(b'[') => self.skip_array(names),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b'n') => self.skip_literal("null"),
            Some(b't') => self.skip_literal("true"),
            Some(b'f') => self.skip_literal("false"),
            _ => Err(Refusal::syntax("a JSON value", self.position())),
        }
    }

    fn skip_object(&mut self, names: &mut Names<'a>) -> Result<(), Refusal> {
        self.enter()?;
        let base = names.0.len();
        if self.peek() == Some(b'}') {
            self.leave();
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(Refusal::syntax("the name of a member", self.position()));
            }
            let offset = self.position();
            let name = self.string()?;
            names.push(base, name, offset)?;
            self.punctuation(b':', "`:`")?;
            self.skip(names)?;
            match self.peek() {
                Some(b',') => self.go_to(self.position() + 1),
                Some(b'}') => break,
                _ => return Err(Refusal::syntax("`,` or `}`", self.position())),
            }
        }
        self.leave();
        names.close(base)
    }

    fn skip_array(&mut self, names: &mut Names<'a>) -> Result<(), Refusal> {
        self.enter()?;
        if self.peek() == Some(b']') {
            self.leave();
            return Ok(());
        }
        loop {
            self.skip(names)?;
            match self.peek() {
                Some(b',') => self.go_to(self.position() + 1),
                Some(b']') => break,
                _ => return Err(Refusal::syntax("`,` or `]`", self.position())),
            }
        }
        self.leave();
        Ok(())
    }

    fn skip_literal(&mut self, literal: &'static str) -> Result<(), Refusal> {
        let start = scan::blank_end(self.bytes(), self.position());
        if self.text()[start..].starts_with(literal) {
            self.go_to(start + literal.len());
            Ok(())
        } else {
            Err(Refusal::syntax("a JSON value", start))
        }
    }
}
