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
    let name = format!(" `{}`", printable(name).replace('`', "'"));
    quote!(#[doc = #name])
}

/// One paragraph in which Markdown finds nothing but words and short code.
fn plain(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Code needs its closing backtick; a fence is never meant.
    if text.matches('`').count().is_multiple_of(2) && !text.contains("``") {
        let parts = text.split('`').enumerate();
        let parts =
            parts.map(|(index, part)| if index % 2 == 1 { format!("`{}`", printable(part)) } else { words(part) });
        parts.collect()
    } else {
        words(&text)
    }
}

/// Words that are no code, with the white space between them.
fn words(text: &str) -> String {
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    if (word.starts_with("http://") || word.starts_with("https://")) && !word.contains(['<', '>', '`']) {
        return format!("<{}>", printable(word));
    }
    if let Some((before, name, after)) = identifier(word) {
        return format!("{}`{name}`{}", escape(before), escape(after));
    }
    let escaped = escape(word);
    match escaped.chars().next() {
        // At the start of a line these would begin a heading, a list or a quotation.
        Some('#' | '+' | '-' | '=' | '_') => format!("\\{escaped}"),
        Some(first) if first.is_ascii_digit() && escaped.ends_with(['.', ')']) && escaped.len() <= 3 => {
            format!("{}\\{}", &escaped[..escaped.len() - 1], &escaped[escaped.len() - 1..])
        }
        _ => escaped,
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        if matches!(letter, '[' | ']' | '<' | '>' | '\\' | '*' | '~' | '|' | '`' | '&') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// The name in a word that looks like one out of a program, `READY_TO_SHIP` or `OrderCreated`, and what stands around
/// it: a name is shown as code.
fn identifier(word: &str) -> Option<(&str, &str, &str)> {
    let is_edge = |letter: char| !letter.is_alphanumeric();
    let name = word.trim_matches(is_edge);
    let start = word.len() - word.trim_start_matches(is_edge).len();
    let letters: Vec<char> = name.chars().collect();
    let is_name = letters.iter().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ':'));
    let has_humps = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    let is_code = is_name && (name.contains('_') || has_humps || name.contains("::"));
    is_code.then(|| (&word[..start], name, &word[start + name.len()..]))
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
        assert_eq!(plain("`x`<img/src=x> and [order_id]."), "`x`\\<img/src=x\\> and \\[`order_id`\\].");
        assert_eq!(plain("by ISO 4217."), "by ISO 4217.");
        assert_eq!(plain("at http://localhost:8025"), "at <http://localhost:8025>");
    }
}
