#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod build;
pub mod contract;
pub mod diagnostic;
pub mod emit;
pub mod evolution;
mod examples;
mod judge;
pub mod lint;
pub mod lower;
pub mod names;
mod plain;
pub mod schema;
#[doc(hidden)]
pub mod snapshot;
pub mod source;
pub mod validate;
mod waivers;
pub mod write;

use std::path::{Path, PathBuf};

use build::{deep, speak};
use contract::Contract;
use diagnostic::Diagnostics;
use schema::Schemas;
use source::{Earlier, Folder, Git, Origin};

pub use build::Outcome;
pub use plain::Types;
pub use schema::Draft;
pub use source::Baseline;

/// A schema folder, about to be turned into Rust.
///
/// ```no_run
/// // build.rs: the whole of it
/// event_contracts_codegen::Contracts::at("schemas").generate();
/// ```
#[derive(Debug)]
pub struct Contracts {
    root: PathBuf,
    upcaster_tests: bool,
}

impl Contracts {
    /// The folder that holds one folder per system; in a build script, relative to the package.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), upcaster_tests: true }
    }

    /// Whether tests of upcasters are generated, which they are if nobody says otherwise: `cargo test` of the crate that
    /// includes the types takes events of every older major version through their upcasters, samples that are made from the
    /// schemas, and holds what comes of them to the newest schema.
    ///
    /// ```no_run
    /// event_contracts_codegen::Contracts::at("schemas").upcaster_tests(false).generate();
    /// ```
    #[must_use]
    pub fn upcaster_tests(mut self, are_wanted: bool) -> Self {
        self.upcaster_tests = are_wanted;
        self
    }

    /// For `build.rs`: writes the types to `OUT_DIR`, where `include_contracts!` finds them, and tells Cargo which
    /// files and folders to watch. If anything is wrong, all of it is printed as rustc would, and the build fails.
    #[allow(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]
    pub fn generate(self) {
        println!("cargo::rerun-if-changed=build.rs");
        println!("cargo::rerun-if-changed={}", self.root.display());
        let out = std::env::var_os("OUT_DIR").map(|out| Path::new(&out).join("event_contracts"));
        let out = out.expect("`generate` is for build scripts; elsewhere use `generate_to`");
        speak(self.generate_to(&out));
    }

    /// Writes the types to a folder; files whose text would be the same are left alone.
    ///
    /// # Errors
    /// Everything that is wrong with the schemas, or what the file system refuses.
    pub fn generate_to(&self, out: &Path) -> Result<Outcome, Diagnostics> {
        let loaded = self.load()?;
        let files = write::render(&loaded.contract);
        let written = write::write(&files, out).map_err(|error| write::failure(out, &error))?;
        Ok(Outcome { inputs: loaded.inputs(), written })
    }

    /// The files that are written, as they would be.
    ///
    /// ```no_run
    /// for file in event_contracts_codegen::Contracts::at("schemas").files()? {
    ///     println!("{}: {} bytes", file.path, file.text.len());
    /// }
    /// # Ok::<(), event_contracts_codegen::diagnostic::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the schemas.
    pub fn files(&self) -> Result<Vec<write::Generated>, Diagnostics> {
        self.load().map(|loaded| write::render(&loaded.contract))
    }

    /// The contract, with what only generated code asks for.
    fn load(&self) -> Result<Loaded, Diagnostics> {
        let mut loaded = load(&self.root)?;
        if self.upcaster_tests {
            evolution::add_samples(&mut loaded);
        }
        Ok(loaded)
    }
}

/// A schema folder, read through all stages: what generation, lint and validation start from.
#[derive(Debug)]
pub struct Loaded {
    /// Every text, with the place of every value.
    pub folder: Folder,
    /// Every schema, with its references resolved.
    pub schemas: Schemas,
    /// What they say together.
    pub contract: Contract,
}

impl Loaded {
    /// Every file and folder of the disk that was read.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        match &self.folder.origin {
            Origin::Disk => {}
            Origin::Commit(_) | Origin::Memory => return Vec::new(),
            Origin::Bundle(file) => return vec![file.clone()],
        }
        let files = self.folder.documents.keys().map(|path| self.folder.root.join(path));
        self.folder.folders.iter().cloned().chain(files).collect()
    }
}

/// The contract of a folder: source → schema → contract.
///
/// # Errors
/// Everything that is wrong, stage by stage: a stage only starts if the one before has found nothing.
pub fn load(root: &Path) -> Result<Loaded, Diagnostics> {
    deep(|| stages(source::read_folder(root)?))
}

/// The contract of a folder that was read already, from wherever.
///
/// # Errors
/// As of [`load`].
pub fn load_folder(folder: Folder) -> Result<Loaded, Diagnostics> {
    deep(|| stages(folder))
}

fn stages(mut folder: Folder) -> Result<Loaded, Diagnostics> {
    let schemas = schema::read(&mut folder)?;
    let contract = lower::lower(&folder, &schemas)?;
    Ok(Loaded { folder, schemas, contract })
}

impl Baseline {
    /// The contract as it was: what [`load`] gives for `schemas`, from the earlier state that is meant.
    ///
    /// ```no_run
    /// use event_contracts_codegen::Baseline;
    /// use event_contracts_codegen::source::{Earlier, Git};
    ///
    /// let (schemas, git) = ("schemas".as_ref(), Git::here());
    /// match Baseline::parse("origin/main", schemas, &git).and_then(|baseline| baseline.load(schemas, &git)) {
    ///     Ok(Earlier::State(loaded)) => println!("{} systems in {}", loaded.contract.systems.len(), loaded.folder.title()),
    ///     Ok(Earlier::Nothing(why)) => println!("nothing to compare with: {why}"),
    ///     Err(found) => found.iter().for_each(|finding| eprintln!("{}", finding.frame(false))),
    /// }
    /// ```
    ///
    /// # Errors
    /// As of [`Baseline::read`] and [`load`]; what is wrong in a file of a commit is told at `origin/main:schemas/…`.
    pub fn load(&self, schemas: &Path, git: &Git) -> Result<Earlier<Loaded>, Diagnostics> {
        match self.read(schemas, git)? {
            Earlier::State(folder) => load_folder(folder).map(Earlier::State),
            Earlier::Nothing(why) => Ok(Earlier::Nothing(why)),
        }
    }
}
