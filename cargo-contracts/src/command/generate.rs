//! `cargo contracts generate`: the Rust types as files, or whether they still are what the schemas say.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::{Contracts, load, write};

use super::{FOUND, finish, is_unreadable, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::report::{Case, Report};
use crate::status::{Status, count};

pub(crate) fn run(schemas: &Path, out: &Path, check: bool, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let found = match if check { stale(schemas, out, status) } else { write_all(schemas, out, status) } {
        Ok(done) => return done,
        Err(found) => found,
    };
    let is_unreadable = is_unreadable(&found);
    let case = Case { suite: "schemas".to_owned(), name: "well-formed".to_owned(), findings: found.sorted() };
    let code = finish(&Report { command: "generate", cases: vec![case] }, Format::Human, status)?;
    if is_unreadable { Err(Failure::reported()) } else { Ok(code) }
}

type Done = Result<ExitCode, Failure>;
type Found = event_contracts_codegen::diagnostic::Diagnostics;

fn write_all(schemas: &Path, out: &Path, status: &Status) -> Result<Done, Found> {
    let outcome = Contracts::at(schemas).generate_to(out)?;
    for path in &outcome.written {
        status.say("Wrote", path.display());
    }
    status.finish(format_args!("{} written to `{}`", count(outcome.written.len(), "file"), out.display()));
    Ok(Ok(ExitCode::SUCCESS))
}

fn stale(schemas: &Path, out: &Path, status: &Status) -> Result<Done, Found> {
    let files = write::render(&load(schemas)?.contract);
    let stale = write::stale(&files, out);
    if stale.is_empty() {
        status.finish(format_args!("{} up to date", count(files.len(), "file")));
        return Ok(Ok(ExitCode::SUCCESS));
    }
    let mut stdout = anstream::stdout().lock();
    let told = stale.iter().try_for_each(|path| {
        let what = if path.exists() { "is not what the schemas generate" } else { "is missing" };
        writeln!(stdout, "{}: {what}", path.display())
    });
    status.finish(format_args!(
        "{} of {} out of date; `cargo contracts generate --out {}` writes them",
        stale.len(),
        count(files.len(), "file"),
        out.display()
    ));
    Ok(told.map(|()| ExitCode::from(FOUND)).map_err(Failure::from))
}
