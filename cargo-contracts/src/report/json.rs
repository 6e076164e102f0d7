//! One JSON document. `schema_version` grows when a member changes its meaning or goes away; members may be added.

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::{Diagnostic, Level, Location};
use serde_json::{Value, json};

use super::{Case, Report};

const SCHEMA_VERSION: u32 = 1;

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let (errors, warnings) = report.count();
    let mut document = json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "command": report.command,
        "summary": { "checked": report.cases.len(), "errors": errors, "warnings": warnings },
        "findings": report.findings().iter().map(finding).collect::<Vec<_>>(),
        "checked": report.cases.iter().map(case).collect::<Vec<_>>(),
    });
    if !report.mitigated.is_empty() {
        document["mitigated"] = report.mitigated.iter().map(finding).collect();
    }
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn case(case: &Case) -> Value {
    json!({ "suite": case.suite, "name": case.name, "findings": case.findings.len() })
}

fn finding(finding: &Diagnostic) -> Value {
    let related: Vec<Value> = finding.related.iter().map(|(at, label)| place(at, label)).collect();
    let mut members = json!({
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "level": match finding.rule.level { Level::Error => "error", Level::Warning => "warning" },
        "message": finding.message,
        "primary": finding.at.as_ref().map(|at| place(at, &finding.label)),
        "related": related,
        "notes": finding.notes,
        "help": finding.help,
    });
    for (name, value) in &finding.details {
        members[*name] = value.clone();
    }
    members
}

/// Lines and columns from 1, columns in Unicode scalar values; bytes from 0.
fn place(at: &Location, label: &str) -> Value {
    let end = Location { span: at.span.end..at.span.end, ..at.clone() };
    let position = |at: &Location| {
        let (line, column) = at.line_column();
        json!({ "line": line, "column": column, "byte": at.span.start })
    };
    json!({
        "path": at.file.path,
        "pointer": at.pointer,
        "range": { "start": position(at), "end": position(&end) },
        "label": label,
    })
}
