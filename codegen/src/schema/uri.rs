//! Addresses of schemas: URIs (RFC 3986) as strings, and files of the folder as URIs.

use std::fmt::Write as _;

use referencing::{Iri, IriRef};

/// What stands in front of a path below the schema folder. The extra level shows a reference that climbs out of it.
const FOLDER: &str = "folder:///in/";

/// The address of a file of the folder.
pub(super) fn of_path(path: &str) -> String {
    format!("{FOLDER}{}", path.split('/').map(encoded).collect::<Vec<_>>().join("/"))
}

/// The path of a file of the folder; `None` for an address of the web.
pub(super) fn to_path(uri: &str) -> Option<String> {
    uri.strip_prefix(FOLDER).map(decoded)
}

/// Whether the address is of a file, but not of one in the folder.
pub(super) fn is_outside(uri: &str) -> bool {
    uri.starts_with("folder:") && !uri.starts_with(FOLDER)
}

/// A reference as seen from a base: the address without fragment, and the fragment.
pub(super) fn resolve(base: &str, reference: &str) -> Option<(String, String)> {
    let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if address.is_empty() {
        return Some((base.to_owned(), fragment.to_owned()));
    }
    let reference = lenient(address);
    let base = Iri::parse(base).ok()?;
    let resolved = IriRef::parse(reference.as_str()).ok()?.resolve_against(&base).ok()?;
    Some((resolved.as_str().to_owned(), fragment.to_owned()))
}

/// People write spaces and braces into file names; a URI has them encoded.
fn lenient(reference: &str) -> String {
    let mut out = String::with_capacity(reference.len());
    for letter in reference.chars() {
        if letter.is_control() || " \"<>\\^`{|}".contains(letter) {
            push_encoded(&mut out, letter);
        } else {
            out.push(letter);
        }
    }
    out
}

fn encoded(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for letter in segment.chars() {
        if letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(letter) || !letter.is_ascii() {
            out.push(letter);
        } else {
            push_encoded(&mut out, letter);
        }
    }
    out
}

fn push_encoded(out: &mut String, letter: char) {
    for byte in letter.to_string().bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}

/// Percent-encoded text as plain text; what is no valid encoding stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                plain.push(code);
                at += 3;
            }
            _ => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve() {
        for (base, reference, expected) in [
            ("https://a.org/s/order.json", "item.json", "https://a.org/s/item.json"),
            ("https://a.org/s/order.json", "../item.json#/a", "https://a.org/item.json"),
            ("https://a.org/s/order.json", "/item.json", "https://a.org/item.json"),
            ("https://a.org/s/order.json", "https://b.org/x", "https://b.org/x"),
            ("https://a.org", "item.json", "https://a.org/item.json"),
            ("urn:order", "urn:item", "urn:item"),
            ("urn:order", "#/a", "urn:order"),
            ("folder:///in/a/b.json", "../c d.json", "folder:///in/c%20d.json"),
        ] {
            assert_eq!(resolve(base, reference).unwrap().0, expected, "{base} {reference}");
        }
        let (outside, _) = resolve("folder:///in/b.json", "../../etc/passwd").unwrap();
        assert!(is_outside(&outside));
        assert_eq!(to_path(&of_path("a b/ü%.json")).as_deref(), Some("a b/ü%.json"));
    }
}
