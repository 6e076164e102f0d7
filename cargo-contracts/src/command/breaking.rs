//! `cargo contracts breaking`: the contracts against an earlier state of them, or major versions against each other.

mod cases;
mod levels;
mod other;

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::diagnostic::Level;
use event_contracts_codegen::evolution::{self, Finding};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::Earlier;
use event_contracts_codegen::{load, write};

use self::other::Other;
use super::{finish, require_folder, waivers};
use crate::args::{Format, Levels, NewWaivers};
use crate::failure::Failure;
use crate::report::{Case, Comparison, Found, Report};
use crate::status::Status;

/// What is asked for.
pub(crate) struct Asked<'a> {
    /// What is compared with.
    pub(crate) against: Against<'a>,
    /// Where witnesses are written.
    pub(crate) witnesses: Option<&'a Path>,
    /// Rules that weigh something else.
    pub(crate) levels: &'a Levels,
    /// Waivers to be written.
    pub(crate) waivers: &'a NewWaivers,
}

/// What the contracts are compared with.
pub(crate) enum Against<'a> {
    /// An earlier state.
    Baseline {
        /// Which one; the usual one if left out.
        name: Option<&'a str>,
        /// Whether a branch stands for itself.
        exact: bool,
    },
    /// The other major versions of each event, in the same folder.
    OtherVersions {
        /// Where upcasters are looked for; around the schemas if left out.
        upcasters: Option<&'a Path>,
    },
}

pub(crate) fn run(schemas: &Path, asked: &Asked<'_>, format: Format, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let levels = levels::Chosen::of(asked.levels)?;
    let today = Day::of(SystemTime::now());
    let terms = waivers::terms(asked.waivers, today)?;
    let both = Other::read(schemas, &asked.against).and_then(|other| Ok((other, load(schemas)?)));
    let (other, new) = match both {
        Ok((Earlier::State(other), new)) => (other, new),
        Ok((Earlier::Nothing(reason), _)) => {
            let name = format!("nothing to compare with: {reason}");
            status.finish(&name);
            let case = Case { suite: "baseline".to_owned(), name: name.clone(), findings: Vec::new() };
            Report { idle: Some(name), ..Report::new("breaking", vec![case]) }.write(format)?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(found) => return finish(&Report::of_schemas("breaking", found, false), format, status),
    };
    let changes = other.changes(&new, today);
    status.say("Comparing", other.described(changes.compared.len()));
    if let Some(folder) = asked.witnesses {
        write_witnesses(changes.findings.iter().chain(&changes.mitigated), folder)?;
    }
    let mut report = report(&other, changes, &levels);
    if let Some(terms) = terms
        && waivers::write(&evolution::accept(&new, wanting(&report), &terms), &terms, status)?
    {
        // What is left is what the next run would find.
        report = match load(schemas) {
            Ok(new) => self::report(&other, other.changes(&new, today), &levels),
            Err(found) => Report::of_schemas("breaking", found, false),
        };
    }
    let code = finish(&report, format, status)?;
    for (diagnostic, by) in report.mitigated() {
        status.say("Mitigated", format_args!("{}: {}, by {}", diagnostic.rule.id, diagnostic.message, by.join(", ")));
    }
    for step in report.comparison.iter().flat_map(|comparison| &comparison.rollout) {
        status.say("Deploy", step);
    }
    Ok(code)
}

fn report(other: &Other, changes: evolution::Report, levels: &levels::Chosen) -> Report {
    let mut cases = cases::of(&changes, &other.rules());
    cases.iter_mut().flat_map(|case| &mut case.findings).for_each(|found| levels.weigh(found));
    let comparison = Comparison::with(other.baseline(), changes.compared, changes.rollout);
    Report { fails_from: Level::Error, comparison: Some(comparison), ..Report::new("breaking", cases) }
}

/// The findings that ask for something, and that nobody has accepted.
fn wanting(report: &Report) -> impl Iterator<Item = &Finding> {
    let open = report.cases.iter().flat_map(|case| &case.findings).filter(|found| found.accepted.is_none());
    open.filter(|found| found.diagnostic().level > Level::Note).filter_map(Found::change)
}

/// A file for each witness: `<fingerprint>-<direction>.json`.
fn write_witnesses<'f>(findings: impl Iterator<Item = &'f Finding>, folder: &Path) -> Result<(), Failure> {
    for finding in findings {
        for one in &finding.breaks {
            let file = folder.join(format!("{}-{}.json", finding.fingerprint, one.direction));
            write::write_file(&file, &format!("{:#}\n", one.witness))
                .map_err(|error| Failure::new(format!("cannot write to `{}`: {error}", file.display())))?;
        }
    }
    Ok(())
}
