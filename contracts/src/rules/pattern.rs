//! Patterns: regular expressions that became tables at build time.

use crate::json::scan;

/// A regular expression as the table of a deterministic automaton over bytes.
///
/// The derive macro builds it, so that a service links no regex engine. State 0 is dead, state 1
/// has found a match; `next[state * width + class]` is the state after a byte of that class.
#[derive(Debug)]
pub struct Pattern {
    /// The expression as the schema spells it.
    pub source: &'static str,
    /// The class of each byte.
    pub classes: &'static [u8; 256],
    /// The number of classes.
    pub width: u16,
    /// The next state, by state and class.
    pub next: &'static [u16],
    /// The first state.
    pub start: u16,
    /// For each state, whether a match ends with the text.
    pub at_end: &'static [bool],
    /// The same expression as a plain shape, if it is one: that is compared in place of a walk over the table.
    pub shape: Option<Shape>,
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
}

impl Pattern {
    /// Whether the expression matches somewhere in `text`.
    #[inline]
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match &self.shape {
            Some(shape) => shape.is_match(text.as_bytes()),
            None => self.walk(text),
        }
    }

    /// `is_match` by the table.
    #[doc(hidden)]
    #[must_use]
    pub fn walk(&self, text: &str) -> bool {
        let width = usize::from(self.width);
        let mut state = usize::from(self.start);
        for byte in text.bytes() {
            if state <= 1 {
                break;
            }
            let class = usize::from(self.classes[usize::from(byte)]);
            state = usize::from(self.next[state * width + class]);
        }
        state == 1 || (state != 0 && self.at_end[state])
    }
}

impl Shape {
    fn is_match(&self, text: &[u8]) -> bool {
        let from = self.from_end.map_or(Some(0), |length| text.len().checked_sub(length));
        let Some(mut rest) = from.and_then(|from| text.get(from..)) else { return false };
        for run in self.runs {
            let taken = match *run {
                Run::Text(literal) => scan::is_at(rest, 0, literal.as_bytes()).then_some(literal.len()),
                Run::Class { bit, least, most } => {
                    let longest = &rest[..rest.len().min(most as usize)];
                    let other = longest.iter().position(|byte| self.bits[usize::from(*byte)] & bit == 0);
                    Some(other.unwrap_or(longest.len())).filter(|taken| *taken >= least as usize)
                }
            };
            match taken {
                Some(taken) => rest = &rest[taken..],
                None => return false,
            }
        }
        !self.to_end || rest.is_empty()
    }
}
