//! Objects: members by name, members of other names, and their count.

use std::borrow::Cow;

use crate::json::names::Names;
use crate::json::scan;
use crate::private;
use crate::refusal::Refusal;
use crate::schema::also::has_member;
use crate::schema::dynamic::Scope;
use crate::schema::judge::{Judge, Judged, Mode};
use crate::schema::marks::Marks;
use crate::schema::{Object, Others, Property, Schema};

/// Which of the properties of a schema an object has shown.
struct Seen {
    first: u64,
    /// Of the properties after the sixty-fourth.
    more: Vec<u64>,
}

impl Seen {
    #[inline]
    fn of(properties: usize) -> Self {
        Self { first: 0, more: if properties > 64 { vec![0; (properties - 1) / 64] } else { Vec::new() } }
    }

    /// Notes a property; whether it is new.
    #[inline]
    fn note(&mut self, index: usize) -> bool {
        let word = if index < 64 { &mut self.first } else { &mut self.more[index / 64 - 1] };
        let bit = 1 << (index % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    #[inline]
    fn has(&self, index: usize) -> bool {
        let word = if index < 64 { self.first } else { self.more[index / 64 - 1] };
        word >> (index % 64) & 1 == 1
    }
}

/// What the walk over the members of one object carries along.
struct Walk<'w, 'a> {
    object: &'static Object,
    start: usize,
    scope: Option<&'w Scope<'w>>,
    seen: Seen,
    /// Names that no property has, of which none may occur twice, either.
    unknown: Names<'a>,
    count: usize,
    /// The property that is expected next.
    next: usize,
}

/// A member whose name was read.
enum Member<'a> {
    Known(usize),
    Unknown(Cow<'a, str>),
}

impl<'a> Judge<'a> {
    pub(super) fn object(
        &mut self,
        schema: &Schema,
        object: &'static Object,
        scope: Option<&Scope<'_>>,
        mut marks: Option<&mut Marks>,
    ) -> Judged {
        let properties = object.properties;
        let mut members = self.reader.begin_object()?;
        let mut walk = Walk {
            object,
            start: members.start(),
            scope,
            seen: Seen::of(properties.len()),
            unknown: Names::new(),
            count: 0,
            next: 0,
        };
        while let Some(quote) = self.reader.begin_member(&mut members)? {
            if !object.names.is_empty() {
                self.name(object, quote, scope)?;
            }
            match self.identify(quote, properties, walk.next)? {
                Member::Known(index) => self.known(&properties[index], index, &mut walk, marks.as_deref_mut())?,
                Member::Unknown(name) => self.unknown(quote, &name, &mut walk, marks.as_deref_mut())?,
            }
        }
        self.whole_object(schema, &mut walk)
    }

    /// Reads the name whose opening quote is next, and the colon: most names are only compared with what is expected.
    #[inline]
    fn identify(&mut self, quote: usize, properties: &[Property], next: usize) -> Result<Member<'a>, Refusal> {
        if let Some(expected) = properties.get(next)
            && scan::is_at(self.reader.bytes(), quote, expected.prepared.as_bytes())
        {
            self.reader.go_to(quote + expected.prepared.len());
            return Ok(Member::Known(next));
        }
        self.identify_another(quote, properties, next)
    }

    fn identify_another(&mut self, quote: usize, properties: &[Property], next: usize) -> Result<Member<'a>, Refusal> {
        let bytes = self.reader.bytes();
        let quoted = |property: &Property| property.prepared.len() - 1;
        let is_spelled_so =
            |property: &Property| scan::is_at(bytes, quote, &property.prepared.as_bytes()[..quoted(property)]);
        let member = match find(properties, next, is_spelled_so) {
            Some(index) => {
                self.reader.go_to(quote + quoted(&properties[index]));
                Member::Known(index)
            }
            None => {
                let name = self.reader.string()?;
                let known = find(properties, next, |property| property.name == name);
                known.map_or(Member::Unknown(name), Member::Known)
            }
        };
        self.reader.punctuation(b':', "`:`")?;
        Ok(member)
    }

