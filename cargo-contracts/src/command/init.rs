//! `cargo contracts init`: a contract crate to start from. Nothing that exists is overwritten.

mod template;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::failure::Failure;
use crate::status::{Status, count};

pub(crate) fn run(
    dir: &Path,
    name: Option<&str>,
    checkout: Option<&Path>,
    status: &Status,
) -> Result<ExitCode, Failure> {
    let name = match name {
        Some(name) => name.to_owned(),
        None => folder_name(dir)?,
    };
    if !is_package_name(&name) {
        let failure = Failure::usage(format!("`{name}` cannot be the name of a crate"));
        return Err(failure.help("give it one by `--name`: letters, digits, `-` and `_`, the first a letter"));
    }
    let checkout = checkout.map(checkout_folder).transpose()?;
    let files = template::files(&name, checkout.as_deref());
    let existing: Vec<&str> =
        files.iter().map(|(path, _)| path.as_str()).filter(|path| dir.join(path).exists()).collect();
    if !existing.is_empty() {
        let failure = Failure::new(format!(
            "`{}` has {} that would be overwritten",
            dir.display(),
            count(existing.len(), "file")
        ));
        let failure =
            existing.iter().take(5).fold(failure, |failure, path| failure.help(format!("`{path}` exists already")));
        return Err(failure.help("name an empty folder: `cargo contracts init DIR`"));
    }
    for (path, text) in &files {
        write(&dir.join(path), text)?;
    }
    status.say("Created", format_args!("crate `{name}` in `{}`: {}", dir.display(), count(files.len(), "file")));
    let enter = if dir == Path::new(".") { String::new() } else { format!("cd {} && ", dir.display()) };
    status.say("Next", format_args!("{enter}cargo test && cargo contracts lint"));
    Ok(ExitCode::SUCCESS)
}

fn folder_name(dir: &Path) -> Result<String, Failure> {
    let absolute =
        std::path::absolute(dir).map_err(|error| Failure::new(format!("cannot find `{}`: {error}", dir.display())))?;
    let name = absolute.components().next_back().map(|part| part.as_os_str().to_string_lossy().into_owned());
    name.ok_or_else(|| {
        Failure::usage(format!("`{}` has no name to call the crate by", dir.display())).help("give it one by `--name`")
    })
}

/// What Cargo takes as a name, save the names that Rust keeps to itself.
fn is_package_name(name: &str) -> bool {
    const TAKEN: [&str; 6] = ["test", "core", "std", "alloc", "proc_macro", "event-contracts"];
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
        && !TAKEN.contains(&name)
        && !template::is_keyword(name)
}

/// The checkout to depend on, as a path that holds from everywhere.
fn checkout_folder(path: &Path) -> Result<PathBuf, Failure> {
    let folder = path
        .canonicalize()
        .map_err(|error| Failure::new(format!("cannot find the checkout `{}`: {error}", path.display())))?;
    if folder.join("contracts/Cargo.toml").is_file() && folder.join("codegen/Cargo.toml").is_file() {
        return Ok(folder);
    }
    Err(Failure::new(format!(
        "`{}` is no checkout of event-contracts: it lacks `contracts` or `codegen`",
        path.display()
    )))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("cannot write `{}`: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Created anew or not at all, even if somebody else is just writing it.
    let mut file = fs::File::create_new(path).map_err(failed)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    #[test]
    fn names() {
        for (name, is_right) in [
            ("shop-contracts", true),
            ("shop_contracts2", true),
            ("2shop", false),
            ("", false),
            ("shop contracts", false),
            ("test", false),
            ("type", false),
        ] {
            assert_eq!(super::is_package_name(name), is_right, "{name}");
        }
    }
}
