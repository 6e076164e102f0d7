//! Frames as rustc draws them.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::Report;

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let findings = report.findings();
    for finding in &findings {
        // The stream takes colours away where nobody could see them.
        writeln!(out, "{}\n", finding.diagnostic().frame(true))?;
    }
    // The first of those that weigh the most.
    match findings.iter().min_by_key(|finding| Reverse(finding.diagnostic().level)) {
        Some(first) => writeln!(out, "for more: cargo contracts explain {}", first.diagnostic().rule.id),
        None => Ok(()),
    }
}
