//! `$ref`: a schema of the same folder, by relative path and JSON Pointer. Never the network, never out of the folder.

use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::schema::address::Nowhere;
use crate::schema::{NodeId, Reading};

/// A reference whose target may not have been read yet.
pub(super) struct Pending {
    pub(super) from: NodeId,
    /// The file that holds it.
    pub(super) path: String,
    /// As written.
    pub(super) target: String,
    pub(super) at: Location,
}

impl Reading<'_> {
    /// Leads every reference to its schema.
    pub(super) fn resolve(&mut self) {
        for pending in std::mem::take(&mut self.references) {
            match self.target(&pending) {
                Ok(id) => self.schemas.nodes[pending.from.0].reference = Some(id),
                Err(finding) => self.found.push(*finding),
            }
        }
    }

    fn target(&self, pending: &Pending) -> Result<NodeId, Box<Diagnostic>> {
        let Pending { path, target, at, .. } = pending;
        let (file, fragment) = self.schemas.addresses.resolve(path, target).map_err(|reason| {
            Box::new(match reason {
                Nowhere::NotInFolder => Diagnostic::new(Rule::REF_OUTSIDE, at, format!("`{target}` is not a file of this folder"))
                    .label("neither a relative path nor the `$id` of a file")
                    .help("copy the schema into the folder and refer to it by its relative path or its `$id`; contracts never ask the network"),
                Nowhere::OutOfFolder => {
                    Diagnostic::new(Rule::REF_OUTSIDE, at, format!("`{target}` leads out of the schema folder")).label("out of the folder")
                }
            })
        })?;
        let nowhere =
            |reason: String| Box::new(Diagnostic::new(Rule::UNRESOLVED_REF, at, reason).label("leads nowhere"));
        if !self.folder.documents.contains_key(&file) {
            return Err(nowhere(format!("there is no file `{file}` in the schema folder")));
        }
        let pointer = percent_decode(&fragment);
        self.schemas.find(&file, &pointer).ok_or_else(|| {
            let finding = nowhere(format!("there is no schema at `{pointer}` of `{file}`"));
            match self.nearest(&file, &pointer) {
                Some(near) => Box::new(finding.help(format!("did you mean `#{near}`?"))),
                None => finding,
            }
        })
    }

    /// A definition of the file whose name is much like the one asked for.
    fn nearest(&self, file: &str, pointer: &str) -> Option<&str> {
        let places = self.schemas.places.keys().filter(|(path, at)| path == file && at.starts_with("/$defs/"));
        let likeness = |(_, at): &&(String, String)| strsim::jaro_winkler(at, pointer);
        let mut ranked: Vec<_> = places.filter(|place| likeness(place) > 0.8).collect();
        ranked.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)).then_with(|| a.cmp(b)));
        ranked.first().map(|(_, at)| at.as_str())
    }
}

/// A URI fragment as plain text; what is not valid percent-encoding stays as it is.
fn percent_decode(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = fragment.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
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
    String::from_utf8(plain).unwrap_or_else(|_| fragment.to_owned())
}
