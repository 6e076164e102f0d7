//! Schemas → contract: types are laid out, names given, keys resolved. One file per shape.

mod apart;
mod array;
mod boxes;
mod branches;
mod bundle;
mod conjunction;
mod event;
mod form;
mod lifecycle;
mod object;
mod paths;
pub(crate) mod pattern;
pub(crate) mod plain;
mod retries;
mod rules;
mod scalar;
mod shape;
mod system;
mod tables;
mod types;
mod union;
mod words;

use crate::contract::{Contract, System};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule};
use crate::schema::Schemas;
use crate::source::Folder;

/// Lays out everything that the folder describes.
///
/// # Errors
/// Everything that cannot be laid out exactly, or that contradicts itself.
pub fn lower(folder: &Folder, schemas: &Schemas) -> Result<Contract, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut systems: Vec<System> = Vec::new();
    for (path, document) in &folder.documents {
        if let Some((name, "system.json")) = path.split_once('/') {
            systems.extend(system::lower(name, document, folder, schemas, &mut found));
        }
    }
    for (index, system) in systems.iter().enumerate() {
        if let Some(first) = systems[..index].iter().find(|first| first.name.rust == system.name.rust) {
            let message = format!(
                "the systems `{}` and `{}` get the same Rust name `{}`",
                first.name.wire, system.name.wire, system.name.rust
            );
            found.push(
                Diagnostic::new(Rule::NAME_CLASH, &Location::start_of(&system.file), message)
                    .help("rename one of the folders"),
            );
        }
    }
    if systems.is_empty() && found.is_empty() {
        found.push(
            Diagnostic::nowhere(Rule::FOLDER, format!("`{}` holds no system", folder.root.display()))
                .help("a system is a folder with a `system.json`; `cargo contracts init` writes one to start from"),
        );
    }
    found.gate().map(|_| Contract { systems })
}
