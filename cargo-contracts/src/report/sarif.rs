//! SARIF 2.1.0, as code scanning services read it: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::{Diagnostic, Location, Rule};
use event_contracts_codegen::evolution::Finding;
use serde_json::{Value, json};

use super::{Accepted, Found, Report, whole};

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<&Found> = report.findings().into_iter().chain(report.accepted()).collect();
    let mut rules: Vec<&'static Rule> = findings.iter().map(|found| found.diagnostic().rule).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    // A result has a place; what has none is about how the command was called.
    let (results, notifications): (Vec<&Found>, Vec<&Found>) =
        findings.into_iter().partition(|found| found.diagnostic().at.is_some());
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": report.is_complete,
                "toolConfigurationNotifications":
                    notifications.iter().map(|found| notification(found.diagnostic())).collect::<Vec<_>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results.iter().map(|found| result(found)).collect::<Vec<_>>(),
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
        "defaultConfiguration": { "level": rule.level },
    })
}

fn result(found: &Found) -> Value {
    let finding = found.diagnostic();
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": finding.level,
        "message": { "text": whole(finding) },
        "locations": finding.at.iter().map(|at| place(at, &finding.label)).collect::<Vec<_>>(),
        "relatedLocations": finding.related.iter().map(|(at, label)| place(at, label)).collect::<Vec<_>>(),
    });
    if let Some(change) = found.change() {
        result["partialFingerprints"] = json!({ "eventContracts/v1": change.fingerprint });
        // The first location is the one that is shown; what is concerned belongs to it.
        if let Some(Value::Array(places)) = result.pointer_mut("/locations/0/logicalLocations") {
            places.push(subject(change));
        }
    }
    if let Some(accepted) = &found.accepted {
        result["suppressions"] = json!([suppression(accepted)]);
    }
    result
}

fn notification(finding: &Diagnostic) -> Value {
    json!({
        "descriptor": { "id": finding.rule.id },
        "level": finding.level,
        "message": { "text": whole(finding) },
    })
}

/// What an edit concerns: `commerce/order.events/order.created.v1#/data/items`.
fn subject(change: &Finding) -> Value {
    let event = change.event.as_ref().map(|event| match change.major {
        Some(major) => format!("{event}.v{major}"),
        None => event.clone(),
    });
    let names: Vec<&str> = [Some(&change.system), change.topic.as_ref(), event.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    json!({ "fullyQualifiedName": format!("{}#{}", names.join("/"), change.pointer), "kind": "type" })
}

/// Who has accepted a finding, and why.
fn suppression(accepted: &Accepted) -> Value {
    let justification = match accepted {
        Accepted::Waiver(waiver) => format!("{} (by {}, until {})", waiver.reason, waiver.owner, waiver.until),
        Accepted::CommandLine => "allowed by the command line".to_owned(),
        Accepted::Upcasters { at } => format!("mitigated by {}", at.join(", ")),
    };
    json!({ "kind": "external", "status": "accepted", "justification": justification })
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
