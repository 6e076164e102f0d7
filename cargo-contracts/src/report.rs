//! What a command has found, and the formats it can be written in. Findings go to standard output.

mod github;
mod human;
pub(crate) mod json;
mod junit;
mod markdown;
mod sarif;
mod tally;

use std::io::{self, Write};

use event_contracts_codegen::contract::manifest::Waiver;
use event_contracts_codegen::diagnostic::{Diagnostic, Diagnostics, Level};
use event_contracts_codegen::evolution::{Compared, Finding, Rollout, Waived};
use event_contracts_codegen::source::Folder;

use crate::args::Format;
pub(crate) use tally::Tally;

/// Everything that was checked, with what was found.
pub(crate) struct Report {
    /// The command that has checked.
    pub(crate) command: &'static str,
    /// In the order of the work.
    pub(crate) cases: Vec<Case>,
    /// The level from which on a finding fails the command.
    pub(crate) fails_from: Level,
    /// Whether the work was done to its end.
    pub(crate) is_complete: bool,
    /// What was compared with what, if that is what the command does.
    pub(crate) comparison: Option<Comparison>,
    /// Why nothing was checked, if nothing was.
    pub(crate) idle: Option<String>,
}

/// One thing that was checked: a rule over all schemas, an event or a payload.
pub(crate) struct Case {
    /// What it belongs to: a file, a topic, or the part of the work.
    pub(crate) suite: String,
    /// What was checked.
    pub(crate) name: String,
    /// What was found; nothing if all is well.
    pub(crate) findings: Vec<Found>,
}

/// One thing that was found.
#[derive(Clone)]
pub(crate) struct Found {
    kind: Kind,
    /// Why it does not count, if it does not.
    pub(crate) accepted: Option<Accepted>,
}

#[derive(Clone)]
enum Kind {
    Plain(Diagnostic),
    Change(Box<Finding>),
}

/// Why a finding does not count.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub(crate) enum Accepted {
    /// A waiver of `system.json` says so.
    Waiver(Waiver),
    /// The command line says `--allow`.
    CommandLine,
    /// Upcasters make up for it; where they stand.
    Upcasters {
        /// Each as `file:line:column`.
        at: Vec<String>,
    },
}

/// A comparison with an earlier state, or of major versions.
pub(crate) struct Comparison {
    /// The earlier state; none if major versions were compared.
    pub(crate) baseline: Option<Baseline>,
    /// The events that both states have, or the pairs of major versions.
    pub(crate) compared: Vec<Compared>,
    /// What is to be deployed before what.
    pub(crate) rollout: Vec<Rollout>,
}

/// An earlier state.
pub(crate) struct Baseline {
    /// What people call it.
    pub(crate) title: String,
    /// The whole hash of its commit, if it is one.
    pub(crate) commit: Option<String>,
}

impl Report {
    pub(crate) fn new(command: &'static str, cases: Vec<Case>) -> Self {
        Self { command, cases, fails_from: Level::Warning, is_complete: true, comparison: None, idle: None }
    }