    #[inline]
    fn known(
        &mut self,
        property: &'static Property,
        index: usize,
        walk: &mut Walk<'_, 'a>,
        marks: Option<&mut Marks>,
    ) -> Judged {
        if !walk.seen.note(index) {
            return Err(Refusal::duplicate(self.reader.offset()).into());
        }
        if property.evaluated
            && let Some(marks) = marks
        {
            marks.mark(walk.count);
        }
        walk.count += 1;
        walk.next = index + 1;
        self.value(property.schema, walk.scope, None)
    }

    /// Judges a member of another name by everything that is said about those.
    fn unknown(&mut self, quote: usize, name: &str, walk: &mut Walk<'_, 'a>, mut marks: Option<&mut Marks>) -> Judged {
        if !self.sound {
            walk.unknown.note(self.reader.text(), quote, name)?;
        }
        let ordinal = walk.count;
        walk.count += 1;
        let begin = self.reader.clone();
        let was_sound = self.sound;
        let mut is_read = false;
        for others in walk.object.others {
            for schema in about(others, name) {
                if let Some(marks) = marks.as_deref_mut() {
                    marks.mark(ordinal);
                }
                // The first of them reads the value, the rest look at it once more.
                self.reader = begin.clone();
                self.sound = was_sound || is_read;
                self.other(schema, walk)?;
                is_read = true;
            }
        }
        self.sound = was_sound;
        if is_read { Ok(()) } else { self.skip() }
    }

    fn other(&mut self, schema: &Schema, walk: &Walk<'_, 'a>) -> Judged {
        if !schema.is_never() {
            return self.value(schema, walk.scope, None);
        }
        if self.mode == Mode::First && !self.sound {
            // As everywhere: a broken value is broken, whether it should be there or not.
            self.reader.clone().raw()?;
        }
        self.refuse(walk.start, || private::undeclared(walk.start))?;
        self.skip()
    }

    /// Judges the name whose opening quote is next: as the string that it is spelled as.
    fn name(&mut self, object: &'static Object, quote: usize, scope: Option<&Scope<'_>>) -> Judged {
        for schema in object.names {
            self.value(schema, scope, None)?;
            self.reader.go_to(quote);
        }
        Ok(())
    }

    /// What can only be said once all members were seen.
    #[inline]
    fn whole_object(&mut self, schema: &Schema, walk: &mut Walk<'_, 'a>) -> Judged {
        let Walk { object, start, ref seen, ref mut unknown, count, .. } = *walk;
        unknown.close()?;
        for (index, property) in object.properties.iter().enumerate() {
            if property.required && !seen.has(index) {
                self.refuse(start, || Refusal::required(property.name))?;
            }
        }
        if let Err(refusal) = schema.rules.check_properties(count) {
            self.refuse(start, || refusal)?;
        }
        if !object.dependent.is_empty() {
            self.dependent(object, start)?;
        }
        Ok(())
    }

    /// `dependentRequired`
    fn dependent(&mut self, object: &'static Object, start: usize) -> Judged {
        let mut begin = self.reader.clone();
        begin.go_to(start);
        for (member, needed) in object.dependent {
            if !has_member(&begin, member) {
                continue;
            }
            for name in needed.iter().filter(|name| !has_member(&begin, name)) {
                self.refuse(start, || {
                    Refusal::new("dependentRequired", format!("a member `{name}` beside `{member}`"))
                })?;
            }
        }
        Ok(())
    }
}

/// The property that is meant. The search goes on where the last one ended: after a member that is absent, the next few
/// properties are the likely ones.
fn find(properties: &[Property], next: usize, is_it: impl Fn(&Property) -> bool) -> Option<usize> {
    let (before, after) = properties.split_at(next);
    let further = after.iter().position(&is_it).map(|index| next + index);
    further.or_else(|| before.iter().position(is_it))
}

/// All that is said about a member of this name, which no property has.
fn about(others: &'static Others, name: &str) -> impl Iterator<Item = &'static Schema> {
    let matching = others.patterns.iter().filter(move |(pattern, _)| pattern.is_match(name)).map(|(_, schema)| *schema);
    let is_additional = !others.patterns.iter().any(|(pattern, _)| pattern.is_match(name));
    matching.chain(others.additional.filter(|_| is_additional))
}
