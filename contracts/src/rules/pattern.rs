//! Patterns: regular expressions that became tables at build time.

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
}

impl Pattern {
    /// Whether the expression matches somewhere in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
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
