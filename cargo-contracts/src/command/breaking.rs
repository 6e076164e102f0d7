//! `cargo contracts breaking`: the contracts against an earlier state of them, or major versions against each other.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::diagnostic::Diagnostics;
use event_contracts_codegen::evolution::{self, Finding, Report as Changes};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::{Earlier, Git, RustFiles};
use event_contracts_codegen::{Baseline, load, write};

use super::{finish, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::report::{Case, Report};
use crate::status::{Status, count};

/// What is asked for.
pub(crate) struct Asked<'a> {
    /// What is compared with.
    pub(crate) against: Against<'a>,
    /// Where witnesses are written.
    pub(crate) witnesses: Option<&'a Path>,
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
    let compared = match asked.against {
        Against::Baseline { name, exact } => with_baseline(schemas, name, exact, status),
        Against::OtherVersions { upcasters } => side_by_side(schemas, upcasters, status).map(Earlier::State),
    };
    let changes = match compared {
        Ok(Earlier::State(changes)) => changes,
        Ok(Earlier::Nothing(reason)) => {
            status.finish(format_args!("nothing to compare with: {reason}"));
            return Ok(ExitCode::SUCCESS);
        }
        Err(found) => {
            let case = Case { suite: "schemas".to_owned(), name: "well-formed".to_owned(), findings: found.sorted() };
            finish(&Report { command: "breaking", cases: vec![case], ..Report::default() }, format, status)?;
            return Err(Failure::reported());
        }
    };
    if let Some(folder) = asked.witnesses {
        write_witnesses(changes.findings.iter().chain(&changes.mitigated), folder)?;
    }
    for finding in &changes.mitigated {
        status.say("Mitigated", mitigated(finding));
    }
    let code = finish(&report(&changes), format, status)?;
    for step in &changes.rollout {
        status.say("Deploy", step);
    }
    Ok(code)
}

/// The baseline against what is on the disk.
fn with_baseline(
    schemas: &Path,
    name: Option<&str>,
    exact: bool,
    status: &Status,
) -> Result<Earlier<Changes>, Diagnostics> {
    let git = Git::here();
    let baseline = match name {
        Some(text) => Baseline::parse(text, schemas, &git)?,
        None => Baseline::Usual,
    };
    let baseline = if exact { baseline.exact() } else { baseline };
    let (old, new) = match (baseline.load(schemas, &git)?, load(schemas)?) {
        (Earlier::State(old), new) => (old, new),
        (Earlier::Nothing(reason), _) => return Ok(Earlier::Nothing(reason)),
    };
    let changes = evolution::changes(&old, &new, Day::of(SystemTime::now()));
    status.say("Comparing", format_args!("{} with {}", count(changes.compared, "event"), old.folder.title()));
    Ok(Earlier::State(changes))
}

/// The major versions of each event against each other.
fn side_by_side(schemas: &Path, upcasters: Option<&Path>, status: &Status) -> Result<Changes, Diagnostics> {
    let loaded = load(schemas)?;
    let rust = match upcasters {
        Some(folder) => Some(RustFiles::below(folder, evolution::UPCAST)?),
        None => RustFiles::around(schemas, evolution::UPCAST)?,
    };
    let changes = evolution::versions(&loaded, rust.as_ref(), Day::of(SystemTime::now()));
    let pairs = count(changes.compared, "pair");
    match rust {
        Some(rust) => {
            status.say("Comparing", format_args!("{pairs} of major versions, upcasters of `{}`", rust.folder))
        }
        None => status.say("Comparing", format_args!("{pairs} of major versions, no Rust code around")),
    }
    Ok(changes)
}

/// One case: that nobody breaks.
fn report(changes: &Changes) -> Report {
    let all = |findings: &[Finding]| findings.iter().map(|finding| finding.diagnostic.clone()).collect();
    let case = Case { suite: "breaking".to_owned(), name: "compatible".to_owned(), findings: all(&changes.findings) };
    Report { command: "breaking", cases: vec![case], mitigated: all(&changes.mitigated) }
}

/// What would break without upcasters, and where they stand.
fn mitigated(finding: &Finding) -> String {
    let Finding { diagnostic, mitigated_by, .. } = finding;
    format!("{}: {}, by {}", diagnostic.rule.id, diagnostic.message, mitigated_by.join(", "))
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
