//! `cargo contracts generate`: the Rust types as files, or whether they still are what the schemas say.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::diagnostic::Diagnostics;
use event_contracts_codegen::write::{self, Generated};
use event_contracts_codegen::{Contracts, Draft, Types};

use super::{FOUND, finish_early, require_folder};
use crate::args::{Format, Plain};
use crate::failure::Failure;
use crate::status::{Status, count};

pub(crate) fn run(
    schemas: &Path,
    contracts: Contracts,
    plain: &Plain,
    out: &Path,
    check: bool,
    status: &Status,
) -> Result<ExitCode, Failure> {
    let source = if plain.types.is_empty() {
        require_folder(schemas)?;
        Source::Contracts(contracts)
    } else {
        Source::Types(types(plain)?)
    };
    let done = if check { stale(&source, out, status) } else { write_all(&source, out, status) };
    done.unwrap_or_else(|found| finish_early("generate", found, Format::Human, status))
}

/// What types are made of.
enum Source {
    Contracts(Contracts),
    Types(Types),
}

impl Source {
    fn files(&self) -> Result<Vec<Generated>, Diagnostics> {
        match self {
            Self::Contracts(contracts) => contracts.files(),
            Self::Types(types) => types.load().map(|(plains, _)| write::render_plain(&plains)),
        }
    }
}

/// What the options say about schemas of other origin.
fn types(plain: &Plain) -> Result<Types, Failure> {
    let draft = Draft::named(&plain.draft).ok_or_else(|| {
        Failure::new(format!("there is no draft `{}`", plain.draft)).help("known are 4, 6, 7, 2019-09 and 2020-12")
    })?;
    let types = Types::of(&plain.types).draft(draft).formats(!plain.formats_as_remarks);
    plain.map.iter().try_fold(types, |types, map| match map.rsplit_once('=') {
        Some((address, place)) if !address.is_empty() && Path::new(place).exists() => Ok(types.mount(address, place)),
        Some((_, place)) => Err(Failure::new(format!("`--map` names `{place}`, which is not there"))),
        None => Err(Failure::new(format!("`--map {map}` has no `=`")).help("write `--map URL=PATH`")),
    })
}

type Done = Result<ExitCode, Failure>;

fn write_all(source: &Source, out: &Path, status: &Status) -> Result<Done, Diagnostics> {
    let outcome = match source {
        Source::Contracts(contracts) => contracts.generate_to(out)?,
        Source::Types(types) => types.generate_to(out)?,
    };
    for path in &outcome.written {
        status.say("Wrote", path.display());
    }
    status.finish(format_args!("{} written to `{}`", count(outcome.written.len(), "file"), out.display()));
    Ok(Ok(ExitCode::SUCCESS))
}

fn stale(source: &Source, out: &Path, status: &Status) -> Result<Done, Diagnostics> {
    let files = source.files()?;
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
