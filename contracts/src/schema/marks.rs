//! Which members or elements of one value a schema has looked at: what `unevaluated…` asks for.

/// A set of ordinals: the first member or element of a value is 0.
#[derive(Debug, Default)]
pub(super) struct Marks {
    all: bool,
    /// The first 64, so that an ordinary value costs no allocation.
    first: u64,
    more: Vec<u64>,
}

impl Marks {
    pub(super) fn mark(&mut self, ordinal: usize) {
        match ordinal.checked_sub(64) {
            None => self.first |= 1 << ordinal,
            Some(beyond) => {
                if self.more.len() <= beyond / 64 {
                    self.more.resize(beyond / 64 + 1, 0);
                }
                self.more[beyond / 64] |= 1 << (beyond % 64);
            }
        }
    }

    pub(super) fn mark_all(&mut self) {
        self.all = true;
    }

    pub(super) fn holds(&self, ordinal: usize) -> bool {
        let set = |word: u64, bit: usize| word >> bit & 1 == 1;
        self.all
            || match ordinal.checked_sub(64) {
                None => set(self.first, ordinal),
                Some(beyond) => self.more.get(beyond / 64).is_some_and(|word| set(*word, beyond % 64)),
            }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.all |= other.all;
        self.first |= other.first;
        if self.more.len() < other.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        self.more.iter_mut().zip(&other.more).for_each(|(word, other)| *word |= other);
    }
}
