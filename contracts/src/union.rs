//! How a union is read: by the text of its tag, or by trying one variant after the other.

use std::borrow::Cow;

use crate::data::Data;
use crate::json::Reader;
use crate::refusal::Refusal;
use crate::rules::Rules;

/// More expectations than this help nobody.
const MOST_EXPECTATIONS: usize = 8;

/// The text of the member `name` of the next value, and where it stands; the reader stays where it is.
///
/// # Errors
///
/// If the value is no object, if it has no such member, if that is no string, or if the text before it is broken.
pub fn tag<'a>(reader: &Reader<'a>, name: &str) -> Result<(usize, Cow<'a, str>), Refusal> {
    let mut reader = reader.clone();
    let mut members = reader.begin_object()?;
    while let Some(member) = reader.next_member(&mut members)? {
        if member == name {
            let at = reader.offset();
            return Ok((at, reader.string()?));
        }
        reader.raw()?;
    }
    Err(Refusal::required(name).at(members.start()))
}

/// The attempts to read one value as one variant after the other.
#[derive(Debug, Default)]
pub struct Attempts {
    /// Of the variants that failed, those that got furthest.
    furthest: Vec<Refusal>,
}

impl Attempts {
    /// Reads the next value as `T`; if it is none, the reader stays where it is.
    ///
    /// # Errors
    ///
    /// If the text is broken, whatever the variant.
    #[inline]
    pub fn read<T: Data>(&mut self, reader: &mut Reader<'_>) -> Result<Option<T>, Refusal> {
        let mut attempt = reader.clone();
        match T::read(&mut attempt, &Rules::NONE) {
            Ok(value) => {
                *reader = attempt;
                Ok(Some(value))
            }
            Err(refusal) => self.note(refusal.at(reader.offset())).map(|()| None),
        }
    }

    #[cold]
    fn note(&mut self, refusal: Refusal) -> Result<(), Refusal> {
        if refusal.is_malformed() {
            return Err(refusal);
        }
        let so_far = self.furthest.first().and_then(Refusal::offset);
        if refusal.offset() > so_far {
            self.furthest.clear();
        }
        if refusal.offset() >= so_far && !self.furthest.contains(&refusal) {
            self.furthest.push(refusal);
        }
        Ok(())
    }

    /// Why no variant could be read: what those expected that got furthest; by `keyword` where they differ.
    #[cold]
    #[must_use]
    pub fn refusal(self, keyword: &'static str) -> Refusal {
        let mut refusals = self.furthest.into_iter();
        let Some(first) = refusals.next() else { return Refusal::new(keyword, "a value of one of the variants") };
        let others: Vec<Refusal> = refusals.collect();
        if others.is_empty() {
            return first;
        }
        let is_of_one = others.iter().all(|other| other.keyword() == first.keyword());
        let all = std::iter::once(&first).chain(&others).take(MOST_EXPECTATIONS);
        let expectations: Vec<&str> = all.map(Refusal::expectation).collect();
        let merged = Refusal::new(if is_of_one { first.keyword() } else { keyword }, expectations.join(", or "));
        match first.offset() {
            Some(offset) => merged.at(offset),
            None => merged,
        }
    }
}
