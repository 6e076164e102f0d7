//! ECMA-262 patterns → Rust regular expressions that match the same texts, or the reason why there is none.

mod look;
mod split;
mod table;
#[cfg(test)]
mod tests;
mod view;

use std::collections::HashSet;

use self::table::{DEAD, MATCHED};

pub(crate) use self::table::Table;

/// What `.` leaves out in ECMA-262, and what `\s` means there.
const NOT_LINE_END: &str = r"[^\n\r\x{2028}\x{2029}]";
const SPACE: &str = r"\t\n\x0B\x0C\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

/// A quantifier that begins with `first`, with the mark that makes it lazy.
fn quantifier(first: char, letters: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    out.push(first);
    if first == '{' {
        out.extend(std::iter::from_fn(|| letters.next_if(|letter| *letter != '}')));
        out.extend(letters.next());
    }
    out.extend(letters.next_if_eq(&'?'));
}

/// The Rust expression for an ECMA pattern; look-around stays as it is, since our tables know it.
///
/// # Errors
/// What has no equivalent: back-references, and what is no pattern at all.
pub(crate) fn translate(source: &str) -> Result<String, String> {
    let mut letters = source.chars().peekable();
    let mut out = String::with_capacity(source.len());
    let mut is_quantified = false;
    while let Some(letter) = letters.next() {
        let was_quantified = std::mem::take(&mut is_quantified);
        match letter {
            // Rust reads `a++` as `(a+)+`; elsewhere it is an error, or something else again.
            '*' | '+' | '?' | '{' if was_quantified => return Err("a quantifier follows another one".into()),
            '*' | '+' | '?' | '{' => {
                quantifier(letter, &mut letters, &mut out);
                is_quantified = true;
            }
            '\\' => escape(&mut letters, &mut out, false)?,
            '[' => class(&mut letters, &mut out)?,
            '.' => out.push_str(NOT_LINE_END),
            '(' => {
                out.push('(');
                if letters.next_if_eq(&'?').is_some() {
                    // A group, look-ahead, or what is named or looks behind: all are spelled alike.
                    let kind = letters.next_if(|kind| [':', '=', '!', '<'].contains(kind));
                    out.extend(['?', kind.ok_or("this kind of group is not supported")?]);
                }
            }
            _ => out.push(letter),
        }
    }
    Ok(out)
}

/// What a hyphen in a class stands behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The beginning, a whole range or a set such as `\d`: no range begins here.
    Nothing,
    Letter,
    /// The hyphen of a range, whose end comes next.
    Range,
}

