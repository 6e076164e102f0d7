//! How a schema is asked: about a whole text, about a value just read, about one that was built.

use crate::data::Data;
use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::schema::Schema;
use crate::schema::judge::{Judge, Stop};

impl Schema {
    /// Judges a JSON text: the whole of it must be one value that this schema admits.
    ///
    /// # Errors
    ///
    /// The first violation, located in the text; `syntax`, `duplicate` or `depth` if the text is broken before any.
    pub fn check(&self, json: &str) -> Result<(), Refusal> {
        self.check_text(Reader::new(json))
    }

    /// Judges a JSON text by its bytes.
    ///
    /// # Errors
    ///
    /// As [`Schema::check`]; `syntax` if the bytes are not UTF-8 or begin with a byte-order mark.
    pub fn check_bytes(&self, bytes: &[u8]) -> Result<(), Refusal> {
        self.check_text(Reader::from_bytes(bytes)?)
    }

    fn check_text(&self, reader: Reader<'_>) -> Result<(), Refusal> {
        let text = reader.text();
        let mut judge = Judge::first(reader);
        let judged = judge.value(self, None, None).and_then(|()| Ok(judge.reader.end()?));
        judged.map_err(|stop| stop.into_refusal().locate(text))
    }

    /// Every violation, in the order of the text and located in it.
    ///
    /// A value of a wrong type is refused once and not looked into. Of a text that is no JSON, the last refusal says where
    /// it is broken.
    #[must_use]
    pub fn violations(&self, json: &str) -> Vec<Refusal> {
        let mut judge = Judge::every(Reader::new(json));
        let broken = judge.value(self, None, None).and_then(|()| Ok(judge.reader.end()?)).err().map(Stop::into_refusal);
        let mut found = std::mem::take(&mut judge.found);
        // What looks at a value once more finds violations that stand further in front.
        found.sort_by_key(Refusal::offset);
        let mut violations: Vec<Refusal> = Vec::with_capacity(found.len());
        for refusal in found.into_iter().chain(broken) {
            let beside = violations.iter().rev().take_while(|earlier| earlier.offset() == refusal.offset());
            if !beside.into_iter().any(|earlier| *earlier == refusal) {
                violations.push(refusal);
            }
        }
        violations.into_iter().map(|refusal| refusal.locate(json)).collect()
    }

    /// Judges the value that `reader` has just read, from the byte `start` on; a refusal is not located yet.
    #[doc(hidden)]
    pub fn check_read(&self, reader: &Reader<'_>, start: usize) -> Result<(), Refusal> {
        let mut reader = reader.clone();
        reader.go_to(start);
        Judge::again(reader).value(self, None, None).map_err(Stop::into_refusal)
    }

    /// Judges a value that was built.
    #[doc(hidden)]
    pub fn check_built<T: Data>(&self, value: &T, rules: &Rules) -> Result<(), Refusal> {
        let mut writer = Writer::new();
        value.write(&mut writer, rules);
        self.check_bytes(&writer.into_bytes())
    }
}
