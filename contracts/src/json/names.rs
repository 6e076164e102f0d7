//! The names of the members of one object, to find one that occurs twice.

use std::borrow::Cow;

use crate::json::Reader;
use crate::refusal::Refusal;

/// From this many members on, names are sorted once at the end instead of compared one by one.
const FEW: usize = 16;

/// The names that one object has shown so far.
///
/// The first few are remembered by their place in the text, so that an ordinary object costs no allocation.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    /// Where the opening quotes of the first few names stand.
    few: [usize; FEW],
    count: usize,
    /// Whether one of them is spelled with escapes, so that bytes do not tell whether two are equal.
    escaped: bool,
    /// All names and their offsets, once they are many.
    many: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Names<'a> {
    #[inline]
    pub(crate) fn new() -> Self {
        Self { few: [0; FEW], count: 0, escaped: false, many: Vec::new() }
    }

    /// Notes the `name` whose opening quote is at `quote`; refuses it, at that offset, if it is among the first few and was
    /// there already.
    #[inline]
    pub(crate) fn note(&mut self, text: &'a str, quote: usize, name: &str) -> Result<(), Refusal> {
        if self.count < FEW {
            self.escaped |= is_escaped(text, quote, name);
            if self.is_among_few(text, quote, name) {
                return Err(Refusal::duplicate(quote));
            }
            self.few[self.count] = quote;
            self.count += 1;
            return Ok(());
        }
        self.note_among_many(text, quote);
        Ok(())
    }

    #[inline]
    fn is_among_few(&self, text: &'a str, quote: usize, name: &str) -> bool {
        let mut earlier = self.few[..self.count].iter();
        if self.escaped {
            return earlier.any(|at| name_at(text, *at) == name);
        }
        let bytes = text.as_bytes();
        let length = name.len() + 2;
        let quoted = &bytes[quote..quote + length];
        // The closing quote tells most names apart, since few are of the same length.
        earlier.any(|at| bytes[at + length - 1] == b'"' && &bytes[*at..at + length] == quoted)
    }

    #[cold]
    fn note_among_many(&mut self, text: &'a str, quote: usize) {
        if self.many.is_empty() {
            self.many.extend(self.few.iter().map(|at| (name_at(text, *at), *at)));
        }
        self.many.push((name_at(text, quote), quote));
    }

    /// Refuses duplicates among many.
    ///
    /// Sorting takes n log n for any names, where a hash table needs a keyed hash to be safe.
    #[inline]
    pub(crate) fn close(&mut self) -> Result<(), Refusal> {
        if self.many.is_empty() { Ok(()) } else { are_distinct(&mut self.many) }
    }
}

/// Whether a name is spelled with escapes: such a spelling is longer than the name, and a quote inside it is escaped.
#[inline]
fn is_escaped(text: &str, quote: usize, name: &str) -> bool {
    let last = quote + name.len();
    text.as_bytes()[last + 1] != b'"' || text.as_bytes()[last] == b'\\'
}

#[cold]
fn are_distinct(names: &mut [(Cow<'_, str>, usize)]) -> Result<(), Refusal> {
    names.sort_unstable();
    let second = names.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1).min();
    second.map_or(Ok(()), |offset| Err(Refusal::duplicate(offset)))
}

/// The name whose opening quote is at `quote`; it was read before, and so can be read.
fn name_at(text: &str, quote: usize) -> Cow<'_, str> {
    let mut reader = Reader::new(text);
    reader.go_to(quote);
    reader.string().unwrap_or_default()
}