/// A class from behind its `[`. Only hyphens that make ranges stay bare: `[\w-.]` has none, and Rust reads `--` otherwise.
fn class(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) -> Result<(), String> {
    out.push('[');
    if letters.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    if letters.peek() == Some(&']') {
        return Err("an empty class `[]` or `[^]` is not supported".into());
    }
    let mut before = Before::Nothing;
    while let Some(letter) = letters.next() {
        let is_set = letter == '\\' && letters.peek().is_some_and(|kind| "dDwWsSpP".contains(*kind));
        match letter {
            ']' => {
                out.push(']');
                break;
            }
            '-' if before == Before::Letter && begins_letter(letters.clone()) => {
                out.push('-');
                before = Before::Range;
                continue;
            }
            '\\' => escape(letters, out, true)?,
            // Rust gives these a meaning inside classes that ECMA does not.
            '-' | '[' | '&' | '~' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
        before = if is_set || before == Before::Range { Before::Nothing } else { Before::Letter };
    }
    Ok(())
}

/// Whether what comes next in a class is one letter: no set, and not the end.
fn begins_letter(mut letters: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    match letters.next() {
        Some('\\') => letters.next().is_some_and(|kind| !"dDwWsSpP".contains(kind)),
        Some(letter) => letter != ']',
        None => false,
    }
}

fn escape(
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    out: &mut String,
    in_class: bool,
) -> Result<(), String> {
    let letter = letters.next().ok_or("it ends in a backslash")?;
    let class = |inner: &str| if in_class { inner.to_owned() } else { format!("[{inner}]") };
    match letter {
        'd' => out.push_str(&class("0-9")),
        'w' => out.push_str(&class("0-9A-Za-z_")),
        's' => out.push_str(&class(SPACE)),
        'D' | 'W' | 'S' => {
            let inner = match letter {
                'D' => "0-9",
                'W' => "0-9A-Za-z_",
                _ => SPACE,
            };
            out.push_str(&format!("[^{inner}]"));
        }
        'b' | 'B' if !in_class => out.push_str(&format!("(?-u:\\{letter})")),
        'b' => out.push_str(r"\x08"),
        '1'..='9' => return Err("back-references are not supported".into()),
        'k' => return Err("back-references are not supported".into()),
        '0' => out.push_str(r"\x00"),
        'u' => out.push_str(&unicode(letters)?),
        'x' => {
            let code: String = letters.by_ref().take(2).collect();
            u8::from_str_radix(&code, 16).map_err(|_| format!("`\\x{code}` is no character"))?;
            out.push_str(&format!("\\x{{{code}}}"));
        }
        'c' => {
            let control = letters.next().filter(char::is_ascii_alphabetic).ok_or("`\\c` needs a letter")?;
            out.push_str(&format!("\\x{{{:x}}}", (control as u8) % 32));
        }
        't' | 'n' | 'r' | 'f' | 'v' => out.extend(['\\', letter]),
        'p' | 'P' => {
            out.extend(['\\', letter]);
            // The name of a property stands in braces, which are no quantifier.
            if letters.peek() == Some(&'{') {
                out.extend(std::iter::from_fn(|| letters.next_if(|letter| *letter != '}')));
                out.extend(letters.next());
            }
        }
        letter if letter.is_alphanumeric() => return Err(format!("`\\{letter}` has no meaning")),
        letter => out.push_str(&regex_syntax::escape(&letter.to_string())),
    }
    Ok(())
}

/// `\uXXXX`, a pair of them, or `\u{…}`.
fn unicode(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<String, String> {
    let wrong = |code: &str| format!("`\\u{code}` is no character");
    let four = |letters: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let code: String = letters.by_ref().take(4).collect();
        u32::from_str_radix(&code, 16).map_err(|_| wrong(&code))
    };
    let mut code = if letters.next_if_eq(&'{').is_some() {
        let digits: String = letters.by_ref().take_while(|letter| *letter != '}').collect();
        u32::from_str_radix(&digits, 16).map_err(|_| wrong(&digits))?
    } else {
        four(letters)?
    };
    if (0xD800..0xDC00).contains(&code) && letters.next_if_eq(&'\\').is_some() && letters.next_if_eq(&'u').is_some() {
        let low = four(letters)?;
        code = 0x1_0000 + ((code - 0xD800) << 10) + low.saturating_sub(0xDC00);
    }
    char::from_u32(code).map(|_| format!("\\x{{{code:x}}}")).ok_or_else(|| wrong(&format!("{code:x}")))
}

/// The table of a Rust expression: what the derive would make of it, and refused where the derive would refuse it.
///
/// # Errors
/// Why there is none.
pub(crate) fn compile(pattern: &str) -> Result<Table, String> {
    Table::of(pattern)
}

/// Whether the Rust expression matches somewhere in `text`.
pub(super) fn is_match(pattern: &str, text: &str) -> bool {
    compile(pattern).is_ok_and(|table| table.is_match(text))
}

/// Whether every text that `pattern` matches is matched by `language` too. Both are walked side by side.
pub(crate) fn is_within(pattern: &str, language: &str) -> bool {
    let (Ok(inner), Ok(outer)) = (compile(pattern), compile(language)) else { return false };
    let mut seen = HashSet::from([(inner.start, outer.start)]);
    let mut todo = vec![(inner.start, outer.start)];
    while let Some((a, b)) = todo.pop() {
        if inner.accepts(a) && !outer.accepts(b) {
            return false;
        }
        for byte in 0..=255 {
            let next = (inner.step(a, byte), outer.step(b, byte));
            if next.0 != DEAD && seen.insert(next) {
                todo.push(next);
            }
        }
    }
    true
}

impl Table {
    /// Where a search begins.
    pub(crate) fn start(&self) -> u16 {
        self.start
    }

    /// Bytes of one class lead to the same places.
    pub(crate) fn class(&self, byte: u8) -> u8 {
        self.classes[usize::from(byte)]
    }

    /// Whether a text has a match, if nothing that follows can change it.
    pub(crate) fn is_decided(&self, state: u16) -> Option<bool> {
        (state <= MATCHED).then_some(state == MATCHED)
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.accepts(text.bytes().fold(self.start, |state, byte| self.step(state, byte)))
    }

    pub(crate) fn step(&self, state: u16, byte: u8) -> u16 {
        if state <= MATCHED {
            return state;
        }
        let class = usize::from(self.classes[usize::from(byte)]);
        self.next[usize::from(state) * usize::from(self.width) + class]
    }

    /// Whether a text that ends in this state has a match.
    pub(crate) fn accepts(&self, state: u16) -> bool {
        self.at_end[usize::from(state)]
    }
}
