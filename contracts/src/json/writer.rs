//! The writer: appends JSON text to a buffer.

use std::fmt::{self, Write as _};

/// Appends JSON text to a buffer, without white space.
///
/// It keeps no state besides the text: whether a comma is due shows in the last byte.
///
/// ```
/// use event_contracts::json::Writer;
///
/// let mut writer = Writer::new();
/// writer.begin_object();
/// writer.member("\"order_id\":");
/// writer.display(7);
/// writer.key("a note");
/// writer.string("\"quoted\"");
/// writer.end_object();
/// assert_eq!(writer.into_string(), r#"{"order_id":7,"a note":"\"quoted\""}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// A writer of an empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that has room for `bytes` bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes) }
    }

    /// What was written, as bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// What was written.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// What was written so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends a text that is JSON already.
    #[inline]
    pub fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// Appends a value whose `Display` form is JSON: an integer, a boolean.
    #[inline]
    pub fn display(&mut self, value: impl fmt::Display) {
        write!(self.text, "{value}").expect("a String takes any text");
    }

    /// Appends a string whose characters need no escape: a uuid, a time.
    #[inline]
    pub fn plain_string(&mut self, value: impl fmt::Display) {
        write!(self.text, "\"{value}\"").expect("a String takes any text");
    }

    /// Appends a string; escapes what must be and nothing else.
    #[inline]
    pub fn string(&mut self, string: &str) {
        self.text.push('"');
        let mut run = 0;
        loop {
            let end = super::scan::plain_end(string.as_bytes(), run);
            self.text.push_str(&string[run..end]);
            let Some(byte) = string.as_bytes().get(end) else { break };
            self.escape(*byte);
            run = end + 1;
        }
        self.text.push('"');
    }

    /// Begins an object.
    #[inline]
    pub fn begin_object(&mut self) {
        self.text.push('{');
    }

    /// Appends the name of a member, prepared with its quotes and colon: `"\"order_id\":"`.
    #[inline]
    pub fn member(&mut self, prepared: &'static str) {
        self.comma();
        self.text.push_str(prepared);
    }

    /// Appends the name of a member that is not known beforehand.
    #[inline]
    pub fn key(&mut self, name: &str) {
        self.comma();
        self.string(name);
        self.text.push(':');
    }

    /// Ends an object.
    #[inline]
    pub fn end_object(&mut self) {
        self.text.push('}');
    }

    /// Begins an array.
    #[inline]
    pub fn begin_array(&mut self) {
        self.text.push('[');
    }

    /// Says that an element of an array comes next.
    #[inline]
    pub fn element(&mut self) {
        self.comma();
    }

    /// Ends an array.
    #[inline]
    pub fn end_array(&mut self) {
        self.text.push(']');
    }

    /// A comma, except after the bracket that opens.
    #[inline]
    fn comma(&mut self) {
        if !matches!(self.text.as_bytes().last(), Some(b'{' | b'[')) {
            self.text.push(',');
        }
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.text.push_str("\\\""),
            b'\\' => self.text.push_str("\\\\"),
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            0x8 => self.text.push_str("\\b"),
            0xC => self.text.push_str("\\f"),
            control => self.display(format_args!("\\u{control:04x}")),
        }
    }
}
