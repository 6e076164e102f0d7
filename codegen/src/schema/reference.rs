//! `$ref`: a schema of the same folder, by relative path and JSON Pointer. Never the network, never out of the folder.

use crate::diagnostic::{Diagnostic, Location, Rule};
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
        let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
        if file.contains(':') || file.starts_with('/') {
            return Err(Box::new(
                Diagnostic::new(Rule::REF_OUTSIDE, at, format!("`{target}` is not a file of this folder"))
                    .label("not a relative path")
                    .help("copy the schema into the folder and refer to it by its relative path; contracts never ask the network"),
            ));
        }
        let Some(file) = relative(path, file) else {
            return Err(Box::new(Diagnostic::new(Rule::REF_OUTSIDE, at, format!("`{target}` leads out of the schema folder")).label("out of the folder")));
        };
        let nowhere = |reason: String| Box::new(Diagnostic::new(Rule::UNRESOLVED_REF, at, reason).label("leads nowhere"));
        if !self.folder.documents.contains_key(&file) {
            return Err(nowhere(format!("there is no file `{file}` in the schema folder")));
        }
        let pointer = percent_decode(fragment);
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

/// `file`, seen from the file `base`; `None` if it leads out of the folder. An empty `file` is `base` itself.
pub(crate) fn relative(base: &str, file: &str) -> Option<String> {
    if file.is_empty() {
        return Some(base.to_owned());
    }
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A URI fragment as plain text; what is not valid percent-encoding stays as it is.
pub(crate) fn percent_decode(fragment: &str) -> String {
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
