//! Schemas → contract: types are laid out, names given, keys resolved. One file per shape.

mod boxes;
mod bundle;
mod conjunction;
mod event;
mod lifecycle;
mod object;
mod paths;
pub(crate) mod pattern;
mod rules;
mod scalar;
mod system;
mod types;

use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::schema::Schemas;
use crate::source::Folder;

/// Lays out everything that the folder describes.
///
/// # Errors
/// Everything that cannot be laid out exactly, or that contradicts itself.
pub fn lower(folder: &Folder, schemas: &Schemas) -> Result<Contract, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut systems = Vec::new();
    for (path, document) in &folder.documents {
        if let Some((name, "system.json")) = path.split_once('/') {
            systems.extend(system::lower(name, document, folder, schemas, &mut found));
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
