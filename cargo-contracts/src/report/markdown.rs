//! Markdown for a comment on a merge request, or a job's summary: the verdict first, what breaks whom, who deploys first.

use std::fmt::Write as _;
use std::io::{self, Write};

use event_contracts_codegen::evolution::Finding;

use super::{Accepted, Baseline, Comparison, Found, Report};
use crate::status::count;

/// So many findings show their messages; a comment has its limits.
const WITH_WITNESSES: usize = 20;

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    out.write_all(text(report).as_bytes())
}

pub(super) fn text(report: &Report) -> String {
    let sign = if report.is_failed() || !report.is_complete { "❌" } else { "✅" };
    let mut text = format!("## {sign} cargo contracts {}: {}\n", report.command, cell(&report.verdict()));
    if let Some(Comparison { baseline, compared, .. }) = &report.comparison {
        let changed = compared.iter().filter(|event| event.is_changed).count();
        let _ = match baseline {
            Some(Baseline { title, .. }) => {
                let events = count(compared.len(), "event");
                write!(text, "\n{events} compared with {}; {changed} changed.\n", cell(title))
            }
            None => write!(text, "\n{} of major versions compared.\n", count(compared.len(), "pair")),
        };
    }
    findings(&report.findings(), &mut text);
    rollout(report, &mut text);
    accepted(&report.accepted(), &mut text);
    text
}

fn findings(findings: &[&Found], text: &mut String) {
    if findings.is_empty() {
        return;
    }
    text.push_str("\n| | Rule | What | Breaks | Where |\n|---|---|---|---|---|\n");
    for found in findings {
        let finding = found.diagnostic();
        let place = finding.at.as_ref().map(|at| format!("`{}:{}`", at.file.path, at.line_column().0));
        let directions: Vec<String> = found
            .change()
            .into_iter()
            .flat_map(|change| {
                let unproven = change.unproven.iter().map(|direction| format!("{direction}?"));
                change.breaks.iter().map(|one| one.direction.to_string()).chain(unproven)
            })
            .collect();
        let (level, rule, message) = (finding.level, finding.rule, cell(&finding.message));
        let (directions, place) = (directions.join(", "), place.unwrap_or_default());
        let _ = writeln!(text, "| {level} | {} {} | {message} | {directions} | {} |", rule.id, rule.name, cell(&place));
    }
    let broken: Vec<&Finding> =
        findings.iter().filter_map(|found| found.change()).filter(|change| !change.breaks.is_empty()).collect();
    for change in broken.iter().take(WITH_WITNESSES) {
        witnesses(change, text);
    }
    if broken.len() > WITH_WITNESSES {
        let left = broken.len() - WITH_WITNESSES;
        let _ = writeln!(text, "\nThe messages of {left} more: `--witness-dir` writes all of them.");
    }
}

/// The messages that show who breaks, folded.
fn witnesses(change: &Finding, text: &mut String) {
    let event = html(change.event.as_deref().unwrap_or_default());
    for one in &change.breaks {
        let rule = change.diagnostic.rule.id;
        let _ = write!(
            text,
            "\n<details><summary>{rule}: an <code>{event}</code> that breaks {}</summary>\n\n```json\n{:#}\n```\n\n</details>\n",
            one.direction, one.witness
        );
    }
}

fn rollout(report: &Report, text: &mut String) {
    let steps = report.comparison.iter().flat_map(|comparison| &comparison.rollout);
    let steps: String = steps.map(|step| format!("- {}\n", cell(&step.to_string()))).collect();
    if !steps.is_empty() {
        let _ = write!(text, "\n### Deploy\n\n{steps}");
    }
}

fn accepted(accepted: &[&Found], text: &mut String) {
    if accepted.is_empty() {
        return;
    }
    text.push_str("\n### Accepted\n\n| Rule | What | By | Until | Why |\n|---|---|---|---|---|\n");
    for found in accepted {
        let finding = found.diagnostic();
        let (by, until, why) = match &found.accepted {
            Some(Accepted::Waiver(waiver)) => (waiver.owner.clone(), waiver.until.as_str(), waiver.reason.as_str()),
            Some(Accepted::Upcasters { at }) => (at.join(", "), "", "an upcaster makes up for it"),
            Some(Accepted::CommandLine) | None => ("`--allow`".to_owned(), "", ""),
        };
        let (id, name) = (finding.rule.id, finding.rule.name);
        let (what, by, until, why) = (cell(&finding.message), cell(&by), cell(until), cell(why));
        let _ = writeln!(text, "| {id} {name} | {what} | {by} | {until} | {why} |");
    }
}

/// A text in one cell of a table; what is between backticks stays code, nothing else becomes markup.
fn cell(text: &str) -> String {
    let mut is_code = false;
    text.chars().fold(String::new(), |cell, letter| {
        is_code ^= letter == '`';
        match letter {
            '|' => cell + "\\|",
            '\n' | '\r' => cell + " ",
            '<' if !is_code => cell + "&lt;",
            other => cell + other.encode_utf8(&mut [0; 4]),
        }
    })
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_stays_a_cell() {
        assert_eq!(super::cell("a|b\nc <!-- `d<e` <f"), "a\\|b c &lt;!-- `d<e` &lt;f");
    }
}
