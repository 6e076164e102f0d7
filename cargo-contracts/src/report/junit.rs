//! JUnit XML: a case for everything that was checked, so that a dashboard shows what passed too.

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::Diagnostic;
use quick_junit::{NonSuccessKind, Report as Xml, TestCase, TestCaseStatus, TestSuite};

use super::{Accepted, Case, Found, Report, further};

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Xml::new(format!("cargo contracts {}", report.command));
    let mut suites: Vec<TestSuite> = Vec::new();
    for case in &report.cases {
        if suites.last().is_none_or(|suite| suite.name.as_str() != case.suite) {
            suites.push(TestSuite::new(&*case.suite));
        }
        if let Some(suite) = suites.last_mut() {
            let mut test_case = test_case(report, case);
            // Some dashboards show nothing else of a case but class and name.
            test_case.set_classname(&*case.suite);
            suite.add_test_case(test_case);
        }
    }
    xml.add_test_suites(suites);
    let text = xml.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// What fails the command is a failure, or an error if it could not do its work; a case in which everything was accepted is skipped; the rest is said beside a success.
fn test_case(report: &Report, case: &Case) -> TestCase {
    let fails = |found: &&Found| found.diagnostic().level >= report.fails_from;
    if let Some(first) = case.open().find(fails).map(Found::diagnostic) {
        let kind = if report.is_complete { NonSuccessKind::Failure } else { NonSuccessKind::Error };
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(&*first.message).set_type(first.rule.id).set_description(lines(case.open()));
        return TestCase::new(&*case.name, status);
    }
    if case.open().next().is_none()
        && let Some(why) = case.findings.iter().find_map(|found| found.accepted.as_ref())
    {
        let mut status = TestCaseStatus::skipped();
        status.set_message(reason(why)).set_description(lines(case.findings.iter()));
        return TestCase::new(&*case.name, status);
    }
    let mut passed = TestCase::new(&*case.name, TestCaseStatus::success());
    if case.open().next().is_some() {
        passed.set_system_out(lines(case.open()));
    }
    passed
}

fn lines<'a>(found: impl Iterator<Item = &'a Found>) -> String {
    // Frames would show lines of payloads, which belong into no log.
    let text = |finding: &Diagnostic| further(finding).fold(finding.short(), |text, line| text + "\n    " + line);
    found.map(Found::diagnostic).map(text).collect::<Vec<_>>().join("\n")
}

fn reason(accepted: &Accepted) -> String {
    match accepted {
        Accepted::Waiver(waiver) => format!("waived by {} until {}: {}", waiver.owner, waiver.until, waiver.reason),
        Accepted::CommandLine => "allowed by the command line".to_owned(),
        Accepted::Upcasters { at } => format!("mitigated by {}", at.join(", ")),
    }
}
