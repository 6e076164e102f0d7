//! The commands, and what they share.

mod breaking;
mod bundle;
mod changelog;
mod compare;
mod completions;
mod explain;
mod generate;
mod init;
mod lint;
mod pairs;
mod schema;
mod validate;
mod waivers;

use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::Contracts;
use event_contracts_codegen::diagnostic::{Diagnostics, Rule};

use crate::args::{Args, Command, Format};
use crate::failure::Failure;
use crate::report::Report;
use crate::status::Status;

/// The exit code of a command that has found something.
pub(crate) const FOUND: u8 = 100;

/// The exit code of a command that could not do its work.
pub(crate) const INCOMPLETE: u8 = 101;

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let status = Status::new(args.quiet);
    match &args.command {
        Command::Init { dir, name, path } => init::run(dir, name.as_deref(), path.as_deref(), &status),
        Command::Lint { waivers, format } => lint::run(&args.schemas, waivers, *format, &status),
        Command::Validate { files, event, format } => {
            validate::run(&args.schemas, files, event.as_deref(), *format, status)
        }
        Command::Generate { out, check, no_upcaster_tests, plain } => {
            let contracts = Contracts::at(&args.schemas).upcaster_tests(!no_upcaster_tests);
            generate::run(&args.schemas, contracts, plain, out, *check, &status)
        }
        Command::Breaking { against, exact, all_versions, upcasters, witness_dir, levels, waivers, format } => {
            let against = match all_versions {
                true => breaking::Against::OtherVersions { upcasters: upcasters.as_deref() },
                false => breaking::Against::Baseline { name: against.as_deref(), exact: *exact },
            };
            let asked = breaking::Asked { against, witnesses: witness_dir.as_deref(), levels, waivers };
            breaking::run(&args.schemas, &asked, *format, &status)
        }
        Command::Bundle { out, examples } => bundle::run(&args.schemas, out, *examples, &status),
        Command::Changelog { range } => changelog::run(&args.schemas, range, &status),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Explain { rule } => explain::run(rule.as_deref()),
        Command::Schema { name } => schema::run(name.as_deref()),
        Command::Completions { shell } => completions::run(*shell),
    }
}

/// Refuses a schema folder that is not there, before any file of it is asked for.
fn require_folder(schemas: &Path) -> Result<(), Failure> {
    if schemas.is_dir() {
        return Ok(());
    }
    let failure = Failure::new(format!(
        "no folder `{}` here: it should hold one folder per system, each with a `system.json`",
        schemas.display()
    ));
    Err(failure
        .help("name another folder by `--schemas DIR`")
        .help("or write one to start from by `cargo contracts init`"))
}

/// Reports findings, ends the status lines and gives the exit code.
fn finish(report: &Report, format: Format, status: &Status) -> Result<ExitCode, Failure> {
    report.write(format)?;
    status.finish(report.tally());
    Ok(match (report.is_complete, report.is_failed()) {
        (false, _) => ExitCode::from(INCOMPLETE),
        (true, true) => ExitCode::from(FOUND),
        (true, false) => ExitCode::SUCCESS,
    })
}

/// Reports what is wrong with schemas. Where a folder or file could not even be read, nothing was judged.
fn finish_early(
    command: &'static str,
    found: Diagnostics,
    format: Format,
    status: &Status,
) -> Result<ExitCode, Failure> {
    let is_complete = !found.iter().any(|finding| Some(finding.rule) == Rule::find("folder"));
    finish(&Report::of_schemas(command, found, is_complete), format, status)
}