    /// The schemas themselves are wrong.
    pub(crate) fn of_schemas(command: &'static str, found: Diagnostics, is_complete: bool) -> Self {
        Self { is_complete, ..Self::new(command, vec![Case::well_formed(found.sorted())]) }
    }

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
            Format::Markdown => markdown::write(self, &mut text)?,
        }
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(&text)?;
        stdout.flush()
    }

    /// Whether something fails the command.
    pub(crate) fn is_failed(&self) -> bool {
        self.findings().iter().any(|finding| finding.diagnostic().level >= self.fails_from)
    }

    /// How much was found.
    pub(crate) fn tally(&self) -> Tally {
        Tally::of(&self.findings(), &self.accepted())
    }

    /// What came of it, in one line.
    fn verdict(&self) -> String {
        self.idle.clone().unwrap_or_else(|| self.tally().to_string())
    }

    /// All findings that count, by file and place.
    fn findings(&self) -> Vec<&Found> {
        self.sorted(false)
    }

    /// All findings that somebody has accepted.
    fn accepted(&self) -> Vec<&Found> {
        self.sorted(true)
    }

    /// What would break somebody without upcasters, and where they stand.
    pub(crate) fn mitigated(&self) -> impl Iterator<Item = (&Diagnostic, &[String])> {
        self.accepted().into_iter().filter_map(|found| match &found.accepted {
            Some(Accepted::Upcasters { at }) => Some((found.diagnostic(), at.as_slice())),
            _ => None,
        })
    }

    fn sorted(&self, is_accepted: bool) -> Vec<&Found> {
        let all = self.cases.iter().flat_map(|case| &case.findings);
        let mut found: Vec<&Found> = all.filter(|found| found.accepted.is_some() == is_accepted).collect();
        found.sort_by(|a, b| a.diagnostic().order(b.diagnostic()));
        // Of two events that share a schema each has a finding of its own.
        let name = |found: &Found| found.change().map(|change| change.fingerprint.clone());
        found.dedup_by(|a, b| a.diagnostic().order(b.diagnostic()).is_eq() && name(a) == name(b));
        found
    }
}

impl Case {
    /// That files have the form that they should.
    pub(crate) fn well_formed(findings: Vec<Diagnostic>) -> Self {
        let findings = findings.into_iter().map(Found::from).collect();
        Self { suite: "schemas".to_owned(), name: "well-formed".to_owned(), findings }
    }

    /// The findings that count.
    fn open(&self) -> impl Iterator<Item = &Found> {
        self.findings.iter().filter(|found| found.accepted.is_none())
    }
}

impl Found {
    /// What people read.
    pub(crate) fn diagnostic(&self) -> &Diagnostic {
        match &self.kind {
            Kind::Plain(diagnostic) => diagnostic,
            Kind::Change(finding) => &finding.diagnostic,
        }
    }

    pub(crate) fn diagnostic_mut(&mut self) -> &mut Diagnostic {
        match &mut self.kind {
            Kind::Plain(diagnostic) => diagnostic,
            Kind::Change(finding) => &mut finding.diagnostic,
        }
    }

    /// The edit that it is about, if contracts were compared.
    pub(crate) fn change(&self) -> Option<&Finding> {
        match &self.kind {
            Kind::Plain(_) => None,
            Kind::Change(finding) => Some(finding),
        }
    }
}

impl From<Diagnostic> for Found {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { kind: Kind::Plain(diagnostic), accepted: None }
    }
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        let at = finding.mitigated_by.clone();
        let accepted = (!at.is_empty()).then_some(Accepted::Upcasters { at });
        Self { kind: Kind::Change(Box::new(finding)), accepted }
    }
}

impl<T: Into<Found>> From<Waived<T>> for Found {
    fn from(waived: Waived<T>) -> Self {
        Self { accepted: Some(Accepted::Waiver(waived.waiver)), ..waived.finding.into() }
    }
}

impl Comparison {
    pub(crate) fn with(baseline: Option<&Folder>, compared: Vec<Compared>, rollout: Vec<Rollout>) -> Self {
        let baseline =
            baseline.map(|folder| Baseline { title: folder.title(), commit: folder.commit().map(str::to_owned) });
        Self { baseline, compared, rollout }
    }
}

/// What a finding says beside its message: who breaks by which payload, and the way out.
fn further(finding: &Diagnostic) -> impl Iterator<Item = &str> {
    finding.notes.iter().chain(&finding.help).map(String::as_str)
}

/// All that a finding says, a line each, where no frame can be drawn.
fn whole(finding: &Diagnostic) -> String {
    std::iter::once(&*finding.message).chain(further(finding)).collect::<Vec<_>>().join("\n")
}

/// One line each.
fn short(report: &Report, out: &mut impl Write) -> io::Result<()> {
    report.findings().iter().try_for_each(|finding| writeln!(out, "{}", finding.diagnostic().short()))
}
