//! Look-around taken out of an expression: each becomes an expression of its own and leaves a marker where it stood.

/// What looks ahead or behind.
pub(super) struct Look {
    pub(super) is_behind: bool,
    pub(super) is_negated: bool,
    /// The expression, with markers for the look-around inside.
    pub(super) source: String,
}

/// What begins the names of the groups that are markers.
const MARKER: &str = "__look";

/// More of them in one expression than anybody writes.
const MOST: usize = 32;

/// Something that a closing parenthesis will close.
enum Open {
    Group,
    /// A look-around, and the text that it stands in.
    Look(Look),
}

/// The expression with its markers, and what they stand for; what is inside another comes before it.
///
/// # Errors
/// Why the look-around cannot be taken out.
pub(super) fn split(source: &str) -> Result<(String, Vec<Look>), String> {
    let (mut text, mut open, mut looks) = (String::with_capacity(source.len()), Vec::new(), Vec::new());
    let mut has_flags = false;
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let begins_look = PREFIXES.iter().find(|(prefix, ..)| rest.starts_with(prefix));
        let taken = match (letter, begins_look) {
            (_, Some(&(prefix, is_behind, is_negated))) => {
                let outer = std::mem::take(&mut text);
                open.push(Open::Look(Look { is_behind, is_negated, source: outer }));
                rest = &rest[prefix.len()..];
                continue;
            }
            (')', _) => {
                match open.pop() {
                    Some(Open::Look(mut look)) => {
                        std::mem::swap(&mut look.source, &mut text);
                        text += &format!("(?P<{MARKER}{}>)", looks.len());
                        looks.push(look);
                    }
                    _ => text.push(')'),
                }
                rest = &rest[1..];
                continue;
            }
            ('(', _) => {
                has_flags |= sets_flags(rest);
                open.push(Open::Group);
                1
            }
            ('[', _) => class(rest),
            ('\\', _) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => letter.len_utf8(),
        };
        text += &rest[..taken];
        rest = &rest[taken..];
    }
    if open.iter().any(|open| matches!(open, Open::Look(_))) {
        return Err("a look-around is not closed".into());
    }
    // They would have to hold in the look-around too, which is compiled apart.
    if has_flags && !looks.is_empty() {
        return Err("flags beside look-around are not supported".into());
    }
    if looks.len() > MOST {
        return Err(format!("it looks around in more than {MOST} places"));
    }
    Ok((text, looks))
}

/// How look-around begins, whether it looks behind, and whether it is negated.
const PREFIXES: [(&str, bool, bool); 4] =
    [("(?=", false, false), ("(?!", false, true), ("(?<=", true, false), ("(?<!", true, true)];

/// The look-around that a group with this name stands for.
pub(super) fn marked(name: &str) -> Option<usize> {
    name.strip_prefix(MARKER)?.parse().ok()
}

/// Whether a parenthesis sets flags for more than a word boundary.
fn sets_flags(rest: &str) -> bool {
    let Some(kind) = rest.strip_prefix("(?") else { return false };
    !kind.starts_with([':', '<', 'P']) && !kind.starts_with(r"-u:\b)") && !kind.starts_with(r"-u:\B)")
}

/// The length of the class that `rest` begins with; classes nest in Rust.
fn class(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'[' => {
                depth += 1;
                at += usize::from(bytes.get(at) == Some(&b'^'));
                // Right at the beginning it is a member of the class.
                at += usize::from(bytes.get(at) == Some(&b']'));
            }
            b']' => depth -= 1,
            b'\\' => at += 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    // A class that is not closed is for the compiler to refuse; a letter is not cut in two.
    (at.min(bytes.len())..=bytes.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(bytes.len())
}
