//! The kinds of JSON value, one at a time and as a set.

use std::fmt;

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number, whole or not.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The kind of the value that begins with `byte`, if any does.
    #[inline]
    pub(crate) const fn of_first_byte(byte: u8) -> Option<Self> {
        match byte {
            b'n' => Some(Self::Null),
            b't' | b'f' => Some(Self::Boolean),
            b'-' | b'0'..=b'9' => Some(Self::Number),
            b'"' => Some(Self::String),
            b'[' => Some(Self::Array),
            b'{' => Some(Self::Object),
            _ => None,
        }
    }
}

/// A set of JSON kinds, as the keyword `type` lists them: `integer` is apart from `number`.
///
/// ```
/// use event_contracts::rules::Kinds;
///
/// const SCALAR_OR_NULL: Kinds = Kinds::of(&["string", "integer", "null"]);
/// assert!(SCALAR_OR_NULL.covers(Kinds::NULL));
/// assert_eq!(SCALAR_OR_NULL.to_string(), "a null, an integer or a string");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind: what admits no value at all.
    pub const NONE: Self = Self(0);
    /// `null`
    pub const NULL: Self = Self(1);
    /// `true` and `false`
    pub const BOOLEAN: Self = Self(1 << 1);
    /// Whole numbers, however they are spelled.
    pub const INTEGER: Self = Self(1 << 2);
    /// Numbers, the whole ones included.
    pub const NUMBER: Self = Self((1 << 3) | (1 << 2));
    /// Strings.
    pub const STRING: Self = Self(1 << 4);
    /// Arrays.
    pub const ARRAY: Self = Self(1 << 5);
    /// Objects.
    pub const OBJECT: Self = Self(1 << 6);

    const NAMES: [(Self, &str); 7] = [
        (Self::NULL, "a null"),
        (Self::BOOLEAN, "a boolean"),
        (Self::NUMBER, "a number"),
        (Self::INTEGER, "an integer"),
        (Self::STRING, "a string"),
        (Self::ARRAY, "an array"),
        (Self::OBJECT, "an object"),
    ];

    /// The kinds with these names of JSON Schema.
    ///
    /// # Panics
    ///
    /// If there is no such kind: at build time, where the set is a constant.
    #[must_use]
    pub const fn of(names: &[&str]) -> Self {
        let mut kinds = Self(0);
        let mut at = 0;
        while at < names.len() {
            kinds = kinds.or(match names[at].as_bytes() {
                b"null" => Self::NULL,
                b"boolean" => Self::BOOLEAN,
                b"integer" => Self::INTEGER,
                b"number" => Self::NUMBER,
                b"string" => Self::STRING,
                b"array" => Self::ARRAY,
                b"object" => Self::OBJECT,
                _ => panic!("JSON Schema knows no such type"),
            });
            at += 1;
        }
        kinds
    }

    /// The kinds of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every kind of `other` is in this set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `number` says `integer` already.
        let said = |kind| kind == Self::INTEGER && self.covers(Self::NUMBER);
        let holds = |(kind, _): &&(Self, &str)| self.covers(*kind) && !said(*kind);
        let names: Vec<&str> = Self::NAMES.iter().filter(holds).map(|(_, name)| *name).collect();
        match names.split_last() {
            None => f.write_str("no value"),
            Some((last, [])) => f.write_str(last),
            Some((last, front)) => write!(f, "{} or {last}", front.join(", ")),
        }
    }
}
