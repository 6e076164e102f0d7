//! Patterns: regular expressions that became tables at build time.

use crate::json::scan;

/// A regular expression as the table of a deterministic automaton over bytes.
///
/// The derive macro builds it, so that a service links no regex engine. A state is the place of
/// its row in the table, so that `next[state + class]` is the state after a byte of that class. The first row is dead, the
/// second has found a match; nothing leads out of either.
#[derive(Debug)]
pub struct Pattern {
    /// The expression as the schema spells it.
    pub source: &'static str,
    /// The class of each byte.
    pub classes: &'static [u8; 256],
    /// The number of classes.
    pub width: u16,
    /// The next state, by state and class.
    pub next: &'static [u32],
    /// The first state.
    pub start: u32,
    /// For each row, whether a match ends with the text.
    pub at_end: &'static [bool],
    /// The same expression as plain shapes, of which one must match, if it is that: they are compared in place of a walk
    /// over the table.
    pub shapes: &'static [Shape],
}

/// An expression that is a row of literals and counted classes: `^ORD-[0-9]{4}-[A-Z]+$`.
///
/// Each run takes all that it can get: a byte that goes on with it starts nothing that may follow.
#[derive(Debug)]
pub struct Shape {
    /// The classes that each byte is in, one bit each.
    pub bits: &'static [u8; 256],
    /// What follows what.
    pub runs: &'static [Run],
    /// How many bytes before the end of the text the match begins; `None` if it begins with the text.
    pub from_end: Option<usize>,
    /// Whether the match ends with the text.
    pub to_end: bool,
}

/// A part of a [`Shape`].
#[derive(Debug)]
pub enum Run {
    /// A literal.
    Text(&'static str),
    /// Bytes of a class.
    Class {
        /// The bit of the class.
        bit: u8,
        /// How many there must be.
        least: u32,
        /// How many there may be.
        most: u32,
    },
    /// Runs of which the first one tells whether there is one more of the group.
    Group {
        /// What follows what; the first one is not empty.
        runs: &'static [Run],
        /// How often it must be there.
        least: u32,
        /// How often it may be there.
        most: u32,
    },
}

impl Pattern {
    /// Whether the expression matches somewhere in `text`.
    #[inline]
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self.shapes {
            [] => self.walk(text),
            shapes => shapes.iter().any(|shape| shape.is_match(text.as_bytes())),
        }
    }

    /// `is_match` by the table.
    #[doc(hidden)]
    #[must_use]
    pub fn walk(&self, text: &str) -> bool {
        let mut state = self.start;
        for byte in text.bytes() {
            let class = self.classes[usize::from(byte)];
            state = self.next[state as usize + usize::from(class)];
        }
        self.at_end[(state / u32::from(self.width)) as usize]
    }
}

impl Shape {
    fn is_match(&self, text: &[u8]) -> bool {
        let from = self.from_end.map_or(Some(0), |length| text.len().checked_sub(length));
        let rest = from.and_then(|from| text.get(from..)).and_then(|rest| self.after(self.runs, rest));
        rest.is_some_and(|rest| !self.to_end || rest.is_empty())
    }

    /// What is left after these runs.
    fn after<'t>(&self, runs: &[Run], text: &'t [u8]) -> Option<&'t [u8]> {
        let mut rest = text;
        for run in runs {
            match *run {
                Run::Text(literal) => {
                    rest = scan::is_at(rest, 0, literal.as_bytes()).then(|| &rest[literal.len()..])?;
                }
                Run::Class { bit, least, most } => {
                    let longest = &rest[..rest.len().min(most as usize)];
                    let other = longest.iter().position(|byte| self.bits[usize::from(*byte)] & bit == 0);
                    let taken = other.unwrap_or(longest.len());
                    rest = (taken >= least as usize).then(|| &rest[taken..])?;
                }
                Run::Group { runs, least, most } => {
                    let mut count = 0;
                    while count < most && self.begins(runs, rest) {
                        rest = self.after(runs, rest)?;
                        count += 1;
                    }
                    (count >= least).then_some(())?;
                }
            }
        }
        Some(rest)
    }

    /// Whether the first of these runs begins here.
    fn begins(&self, runs: &[Run], text: &[u8]) -> bool {
        let Some(first) = text.first() else { return false };
        match runs.first() {
            Some(Run::Text(literal)) => literal.as_bytes().first() == Some(first),
            Some(Run::Class { bit, .. }) => self.bits[usize::from(*first)] & bit != 0,
            _ => false,
        }
    }
}
