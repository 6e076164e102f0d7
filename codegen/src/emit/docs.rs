//! Text of schemas as documentation. Whatever it holds, it stays text: no code, no doctest, no HTML, no broken link.

use proc_macro2::TokenStream;
use quote::quote;

/// Doc attributes, one paragraph each.
pub(super) fn paragraphs(paragraphs: &[String]) -> TokenStream {
    let mut lines = Vec::new();
    for paragraph in paragraphs.iter().map(|paragraph| plain(paragraph)).filter(|paragraph| !paragraph.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&paragraph).into_iter().map(|line| format!(" {line}")));
    }
    quote!(#(#[doc = #lines])*)
}

/// Doc attributes for something that may not be described: then its name has to do.
pub(super) fn or_name(texts: &[String], name: &str) -> TokenStream {
    if texts.iter().any(|text| !text.trim().is_empty()) {
        return paragraphs(texts);
    }
    let name = format!(" `{}`", name.replace('`', "'"));
    quote!(#[doc = #name])
}

/// One paragraph in which Markdown finds nothing but words and short code.
fn plain(text: &str) -> String {
    // Code needs its closing backtick; a fence is never meant.
    let has_code = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    let mut in_code = false;
    let words: Vec<String> = text
        .split_whitespace()
        .map(|text| {
            let starts_in_code = in_code;
            in_code ^= has_code && !text.matches('`').count().is_multiple_of(2);
            let is_code = starts_in_code || in_code || text.contains('`');
            if has_code && is_code { text.chars().filter(|letter| !letter.is_control()).collect() } else { word(text) }
        })
        .collect();
    words.join(" ")
}

/// A word that is no code.
fn word(word: &str) -> String {
    if (word.starts_with("http://") || word.starts_with("https://")) && !word.contains(['<', '>', '`']) {
        return format!("<{word}>");
    }
    if let Some(name) = identifier(word) {
        return word.replacen(name, &format!("`{name}`"), 1);
    }
    let mut escaped = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            '[' | ']' | '<' | '>' | '\\' | '*' | '~' | '|' | '`' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    match escaped.chars().next() {
        // At the start of a line these would begin a heading, a list or a quotation.
        Some('#' | '+' | '-' | '=' | '_') => format!("\\{escaped}"),
        Some(first) if first.is_ascii_digit() && escaped.ends_with(['.', ')']) => {
            format!("{}\\{}", &escaped[..escaped.len() - 1], &escaped[escaped.len() - 1..])
        }
        _ => escaped,
    }
}

/// The name in a word that looks like one out of a program, `READY_TO_SHIP` or `OrderCreated`: it is shown as code.
fn identifier(word: &str) -> Option<&str> {
    let name = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let letters: Vec<char> = name.chars().collect();
    let is_name = letters.iter().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ':'));
    let has_humps = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    (is_name && (name.contains('_') || has_humps || name.contains("::"))).then_some(name)
}

/// Lines of at most about a hundred characters.
fn wrap(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let line = lines.last_mut().expect("there is a first line");
        if !line.is_empty() && line.len() + word.len() > 100 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_code() {
        assert_eq!(plain("see\n```\nfn main() { panic!() }\n```"), "see \\`\\`\\` fn main() { panic!() } \\`\\`\\`");
        assert_eq!(plain("    indented"), "indented");
        assert_eq!(plain("<script> and [Link]"), "\\<script\\> and \\[Link\\]");
        assert_eq!(plain("# no heading - no list"), "\\# no heading \\- no list");
        assert_eq!(plain("says `order_id` and `Vec<T> or x`"), "says `order_id` and `Vec<T> or x`");
        assert_eq!(plain("is READY_TO_SHIP, as OrderCreated says"), "is `READY_TO_SHIP`, as `OrderCreated` says");
        assert_eq!(plain("at http://localhost:8025"), "at <http://localhost:8025>");
    }
}
