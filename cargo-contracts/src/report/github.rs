//! Annotations of GitHub Actions. It shows about ten of each level in a step, so errors come first and a count last.

use std::io::{self, Write};
use std::path::Path;

use event_contracts_codegen::diagnostic::{Diagnostic, Level, Location};
use event_contracts_codegen::write::append_file;

use super::{Report, markdown, whole};

pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut findings: Vec<&Diagnostic> = report.findings().into_iter().map(super::Found::diagnostic).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    for finding in &findings {
        annotation(finding, out)?;
    }
    if !findings.is_empty() || report.idle.is_some() {
        writeln!(out, "::notice title=cargo contracts {}::{}", report.command, data(&report.verdict()))?;
    }
    // The page of the job shows what is written there.
    match std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) {
        Some(path) => append_file(Path::new(&path), &markdown::text(report)),
        None => Ok(()),
    }
}

fn annotation(finding: &Diagnostic, out: &mut impl Write) -> io::Result<()> {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    write!(out, "::{level} ")?;
    if let Some(at) = &finding.at {
        let (line, column) = at.line_column();
        let (end_line, end_column) = Location { span: at.span.end..at.span.end, ..at.clone() }.line_column();
        write!(out, "file={},line={line},endLine={end_line},", property(&at.file.path))?;
        // Columns count only where the place ends in its first line.
        if line == end_line {
            write!(out, "col={column},endColumn={end_column},")?;
        }
    }
    writeln!(out, "title={} {}::{}", finding.rule.id, finding.rule.name, data(&whole(finding)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes() {
        assert_eq!(super::property("a,b:c%d\n"), "a%2Cb%3Ac%25d%0A");
        assert_eq!(super::data("a,b:c%d\r\n"), "a,b:c%25d%0D%0A");
    }
}
