//! Keywords that look at a value once more: branches, conditions and references.

use crate::json::Reader;
use crate::refusal::Refusal;
use crate::schema::dynamic::Scope;
use crate::schema::judge::{Judge, Judged, Mode, Stop};
use crate::schema::marks::Marks;
use crate::schema::{Also, Schema};

/// The value that branches are tried on.
#[derive(Clone, Copy)]
struct Place<'p, 'a> {
    begin: &'p Reader<'a>,
    scope: Option<&'p Scope<'p>>,
}

/// The branches of an `anyOf` or `oneOf` that failed: which of them got further than all others.
#[derive(Default)]
struct Furthest {
    branch: Option<&'static Schema>,
    reached: usize,
    offset: usize,
}

impl Furthest {
    fn note(&mut self, branch: &'static Schema, offset: usize, reached: usize) {
        if reached > self.reached {
            *self = Self { branch: Some(branch), reached, offset };
        } else if reached == self.reached {
            self.branch = None;
        }
    }
}

impl<'a> Judge<'a> {
    /// Judges the value by one more keyword; the reader is before it, and may be anywhere afterwards.
    pub(super) fn also(
        &mut self,
        also: &'static Also,
        begin: &Reader<'a>,
        scope: Option<&Scope<'_>>,
        marks: Option<&mut Marks>,
    ) -> Judged {
        let place = Place { begin, scope };
        match also {
            Also::All(schema) => self.value(schema, scope, marks),
            Also::Any(branches) => self.any(branches, place, marks),
            Also::One(branches) => self.one(branches, place, marks),
            Also::Not(schema) => self.not(schema, place),
            Also::If { condition, then, otherwise } => self.condition(condition, [*then, *otherwise], place, marks),
            Also::With { member, schema } => match has_member(begin, member) {
                true => self.value(schema, scope, marks),
                false => Ok(()),
            },
            Also::Dynamic { anchor, initial } => {
                self.value(Scope::find(scope, anchor).unwrap_or(initial), scope, marks)
            }
        }
    }

    /// `anyOf`: with marks wanted, every branch is looked at, since every one that holds has marks of its own.
    fn any(&mut self, branches: &[&'static Schema], place: Place<'_, 'a>, mut marks: Option<&mut Marks>) -> Judged {
        let mut furthest = Furthest::default();
        let mut holds = false;
        for branch in branches {
            match self.attempt(branch, place, marks.as_deref_mut())? {
                None => holds = true,
                Some(offset) => furthest.note(branch, offset, self.reached),
            }
            if holds && marks.is_none() {
                break;
            }
        }
        if holds { Ok(()) } else { self.no_branch("anyOf", branches.len(), &furthest, place) }
    }

    /// `oneOf`
    fn one(&mut self, branches: &[&'static Schema], place: Place<'_, 'a>, mut marks: Option<&mut Marks>) -> Judged {
        let mut furthest = Furthest::default();
        let mut holds = false;
        for branch in branches {
            match self.attempt(branch, place, marks.as_deref_mut())? {
                None if holds => {
                    let offset = self.back(place);
                    return self.refuse(offset, || {
                        let count = branches.len();
                        Refusal::new("oneOf", format!("a value that only one of its {count} alternatives admits"))
                    });
                }
                None => holds = true,
                Some(offset) => furthest.note(branch, offset, self.reached),
            }
        }
        if holds { Ok(()) } else { self.no_branch("oneOf", branches.len(), &furthest, place) }
    }

    fn not(&mut self, schema: &Schema, place: Place<'_, 'a>) -> Judged {
        if self.attempt(schema, place, None)?.is_some() {
            return Ok(());
        }
        let offset = self.back(place);
        self.refuse(offset, || Refusal::new("not", "a value that its `not` does not admit"))
    }

    /// `if`, and then one of `then` and `else`.
    fn condition(
        &mut self,
        condition: &'static Schema,
        [then, otherwise]: [Option<&'static Schema>; 2],
        place: Place<'_, 'a>,
        mut marks: Option<&mut Marks>,
    ) -> Judged {
        let holds = self.attempt(condition, place, marks.as_deref_mut())?.is_none();
        match if holds { then } else { otherwise } {
            None => Ok(()),
            Some(schema) => {
                self.back(place);
                self.value(schema, place.scope, marks)
            }
        }
    }

    /// Tries a schema on the value: `None` if it holds, else the offset by which it does not.
    ///
    /// # Errors
    ///
    /// A broken text, which nobody should meet here.
    pub(super) fn try_at(
        &mut self,
        schema: &Schema,
        begin: &Reader<'a>,
        scope: Option<&Scope<'_>>,
        marks: Option<&mut Marks>,
    ) -> Result<Option<usize>, Stop> {
        self.reader = begin.clone();
        let (mode, sound, layers) = (self.mode, self.sound, self.memory.layers);
        (self.mode, self.sound) = (Mode::Try, true);
        let judged = self.value(schema, scope, marks);
        (self.mode, self.sound, self.memory.layers) = (mode, sound, layers);
        match judged {
            Ok(()) => Ok(None),
            Err(Stop::Failed(offset)) => Ok(Some(offset)),
            Err(broken) => Err(broken),
        }
    }

    /// `try_at`, where only a schema that holds has marked anything.
    fn attempt(
        &mut self,
        schema: &Schema,
        place: Place<'_, 'a>,
        marks: Option<&mut Marks>,
    ) -> Result<Option<usize>, Stop> {
        let Some(marks) = marks else { return self.try_at(schema, place.begin, place.scope, None) };
        let mut own = Marks::default();
        let failed = self.try_at(schema, place.begin, place.scope, Some(&mut own))?;
        if failed.is_none() {
            marks.merge(&own);
        }
        Ok(failed)
    }

    /// No branch holds. If one got further than all others, it is the one that was meant, and its refusal says more.
    #[cold]
    fn no_branch(&mut self, keyword: &'static str, count: usize, furthest: &Furthest, place: Place<'_, 'a>) -> Judged {
        let offset = self.back(place);
        match furthest.branch {
            Some(branch) if furthest.offset > offset => {
                if self.mode == Mode::Try {
                    self.reached = furthest.reached;
                    return Err(Stop::Failed(furthest.offset));
                }
                // It was only tried before: now it has to say why.
                let (mode, layers) = (self.mode, self.memory.layers);
                self.mode = Mode::First;
                let judged = self.value(branch, place.scope, None);
                (self.mode, self.memory.layers) = (mode, layers);
                match judged {
                    Err(Stop::Refused(refusal)) if mode == Mode::Every => {
                        self.found.push(refusal);
                        Ok(())
                    }
                    judged => judged,
                }
            }
            _ => {
                let reached = furthest.reached;
                let refused = self.refuse(offset, || {
                    Refusal::new(keyword, format!("a value that one of its {count} alternatives admits"))
                });
                self.reached = reached;
                refused
            }
        }
    }

    /// Goes back to the beginning of the value; its offset.
    fn back(&mut self, place: Place<'_, 'a>) -> usize {
        self.reader = place.begin.clone();
        self.reader.position()
    }
}

/// Whether the next value, which was read before, is an object with this member.
pub(super) fn has_member(begin: &Reader<'_>, name: &str) -> bool {
    let mut reader = begin.clone();
    let Ok(mut members) = reader.begin_object() else { return false };
    while let Ok(Some(member)) = reader.next_member(&mut members) {
        if member == name {
            return true;
        }
        if reader.raw().is_err() {
            return false;
        }
    }
    false
}
