//! Rust sources around the schemas: where upcasters are looked for.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{MAX_BYTES, is_hidden, slashed};
use crate::diagnostic::{Diagnostic, Diagnostics, File, Rule};

/// The Rust files of a package or workspace that hold a word: all others are only counted.
#[derive(Debug)]
pub struct RustFiles {
    /// The folder, as people know it.
    pub folder: String,
    /// Files that hold the word, by path.
    pub files: Vec<Arc<File>>,
    /// How many Rust files there are.
    pub count: usize,
}

impl RustFiles {
    /// The files of the package or workspace that a schema folder belongs to: the nearest folder with a `Cargo.toml`, upwards
    /// from the schemas. `None` if there is none.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn around(schemas: &Path, word: &str) -> Result<Option<Self>, Diagnostics> {
        let Ok(whole) = fs::canonicalize(schemas) else { return Ok(None) };
        let package = whole.ancestors().find(|folder| folder.join("Cargo.toml").is_file());
        package.map(|package| Self::below(package, word)).transpose()
    }

    /// The files below a folder; folders called `target` and hidden ones are left out, links are not followed.
    ///
    /// ```no_run
    /// use event_contracts_codegen::source::RustFiles;
    ///
    /// let sources = RustFiles::below("contracts".as_ref(), "Upcast")?;
    /// println!("{} of {} files in {}", sources.files.len(), sources.count, sources.folder);
    /// # Ok::<(), event_contracts_codegen::diagnostic::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn below(folder: &Path, word: &str) -> Result<Self, Diagnostics> {
        let (name, mut found) = (from_here(folder), Diagnostics::new());
        let shown = if name.as_os_str().is_empty() { ".".to_owned() } else { slashed(&name) };
        let mut files = Self { folder: shown, files: Vec::new(), count: 0 };
        files.list(folder, &name, word, &mut found);
        found.gate().map(|_| files)
    }

    fn list(&mut self, here: &Path, name: &Path, word: &str, found: &mut Diagnostics) {
        let mut entries: Vec<fs::DirEntry> = match fs::read_dir(here) {
            Ok(entries) => entries.filter_map(Result::ok).collect(),
            Err(error) => {
                let message = format!("cannot read the folder `{}`: {error}", slashed(name));
                found.push(Diagnostic::nowhere(Rule::FOLDER, message).help("name a folder of Rust sources"));
                return;
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), name.join(entry.file_name()));
            // The type of a link is that of a link.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !is_hidden(&path) && entry.file_name() != "target" {
                self.list(&path, &name, word, found);
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
                self.count += 1;
                self.files.extend(read(&path, &name, word));
            }
        }
    }
}

/// A Rust file that holds a word. What is no text, or cannot be read, is no Rust that would compile.
fn read(path: &Path, name: &Path, word: &str) -> Option<Arc<File>> {
    fs::metadata(path).ok().filter(|metadata| metadata.len() <= MAX_BYTES)?;
    let text = fs::read_to_string(path).ok()?;
    text.contains(word).then(|| Arc::new(File { path: slashed(name), text }))
}

/// A path as it leads from the folder that the command runs in.
fn from_here(path: &Path) -> PathBuf {
    let both = std::env::current_dir().and_then(|here| Ok((fs::canonicalize(here)?, fs::canonicalize(path)?)));
    let Ok((here, there)) = both else { return path.to_owned() };
    let shared = here.components().zip(there.components()).take_while(|(one, other)| one == other).count();
    if shared <= 1 {
        return path.to_owned();
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(there.components().skip(shared)).collect()
}
