//! Going past a value without keeping it, checking all of it on the way.

use crate::json::names::Names;
use crate::json::reader::Reader;
use crate::json::scan;
use crate::refusal::Refusal;

impl Reader<'_> {
    /// Goes past the next value. The depth limit bounds the recursion.
    pub(super) fn skip(&mut self) -> Result<(), Refusal> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'{') => self.skip_object(),
            Some(b'[') => self.skip_array(),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b'n') => self.skip_literal("null"),
            Some(b't') => self.skip_literal("true"),
            Some(b'f') => self.skip_literal("false"),
            _ => Err(Refusal::syntax("a JSON value", self.position())),
        }
    }

    fn skip_object(&mut self) -> Result<(), Refusal> {
        self.enter()?;
        if self.peek() == Some(b'}') {
            self.leave();
            return Ok(());
        }
        let mut names = Names::new();
        loop {
            if self.peek() != Some(b'"') {
                return Err(Refusal::syntax("the name of a member", self.position()));
            }
            let offset = self.position();
            let name = self.string()?;
            names.note(self.text(), offset, &name)?;
            self.punctuation(b':', "`:`")?;
            self.skip()?;
            match self.peek() {
                Some(b',') => self.go_to(self.position() + 1),
                Some(b'}') => break,
                _ => return Err(Refusal::syntax("`,` or `}`", self.position())),
            }
        }
        self.leave();
        names.close()
    }

    fn skip_array(&mut self) -> Result<(), Refusal> {
        self.enter()?;
        if self.peek() == Some(b']') {
            self.leave();
            return Ok(());
        }
        loop {
            self.skip()?;
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
