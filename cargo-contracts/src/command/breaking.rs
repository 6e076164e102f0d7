//! `cargo contracts breaking`: the contracts against an earlier state of them.

mod cases;
mod levels;

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::diagnostic::{Diagnostics, Level};
use event_contracts_codegen::evolution::{self, Finding};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::{Earlier, Git};
use event_contracts_codegen::{Baseline, Loaded, load, write};

use super::{finish, require_folder, waivers};
use crate::args::{Format, Levels, NewWaivers};
use crate::failure::Failure;
use crate::report::{Case, Comparison, Found, Report};
use crate::status::{Status, count};

/// What is asked for.
pub(crate) struct Asked<'a> {
    /// The baseline; the usual one if left out.
    pub(crate) against: Option<&'a str>,
    /// Whether a branch stands for itself.
    pub(crate) exact: bool,
    /// Where witnesses are written.
    pub(crate) witnesses: Option<&'a Path>,
    /// Rules that weigh something else.
    pub(crate) levels: &'a Levels,
    /// Waivers to be written.
    pub(crate) waivers: &'a NewWaivers,
}

pub(crate) fn run(schemas: &Path, asked: &Asked<'_>, format: Format, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let levels = levels::Chosen::of(asked.levels)?;
    let today = Day::of(SystemTime::now());
    let terms = waivers::terms(asked.waivers, today)?;
    let (old, new) = match both(schemas, asked) {
        Ok((Earlier::State(old), new)) => (old, new),
        Ok((Earlier::Nothing(reason), _)) => {
            let name = format!("nothing to compare with: {reason}");
            status.finish(&name);
            let case = Case { suite: "baseline".to_owned(), name, findings: Vec::new() };
            Report::new("breaking", vec![case]).write(format)?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(found) => return finish(&Report::of_schemas("breaking", found, false), format, status),
    };
    let changes = evolution::changes(&old, &new, today);
    status.say("Comparing", format_args!("{} with {}", count(changes.compared.len(), "event"), old.folder.title()));
    if let Some(folder) = asked.witnesses {
        write_witnesses(&changes.findings, folder)?;
    }
    let mut report = report(&old, changes, &levels);
    if let Some(terms) = terms
        && waivers::write(&evolution::accept(&new, wanting(&report), &terms), &terms, status)?
    {
        // What is left is what the next run would find.
        report = match load(schemas) {
            Ok(new) => self::report(&old, evolution::changes(&old, &new, today), &levels),
            Err(found) => Report::of_schemas("breaking", found, false),
        };
    }
    let code = finish(&report, format, status)?;
    for step in report.comparison.iter().flat_map(|comparison| &comparison.rollout) {
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

fn report(old: &Loaded, changes: evolution::Report, levels: &levels::Chosen) -> Report {
    let mut cases = cases::of(&changes);
    cases.iter_mut().flat_map(|case| &mut case.findings).for_each(|found| levels.weigh(found));
    let comparison = Comparison::with(&old.folder, changes.compared, changes.rollout);
    Report { fails_from: Level::Error, comparison: Some(comparison), ..Report::new("breaking", cases) }
}

/// The findings that ask for something, and that nobody has accepted.
fn wanting(report: &Report) -> impl Iterator<Item = &Finding> {
    let open = report.cases.iter().flat_map(|case| &case.findings).filter(|found| found.accepted.is_none());
    open.filter(|found| found.diagnostic().level > Level::Note).filter_map(Found::change)
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
