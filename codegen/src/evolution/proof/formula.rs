//! Formulas over JSON values: one normal form for all drafts, in which each formula has a negation.
//!
//! An atom speaks of one kind of value. Of other kinds it is simply true or, if it is strict, simply false; so the
//! negation of an atom is an atom, and a formula needs no implications. Equal formulas are one: they have the same number.

use std::collections::HashMap;
use std::sync::Arc;

use super::rational::Rational;

/// Names a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Id(u32);

impl Id {
    pub(super) const TRUE: Self = Self(0);
    pub(super) const FALSE: Self = Self(1);
}

/// A set of kinds of values. An integer that is spelled with a fraction, `1.0`, is a kind of its own: draft 4 tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Kinds(pub(super) u16);

impl Kinds {
    pub(super) const NULL: Self = Self(1);
    pub(super) const FALSE: Self = Self(1 << 1);
    pub(super) const TRUE: Self = Self(1 << 2);
    /// An integer without a fraction.
    pub(super) const WHOLE: Self = Self(1 << 3);
    /// A number that is no integer.
    pub(super) const BROKEN: Self = Self(1 << 4);
    /// An integer that is spelled with a fraction.
    pub(super) const POINTED: Self = Self(1 << 5);
    pub(super) const STRING: Self = Self(1 << 6);
    pub(super) const ARRAY: Self = Self(1 << 7);
    pub(super) const OBJECT: Self = Self(1 << 8);
    pub(super) const ALL: Self = Self((1 << 9) - 1);
    pub(super) const NONE: Self = Self(0);
    pub(super) const BOOLEAN: Self = Self(0b110);
    pub(super) const INTEGER: Self = Self(Self::WHOLE.0 | Self::POINTED.0);
    pub(super) const NUMBER: Self = Self(Self::INTEGER.0 | Self::BROKEN.0);

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn complement(self) -> Self {
        Self(!self.0 & Self::ALL.0)
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Each kind alone, from the simplest values to the largest.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        (0..9).map(|bit| Self(1 << bit)).filter(move |kind| self.meets(*kind))
    }
}

/// A sorted list of texts.
pub(super) type Words = Arc<[Arc<str>]>;

/// What a formula says of values of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    /// Not below, or above, if the flag is set.
    Least(Rational, bool),
    /// Not above, or below, if the flag is set.
    Most(Rational, bool),
    /// A multiple, or none, if the flag is not set.
    Multiple(Rational, bool),
    /// One of these numbers, or none of them.
    Numbers(Arc<[Rational]>, bool),
    /// One of these texts, or none of them.
    Words(Words, bool),
    /// A match of the pattern, or none.
    Pattern(u32, bool),
    /// Of the format, or not.
    Format(Arc<str>, bool),
    MinLength(u64),
    MaxLength(u64),
    MinItems(u64),
    MaxItems(u64),
    /// If there is an element at this place, it satisfies the formula.
    At(u64, Id),
    /// There is an element at this place, and it satisfies the formula.
    HasAt(u64, Id),
    /// From this place on, at least so many elements satisfy the formula.
    Many(u64, u64, Id),
    /// From this place on, at most so many elements satisfy the formula.
    Few(u64, u64, Id),
    /// All elements differ, or two are equal.
    Unique(bool),
    MinMembers(u64),
    MaxMembers(u64),
    /// Every member whose name satisfies the first formula has a value that satisfies the second.
    Every(Id, Id),
    /// Some member has a name that satisfies the first formula and a value that satisfies the second.
    Some(Id, Id),
}

impl Atom {
    /// The kinds that the atom speaks of.
    pub(super) fn kinds(&self) -> Kinds {
        match self {
            Self::Least(..) | Self::Most(..) | Self::Multiple(..) | Self::Numbers(..) => Kinds::NUMBER,
            Self::Words(..) | Self::Pattern(..) | Self::Format(..) | Self::MinLength(_) | Self::MaxLength(_) => {
                Kinds::STRING
            }
            Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::At(..)
            | Self::HasAt(..)
            | Self::Many(..)
            | Self::Few(..)
            | Self::Unique(_) => Kinds::ARRAY,
            Self::MinMembers(_) | Self::MaxMembers(_) | Self::Every(..) | Self::Some(..) => Kinds::OBJECT,
        }
    }
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Formula {
    True,
    False,
    Kinds(Kinds),
    And(Arc<[Id]>),
    Or(Arc<[Id]>),
    /// Exactly one of these, or none or several.
    One(Arc<[Id]>, bool),
    /// What is written out when it is needed: a schema that refers to itself; or its negation.
    Lazy(u32, bool),
    /// Of other kinds than its own, an atom is true, or false if it is strict.
    Atom(Atom, bool),
    /// What no algebra here knows, by its number, or its negation.
    Opaque(u32, bool),
}

/// All formulas of one comparison.
#[derive(Debug)]
pub(super) struct Formulas {
    all: Vec<Formula>,
    numbers: HashMap<Formula, Id>,
    negations: HashMap<Id, Id>,
    size: usize,
}

impl Formulas {
    pub(super) fn new() -> Self {
        let mut formulas = Self { all: Vec::new(), numbers: HashMap::new(), negations: HashMap::new(), size: 0 };
        formulas.intern(Formula::True);
        formulas.intern(Formula::False);
        formulas
    }

