//! Strings, numbers, and values that are listed one by one.

use std::cmp::Ordering;

use crate::json::{Kinds, scan};
use crate::refusal::Refusal;
use crate::rules::{Bound, Format};
use crate::schema::Schema;
use crate::schema::judge::{Judge, Judged};
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
        if let Some([value]) = schema.values
            && !rules.has_text_rules()
            && scan::is_at(self.reader.bytes(), start, value.as_bytes())
        {
            // A closing quote ends both: nothing else begins like this.
            self.reader.go_to(start + value.len());
            return Ok(());
        }
        if rules.is_uuid_alone() && self.uuid(start) {
            // Its 36 characters were read once: nothing looked for the end of the string first.
        } else if rules.has_text_rules() {
            let checked = match self.reader.plain_string() {
                Ok(text) => rules.check_text(text),
                Err(end) => rules.check_text(&self.reader.escaped_string(start + 1, end)?),
            };
            if let Err(refusal) = checked {
                self.refuse(start, || refusal)?;
            }
        } else {
            self.reader.skip_string()?;
        }
        match schema.values {
            None => Ok(()),
            Some(values) => self.one_of(values, start),
        }
    }

    /// Goes past the string that begins at `start` if it is a UUID, and if that is all it must be.
    #[inline]
    fn uuid(&mut self, start: usize) -> bool {
        let end = start + 37;
        let text = self.reader.text().get(start + 1..end);
        let is_one = self.reader.bytes().get(end) == Some(&b'"') && text.is_some_and(|text| Format::Uuid.admits(text));
        if is_one {
            self.reader.go_to(end + 1);
        }
        is_one
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
            let number = Number::of(number);
            let bounds = rules.check_bounds(|bound| number.compare(bound));
            if let Err(refusal) = bounds.and_then(|()| rules.check_multiple(|divisor| number.is_multiple_of(divisor))) {
                self.refuse(start, || refusal)?;
            }
        }
        match schema.values {
            None => Ok(()),
            Some(values) => self.one_of(values, start),
        }
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
