//! The writer: appends JSON text to a buffer.

mod digits;

use std::fmt;
use std::io::Write as _;

pub(crate) use self::digits::{Digits, fill};

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
    /// Always whole characters: only texts and ASCII are appended.
    bytes: Vec<u8>,
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
        Self { bytes: Vec::with_capacity(bytes) }
    }

    /// What was written, as bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What was written.
    ///
    /// # Panics
    ///
    /// Never: it is UTF-8.
    #[must_use]
    pub fn into_string(self) -> String {
        String::from_utf8(self.bytes).expect("texts were written")
    }

    /// What was written so far.
    ///
    /// # Panics
    ///
    /// Never: it is UTF-8.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes).expect("texts were written")
    }

    /// Appends a text that is JSON already.
    #[inline]
    pub fn raw(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// Appends a value whose `Display` form is JSON: an integer, a boolean.
    #[inline]
    pub fn display(&mut self, value: impl fmt::Display) {
        write!(self.bytes, "{value}").expect("a buffer takes any text");
    }

    /// Appends an integer.
    #[inline]
    pub(crate) fn integer(&mut self, negative: bool, magnitude: u64) {
        if negative {
            self.bytes.push(b'-');
        }
        self.bytes.extend_from_slice(Digits::of(magnitude).as_bytes());
    }

    /// Appends a number with `scale` digits after the point.
    pub(crate) fn decimal(&mut self, negative: bool, units: u64, scale: usize) {
        let digits = Digits::of(units);
        let digits = digits.as_bytes();
        if negative {
            self.bytes.push(b'-');
        }
        let whole = digits.len().saturating_sub(scale);
        if whole > 0 {
            self.bytes.extend_from_slice(&digits[..whole]);
            self.bytes.push(b'.');
        } else {
            self.bytes.extend_from_slice(b"0.");
            self.bytes.resize(self.bytes.len() + scale - digits.len(), b'0');
        }
        self.bytes.extend_from_slice(&digits[whole..]);
    }

    /// Appends a string whose characters need no escape: a uuid, a time.
    #[inline]
    pub fn plain_string(&mut self, value: impl fmt::Display) {
        write!(self.bytes, "\"{value}\"").expect("a buffer takes any text");
    }

    /// Appends a string that is ASCII and needs no escape.
    #[inline]
    pub(crate) fn ascii_string(&mut self, ascii: &[u8]) {
        debug_assert!(ascii.is_ascii(), "the buffer holds whole characters");
        self.bytes.reserve(ascii.len() + 2);
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(ascii);
        self.bytes.push(b'"');
    }

    /// Appends a string; escapes what must be and nothing else.
    #[inline]
    pub fn string(&mut self, string: &str) {
        let text = string.as_bytes();
        let end = super::scan::plain_end(text, 0);
        self.bytes.reserve(text.len() + 2);
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(&text[..end]);
        if end < text.len() {
            self.escaped(&text[end..]);
        }
        self.bytes.push(b'"');
    }

    /// Appends the inside of a string that begins with something to escape.
    #[cold]
    fn escaped(&mut self, text: &[u8]) {
        let mut run = 0;
        loop {
            let end = super::scan::plain_end(text, run);
            self.bytes.extend_from_slice(&text[run..end]);
            let Some(byte) = text.get(end) else { break };
            self.escape(*byte);
            run = end + 1;
        }
    }

    /// Begins an object.
    #[inline]
    pub fn begin_object(&mut self) {
        self.bytes.push(b'{');
    }

    /// Appends the name of a member, prepared with its quotes and colon: `"\"order_id\":"`.
    #[inline]
    pub fn member(&mut self, prepared: &'static str) {
        self.comma();
        self.bytes.extend_from_slice(prepared.as_bytes());
    }

    /// Appends the name of a member that is not known beforehand.
    #[inline]
    pub fn key(&mut self, name: &str) {
        self.comma();
        self.string(name);
        self.bytes.push(b':');
    }

    /// Ends an object.
    #[inline]
    pub fn end_object(&mut self) {
        self.bytes.push(b'}');
    }

    /// Begins an array.
    #[inline]
    pub fn begin_array(&mut self) {
        self.bytes.push(b'[');
    }

    /// Says that an element of an array comes next.
    #[inline]
    pub fn element(&mut self) {
        self.comma();
    }

    /// Ends an array.
    #[inline]
    pub fn end_array(&mut self) {
        self.bytes.push(b']');
    }

    /// A comma, except after the bracket that opens.
    #[inline]
    fn comma(&mut self) {
        if !matches!(self.bytes.last(), Some(b'{' | b'[')) {
            self.bytes.push(b',');
        }
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.bytes.extend_from_slice(b"\\\""),
            b'\\' => self.bytes.extend_from_slice(b"\\\\"),
            b'\n' => self.bytes.extend_from_slice(b"\\n"),
            b'\r' => self.bytes.extend_from_slice(b"\\r"),
            b'\t' => self.bytes.extend_from_slice(b"\\t"),
            0x8 => self.bytes.extend_from_slice(b"\\b"),
            0xC => self.bytes.extend_from_slice(b"\\f"),
            control => self.display(format_args!("\\u{control:04x}")),
        }
    }
}
