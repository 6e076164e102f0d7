//! Arrays: elements by place, their count, whether they differ, and `contains`.

use crate::refusal::Refusal;
use crate::schema::dynamic::Scope;
use crate::schema::judge::{Judge, Judged};
use crate::schema::marks::Marks;
use crate::schema::{Array, Contains, Schema};
use crate::value::tree;

impl Judge<'_> {
    pub(super) fn array(
        &mut self,
        schema: &Schema,
        array: &'static Array,
        scope: Option<&Scope<'_>>,
        mut marks: Option<&mut Marks>,
    ) -> Judged {
        self.reader.begin_array()?;
        let start = self.reader.position() - 1;
        let (mut first, mut count) = (true, 0);
        while self.reader.next_element(&mut first)? {
            match array.prefix.get(count).copied().or(array.rest) {
                Some(element) => {
                    self.value(element, scope, None)?;
                    if let Some(marks) = marks.as_deref_mut() {
                        marks.mark(count);
                    }
                }
                None => self.skip()?,
            }
            count += 1;
        }
        let rules = &schema.rules;
        if let Err(refusal) = rules.check_items(count) {
            self.refuse(start, || refusal)?;
        }
        if rules.unique_items && count > 1 {
            let end = self.reader.position();
            if !tree::has_distinct_elements(&self.reader.text()[start..end]) {
                self.refuse(start, || Refusal::new("uniqueItems", "no element twice"))?;
            }
        }
        for contains in array.contains {
            self.contains(contains, start, scope, marks.as_deref_mut())?;
        }
        Ok(())
    }

    /// Counts the elements that are of a kind, in an array that was read before.
    fn contains(
        &mut self,
        contains: &'static Contains,
        start: usize,
        scope: Option<&Scope<'_>>,
        mut marks: Option<&mut Marks>,
    ) -> Judged {
        let end = self.reader.clone();
        self.reader.go_to(start);
        self.reader.begin_array()?;
        let (mut first, mut ordinal, mut count) = (true, 0, 0_u32);
        while self.reader.next_element(&mut first)? {
            let element = self.reader.clone();
            if self.try_at(contains.schema, &element, scope, None)?.is_none() {
                count = count.saturating_add(1);
                if let Some(marks) = marks.as_deref_mut()
                    && contains.evaluates
                {
                    marks.mark(ordinal);
                }
            }
            self.reader = element;
            self.skip()?;
            ordinal += 1;
        }
        self.reader = end;
        if count < contains.least {
            self.refuse(start, || too_few(contains.least))?;
        }
        match contains.most {
            Some(most) if count > most => self.refuse(start, || too_many(most)),
            _ => Ok(()),
        }
    }
}

#[cold]
fn too_few(least: u32) -> Refusal {
    match least {
        1 => Refusal::new("contains", "an element that its `contains` admits"),
        least => Refusal::new("minContains", format!("at least {least} elements that its `contains` admits")),
    }
}

#[cold]
fn too_many(most: u32) -> Refusal {
    let plural = if most == 1 { "" } else { "s" };
    Refusal::new("maxContains", format!("at most {most} element{plural} that its `contains` admits"))
}
