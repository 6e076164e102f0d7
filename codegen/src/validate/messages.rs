//! Bytes → messages: one document, the elements of an array, or the lines of JSON Lines.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, File, Location, Rule};
use crate::source::{Document, Kind, Value, parse};

/// One message and where it stands in its text.
pub(super) struct Message {
    document: Document,
    /// Its place in the document: empty, or `/3` for an element of an array.
    pointer: String,
}

impl Message {
    pub(super) fn value(&self) -> &Value {
        self.document.value.pointer(&self.pointer).unwrap_or(&self.document.value)
    }

    /// A place in the message; the pointer of the result leads into the whole document.
    pub(super) fn at(&self, pointer: &str) -> Location {
        let value = self.value().pointer(pointer).unwrap_or_else(|| self.value());
        self.document.at(&format!("{}{pointer}", self.pointer), value)
    }
}

/// A place in a text that could not be read at all.
pub(super) fn nowhere(name: &str) -> Location {
    Location::start_of(&Arc::new(File { path: name.to_owned(), text: String::new() }))
}

/// Every message of a text, or why there is none at its place.
pub(super) fn read(name: &str, bytes: Vec<u8>) -> Vec<Result<Message, Box<Diagnostic>>> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("byte {} is not UTF-8", error.utf8_error().valid_up_to());
            return vec![Err(Box::new(Diagnostic::new(Rule::SYNTAX, &nowhere(name), message)))];
        }
    };
    if name.ends_with(".jsonl") || name.ends_with(".ndjson") {
        return lines(name, text);
    }
    match parse(name, text) {
        Ok(document) => elements(&document),
        Err(finding) => match &finding.at {
            Some(at) if is_lines(&at.file.text) => lines(name, at.file.text.clone()),
            _ => vec![Err(finding)],
        },
    }
}

fn elements(document: &Document) -> Vec<Result<Message, Box<Diagnostic>>> {
    match &document.value.kind {
        Kind::Array(elements) => (0..elements.len())
            .map(|index| Ok(Message { document: document.clone(), pointer: format!("/{index}") }))
            .collect(),
        _ => vec![Ok(Message { document: document.clone(), pointer: String::new() })],
    }
}

/// Whether a text that is not one JSON value is one per line: its first line is, and there are more.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().is_some_and(|line| parse("", line.to_owned()).is_ok());
    first && lines.next().is_some()
}

fn lines(name: &str, text: String) -> Vec<Result<Message, Box<Diagnostic>>> {
    let file = Arc::new(File { path: name.to_owned(), text });
    let mut messages = Vec::new();
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            messages.push(match parse(name, line.trim_end_matches(['\r', '\n']).to_owned()) {
                Ok(document) => {
                    let value = Arc::new(shifted(&document.value, start));
                    Ok(Message { document: Document { file: Arc::clone(&file), value }, pointer: String::new() })
                }
                Err(finding) => Err(Box::new(moved(*finding, &file, start))),
            });
        }
        start += line.len();
    }
    messages
}

/// A value of a line, seen from the start of the whole text.
fn shifted(value: &Value, by: usize) -> Value {
    let kind = match &value.kind {
        Kind::Array(elements) => Kind::Array(elements.iter().map(|element| shifted(element, by)).collect()),
        Kind::Object(members) => {
            let shift = |member: &crate::source::Member| crate::source::Member {
                name: member.name.clone(),
                name_span: member.name_span.start + by..member.name_span.end + by,
                value: shifted(&member.value, by),
            };
            Kind::Object(members.iter().map(shift).collect())
        }
        other => other.clone(),
    };
    Value { span: value.span.start + by..value.span.end + by, kind }
}

/// A finding about a line, seen from the whole text.
fn moved(mut finding: Diagnostic, file: &Arc<File>, by: usize) -> Diagnostic {
    for at in finding.at.iter_mut().chain(finding.related.iter_mut().map(|(at, _)| at)) {
        at.file = Arc::clone(file);
        at.span = at.span.start + by..at.span.end + by;
    }
    finding
}
