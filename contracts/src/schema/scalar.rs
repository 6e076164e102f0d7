//! Strings, numbers, and values that are listed one by one.

use std::cmp::Ordering;

use crate::json::{Kinds, scan};
use crate::refusal::Refusal;
use crate::rules::Bound;
use crate::schema::Schema;
use crate::schema::judge::{Judge, Judged};
use crate::value::Uuid;
use crate::value::exact::{self, Exact};
use crate::value::tree::Tree;

/// As many values as a refusal lists; there may be hundreds.
const LISTED: usize = 8;

impl Judge<'_> {
    /// Judges the string that begins at `start`.
    #[inline]
    pub(super) fn string(&mut self, schema: &Schema, start: usize) -> Judged {
        let rules = &schema.rules;
        if rules.kinds.is_some_and(|kinds| !kinds.covers(Kinds::STRING)) {
            return self.of_another_type(schema, start);
        }
        if rules.has_text_rules() {
            self.text(schema)?;
        } else {
            self.reader.skip_string()?;
        }
        match schema.values {
            None => Ok(()),
            Some(values) => self.one_of(values, start),
        }
    }

    /// Judges the next string by its rules alone.
    pub(super) fn text(&mut self, schema: &Schema) -> Judged {
        let start = self.reader.position();
        let checked = match self.reader.plain_string() {
            Ok(text) => schema.rules.check_text(text),
            Err(end) => schema.rules.check_text(&self.reader.escaped_string(start + 1, end)?),
        };
        checked.or_else(|refusal| self.refuse(start, || refusal))
    }

    /// Goes past the next string if it is spelled as this one, which is JSON text. Its closing quote ends both.
    #[inline]
    pub(super) fn is_next(&mut self, value: &str) -> bool {
        let start = self.reader.position();
        let is_next = scan::is_at(self.reader.bytes(), start, value.as_bytes());
        if is_next {
            self.reader.go_to(start + value.len());
        }
        is_next
    }

    /// Goes past the next string if it is a UUID: its 36 characters are read once, nothing looks for its end first.
    #[inline]
    pub(super) fn is_uuid_next(&mut self) -> bool {
        Uuid::read_plain(&mut self.reader).is_some()
    }

    /// Judges the next number by its bounds, if it is spelled as an integer is.
    #[inline]
    pub(super) fn integer(&mut self, schema: &Schema) -> Judged {
        let start = self.reader.position();
        let Some(integer) = self.reader.small_integer() else { return self.number(schema, start) };
        if !schema.rules.has_number_rules() {
            return Ok(());
        }
        self.bounded(schema, start, Number::Units(integer.into(), 0))
    }

    /// Judges the number that begins at `start`.
    #[inline]
    pub(super) fn number(&mut self, schema: &Schema, start: usize) -> Judged {
        let rules = &schema.rules;
        if rules.kinds.is_some_and(|kinds| !kinds.covers(Kinds::INTEGER)) {
            return self.of_another_type(schema, start);
        }
        let number = self.reader.number()?;
        if let Some(kinds) = rules.kinds
            && !kinds.covers(Kinds::NUMBER)
            && !is_integer(number)
        {
            return self.refuse(start, || Refusal::new("type", kinds.to_string()));
        }
        if rules.has_number_rules() {
            self.bounded(schema, start, Number::of(number))?;
        }
        match schema.values {
            None => Ok(()),
            Some(values) => self.one_of(values, start),
        }
    }

    fn bounded(&mut self, schema: &Schema, start: usize, number: Number<'_>) -> Judged {
        let bounds = schema.rules.check_bounds(|bound| number.compare(bound));
        bounds
            .and_then(|()| schema.rules.check_multiple(|divisor| number.is_multiple_of(divisor)))
            .or_else(|refusal| self.refuse(start, || refusal))
    }

    /// Whether the value that was read from `start` on is one of these.
    #[inline]
    pub(super) fn one_of(&mut self, values: &'static [&'static str], start: usize) -> Judged {
        let raw = &self.reader.text()[start..self.reader.position()];
        if values.contains(&raw) || is_equal_to_any(raw, values) {
            return Ok(());
        }
        self.refuse(start, || match values {
            [value] => Refusal::new("const", format!("`{value}`")),
            values => Refusal::new("enum", listed(values)),
        })
    }
}

/// Whether a value is one of these, if it is spelled in another way.
fn is_equal_to_any(raw: &str, values: &[&str]) -> bool {
    match raw.as_bytes().first() {
        // Without escapes a string has but one spelling; the values of schemas are mostly such strings.
        Some(b'"') => {
            let is_escaped = raw.contains('\\');
            let may_equal = |value: &&&str| value.starts_with('"') && (is_escaped || value.contains('\\'));
            let mut others = values.iter().filter(may_equal);
            others.any(|value| Tree::parse(value) == Tree::parse(raw))
        }
        Some(b'n' | b't' | b'f') | None => false,
        Some(b'[' | b'{') => {
            let of_kind = |value: &&&str| value.as_bytes().first() == raw.as_bytes().first();
            let mut others = values.iter().filter(of_kind).peekable();
            if others.peek().is_none() {
                return false;
            }
            let tree = Tree::parse(raw);
            others.any(|value| Tree::parse(value) == tree)
        }
        Some(_) => {
            let number = Exact::parse(raw);
            let is_number = |value: &&&str| value.starts_with(|first: char| first == '-' || first.is_ascii_digit());
            values.iter().filter(is_number).any(|value| Exact::parse(value) == number)
        }
    }
}

#[cold]
fn listed(values: &[&str]) -> String {
    let names: Vec<String> = values.iter().take(LISTED).map(|value| format!("`{value}`")).collect();
    let more = if values.len() > LISTED { format!(" and {} more", values.len() - LISTED) } else { String::new() };
    format!("one of {}{more}", names.join(", "))
}

/// Whether a number, its grammar checked, is whole: nearly all that must be are digits alone.
#[inline]
fn is_integer(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    digits.bytes().all(|digit| digit.is_ascii_digit()) || Exact::parse(number).is_integer()
}

/// A number, its grammar checked, as it is compared fastest.
#[derive(Clone, Copy)]
enum Number<'a> {
    Units(i128, u32),
    Exact(Exact<'a>),
}

impl<'a> Number<'a> {
    fn of(number: &'a str) -> Self {
        match exact::plain(number) {
            Some((units, scale)) => Self::Units(units, scale),
            None => Self::Exact(Exact::parse(number)),
        }
    }

    fn compare(self, bound: Bound) -> Ordering {
        match self {
            Self::Units(units, scale) => bound.compare(units, scale),
            Self::Exact(number) => bound.compare_exact(number),
        }
    }

    fn is_multiple_of(self, divisor: Bound) -> bool {
        match self {
            Self::Units(units, scale) => divisor.divides(units, scale),
            Self::Exact(number) => divisor.divides_exact(number),
        }
    }
}
