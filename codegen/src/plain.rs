//! Types for JSON Schemas that are no event contracts: webhooks, configuration, whatever others have described.

use std::path::{Path, PathBuf};

use crate::build::{Outcome, deep, speak};
use crate::contract::Plain;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::schema::{self, Dialect, Draft};
use crate::source::{self, Folder};
use crate::{lower, names, write};

/// JSON Schemas of any origin, about to be turned into Rust.
///
/// Drafts 4 to 2020-12; a module for each file, with a type whose [`decode`] accepts exactly what the schema accepts.
///
/// ```no_run
/// // build.rs
/// event_contracts_codegen::Types::of(["webhooks/push.json"]).mount("https://example.com/schemas/", "webhooks").generate();
/// ```
///
/// [`decode`]: https://docs.rs/event-contracts/latest/event_contracts/trait.Document.html
#[derive(Debug)]
pub struct Types {
    files: Vec<PathBuf>,
    mounts: Vec<(String, PathBuf)>,
    dialect: Dialect,
}

impl Types {
    /// The schemas in these files. A `$ref` may lead to files beside them and below, never out of their folder.
    pub fn of<P: Into<PathBuf>>(files: impl IntoIterator<Item = P>) -> Self {
        Self { files: files.into_iter().map(Into::into).collect(), mounts: Vec::new(), dialect: Dialect::PLAIN }
    }

    /// Where documents of the web are kept: `address` is the whole address of one, kept in the file `place`, or what the
    /// addresses of many begin with, kept in the folder `place`. Nothing is ever fetched.
    #[must_use]
    pub fn mount(mut self, address: impl Into<String>, place: impl Into<PathBuf>) -> Self {
        self.mounts.push((address.into(), place.into()));
        self
    }

    /// The draft of schemas that do not name theirs by `$schema`; 2020-12 if nothing is said.
    #[must_use]
    pub fn draft(mut self, draft: Draft) -> Self {
        self.dialect.draft = draft;
        self
    }

    /// Whether `format` is asserted; it is if nothing is said.
    #[must_use]
    pub fn formats(mut self, asserted: bool) -> Self {
        self.dialect.formats = asserted;
        self
    }

    /// For `build.rs`: writes the types to `OUT_DIR`, where `include_types!` finds them.
    pub fn generate(self) {
        println_rerun("build.rs");
        let out = std::env::var_os("OUT_DIR").map(|out| Path::new(&out).join("event_contracts_types"));
        let out = out.expect("`generate` is for build scripts; elsewhere use `generate_to`");
        speak(self.generate_to(&out));
    }

    /// Writes the types to a folder; files whose text would be the same are left alone.
    ///
    /// # Errors
    /// Everything that is wrong with the schemas, or what the file system refuses.
    pub fn generate_to(&self, out: &Path) -> Result<Outcome, Diagnostics> {
        let (plains, inputs) = self.load()?;
        let files = write::render_plain(&plains);
        let written = write::write(&files, out).map_err(|error| write::failure(out, &error))?;
        Ok(Outcome { inputs, written })
    }

    /// The types of each file, and every file that was read for them.
    ///
    /// # Errors
    /// Everything that is wrong with the schemas.
    pub fn load(&self) -> Result<(Vec<Plain>, Vec<PathBuf>), Diagnostics> {
        let (mut plains, mut inputs, mut found) = (Vec::new(), Vec::new(), Diagnostics::new());
        for file in &self.files {
            match self.one(file) {
                Ok((mut plain, read)) => {
                    let is_free = |name: &str| plains.iter().all(|other: &Plain| other.name.rust != name);
                    plain.name.rust = names::numbered(&plain.name.rust, is_free);
                    plains.push(plain);
                    inputs.extend(read);
                }
                Err(wrong) => found.extend(wrong),
            }
        }
        inputs.sort();
        inputs.dedup();
        found.gate().map(|_| (plains, inputs))
    }

    /// The types of one file, and every file that was read for them.
    ///
    /// # Errors
    /// Everything that is wrong with the schema.
    pub fn one(&self, file: &Path) -> Result<(Plain, Vec<PathBuf>), Diagnostics> {
        deep(|| {
            let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let mut folder = Folder { root: parent.to_owned(), mounts: self.mounts.clone(), ..Folder::default() };
            let mut found = Diagnostics::new();
            let path = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !folder.fetch_path(&path, &mut found) {
                found.gate()?;
                let mut missing = Diagnostics::new();
                let message = format!("there is no file `{}` that could be read", file.display());
                missing.push(
                    Diagnostic::nowhere(Rule::FOLDER, message).help("a link is not followed; name the file itself"),
                );
                return Err(missing);
            }
            let schemas = schema::read_files(&mut folder, std::slice::from_ref(&path), self.dialect)?;
            let name = path.trim_end_matches(".json").trim_end_matches(".schema").to_owned();
            let root = schemas.find(&path, "").expect("the file was read just now");
            let plain = lower::plain::lower(&schemas, root, &name)?;
            Ok((plain, source::files_of(&folder)))
        })
    }
}

#[allow(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]
fn println_rerun(path: &str) {
    println!("cargo::rerun-if-changed={path}");
}