    pub(super) fn get(&self, id: Id) -> &Formula {
        &self.all[id.0 as usize]
    }

    /// How large all of them are together.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    fn intern(&mut self, formula: Formula) -> Id {
        if let Some(&known) = self.numbers.get(&formula) {
            return known;
        }
        let id = Id(u32::try_from(self.all.len()).expect("a comparison ends before it has so many formulas"));
        self.size += match &formula {
            Formula::And(parts) | Formula::Or(parts) | Formula::One(parts, _) => 8 + parts.len(),
            _ => 8,
        };
        self.all.push(formula.clone());
        self.numbers.insert(formula, id);
        id
    }

    pub(super) fn kinds(&mut self, kinds: Kinds) -> Id {
        match kinds {
            Kinds::ALL => Id::TRUE,
            Kinds::NONE => Id::FALSE,
            _ => self.intern(Formula::Kinds(kinds)),
        }
    }

    /// True of values of other kinds.
    pub(super) fn atom(&mut self, atom: Atom) -> Id {
        self.atom_as(atom, false)
    }

    /// False of values of other kinds.
    pub(super) fn strict(&mut self, atom: Atom) -> Id {
        self.atom_as(atom, true)
    }

    fn atom_as(&mut self, atom: Atom, is_strict: bool) -> Id {
        let always = match &atom {
            Atom::MinLength(0) | Atom::MinItems(0) | Atom::MinMembers(0) | Atom::At(_, Id::TRUE) => true,
            Atom::Every(names, values) => *names == Id::FALSE || *values == Id::TRUE,
            Atom::Few(_, _, Id::FALSE) | Atom::Many(_, 0, _) => true,
            Atom::Words(words, false) => words.is_empty(),
            Atom::Numbers(numbers, false) => numbers.is_empty(),
            _ => false,
        };
        let never = match &atom {
            Atom::Some(names, values) => *names == Id::FALSE || *values == Id::FALSE,
            Atom::HasAt(_, Id::FALSE) => true,
            Atom::Many(_, count, formula) => *count > 0 && *formula == Id::FALSE,
            Atom::Words(words, true) => words.is_empty(),
            Atom::Numbers(numbers, true) => numbers.is_empty(),
            _ => false,
        };
        match (always, never) {
            (true, _) if is_strict => self.kinds(atom.kinds()),
            (true, _) => Id::TRUE,
            (_, true) if is_strict => Id::FALSE,
            (_, true) => self.kinds(atom.kinds().complement()),
            _ => self.intern(Formula::Atom(atom, is_strict)),
        }
    }

    pub(super) fn lazy(&mut self, number: u32, sign: bool) -> Id {
        self.intern(Formula::Lazy(number, sign))
    }

    pub(super) fn opaque(&mut self, number: u32) -> Id {
        self.intern(Formula::Opaque(number, true))
    }

    pub(super) fn and(&mut self, parts: impl IntoIterator<Item = Id>) -> Id {
        let mut flat = Vec::new();
        let mut kinds = Kinds::ALL;
        for part in parts {
            match self.get(part) {
                Formula::And(inner) => flat.extend(inner.iter().copied()),
                _ => flat.push(part),
            }
        }
        flat.retain(|part| match self.get(*part) {
            Formula::True => false,
            Formula::Kinds(more) => {
                kinds = kinds.and(*more);
                false
            }
            _ => true,
        });
        let kinds = self.kinds(kinds);
        flat.push(kinds);
        flat.retain(|part| *part != Id::TRUE);
        flat.sort_unstable();
        flat.dedup();
        let contradicts = |part: &Id| self.negations.get(part).is_some_and(|not| flat.binary_search(not).is_ok());
        if flat.contains(&Id::FALSE) || flat.iter().any(contradicts) {
            return Id::FALSE;
        }
        match flat[..] {
            [] => Id::TRUE,
            [one] => one,
            _ => self.intern(Formula::And(flat.into())),
        }
    }

