//! What assertions see at one place of a text: the letters on both sides, and what ends there.

use regex_automata::util::look::Look as Assertion;

/// One place of a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct View {
    pub(super) previous: Side,
    pub(super) next: Side,
    /// A bit for each part that is looked behind at: whether it ends here.
    pub(super) behind: u32,
}

/// What stands on one side of the place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// The text begins or ends here.
    Nothing,
    /// A letter, digit or underscore of ASCII.
    Word,
    Other,
}

impl Side {
    /// Of words, only an expression that sees any needs to hear.
    pub(super) fn of(byte: Option<u8>, sees_words: bool) -> Self {
        match byte {
            None => Self::Nothing,
            Some(byte) if sees_words && (byte.is_ascii_alphanumeric() || byte == b'_') => Self::Word,
            Some(_) => Self::Other,
        }
    }
}

impl View {
    /// Whether an assertion holds here; the others than these are not known, see [`is_known`].
    pub(super) fn satisfies(self, assertion: Assertion) -> bool {
        let is_boundary = (self.previous == Side::Word) != (self.next == Side::Word);
        match assertion {
            Assertion::Start => self.previous == Side::Nothing,
            Assertion::End => self.next == Side::Nothing,
            Assertion::WordAscii => is_boundary,
            _ => !is_boundary,
        }
    }

    /// Whether a part that is looked behind at ends here.
    pub(super) fn ends(self, part: usize) -> bool {
        self.behind >> part & 1 == 1
    }
}

pub(super) fn is_known(assertion: Assertion) -> bool {
    matches!(assertion, Assertion::Start | Assertion::End) || is_of_words(assertion)
}

pub(super) fn is_of_words(assertion: Assertion) -> bool {
    matches!(assertion, Assertion::WordAscii | Assertion::WordAsciiNegate)
}
