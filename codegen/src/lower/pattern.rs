//! ECMA-262 patterns → Rust regular expressions that match the same texts, or the reason why there is none.

use std::collections::HashSet;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, MatchKind, util::start};

/// More states than this the derive refuses to make a table of.
const MAX_STATES: usize = 4096;

/// What `.` leaves out in ECMA-262, and what `\s` means there.
const NOT_LINE_END: &str = r"[^\n\r\x{2028}\x{2029}]";
const SPACE: &str = r"\t\n\x0B\x0C\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

/// The Rust expression for an ECMA pattern.
///
/// # Errors
/// What has no equivalent: look-around, back-references, and what is no pattern at all.
pub(super) fn translate(source: &str) -> Result<String, String> {
    let mut letters = source.chars().peekable();
    let mut out = String::with_capacity(source.len());
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match (letter, in_class) {
            ('\\', _) => escape(&mut letters, &mut out, in_class)?,
            ('[', false) => {
                in_class = true;
                out.push('[');
                if letters.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                if letters.peek() == Some(&']') {
                    return Err("an empty class `[]` or `[^]` is not supported".into());
                }
            }
            (']', true) => {
                in_class = false;
                out.push(']');
            }
            // Rust gives these a meaning inside classes that ECMA does not.
            ('[' | '&' | '~', true) => out.extend(['\\', letter]),
            ('.', false) => out.push_str(NOT_LINE_END),
            ('(', false) => {
                out.push('(');
                if letters.next_if_eq(&'?').is_some() {
                    match letters.peek() {
                        Some(':') => out.push('?'),
                        Some('=' | '!') => return Err("look-ahead is not supported".into()),
                        Some('<') => {
                            letters.next();
                            if matches!(letters.peek(), Some('=' | '!')) {
                                return Err("look-behind is not supported".into());
                            }
                            out.push_str("?<");
                        }
                        _ => return Err("this kind of group is not supported".into()),
                    }
                }
            }
            _ => out.push(letter),
        }
    }
    Ok(out)
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
        't' | 'n' | 'r' | 'f' | 'v' | 'p' | 'P' => out.extend(['\\', letter]),
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

/// The automaton of a Rust expression: where the derive would compile it, and with the same bounds.
///
/// # Errors
/// Why there is none.
pub(super) fn compile(pattern: &str) -> Result<dense::DFA<Vec<u32>>, String> {
    let config = dense::Config::new()
        .start_kind(StartKind::Unanchored)
        .match_kind(MatchKind::All)
        .accelerate(false)
        .dfa_size_limit(Some(1 << 20))
        .determinize_size_limit(Some(1 << 22));
    let dfa = dense::Builder::new().configure(config).build(pattern).map_err(|error| {
        let mut cause: &dyn std::error::Error = &error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        cause.to_string()
    })?;
    match Walk::new(&dfa).map(|walk| walk.states()) {
        Some(states) if states <= MAX_STATES => Ok(dfa),
        _ => Err(format!("it needs more than {MAX_STATES} states; simplify it or bound its repetitions")),
    }
}

/// Whether the Rust expression matches somewhere in `text`.
pub(super) fn is_match(pattern: &str, text: &str) -> bool {
    let Ok(dfa) = compile(pattern) else { return false };
    Walk::new(&dfa).is_some_and(|walk| walk.accepts(text.bytes().fold(walk.start, |state, byte| walk.step(state, byte))))
}

/// Whether every text that `pattern` matches is matched by `language` too. Both are walked side by side.
pub(crate) fn is_within(pattern: &str, language: &str) -> bool {
    let (Ok(inner), Ok(outer)) = (compile(pattern), compile(language)) else { return false };
    let (Some(inner), Some(outer)) = (Walk::new(&inner), Walk::new(&outer)) else { return false };
    let mut seen = HashSet::from([(inner.start, outer.start)]);
    let mut todo = vec![(inner.start, outer.start)];
    while let Some((a, b)) = todo.pop() {
        if inner.accepts(a) && !outer.accepts(b) {
            return false;
        }
        for byte in 0..=255 {
            let next = (inner.step(a, byte), outer.step(b, byte));
            if next.0 != State::Dead && seen.insert(next) {
                todo.push(next);
            }
        }
    }
    true
}

/// A state of a search that has an answer at every end of text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    Dead,
    Matched,
    At(StateID),
}

struct Walk<'a> {
    dfa: &'a dense::DFA<Vec<u32>>,
    start: State,
}

impl<'a> Walk<'a> {
    fn new(dfa: &'a dense::DFA<Vec<u32>>) -> Option<Self> {
        let start = dfa.start_state(&start::Config::new().anchored(Anchored::No)).ok()?;
        Some(Self { dfa, start: State::At(start) })
    }

    fn step(&self, state: State, byte: u8) -> State {
        let State::At(id) = state else { return state };
        let next = self.dfa.next_state(id, byte);
        match next {
            _ if self.dfa.is_match_state(next) => State::Matched,
            _ if self.dfa.is_dead_state(next) || self.dfa.is_quit_state(next) => State::Dead,
            _ => State::At(next),
        }
    }

    /// How many states can be reached.
    fn states(&self) -> usize {
        let mut seen = HashSet::from([self.start]);
        let mut todo = vec![self.start];
        while let Some(state) = todo.pop() {
            let next = (0..=255).map(|byte| self.step(state, byte));
            todo.extend(next.filter(|next| seen.insert(*next)).collect::<Vec<_>>());
        }
        seen.len()
    }

    fn accepts(&self, state: State) -> bool {
        match state {
            State::Dead => false,
            State::Matched => true,
            State::At(id) => self.dfa.is_match_state(self.dfa.next_eoi_state(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations() {
        let table: &[(&str, Result<&str, ()>)] = &[
            (r"^[A-Z]{3}$", Ok(r"^[A-Z]{3}$")),
            (r"^\d+$", Ok(r"^[0-9]+$")),
            (r"^[\d_]+$", Ok(r"^[0-9_]+$")),
            (r"a\/b", Ok(r"a/b")),
            (r"a.b", Ok(r"a[^\n\r\x{2028}\x{2029}]b")),
            (r"[[&]", Ok(r"[\[\&]")),
            (r"\u00e9", Ok(r"\x{e9}")),
            (r"\ud83d\ude00", Ok(r"\x{1f600}")),
            (r"(?=x)", Err(())),
            (r"(?<!x)y", Err(())),
            (r"(a)\1", Err(())),
        ];
        for (source, expected) in table {
            assert_eq!(
                translate(source).map_err(|_| ()).as_deref(),
                expected.as_ref().map(|text| *text).map_err(|()| &()),
                "{source}"
            );
        }
    }

    #[test]
    fn inclusion() {
        let decimal = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$";
        assert!(is_within(r"^(0|[1-9][0-9]{0,15})\.[0-9]{2}$", decimal));
        assert!(!is_within(r"^[0-9]+\.[0-9]{2}$", decimal), "leading zeros");
        assert!(!is_within(r"[0-9]", decimal), "not anchored");
        assert!(!is_within(r"^([0-9]|x)$", decimal));
    }
}
