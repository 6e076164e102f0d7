//! Members that a schema does not name, kept so that they survive a round trip.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::data::Data;
use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::value::Json;

/// Up to this many names are compared one by one, which is faster than hashing them.
const FEW: usize = 16;

/// The members of an object that its schema does not name, in the order of the text.
///
/// ```
/// use event_contracts::{Json, UnknownMembers};
///
/// let mut members = UnknownMembers::default();
/// members.insert("x-trace", "\"abc\"".parse()?);
/// assert_eq!(members.get("x-trace").map(Json::as_str), Some("\"abc\""));
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone, Default)]
pub struct UnknownMembers {
    members: Vec<(Box<str>, Json)>,
    /// The names once they are many. Hashed with a random key: they come from the wire.
    #[allow(clippy::box_collection, reason = "most events have none of these: a pointer is moved faster than a table")]
    names: Option<Box<HashSet<Box<str>>>>,
}

impl UnknownMembers {
    /// Reads the value of the member `name`, which the reader is at, and keeps both.
    ///
    /// # Errors
    ///
    /// `duplicate` if there is such a member already; whatever is wrong with the value.
    pub fn keep(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Refusal> {
        let start = reader.offset();
        if self.contains(&name) {
            return Err(Refusal::duplicate(start));
        }
        let value = Json::read(reader, &Rules::NONE)?;
        self.push(name.into(), value);
        Ok(())
    }

    /// Writes the members, after those that the schema names.
    pub fn write(&self, writer: &mut Writer) {
        for (name, value) in self {
            writer.key(name);
            writer.raw(value.as_str());
        }
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Sets a member; the value that it had before, if any.
    pub fn insert(&mut self, name: impl Into<Box<str>>, value: Json) -> Option<Json> {
        let name = name.into();
        if let Some((_, old)) = self.members.iter_mut().find(|(known, _)| *known == name) {
            return Some(std::mem::replace(old, value));
        }
        self.push(name, value);
        None
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.into_iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn contains(&self, name: &str) -> bool {
        match &self.names {
            Some(names) => names.contains(name),
            None => self.members.iter().any(|(known, _)| **known == *name),
        }
    }

    fn push(&mut self, name: Box<str>, value: Json) {
        if self.members.len() == FEW {
            self.names = Some(Box::new(self.members.iter().map(|(name, _)| name.clone()).collect()));
        }
        if let Some(names) = &mut self.names {
            names.insert(name.clone());
        }
        self.members.push((name, value));
    }

    fn sorted(&self) -> BTreeMap<&str, &Json> {
        self.iter().collect()
    }
}

impl fmt::Debug for UnknownMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// The iterator of [`UnknownMembers`] by reference.
#[derive(Clone, Debug)]
pub struct Iter<'a>(std::slice::Iter<'a, (Box<str>, Json)>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Json);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (&**name, value))
    }
}

impl<'a> IntoIterator for &'a UnknownMembers {
    type Item = (&'a str, &'a Json);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        Iter(self.members.iter())
    }
}

/// Equal as the members of a JSON object are: in any order.
impl PartialEq for UnknownMembers {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.sorted() == other.sorted()
    }
}

impl Eq for UnknownMembers {}

impl Hash for UnknownMembers {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sorted().hash(state);
    }
}
