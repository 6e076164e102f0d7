//! The judge: it walks the bytes of a value and the tables of a schema side by side.
//!
//! A value is walked once by what its schema says about it directly. That walk reads all of it, so whatever looks at it
//! again (`also`, `unevaluated…`) looks at sound JSON: no branch can swallow a broken text.

use crate::json::{Kind, Kinds, Reader};
use crate::refusal::Refusal;
use crate::schema::dynamic::Scope;
use crate::schema::marks::Marks;
use crate::schema::memory::{Memory, Outcome};
use crate::schema::{Array, Object, Plan, Schema};

/// How a walk ends before its end.
///
/// Two words, so that a `Result` of it comes back in registers.
#[derive(Debug)]
pub(super) enum Stop {
    /// The refusal that the caller asked for, or a text that is broken.
    Refused(Refusal),
    /// A branch that was tried does not hold, by the value at this offset: nobody may ever ask why.
    Failed(usize),
}

impl Stop {
    pub(super) fn into_refusal(self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Failed(offset) => Refusal::new("schema", "a value that its schema admits").at(offset),
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

pub(super) type Judged = Result<(), Stop>;

/// What becomes of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It ends the walk.
    First,
    /// It is collected, and the walk goes on.
    Every,
    /// It ends the walk and is not put into words: a branch is tried.
    Try,
}

#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) mode: Mode,
    /// Whether the value at hand was read before, all of it.
    pub(super) sound: bool,
    pub(super) found: Vec<Refusal>,
    /// How far the branch that was tried last was read when it failed.
    pub(super) reached: usize,
    pub(super) memory: Memory,
}

impl<'a> Judge<'a> {
    /// A judge that stops at the first violation.
    #[inline]
    pub(super) fn first(reader: Reader<'a>) -> Self {
        Self { reader, mode: Mode::First, sound: false, found: Vec::new(), reached: 0, memory: Memory::default() }
    }

    /// A judge that collects every violation.
    pub(super) fn every(reader: Reader<'a>) -> Self {
        Self { mode: Mode::Every, ..Self::first(reader) }
    }

    /// A judge that stops at the first violation of a value that was read before.
    #[inline]
    pub(super) fn again(reader: Reader<'a>) -> Self {
        Self { sound: true, ..Self::first(reader) }
    }

    /// Judges the next value, and goes past it.
    ///
    /// `marks` are those of a schema around this one that looks at the same value and has to know what was looked at.
    #[inline]
    pub(super) fn value(&mut self, schema: &Schema, scope: Option<&Scope<'_>>, marks: Option<&mut Marks>) -> Judged {
        match (schema.plan, self.reader.peek()) {
            (Plan::Constant(value), Some(b'"')) if self.is_next(value) => Ok(()),
            (Plan::Uuid, Some(b'"')) if self.is_uuid_next() => Ok(()),
            (Plan::Text, Some(b'"')) => self.text(schema),
            (Plan::Integer, Some(b'0'..=b'9')) => self.integer(schema),
            (Plan::Object(object), Some(b'{')) => self.object(schema, object, scope, marks),
            (Plan::Whole, _) => self.resource(schema, scope, marks),
            _ => self.walk(schema, scope, marks),
        }
    }

    /// Enters the resource of a schema, if it has one. Out of line, so that `value` stays small where it is called.
    #[inline(never)]
    fn resource(&mut self, schema: &Schema, scope: Option<&Scope<'_>>, marks: Option<&mut Marks>) -> Judged {
        match Scope::entered(schema.resource, scope) {
            Some(entered) => self.whole(schema, Some(&entered), marks),
            // Neither marks nor the answers of a dynamic reference depend on the value and the schema alone.
            None if scope.is_none() && marks.is_none() && self.memory.is_deep() && self.mode != Mode::Every => {
                self.remembered(schema)
            }
            None => self.whole(schema, scope, marks),
        }
    }

    /// `whole`, unless the same was asked before.
    fn remembered(&mut self, schema: &Schema) -> Judged {
        let start = self.reader.offset();
        match self.memory.recall(schema, start) {
            Some(Outcome::Holds(end)) => {
                self.reader.go_to(end);
                return Ok(());
            }
            Some(Outcome::Fails { offset, reached }) if self.mode == Mode::Try => {
                self.reached = reached;
                return Err(Stop::Failed(offset));
            }
            _ => {}
        }
        let judged = self.whole(schema, None, None);
        match judged {
            Ok(()) => self.memory.keep(schema, start, Outcome::Holds(self.reader.position())),
            Err(Stop::Failed(offset)) => {
                self.memory.keep(schema, start, Outcome::Fails { offset, reached: self.reached });
            }
            Err(Stop::Refused(_)) => {}
        }
        judged
    }

