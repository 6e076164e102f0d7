//! The rules that a schema gives for one place, as constants.

mod bound;
mod format;
mod hostname;
mod idn;
mod pattern;
mod punycode;
mod pvalid;
mod uri;

use std::cmp::Ordering;

pub use self::bound::Bound;
pub use self::format::Format;
pub use self::pattern::{Pattern, Run, Shape};
use crate::data::Checks;
pub use crate::json::Kinds;
use crate::refusal::Refusal;
pub use event_contracts_derive::pattern;

/// What a schema says about the values of one place.
///
/// Rules are constants: a type that is read by them is inlined, and what is `None` costs nothing.
///
/// ```
/// use event_contracts::rules::{Bound, Rules};
///
/// const QUANTITY: Rules = Rules { minimum: Some(Bound::integer(1)), ..Rules::NONE };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// `minLength`, in Unicode scalar values.
    pub min_length: Option<u32>,
    /// `maxLength`, in Unicode scalar values.
    pub max_length: Option<u32>,
    /// `pattern`
    pub pattern: Option<&'static Pattern>,
    /// `format`, asserted.
    pub format: Option<Format>,
    /// `minimum`
    pub minimum: Option<Bound>,
    /// `maximum`
    pub maximum: Option<Bound>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<Bound>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<Bound>,
    /// `multipleOf`, more than zero.
    pub multiple_of: Option<Bound>,
    /// `minItems`
    pub min_items: Option<u32>,
    /// `maxItems`
    pub max_items: Option<u32>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u32>,
    /// `maxProperties`
    pub max_properties: Option<u32>,
    /// `type`, of a value that may be of any kind.
    pub kinds: Option<Kinds>,
    /// The value is a [`Decimal`](crate::Decimal) that JSON spells as a string.
    pub text: bool,
}

impl Rules {
    /// No rules.
    pub const NONE: Self = Self {
        min_length: None,
        max_length: None,
        pattern: None,
        format: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
        kinds: None,
        text: false,
    };

    /// What a type must check for these rules to hold.
    #[must_use]
    pub const fn needs(&self) -> Checks {
        let mut needs = Checks::NOTHING;
        if self.has_text_rules() {
            needs = needs.or(Checks::STRING);
        }
        if self.has_number_rules() {
            needs = needs.or(Checks::NUMBER);
        }
        if self.min_items.is_some() || self.max_items.is_some() || self.unique_items {
            needs = needs.or(Checks::ARRAY);
        }
        if self.min_properties.is_some() || self.max_properties.is_some() {
            needs = needs.or(Checks::OBJECT);
        }
        if self.kinds.is_some() {
            needs = needs.or(Checks::KINDS);
        }
        if self.text {
            needs = needs.or(Checks::TEXT);
        }
        needs
    }

    /// Whether there are rules for strings.
    #[inline]
    #[must_use]
    pub const fn has_text_rules(&self) -> bool {
        self.min_length.is_some() || self.max_length.is_some() || self.pattern.is_some() || self.format.is_some()
    }

    /// Whether there are rules for strings besides a format that is kept anyway.
    #[inline]
    pub(crate) fn has_text_rules_beside(&self, format: Option<Format>) -> bool {
        self.min_length.is_some()
            || self.max_length.is_some()
            || self.pattern.is_some()
            || (self.format.is_some() && self.format != format)
    }

    /// Whether a string must be a UUID, and nothing else beside.
    #[inline]
    pub(crate) const fn is_uuid_alone(&self) -> bool {
        matches!(self.format, Some(Format::Uuid))
            && self.min_length.is_none()
            && self.max_length.is_none()
            && self.pattern.is_none()
    }

    /// Whether there are rules for numbers.
    #[inline]
    #[must_use]
    pub const fn has_number_rules(&self) -> bool {
        self.minimum.is_some()
            || self.maximum.is_some()
            || self.exclusive_minimum.is_some()
            || self.exclusive_maximum.is_some()
            || self.multiple_of.is_some()
    }

