//! One JSON document. `schema_version` grows when a member changes its meaning or goes away; members may be added.
//! Its schema is derived from these types: `cargo contracts schema report`, `schemas/meta/report.schema.json`.

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::{Diagnostic, Level, Location};
use event_contracts_codegen::evolution::{self, Break, Compared, Direction, Rollout, RustChange};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Accepted, Case, Found, Report, Tally};

/// The version of what is written.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// What `lint`, `validate` and `breaking` write for tools.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Document<'a> {
    /// Grows when a member changes its meaning or goes away; members may be added.
    schema_version: u32,
    /// Who has written this.
    tool: Tool,
    /// The command: `breaking`.
    command: &'a str,
    /// What the exit code says.
    verdict: Verdict,
    /// How much there is.
    summary: Summary,
    /// What counts, by file and place.
    findings: Vec<Finding<'a>>,
    /// What was found and does not count.
    accepted: Vec<Finding<'a>>,
    /// Everything that was checked, in the order of the work.
    checked: Vec<Checked<'a>>,
    /// What was compared with what, if contracts were.
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison<'a>>,
}

/// A program and its version.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Tool {
    /// `cargo-contracts`.
    name: &'static str,
    /// `0.1.0`.
    version: &'static str,
}

/// What the exit code says.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// All is well: 0.
    Passed,
    /// Something was found: 100.
    Failed,
    /// The command could not do its work, for the reasons found: 101.
    Incomplete,
}

/// How much there is.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// How many things were checked.
    checked: usize,
    #[serde(flatten)]
    tally: Tally,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The id of the rule: `EV012`.
    rule: &'a str,
    /// The name of the rule: `enum-value-removed`.
    name: &'a str,
    /// How much it weighs.
    level: Level,
    /// For people.
    message: &'a str,
    /// Where.
    primary: Option<Place<'a>>,
    /// Other places that matter.
    related: Vec<Place<'a>>,
    /// What else to know, for people.
    notes: &'a [String],
    /// The way out, for people.
    help: &'a [String],
    /// The edit that it is about, if contracts were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change<'a>>,
    /// Why it does not count, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a Accepted>,
}

/// A value in a file.
#[derive(Serialize, JsonSchema)]
struct Place<'a> {
    /// The file; of a commit, as `git show` names it.
    path: &'a str,
    /// JSON Pointer into the file.
    pointer: &'a str,
    /// From its first letter to behind its last one.
    range: Range,
    /// What stands there, for people.
    label: &'a str,
}

/// A piece of a text.
#[derive(Serialize, JsonSchema)]
struct Range {
    /// The first letter.
    start: Position,
    /// Behind the last letter.
    end: Position,
}

/// A place in a text.
#[derive(Serialize, JsonSchema)]
struct Position {
    /// From 1.
    line: usize,
    /// From 1, in Unicode scalar values.
    column: usize,
    /// From the start of the file, from 0.
    byte: usize,
}

/// An edit.
#[derive(Serialize, JsonSchema)]
struct Change<'a> {
    /// The system.
    system: &'a str,
    /// The topic; `null` if a whole system is concerned.
    topic: Option<&'a str>,
    /// The event type; `null` if a whole topic or system is concerned.
    event: Option<&'a str>,
    /// The major version of the event.
    major: Option<u32>,
    /// The older one, where two of them are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_major: Option<u32>,
    /// The place in a message, as JSON Pointer; `*` is any element, `**` any member. Without an event, in `system.json`.
    pointer: &'a str,
    /// Whom it breaks, with a witness each.
    breaks: &'a [Break],
    /// The directions for which there is neither a proof nor a witness.
    unproven: &'a [Direction],
    /// What users of the generated types notice.
    rust: &'a [RustChange],
    /// Stays the same as long as the finding is the same, wherever it stands and however its message is worded.
    fingerprint: &'a str,
}

/// One thing that was checked.
#[derive(Serialize, JsonSchema)]
struct Checked<'a> {
    /// What it belongs to: a file, a topic, or the part of the work.
    suite: &'a str,
    /// What was checked.
    name: &'a str,
    /// How many findings there are about it, accepted ones included.
    findings: usize,
}

/// A comparison with an earlier state, or of major versions.
#[derive(Serialize, JsonSchema)]
struct Comparison<'a> {
    /// The earlier state; `null` if major versions were compared.
    baseline: Option<Baseline<'a>>,
    /// How many of the events have another schema.
    changed: usize,
    /// The events that both states have, or the pairs of major versions.
    events: &'a [Compared],
    /// What is to be deployed before what.
    rollout: &'a [Rollout],
}

/// An earlier state.
#[derive(Serialize, JsonSchema)]
struct Baseline<'a> {
    /// What people call it.
    title: &'a str,
    /// The whole hash of the commit, if it is one.
    commit: Option<&'a str>,
}

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Document::of(report))?;
    writeln!(out)
}

impl Tool {
    pub(crate) const THIS: Self = Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

impl<'a> Document<'a> {
    fn of(report: &'a Report) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            command: report.command,
            verdict: match (report.is_complete, report.is_failed()) {
                (false, _) => Verdict::Incomplete,
                (true, true) => Verdict::Failed,
                (true, false) => Verdict::Passed,
            },
            summary: Summary { checked: report.cases.len(), tally: report.tally() },
            findings: report.findings().into_iter().map(Finding::of).collect(),
            accepted: report.accepted().into_iter().map(Finding::of).collect(),
            checked: report.cases.iter().map(Checked::of).collect(),
            comparison: report.comparison.as_ref().map(Comparison::of),
        }
    }
}

impl<'a> Finding<'a> {
    fn of(found: &'a Found) -> Self {
        let Diagnostic { rule, level, message, at, label, related, notes, help, .. } = found.diagnostic();
        Self {
            rule: rule.id,
            name: rule.name,
            level: *level,
            message,
            primary: at.as_ref().map(|at| Place::of(at, label)),
            related: related.iter().map(|(at, label)| Place::of(at, label)).collect(),
            notes,
            help,
            change: found.change().map(Change::of),
            accepted: found.accepted.as_ref(),
        }
    }
}

impl<'a> Place<'a> {
    fn of(at: &'a Location, label: &'a str) -> Self {
        let position = |at: &Location| {
            let (line, column) = at.line_column();
            Position { line, column, byte: at.span.start }
        };
        let end = Location { span: at.span.end..at.span.end, ..at.clone() };
        let range = Range { start: position(at), end: position(&end) };
        Self { path: &at.file.path, pointer: &at.pointer, range, label }
    }
}

impl<'a> Change<'a> {
    fn of(finding: &'a evolution::Finding) -> Self {
        Self {
            system: &finding.system,
            topic: finding.topic.as_deref(),
            event: finding.event.as_deref(),
            major: finding.major,
            from_major: finding.from_major,
            pointer: &finding.pointer,
            breaks: &finding.breaks,
            unproven: &finding.unproven,
            rust: &finding.rust,
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> Checked<'a> {
    fn of(case: &'a Case) -> Self {
        Self { suite: &case.suite, name: &case.name, findings: case.findings.len() }
    }
}

impl<'a> Baseline<'a> {
    fn of(baseline: &'a super::Baseline) -> Self {
        Self { title: &baseline.title, commit: baseline.commit.as_deref() }
    }
}

impl<'a> Comparison<'a> {
    fn of(comparison: &'a super::Comparison) -> Self {
        Self {
            baseline: comparison.baseline.as_ref().map(Baseline::of),
            changed: comparison.compared.iter().filter(|event| event.is_changed).count(),
            events: &comparison.compared,
            rollout: &comparison.rollout,
        }
    }
}
