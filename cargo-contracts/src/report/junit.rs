//! JUnit XML: a case for everything that was checked, so that a dashboard shows what passed too.

use std::io::{self, Write};

use event_contracts_codegen::diagnostic::Diagnostic;
use quick_junit::{NonSuccessKind, Report as Xml, TestCase, TestCaseStatus, TestSuite};

use super::{Case, Report};

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Xml::new(format!("cargo contracts {}", report.command));
    let mut suites: Vec<TestSuite> = Vec::new();
    for case in &report.cases {
        if suites.last().is_none_or(|suite| suite.name.as_str() != case.suite) {
            suites.push(TestSuite::new(&*case.suite));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(test_case(case));
        }
    }
    xml.add_test_suites(suites);
    let text = xml.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

fn test_case(case: &Case) -> TestCase {
    let Some(first) = case.findings.first() else { return TestCase::new(&*case.name, TestCaseStatus::success()) };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let all = case.findings.iter().map(Diagnostic::short).collect::<Vec<_>>().join("\n");
    status.set_message(&*first.message).set_type(first.rule.id).set_description(all);
    TestCase::new(&*case.name, status)
}
