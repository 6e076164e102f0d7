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
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    let text = words.join(" ");
    // Code needs its closing backtick; a fence is never meant.
    if text.matches('`').count() % 2 == 0 && !text.contains("``") { text } else { text.replace('`', "\\`") }
}

fn word(word: &str) -> String {
    if (word.starts_with("http://") || word.starts_with("https://")) && !word.contains(['<', '>', '`']) {
        return format!("<{word}>");
    }
    let mut escaped = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            '[' | ']' | '<' | '>' | '\\' | '*' | '~' | '|' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    // Code is shown as it is: an escape inside it would be seen.
    let is_code = word.len() > 1 && word.matches('`').count() == 2 && word.starts_with('`');
    match escaped.chars().next() {
        _ if is_code => word.chars().filter(|letter| !letter.is_control()).collect(),
        // At the start of a line these would begin a heading, a list or a quotation.
        Some('#' | '+' | '-' | '=' | '_') => format!("\\{escaped}"),
        Some(first) if first.is_ascii_digit() && escaped.ends_with(['.', ')']) => format!("{}\\{}", &escaped[..escaped.len() - 1], &escaped[escaped.len() - 1..]),
        _ => escaped,
    }
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
        assert_eq!(plain("says `order_id` and `Vec<T>`"), "says `order_id` and `Vec<T>`");
        assert_eq!(plain("at http://localhost:8025"), "at <http://localhost:8025>");
    }
}
