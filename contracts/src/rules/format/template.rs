//! URI templates, by the grammar of RFC 6570, level 4.

/// Literals, and expressions in braces.
pub(super) fn is_valid(text: &str) -> bool {
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((expression, after)) = after.split_once('}') else { return false };
        if !is_literal(literal) || !is_expression(expression) {
            return false;
        }
        rest = after;
    }
    is_literal(rest)
}

/// Any characters but those that would need a percent-encoding in the URI. The grammar leaves the
/// apostrophe out by mistake (erratum 6937); beyond ASCII all are taken, as the validator does.
fn is_literal(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let sound = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            byte => !(byte <= b' ' || byte == 0x7F || b"\"<>\\^`{|}".contains(&byte)),
        };
        if !sound {
            return false;
        }
    }
    true
}

/// `[operator] variable *("," variable)`
fn is_expression(text: &str) -> bool {
    // The last five mean nothing yet, but are reserved for it.
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']).unwrap_or(text);
    variables.split(',').all(is_variable)
}

/// A dotted name, and perhaps how much of the value is wanted: `*` for each part of a list, or
/// `:9999` for so many characters at most.
fn is_variable(text: &str) -> bool {
    if let Some((name, length)) = text.split_once(':') {
        let sound = (1..=4).contains(&length.len())
            && !length.starts_with('0')
            && length.bytes().all(|byte| byte.is_ascii_digit());
        return sound && is_name(name);
    }
    is_name(text.strip_suffix('*').unwrap_or(text))
}

fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut bytes = part.bytes();
        let mut sound = !part.is_empty();
        while let Some(byte) = bytes.next() {
            sound &= match byte {
                b'%' => (0..2).all(|_| bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
                byte => byte.is_ascii_alphanumeric() || byte == b'_',
            };
        }
        sound
    })
}
