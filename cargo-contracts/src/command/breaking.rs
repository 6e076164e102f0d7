//! `cargo contracts breaking`: the contracts against an earlier state of them.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::diagnostic::Diagnostics;
use event_contracts_codegen::evolution::{self, Finding};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::{Earlier, Git};
use event_contracts_codegen::{Baseline, Loaded, load, write};

use super::{finish, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::report::{Case, Report};
use crate::status::{Status, count};

/// What is asked for.
pub(crate) struct Asked<'a> {
    /// The baseline; the usual one if left out.
    pub(crate) against: Option<&'a str>,
    /// Whether a branch stands for itself.
    pub(crate) exact: bool,
    /// Where witnesses are written.
    pub(crate) witnesses: Option<&'a Path>,
}

pub(crate) fn run(schemas: &Path, asked: &Asked<'_>, format: Format, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let (old, new) = match both(schemas, asked) {
        Ok((Earlier::State(old), new)) => (old, new),
        Ok((Earlier::Nothing(reason), _)) => {
            status.finish(format_args!("nothing to compare with: {reason}"));
            return Ok(ExitCode::SUCCESS);
        }
        Err(found) => {
            let case = Case { suite: "schemas".to_owned(), name: "well-formed".to_owned(), findings: found.sorted() };
            finish(&Report { command: "breaking", cases: vec![case] }, format, status)?;
            return Err(Failure::reported());
        }
    };
    let changes = evolution::changes(&old, &new, Day::of(SystemTime::now()));
    status.say("Comparing", format_args!("{} with {}", count(changes.compared, "event"), old.folder.title()));
    if let Some(folder) = asked.witnesses {
        write_witnesses(&changes.findings, folder)?;
    }
    let code = finish(&report(&changes.findings), format, status)?;
    for step in &changes.rollout {
        status.say("Deploy", step);
    }
    Ok(code)
}

/// The baseline and what is on the disk.
fn both(schemas: &Path, asked: &Asked<'_>) -> Result<(Earlier<Loaded>, Loaded), Diagnostics> {
    let git = Git::here();
    let baseline = match asked.against {
        Some(text) => Baseline::parse(text, schemas, &git)?,
        None => Baseline::Usual,
    };
    let baseline = if asked.exact { baseline.exact() } else { baseline };
    Ok((baseline.load(schemas, &git)?, load(schemas)?))
}

/// One case: that nobody breaks.
fn report(findings: &[Finding]) -> Report {
    let all = findings.iter().map(|finding| finding.diagnostic.clone()).collect();
    let case = Case { suite: "breaking".to_owned(), name: "compatible".to_owned(), findings: all };
    Report { command: "breaking", cases: vec![case] }
}

/// A file for each witness: `<fingerprint>-<direction>.json`.
fn write_witnesses(findings: &[Finding], folder: &Path) -> Result<(), Failure> {
    for finding in findings {
        for one in &finding.breaks {
            let file = folder.join(format!("{}-{}.json", finding.fingerprint, one.direction));
            write::write_file(&file, &format!("{:#}\n", one.witness))
                .map_err(|error| Failure::new(format!("cannot write to `{}`: {error}", file.display())))?;
        }
    }
    Ok(())
}
