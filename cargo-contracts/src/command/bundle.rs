//! `cargo contracts bundle`: all schemas in one file.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::diagnostic::Diagnostics;
use event_contracts_codegen::source::bundle;
use event_contracts_codegen::{load, load_folder, write};

use super::{finish_early, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::status::{Status, count};

pub(crate) fn run(schemas: &Path, out: &Path, examples: bool, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    if is_within(out, schemas) {
        let message = format!("`{}` would be part of the next bundle: it stands in the schema folder", out.display());
        return Err(Failure::new(message).help("write it to another folder"));
    }
    let (text, files) = match text(schemas, out, examples) {
        Ok(bundled) => bundled,
        Err(found) => return finish_early("bundle", found, Format::Human, status),
    };
    if out == Path::new("-") {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let is_new = write::write_file(out, &text)
        .map_err(|error| Failure::new(format!("cannot write to `{}`: {error}", out.display())))?;
    let what = if is_new { "written to" } else { "in" };
    status.finish(format_args!(
        "{} {what} `{}`{}",
        count(files, "file"),
        out.display(),
        if is_new { "" } else { ", which is up to date" }
    ));
    Ok(ExitCode::SUCCESS)
}

/// Whether a file, which need not be there yet, stands in a folder.
fn is_within(file: &Path, folder: &Path) -> bool {
    let (Ok(file), Ok(folder)) = (std::path::absolute(file), folder.canonicalize()) else { return false };
    file.ancestors().find_map(|above| above.canonicalize().ok()).is_some_and(|above| above.starts_with(folder))
}

/// The bundle and how many files it holds, after it has been read like any other: what is written is known to be good.
fn text(schemas: &Path, out: &Path, examples: bool) -> Result<(String, usize), Diagnostics> {
    let text = bundle::write(&load(schemas)?.folder, examples);
    let bundled = load_folder(bundle::unpack(out, text.clone())?)?;
    Ok((text, bundled.folder.documents.len()))
}