    pub(super) fn or(&mut self, parts: impl IntoIterator<Item = Id>) -> Id {
        let mut flat = Vec::new();
        let mut kinds = Kinds::NONE;
        for part in parts {
            match self.get(part) {
                Formula::Or(inner) => flat.extend(inner.iter().copied()),
                _ => flat.push(part),
            }
        }
        flat.retain(|part| match self.get(*part) {
            Formula::Kinds(more) => {
                kinds = kinds.or(*more);
                false
            }
            Formula::False => false,
            _ => true,
        });
        let kinds = self.kinds(kinds);
        flat.push(kinds);
        flat.retain(|part| *part != Id::FALSE);
        flat.sort_unstable();
        flat.dedup();
        let completes = |part: &Id| self.negations.get(part).is_some_and(|not| flat.binary_search(not).is_ok());
        if flat.contains(&Id::TRUE) || flat.iter().any(completes) {
            return Id::TRUE;
        }
        match flat[..] {
            [] => Id::FALSE,
            [one] => one,
            _ => self.intern(Formula::Or(flat.into())),
        }
    }

    /// Exactly one of the parts.
    pub(super) fn one(&mut self, parts: Vec<Id>) -> Id {
        match parts[..] {
            [] => Id::FALSE,
            [one] => one,
            _ => self.intern(Formula::One(parts.into(), true)),
        }
    }

    pub(super) fn not(&mut self, id: Id) -> Id {
        if let Some(&known) = self.negations.get(&id) {
            return known;
        }
        let negation = match self.get(id).clone() {
            Formula::True => Id::FALSE,
            Formula::False => Id::TRUE,
            Formula::Kinds(kinds) => self.kinds(kinds.complement()),
            Formula::And(parts) => {
                let parts: Vec<Id> = parts.iter().map(|part| self.not(*part)).collect();
                self.or(parts)
            }
            Formula::Or(parts) => {
                let parts: Vec<Id> = parts.iter().map(|part| self.not(*part)).collect();
                self.and(parts)
            }
            Formula::One(parts, sign) => self.intern(Formula::One(parts, !sign)),
            Formula::Lazy(number, sign) => self.intern(Formula::Lazy(number, !sign)),
            Formula::Opaque(number, sign) => self.intern(Formula::Opaque(number, !sign)),
            Formula::Atom(atom, is_strict) => self.not_atom(atom, is_strict),
        };
        self.negations.insert(id, negation);
        self.negations.insert(negation, id);
        negation
    }

    fn not_atom(&mut self, atom: Atom, is_strict: bool) -> Id {
        // No list is shorter than nothing.
        let below = |count: u64| count.checked_sub(1);
        let negation = match atom {
            Atom::Least(bound, is_open) => Some(Atom::Most(bound, !is_open)),
            Atom::Most(bound, is_open) => Some(Atom::Least(bound, !is_open)),
            Atom::Multiple(of, sign) => Some(Atom::Multiple(of, !sign)),
            Atom::Numbers(numbers, sign) => Some(Atom::Numbers(numbers, !sign)),
            Atom::Words(words, sign) => Some(Atom::Words(words, !sign)),
            Atom::Pattern(pattern, sign) => Some(Atom::Pattern(pattern, !sign)),
            Atom::Format(name, sign) => Some(Atom::Format(name, !sign)),
            Atom::MinLength(count) => below(count).map(Atom::MaxLength),
            Atom::MaxLength(count) => Some(Atom::MinLength(count + 1)),
            Atom::MinItems(count) => below(count).map(Atom::MaxItems),
            Atom::MaxItems(count) => Some(Atom::MinItems(count + 1)),
            Atom::MinMembers(count) => below(count).map(Atom::MaxMembers),
            Atom::MaxMembers(count) => Some(Atom::MinMembers(count + 1)),
            Atom::At(place, formula) => Some(Atom::HasAt(place, self.not(formula))),
            Atom::HasAt(place, formula) => Some(Atom::At(place, self.not(formula))),
            Atom::Many(from, count, formula) => below(count).map(|count| Atom::Few(from, count, formula)),
            Atom::Few(from, count, formula) => Some(Atom::Many(from, count + 1, formula)),
            Atom::Unique(sign) => Some(Atom::Unique(!sign)),
            Atom::Every(names, values) => Some(Atom::Some(names, self.not(values))),
            Atom::Some(names, values) => Some(Atom::Every(names, self.not(values))),
        };
        match negation {
            Some(negation) => self.atom_as(negation, !is_strict),
            None => Id::FALSE,
        }
    }

    /// Some of the texts, or all others.
    pub(super) fn words<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, sign: bool) -> Id {
        let mut words: Vec<Arc<str>> = words.into_iter().map(Arc::from).collect();
        words.sort_unstable();
        words.dedup();
        self.strict(Atom::Words(words.into(), sign))
    }
}
