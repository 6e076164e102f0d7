//! The reader: a cursor over a text that generated code pulls typed values from.

use std::borrow::Cow;

use crate::json::kind::Kind;
use crate::json::scan;
use crate::refusal::Refusal;

/// How deeply arrays and objects may nest, so that no text can exhaust the stack.
pub const MAX_DEPTH: usize = 128;

/// A pull reader of one JSON text.
///
/// It refuses what RFC 8259 refuses, and two things more: objects with two members of one name,
/// which parsers disagree on, and nesting deeper than [`MAX_DEPTH`].
///
/// ```
/// use event_contracts::json::Reader;
///
/// let mut reader = Reader::new(r#"{"order_id": 7, "note": "a\nb"}"#);
/// let mut members = reader.begin_object()?;
/// assert!(reader.member(&mut members, "\"order_id\":")?);
/// assert_eq!(reader.number()?, "7");
/// assert_eq!(reader.next_member(&mut members)?.as_deref(), Some("note"));
/// assert_eq!(reader.string()?, "a\nb");
/// assert_eq!(reader.next_member(&mut members)?, None);
/// reader.end()?;
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
}

/// The state of an object that is being read.
#[derive(Clone, Debug)]
pub struct Members {
    start: usize,
    pub(super) first: bool,
}

impl Members {
    /// The offset of the object's `{`.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start
    }
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of `text`.
    #[inline]
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// A reader at the beginning of `bytes`.
    ///
    /// # Errors
    ///
    /// `syntax` if the bytes are not UTF-8 or begin with a byte-order mark.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            return Err(Refusal::syntax("a JSON value, not a byte-order mark", 0));
        }
        match str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text)),
            Err(error) => Err(Refusal::syntax("UTF-8", error.valid_up_to())),
        }
    }

    /// The whole text, whatever was read of it.
    #[inline]
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The offset after what was read so far.
    #[inline]
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// Skips white space; the offset of the next token.
    #[inline]
    pub fn offset(&mut self) -> usize {
        self.at = scan::blank_end(self.bytes(), self.at);
        self.at
    }

    /// The kind of the next value, by its first byte.
    ///
    /// # Errors
    ///
    /// `syntax` if no value begins here.
    #[inline]
    pub fn kind(&mut self) -> Result<Kind, Refusal> {
        let kind = self.peek().and_then(Kind::of_first_byte);
        kind.ok_or_else(|| Refusal::syntax("a JSON value", self.at))
    }

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// `type` if the next value is another one, `syntax` if it is broken.
    #[inline]
    pub fn null(&mut self) -> Result<(), Refusal> {
        if self.literal("null") { Ok(()) } else { Err(self.unexpected("null")) }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// `type` if the next value is of another kind, `syntax` if it is broken.
    #[inline]
    pub fn boolean(&mut self) -> Result<bool, Refusal> {
        if self.literal("true") {
            Ok(true)
        } else if self.literal("false") {
            Ok(false)
        } else {
            Err(self.unexpected("a boolean"))
        }
    }

    /// Reads a number; its text, of which no digit is lost.
    ///
    /// # Errors
    ///
    /// `type` if the next value is of another kind, `syntax` if it is broken.
    #[inline]
    pub fn number(&mut self) -> Result<&'a str, Refusal> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                match scan::number_end(self.bytes(), start) {
                    Ok(end) => Ok(self.take(start, end)),
                    Err(at) => Err(Refusal::syntax("a number as JSON spells it", at)),
                }
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    /// Reads a string, unescaped; borrowed from the text unless it has escapes.
    ///
    /// # Errors
    ///
    /// `type` if the next value is of another kind, `syntax` if it is broken: control characters,
    /// unknown escapes, half a surrogate pair.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, Refusal> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a string"));
        }
        match self.plain_string() {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(end) => self.escaped_string(self.at + 1, end).map(Cow::Owned),
        }
    }

    /// Reads a string without escapes, whose opening quote is next; or says where its plain run ends.
    #[inline]
    pub(crate) fn plain_string(&mut self) -> Result<&'a str, usize> {
        let start = self.at + 1;
        let end = scan::plain_end(self.bytes(), start);
        if self.bytes().get(end) != Some(&b'"') {
            return Err(end);
        }
        self.at = end + 1;
        Ok(&self.text[start..end])
    }

    /// Reads any value and checks all of it; its text.
    ///
    /// # Errors
    ///
    /// `syntax`, `duplicate` or `depth`, at the place inside the value that is at fault.
    #[inline]
    pub fn raw(&mut self) -> Result<&'a str, Refusal> {
        let start = self.offset();
        self.skip()?;
        Ok(&self.text[start..self.at])
    }

    /// Enters an object.
    ///
    /// # Errors
    ///
    /// `type` if the next value is of another kind, `syntax` if it is broken, `depth`.
    #[inline]
    pub fn begin_object(&mut self) -> Result<Members, Refusal> {
        if self.peek() != Some(b'{') {
            return Err(self.unexpected("an object"));
        }
        self.enter()?;
        Ok(Members { start: self.at - 1, first: true })
    }

    /// Goes to the value of the next member if that is the `prepared` one; stays if it is not.
    ///
    /// `prepared` is the name with its quotes and the colon: `"\"order_id\":"`. A name that the
    /// text spells with escapes is left to [`Reader::next_member`].
    ///
    /// # Errors
    ///
    /// `syntax` if neither a member nor the end of the object follows.
    #[inline]
    pub fn member(&mut self, members: &mut Members, prepared: &'static str) -> Result<bool, Refusal> {
        let bytes = self.bytes();
        let name = if members.first {
            self.at
        } else if bytes.get(self.at) == Some(&b',') {
            self.at + 1
        } else {
            return self.spaced_member(members, prepared);
        };
        if scan::is_at(bytes, name, prepared.as_bytes()) {
            self.at = name + prepared.len();
            members.first = false;
            return Ok(true);
        }
        // The same name may still stand there, if white space stands before the colon.
        if bytes.get(name) == Some(&b'"') && bytes.get(name + prepared.len() - 1).is_some_and(|byte| *byte > b' ') {
            return Ok(false);
        }
        self.spaced_member(members, prepared)
    }

    /// Goes to the value of the next member, whichever that is; its name. `None` after the `}`.
    ///
    /// Names are not compared with earlier ones: whoever reads an object member by member knows
    /// which it has met, see [`UnknownMembers::keep`](crate::UnknownMembers::keep).
    ///
    /// # Errors
    ///
    /// `syntax` if neither a member nor the end of the object follows.
    #[inline]
    pub fn next_member(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, Refusal> {
        Ok(self.next_name(members)?.map(|(_, name)| name))
    }

    /// `next_member`, with the offset of the name's opening quote.
    #[inline]
    pub(crate) fn next_name(&mut self, members: &mut Members) -> Result<Option<(usize, Cow<'a, str>)>, Refusal> {
        let Some(quote) = self.begin_member(members)? else { return Ok(None) };
        let name = self.string()?;
        self.punctuation(b':', "`:`")?;
        Ok(Some((quote, name)))
    }

    /// Goes to the name of the next member; the offset of its opening quote. `None` after the `}`.
    #[inline]
    pub(crate) fn begin_member(&mut self, members: &mut Members) -> Result<Option<usize>, Refusal> {
        match self.peek() {
            Some(b'}') => {
                self.leave();
                return Ok(None);
            }
            Some(b',') if !members.first => self.at += 1,
            _ if members.first => {}
            _ => return Err(Refusal::syntax("`,` or `}`", self.at)),
        }
        members.first = false;
        if self.peek() != Some(b'"') {
            return Err(Refusal::syntax("the name of a member", self.at));
        }
        Ok(Some(self.at))
    }

    /// Enters an array.
    ///
    /// # Errors
    ///
    /// `type` if the next value is of another kind, `syntax` if it is broken, `depth`.
    #[inline]
    pub fn begin_array(&mut self) -> Result<(), Refusal> {
        if self.peek() != Some(b'[') {
            return Err(self.unexpected("an array"));
        }
        self.enter()
    }

    /// Goes to the next element; `first` is true before the first one. False after the `]`.
    ///
    /// # Errors
    ///
    /// `syntax` if neither an element nor the end of the array follows.
    #[inline]
    pub fn next_element(&mut self, first: &mut bool) -> Result<bool, Refusal> {
        match self.peek() {
            Some(b']') => {
                self.leave();
                return Ok(false);
            }
            Some(b',') if !*first => self.at += 1,
            _ if *first => {}
            _ => return Err(Refusal::syntax("`,` or `]`", self.at)),
        }
        *first = false;
        Ok(true)
    }

    /// Reads a value that equals the constant `prepared`, a JSON text without white space.
    ///
    /// Equal as JSON values: `1.0` is `1`, and `"\u0041"` is `"A"`.
    ///
    /// # Errors
    ///
    /// `const` if the next value is another one, `syntax` if it is broken.
    #[inline]
    pub fn constant(&mut self, prepared: &'static str) -> Result<(), Refusal> {
        let start = self.offset();
        let end = start + prepared.len();
        // A number may go on where the constant ends; nothing else can.
        if self.text[start..].starts_with(prepared)
            && !matches!(self.bytes().get(end), Some(b'0'..=b'9' | b'.' | b'e' | b'E'))
        {
            self.at = end;
            return Ok(());
        }
        self.same_value(start, prepared)
    }

    /// Sees to it that only white space follows.
    ///
    /// # Errors
    ///
    /// `syntax` if anything else does.
    #[inline]
    pub fn end(&mut self) -> Result<(), Refusal> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(Refusal::syntax("the end of the text", self.at)),
        }
    }
}