    /// Walks the next value, and then whatever looks at it once more.
    fn whole(&mut self, schema: &Schema, scope: Option<&Scope<'_>>, mut marks: Option<&mut Marks>) -> Judged {
        let start = self.reader.offset();
        let begin = self.reader.clone();
        let rest = match self.reader.peek() {
            Some(b'{') => schema.unevaluated_properties,
            Some(b'[') => schema.unevaluated_items,
            _ => None,
        };
        let mut own = Marks::default();
        // What `unevaluated…` counts as looked at must have been looked at inside its own schema.
        let mut wanted = if rest.is_some() { Some(&mut own) } else { marks.as_deref_mut() };
        let known = self.found.len();
        self.walk(schema, scope, wanted.as_deref_mut())?;
        let is_of_another_type =
            |refusal: &Refusal| refusal.offset() == Some(start) && matches!(refusal.keyword(), "type" | "schema");
        if self.found[known..].iter().any(is_of_another_type) {
            return Ok(());
        }
        let end = self.reader.position();
        let was_sound = std::mem::replace(&mut self.sound, true);
        self.memory.layers += 1;
        let known = self.found.len();
        for also in schema.also {
            self.reader = begin.clone();
            self.also(also, &begin, scope, wanted.as_deref_mut())?;
        }
        // A branch that is refused marks nothing: to refuse what it would have marked says the same thing twice.
        if let Some(rest) = rest
            && self.found.len() == known
        {
            self.reader = begin;
            self.unevaluated(rest, scope, &own)?;
        }
        if let (Some(marks), Some(_)) = (marks, rest) {
            marks.mark_all();
        }
        self.sound = was_sound;
        self.memory.layers -= 1;
        self.reader.go_to(end);
        Ok(())
    }

    /// Walks the next value by what is said about it directly.
    fn walk(&mut self, schema: &Schema, scope: Option<&Scope<'_>>, marks: Option<&mut Marks>) -> Judged {
        let kind = self.reader.kind()?;
        let start = self.reader.position();
        match kind {
            Kind::String => return self.string(schema, start),
            Kind::Number => return self.number(schema, start),
            Kind::Object => match schema.rules.kinds {
                Some(kinds) if !kinds.covers(Kinds::OBJECT) => return self.of_another_type(schema, start),
                _ => self.object_if_asked(schema, scope, marks)?,
            },
            Kind::Array => match schema.rules.kinds {
                Some(kinds) if !kinds.covers(Kinds::ARRAY) => return self.of_another_type(schema, start),
                _ => self.array_if_asked(schema, scope, marks)?,
            },
            Kind::Null | Kind::Boolean => {
                let of = if kind == Kind::Null { Kinds::NULL } else { Kinds::BOOLEAN };
                if schema.rules.kinds.is_some_and(|kinds| !kinds.covers(of)) {
                    return self.of_another_type(schema, start);
                }
                self.reader.raw()?;
            }
        }
        match schema.values {
            None => Ok(()),
            Some(values) => self.one_of(values, start),
        }
    }

    fn object_if_asked(&mut self, schema: &Schema, scope: Option<&Scope<'_>>, marks: Option<&mut Marks>) -> Judged {
        let is_counted = schema.rules.min_properties.is_some() || schema.rules.max_properties.is_some();
        match schema.object {
            Some(object) => self.object(schema, object, scope, marks),
            None if is_counted => self.object(schema, &Object::ANY, scope, marks),
            None => self.skip(),
        }
    }

    fn array_if_asked(&mut self, schema: &Schema, scope: Option<&Scope<'_>>, marks: Option<&mut Marks>) -> Judged {
        let rules = &schema.rules;
        match schema.array {
            Some(array) => self.array(schema, array, scope, marks),
            None if rules.min_items.is_some() || rules.max_items.is_some() || rules.unique_items => {
                self.array(schema, &Array::ANY, scope, marks)
            }
            None => self.skip(),
        }
    }

    /// Goes past the next value, about which nothing is said.
    #[inline]
    pub(super) fn skip(&mut self) -> Judged {
        self.reader.raw()?;
        Ok(())
    }

    /// Refuses the next value by its type, and goes past it.
    #[cold]
    pub(super) fn of_another_type(&mut self, schema: &Schema, start: usize) -> Judged {
        // A broken text is broken, whatever the schema says about its type.
        if !self.sound {
            let mut reader = self.reader.clone();
            reader.raw()?;
        }
        self.refuse(start, || match schema.rules.kinds {
            Some(kinds) if kinds != Kinds::NONE => Refusal::new("type", kinds.to_string()),
            _ => Refusal::new("schema", "no value"),
        })?;
        self.skip()
    }

    /// A violation by the value at `offset`: ends the walk, or is kept.
    #[cold]
    pub(super) fn refuse(&mut self, offset: usize, refusal: impl FnOnce() -> Refusal) -> Judged {
        match self.mode {
            Mode::First => Err(Stop::Refused(refusal().at(offset))),
            Mode::Every => {
                self.found.push(refusal().at(offset));
                Ok(())
            }
            Mode::Try => {
                self.reached = self.reader.position();
                Err(Stop::Failed(offset))
            }
        }
    }
}
