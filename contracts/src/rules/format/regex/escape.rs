//! The smallest parts of a regular expression: escapes, classes and names.

use std::borrow::Cow;

/// What of the pattern is left to read.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

/// One part of a class, or what an escape stands for.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// One code point; a lone surrogate may be escaped, too.
    Point(u32),
    /// A set, such as `\d`.
    Set,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.skip(letter.len_utf8());
        Some(letter)
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    pub(super) fn take(&mut self, letter: char) -> bool {
        let rest = self.rest.strip_prefix(letter);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, letter: char) -> Option<()> {
        self.take(letter).then_some(())
    }

    /// One or more letters of this kind, all in ASCII.
    fn run(&mut self, is_wanted: impl Fn(&u8) -> bool) -> Option<&'a str> {
        let end = self.rest.bytes().take_while(|byte| byte.is_ascii() && is_wanted(byte)).count();
        let run = self.rest.get(..end)?;
        self.skip(end);
        (end > 0).then_some(run)
    }

    pub(super) fn digits(&mut self) -> Option<&'a str> {
        self.run(u8::is_ascii_digit)
    }

    /// What follows a backslash, in a class or out of it.
    pub(super) fn escape(&mut self) -> Option<Part> {
        let point = match self.next()? {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => return Some(Part::Set),
            'p' | 'P' => return self.property().map(|()| Part::Set),
            't' => 0x09,
            'n' => 0x0A,
            'v' => 0x0B,
            'f' => 0x0C,
            'r' => 0x0D,
            'c' => u32::from(self.next().filter(char::is_ascii_alphabetic)?) % 32,
            // With a digit behind, it would be an octal number.
            '0' if self.peek().is_none_or(|next| !next.is_ascii_digit()) => 0,
            'x' => self.hexadecimal(2)?,
            'u' => self.code_point()?,
            letter if !letter.is_alphanumeric() => u32::from(letter),
            _ => return None,
        };
        Some(Part::Point(point))
    }

    /// `{name}` or `{name=value}`; not every version of Unicode knows the same ones.
    fn property(&mut self) -> Option<()> {
        let is_wanted = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        self.expect('{')?;
        self.run(is_wanted)?;
        if self.take('=') {
            self.run(is_wanted)?;
        }
        self.expect('}')
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let number = self.rest.get(..digits).filter(|number| number.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.skip(digits);
        u32::from_str_radix(number, 16).ok()
    }

    /// What follows `\u`: four digits, twice for a surrogate pair, or any number of them in braces.
    fn code_point(&mut self) -> Option<u32> {
        if self.take('{') {
            let digits = self.run(u8::is_ascii_hexdigit)?.trim_start_matches('0');
            self.expect('}')?;
            let point = if digits.is_empty() { 0 } else { u32::from_str_radix(digits, 16).ok()? };
            return (point <= u32::from(char::MAX)).then_some(point);
        }
        let high = self.hexadecimal(4)?;
        if let (0xD800..=0xDBFF, Some(rest)) = (high, self.rest.strip_prefix("\\u")) {
            let mut ahead = Cursor::new(rest);
            if let Some(low @ 0xDC00..=0xDFFF) = ahead.hexadecimal(4) {
                *self = ahead;
                return Some(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
        }
        Some(high)
    }

    /// What follows the bracket that opens a class, with the one that closes it.
    pub(super) fn class(&mut self) -> Option<()> {
        self.take('^');
        while !self.take(']') {
            let first = self.part()?;
            // A hyphen at the end is one.
            if self.rest.starts_with("-]") || !self.take('-') {
                continue;
            }
            let (Part::Point(first), Part::Point(last)) = (first, self.part()?) else { return None };
            if first > last {
                return None;
            }
        }
        Some(())
    }

    fn part(&mut self) -> Option<Part> {
        match self.next()? {
            // A backspace here, where there are no boundaries of words.
            '\\' if self.take('b') => Some(Part::Point(0x08)),
            '\\' => self.escape(),
            letter => Some(Part::Point(u32::from(letter))),
        }
    }

    /// The name of a group and its closing bracket. Letters may be escaped, which makes no other name.
    pub(super) fn group_name(&mut self) -> Option<Cow<'a, str>> {
        let start = self.rest;
        let mut spelled: Option<String> = None;
        let mut length = 0;
        loop {
            let before = self.rest;
            let letter = match self.next()? {
                '>' => break,
                '\\' => {
                    self.expect('u')?;
                    let read = start.len() - before.len();
                    spelled.get_or_insert_with(|| start[..read].to_owned());
                    char::from_u32(self.code_point()?)?
                }
                letter => letter,
            };
            // The properties ID_Start and ID_Continue, as near as the standard library comes.
            let inner = length > 0 && (letter.is_numeric() || matches!(letter, '\u{200C}' | '\u{200D}'));
            if !letter.is_alphabetic() && !matches!(letter, '$' | '_') && !inner {
                return None;
            }
            length += letter.len_utf8();
            spelled.iter_mut().for_each(|spelled| spelled.push(letter));
        }
        (length > 0).then(|| spelled.map_or_else(|| Cow::Borrowed(&start[..length]), Cow::Owned))
    }
}
