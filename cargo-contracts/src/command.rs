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
mod validate;

use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::Contracts;
use event_contracts_codegen::diagnostic::{Diagnostics, Rule};

use crate::args::{Args, Command, Format};
use crate::failure::Failure;
use crate::report::Report;
use crate::status::{Status, count};

/// The exit code of a command that has found something.
pub(crate) const FOUND: u8 = 100;

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let status = Status::new(args.quiet);
    match &args.command {
        Command::Init { dir, name, path } => init::run(dir, name.as_deref(), path.as_deref(), &status),
        Command::Lint { format } => lint::run(&args.schemas, *format, &status),
        Command::Validate { files, event, format } => {
            validate::run(&args.schemas, files, event.as_deref(), *format, status)
        }
        Command::Generate { out, check, no_upcaster_tests, plain } => {
            let contracts = Contracts::at(&args.schemas).upcaster_tests(!no_upcaster_tests);
            generate::run(&args.schemas, contracts, plain, out, *check, &status)
        }
        Command::Breaking { against, exact, all_versions, upcasters, witness_dir, format } => {
            let against = match all_versions {
                true => breaking::Against::OtherVersions { upcasters: upcasters.as_deref() },
                false => breaking::Against::Baseline { name: against.as_deref(), exact: *exact },
            };
            let asked = breaking::Asked { against, witnesses: witness_dir.as_deref() };
            breaking::run(&args.schemas, &asked, *format, &status)
        }
        Command::Bundle { out, examples } => bundle::run(&args.schemas, out, *examples, &status),
        Command::Changelog { range } => changelog::run(&args.schemas, range, &status),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Explain { rule } => explain::run(rule.as_deref()),
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
    let (errors, warnings) = report.count();
    status.finish(match (errors, warnings) {
        (0, 0) => "clean".to_owned(),
        _ => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    });
    Ok(if errors + warnings == 0 { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// Whether a folder or file could not even be read: then nothing was judged.
fn is_unreadable(found: &Diagnostics) -> bool {
    found.iter().any(|finding| finding.rule.id == Rule::find("folder").map_or("", |rule| rule.id))
}
