//! Sets of JSON types.

/// A set of JSON types; `integer` is a part of `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// Names in the order of their bits.
    const NAMES: [&'static str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    /// Every JSON value.
    pub const ALL: Self = Self(0b111_1111);

    /// No JSON value.
    pub const NONE: Self = Self(0);

    /// The set of one type.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match Self::NAMES.iter().position(|known| *known == name)? {
            // Every integer is a number.
            3 => Some(Self(0b1100)),
            bit => Some(Self(1 << bit)),
        }
    }

    /// Types in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Types in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Types in this set and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether no type is left.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a type is in the set.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        Self::named(name).is_some_and(|kinds| self.0 & kinds.0 == kinds.0)
    }

    /// The names, as `type` would list them.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let listed = |bit: &usize| self.0 & (1 << bit) != 0 && !(*bit == 2 && self.0 & 0b1000 != 0);
        (0..7).filter(listed).map(|bit| Self::NAMES[bit]).collect()
    }
}
