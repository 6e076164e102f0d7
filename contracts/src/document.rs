//! A JSON document of any schema: what is generated from schemas that are no event contracts.

use crate::data::Data;
use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::schema::Schema;

/// A type for the documents of one schema: what `cargo contracts generate --types` makes of it.
pub trait Document: Data {
    /// The schema.
    const SCHEMA: &'static Schema;

    /// Decodes a document: accepts exactly what the schema accepts.
    ///
    /// # Errors
    /// The first keyword that refuses, with its JSON Pointer.
    fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::from_bytes(bytes)?;
        let read = Self::read(&mut reader, &Rules::NONE).and_then(|value| reader.end().map(|()| value));
        read.map_err(|refusal| refusal.locate(reader.text()))
    }

    /// Like [`Document::decode`], for tools: tells everything that is wrong, not only what comes first.
    ///
    /// # Errors
    /// Every reason, in the order of the text.
    fn decode_all(bytes: &[u8]) -> Result<Self, Vec<Refusal>> {
        Self::decode(bytes).map_err(|first| {
            let all =
                Reader::from_bytes(bytes).map(|reader| Self::SCHEMA.violations(reader.text())).unwrap_or_default();
            if all.is_empty() { vec![first] } else { all }
        })
    }

    /// Judges a document without making a value of it.
    ///
    /// # Errors
    /// As of [`Document::decode`].
    fn validate(bytes: &[u8]) -> Result<(), Refusal> {
        Self::SCHEMA.check(Reader::from_bytes(bytes)?.text())
    }

    /// Encodes the document after checking it once more, since its members are public.
    ///
    /// # Errors
    /// What the schema refuses.
    fn encode(&self) -> Result<Vec<u8>, Refusal> {
        self.check(&Rules::NONE)?;
        let mut writer = Writer::with_capacity(512);
        self.write(&mut writer, &Rules::NONE);
        Ok(writer.into_bytes())
    }
}
