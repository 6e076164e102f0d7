//! A JSON value laid out for comparison: equal trees are equal JSON values.

use std::borrow::Cow;

use crate::json::{Kind, Reader};
use crate::refusal::Refusal;
use crate::value::exact::Exact;

/// A JSON value that borrows from its text. The derived order is a total order of JSON values,
/// since numbers compare by value and members are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tree<'a> {
    Null,
    Boolean(bool),
    Number(Exact<'a>),
    String(Cow<'a, str>),
    Array(Vec<Tree<'a>>),
    Object(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// The tree of a text that was checked before: no error comes of it then.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Refusal> {
        Self::read(&mut Reader::new(text))
    }

    fn read(reader: &mut Reader<'a>) -> Result<Self, Refusal> {
        match reader.kind()? {
            Kind::Null => reader.null().map(|()| Self::Null),
            Kind::Boolean => reader.boolean().map(Self::Boolean),
            Kind::Number => Ok(Self::Number(Exact::parse(reader.number()?))),
            Kind::String => reader.string().map(Self::String),
            Kind::Array => {
                reader.begin_array()?;
                let (mut first, mut elements) = (true, Vec::new());
                while reader.next_element(&mut first)? {
                    elements.push(Self::read(reader)?);
                }
                Ok(Self::Array(elements))
            }
            Kind::Object => {
                let mut members = reader.begin_object()?;
                let mut sorted = Vec::new();
                while let Some(name) = reader.next_member(&mut members)? {
                    sorted.push((name, Self::read(reader)?));
                }
                sorted.sort_unstable();
                Ok(Self::Object(sorted))
            }
        }
    }
}

/// Whether the elements of the array that `text` begins with differ as JSON values.
pub(crate) fn has_distinct_elements(text: &str) -> bool {
    few_strings_differ(text).unwrap_or_else(|| elements_differ(text))
}

/// The same for a few strings without escapes, which have but one spelling: without an allocation. `None` for another array.
fn few_strings_differ(text: &str) -> Option<bool> {
    let mut reader = Reader::new(text);
    reader.begin_array().ok()?;
    let (mut few, mut count, mut first) = ([""; 16], 0, true);
    while reader.next_element(&mut first).ok()? {
        if reader.peek() != Some(b'"') {
            return None;
        }
        let element = reader.plain_string().ok()?;
        if few[..count].contains(&element) {
            return Some(false);
        }
        *few.get_mut(count)? = element;
        count += 1;
    }
    Some(true)
}

fn elements_differ(text: &str) -> bool {
    let mut reader = Reader::new(text);
    let mut elements = Vec::new();
    let mut first = true;
    let read = reader.begin_array().and_then(|()| {
        while reader.next_element(&mut first)? {
            elements.push(reader.raw()?);
        }
        Ok(())
    });
    read.is_ok() && are_distinct(elements)
}

/// Whether no two of these JSON texts are equal as JSON values.
fn are_distinct(mut texts: Vec<&str>) -> bool {
    // Without escapes a string has but one spelling.
    if texts.iter().all(|text| text.starts_with('"') && !text.contains('\\')) {
        texts.sort_unstable();
        return texts.windows(2).all(|pair| pair[0] != pair[1]);
    }
    let Ok(mut trees) = texts.into_iter().map(Tree::parse).collect::<Result<Vec<_>, _>>() else {
        return false;
    };
    trees.sort_unstable();
    trees.windows(2).all(|pair| pair[0] != pair[1])
}
