//! `unevaluatedProperties` and `unevaluatedItems`: what nothing else in a schema has looked at.

use crate::refusal::Refusal;
use crate::schema::Schema;
use crate::schema::dynamic::Scope;
use crate::schema::judge::{Judge, Judged};
use crate::schema::marks::Marks;

impl Judge<'_> {
    /// Judges what has no mark in the next object or array, which was read before.
    pub(super) fn unevaluated(&mut self, rest: &Schema, scope: Option<&Scope<'_>>, marks: &Marks) -> Judged {
        match self.reader.peek() {
            Some(b'{') => self.unevaluated_properties(rest, scope, marks),
            _ => self.unevaluated_items(rest, scope, marks),
        }
    }

    fn unevaluated_properties(&mut self, rest: &Schema, scope: Option<&Scope<'_>>, marks: &Marks) -> Judged {
        let mut members = self.reader.begin_object()?;
        let mut ordinal = 0;
        while self.reader.next_name(&mut members)?.is_some() {
            if marks.holds(ordinal) {
                self.skip()?;
            } else if rest.is_never() {
                self.refuse(members.start(), || Refusal::new("unevaluatedProperties", "declared members only"))?;
                self.skip()?;
            } else {
                self.value(rest, scope, None)?;
            }
            ordinal += 1;
        }
        Ok(())
    }

    fn unevaluated_items(&mut self, rest: &Schema, scope: Option<&Scope<'_>>, marks: &Marks) -> Judged {
        self.reader.begin_array()?;
        let (mut first, mut ordinal) = (true, 0);
        while self.reader.next_element(&mut first)? {
            let element = self.reader.offset();
            if marks.holds(ordinal) {
                self.skip()?;
            } else if rest.is_never() {
                self.refuse(element, || Refusal::new("unevaluatedItems", "declared elements only"))?;
                self.skip()?;
            } else {
                self.value(rest, scope, None)?;
            }
            ordinal += 1;
        }
        Ok(())
    }
}
