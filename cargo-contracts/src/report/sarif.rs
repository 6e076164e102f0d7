//! SARIF 2.1.0, as code scanning services read it: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::{Diagnostic, Level, Location, Rule};
use serde_json::{Value, json};

use super::Report;

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let findings = report.findings();
    let mut rules: Vec<&'static Rule> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

fn result(finding: &Diagnostic) -> Value {
    let text = std::iter::once(&finding.message).chain(&finding.notes).chain(&finding.help);
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": level(finding.rule.level),
        "message": { "text": text.map(String::as_str).collect::<Vec<_>>().join("\n") },
        "locations": finding.at.iter().map(|at| place(at, &finding.label)).collect::<Vec<_>>(),
        "relatedLocations": finding.related.iter().map(|(at, label)| place(at, label)).collect::<Vec<_>>(),
    });
    if let Some((_, fingerprint)) = finding.details.iter().find(|(name, _)| *name == "fingerprint") {
        result["partialFingerprints"] = json!({ "eventContracts/v1": fingerprint });
    }
    result
}

fn place(at: &Location, label: &str) -> Value {
    let (line, column) = at.line_column();
    let (end_line, end_column) = Location { span: at.span.end..at.span.end, ..at.clone() }.line_column();
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&at.file.path) },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        },
        "logicalLocations": [{ "fullyQualifiedName": at.pointer, "kind": "member" }],
        "message": { "text": label },
    })
}

/// The path as a relative reference: what a URI gives a meaning to is spelled by number, such as the colon behind a revision.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().fold(String::new(), |uri, byte| {
        if is_plain(byte) { uri + &char::from(byte).to_string() } else { format!("{uri}%{byte:02X}") }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_relative_references() {
        assert_eq!(super::uri("origin/main:a b/ü.json"), "origin/main%3Aa%20b/%C3%BC.json");
    }
}