    /// Checks a string by its length, pattern and format. Where the rules are constants, little of this is left.
    ///
    /// # Errors
    ///
    /// `minLength`, `maxLength`, `pattern`, `format`, `contentEncoding` or `contentMediaType`.
    #[inline(always)]
    pub fn check_text(&self, text: &str) -> Result<(), Refusal> {
        if let Some(least) = self.min_length
            && is_shorter(text, least)
        {
            return Err(at_least("minLength", least, "character"));
        }
        if let Some(most) = self.max_length
            && is_longer(text, most)
        {
            return Err(at_most("maxLength", most, "character"));
        }
        if let Some(pattern) = self.pattern
            && !pattern.is_match(text)
        {
            return Err(mismatch(pattern));
        }
        match self.format {
            Some(format) if !format.admits(text) => Err(format.refusal(text)),
            _ => Ok(()),
        }
    }

    /// Checks a number, given how it compares with a bound.
    ///
    /// # Errors
    ///
    /// `minimum`, `maximum`, `exclusiveMinimum` or `exclusiveMaximum`.
    #[inline]
    pub fn check_bounds(&self, compare: impl Fn(Bound) -> Ordering) -> Result<(), Refusal> {
        if let Some(bound) = self.minimum
            && compare(bound).is_lt()
        {
            return Err(beyond("minimum", "at least", bound));
        }
        if let Some(bound) = self.maximum
            && compare(bound).is_gt()
        {
            return Err(beyond("maximum", "at most", bound));
        }
        if let Some(bound) = self.exclusive_minimum
            && compare(bound).is_le()
        {
            return Err(beyond("exclusiveMinimum", "more than", bound));
        }
        if let Some(bound) = self.exclusive_maximum
            && compare(bound).is_ge()
        {
            return Err(beyond("exclusiveMaximum", "less than", bound));
        }
        Ok(())
    }

    /// Checks a number, given whether a divisor divides it.
    ///
    /// # Errors
    ///
    /// `multipleOf`
    #[inline]
    pub fn check_multiple(&self, is_multiple_of: impl Fn(Bound) -> bool) -> Result<(), Refusal> {
        match self.multiple_of {
            Some(divisor) if !is_multiple_of(divisor) => Err(beyond("multipleOf", "a multiple of", divisor)),
            _ => Ok(()),
        }
    }

    /// Checks the number of elements of an array.
    ///
    /// # Errors
    ///
    /// `minItems` or `maxItems`.
    #[inline]
    pub fn check_items(&self, count: usize) -> Result<(), Refusal> {
        match (self.min_items, self.max_items) {
            (Some(least), _) if count < least as usize => Err(at_least("minItems", least, "element")),
            (_, Some(most)) if count > most as usize => Err(at_most("maxItems", most, "element")),
            _ => Ok(()),
        }
    }

    /// Checks the number of members of an object.
    ///
    /// # Errors
    ///
    /// `minProperties` or `maxProperties`.
    #[inline]
    pub fn check_properties(&self, count: usize) -> Result<(), Refusal> {
        match (self.min_properties, self.max_properties) {
            (Some(least), _) if count < least as usize => Err(at_least("minProperties", least, "member")),
            (_, Some(most)) if count > most as usize => Err(at_most("maxProperties", most, "member")),
            _ => Ok(()),
        }
    }
}

/// A scalar value takes one byte to four, so that the count of bytes often decides.
#[inline]
fn is_shorter(text: &str, least: u32) -> bool {
    let least = least as usize;
    text.len() < least || (least > 1 && text.len() < least.saturating_mul(4) && characters(text) < least)
}

#[inline]
fn is_longer(text: &str, most: u32) -> bool {
    let most = most as usize;
    text.len() > most && (text.len() > most.saturating_mul(4) || characters(text) > most)
}

/// Out of line, so that what surrounds it can be inlined.
#[inline(never)]
fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cold]
fn mismatch(pattern: &Pattern) -> Refusal {
    Refusal::new("pattern", format!("a string that matches `{}`", pattern.source))
}

#[cold]
fn beyond(keyword: &'static str, what: &str, bound: Bound) -> Refusal {
    Refusal::new(keyword, format!("{what} {bound}"))
}

#[cold]
fn at_least(keyword: &'static str, least: u32, what: &str) -> Refusal {
    let plural = if least == 1 { "" } else { "s" };
    Refusal::new(keyword, format!("at least {least} {what}{plural}"))
}

#[cold]
fn at_most(keyword: &'static str, most: u32, what: &str) -> Refusal {
    let plural = if most == 1 { "" } else { "s" };
    Refusal::new(keyword, format!("at most {most} {what}{plural}"))
}
