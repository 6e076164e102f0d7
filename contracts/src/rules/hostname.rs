//! Host names of RFC 1123, with the checks of RFC 5892 on labels that spell other scripts.

use crate::rules::punycode::decode;
use crate::rules::pvalid::{LETTERS, MARKS, holds};

pub(super) fn is_valid(name: &str) -> bool {
    !name.is_empty() && name.len() <= 253 && name.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let shaped = !bytes.is_empty()
        && bytes.len() <= 63
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-');
    if !shaped {
        return false;
    }
    match (label.strip_prefix("xn--"), bytes.get(2..4)) {
        (Some(encoded), _) => decode(encoded).is_some_and(|letters| is_unicode_label(letters.as_slice(), |_| false)),
        // Two hyphens there are reserved for encodings, of which there is only the one.
        (None, hyphens) => hyphens != Some(b"--"),
    }
}

/// The rules of RFC 5892 for one label; `is_more` says which letters are let through besides.
pub(super) fn is_unicode_label(letters: &[char], is_more: impl Fn(char) -> bool) -> bool {
    if letters.first().is_some_and(|first| holds(&MARKS, *first)) {
        return false;
    }
    let has = |range: std::ops::RangeInclusive<char>| letters.iter().any(|letter| range.contains(letter));
    let japanese = has('\u{3040}'..='\u{309F}') || has('\u{30A0}'..='\u{30FA}') || has('\u{30FC}'..='\u{30FF}');
    let middle_dot_alone = has('\u{30FB}'..='\u{30FB}') && !japanese && !has('\u{4E00}'..='\u{9FFF}');
    let mixed_digits = has('\u{0660}'..='\u{0669}') && has('\u{06F0}'..='\u{06F9}');
    !middle_dot_alone && !mixed_digits && (0..letters.len()).all(|at| is_letter(letters, at) || is_more(letters[at]))
}

/// Whether the letter may stand where it does: by its category, or by its neighbours.
fn is_letter(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| letters[before]);
    let after = letters.get(at + 1).copied();
    match letters[at] {
        '\u{200D}' => before.is_some_and(|before| VIRAMAS.contains(&before)),
        '\u{00B7}' => before == Some('l') && after == Some('l'),
        '\u{0375}' => after.is_some_and(|after| ('\u{0370}'..='\u{03FF}').contains(&after)),
        '\u{05F3}' | '\u{05F4}' => before.is_some_and(|before| ('\u{0590}'..='\u{05FF}').contains(&before)),
        '\u{0640}' | '\u{07FA}' | '\u{302E}' | '\u{302F}' | '\u{3031}'..='\u{3035}' | '\u{303B}' => false,
        '\u{200C}'
        | '\u{06FD}'
        | '\u{06FE}'
        | '\u{0F0B}'
        | '\u{3007}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{4E00}'..='\u{9FFF}' => true,
        letter => letter.is_ascii() || holds(&LETTERS, letter),
    }
}

/// Signs after which a zero-width joiner makes a difference to the reader.
#[rustfmt::skip]
static VIRAMAS: [char; 50] = [
    '\u{094D}', '\u{09CD}', '\u{0A4D}', '\u{0ACD}', '\u{0B4D}', '\u{0BCD}', '\u{0C4D}', '\u{0CCD}',
    '\u{0D4D}', '\u{0DCA}', '\u{0E3A}', '\u{0F84}', '\u{1039}', '\u{1714}', '\u{1734}', '\u{17D2}',
    '\u{1A60}', '\u{1B44}', '\u{1BAA}', '\u{1BF2}', '\u{1BF3}', '\u{2D7F}', '\u{A806}', '\u{A8C4}',
    '\u{A953}', '\u{ABED}', '\u{10A3F}', '\u{11046}', '\u{1107F}', '\u{110B9}', '\u{11133}', '\u{111C0}',
    '\u{11235}', '\u{112EA}', '\u{1134D}', '\u{11442}', '\u{114C2}', '\u{115BF}', '\u{1163F}', '\u{116B6}',
    '\u{1172B}', '\u{11839}', '\u{119E0}', '\u{11A34}', '\u{11A47}', '\u{11A99}', '\u{11C3F}', '\u{11D44}',
    '\u{11D45}', '\u{11D97}',
];
