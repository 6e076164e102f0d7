//! What a command has found, and the formats it can be written in. Findings go to standard output.

mod github;
mod human;
mod json;
mod junit;
mod sarif;

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::{Diagnostic, Diagnostics, Level};

use crate::args::Format;

/// Everything that was checked, with what was found.
#[derive(Default)]
pub(crate) struct Report {
    /// The command that has checked.
    pub(crate) command: &'static str,
    /// In the order of the work.
    pub(crate) cases: Vec<Case>,
    /// What was found and does no harm, each with a note that says why.
    pub(crate) mitigated: Vec<Diagnostic>,
}

/// One thing that was checked: a rule over all schemas, or a payload.
pub(crate) struct Case {
    /// What it belongs to: a file, or the part of the work.
    pub(crate) suite: String,
    /// What was checked.
    pub(crate) name: String,
    /// What was found; nothing if all is well.
    pub(crate) findings: Vec<Diagnostic>,
}

impl Report {
    /// Writes the findings to standard output.
    pub(crate) fn write(&self, format: Format) -> io::Result<()> {
        let mut text = Vec::new();
        match format {
            Format::Human => human::write(self, &mut text)?,
            Format::Short => short(self, &mut text)?,
            Format::Json => json::write(self, &mut text)?,
            Format::Sarif => sarif::write(self, &mut text)?,
            Format::Github => github::write(self, &mut text)?,
            Format::Junit => junit::write(self, &mut text)?,
        }
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(&text)?;
        stdout.flush()
    }

    /// How many errors and warnings there are.
    pub(crate) fn count(&self) -> (usize, usize) {
        let findings = self.findings();
        let errors = findings.iter().filter(|finding| finding.rule.level == Level::Error).count();
        (errors, findings.len() - errors)
    }

    /// All findings, by file and place.
    fn findings(&self) -> Vec<Diagnostic> {
        let mut all = Diagnostics::new();
        for finding in self.cases.iter().flat_map(|case| &case.findings) {
            all.push(finding.clone());
        }
        all.sorted()
    }
}

/// One line each.
fn short(report: &Report, out: &mut impl Write) -> io::Result<()> {
    report.findings().iter().try_for_each(|finding| writeln!(out, "{}", finding.short()))
}
