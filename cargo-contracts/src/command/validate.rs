//! `cargo contracts validate`: payloads, judged by the schemas of their events.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use event_contracts_codegen::diagnostic::Location;
use event_contracts_codegen::validate::{Choice, Judge, Verdict};

use super::{finish, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::report::{Case, Report};
use crate::status::{Status, count};

pub(crate) fn run(
    schemas: &Path,
    files: &[PathBuf],
    event: Option<&str>,
    format: Format,
    mut status: Status,
) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let loaded = match event_contracts_codegen::load(schemas) {
        Ok(loaded) => loaded,
        Err(found) => {
            // Payloads cannot be judged by schemas that are wrong themselves.
            finish(&Report::of_schemas("validate", found, false), format, &status)?;
            return Err(Failure::new("the schemas are wrong themselves, no payload was judged"));
        }
    };
    let choice = event.map(|name| Choice::find(&loaded.contract, name)).transpose().map_err(|finding| {
        let failure = Failure::usage(finding.message.clone());
        finding.help.iter().fold(failure, |failure, help| failure.help(help.as_str()))
    })?;
    let judge = Judge::new(&loaded);
    let input = [PathBuf::from("-")];
    let files = if files.is_empty() { &input } else { files };
    let mut cases = Vec::new();
    for (done, path) in files.iter().enumerate() {
        status.progress(done, files.len(), path.display());
        let (name, bytes) = read(path)?;
        let mut line = Line::default();
        for verdict in judge.judge(&name, bytes, choice.as_ref()) {
            cases.push(case(&name, verdict, &mut line));
        }
    }
    let rejected = cases.iter().filter(|case| !case.findings.is_empty()).count();
    status.say(
        "Judged",
        format_args!("{}: {} accepted, {rejected} refused", count(cases.len(), "payload"), cases.len() - rejected),
    );
    finish(&Report::new("validate", cases), format, &status)
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
        return Ok(("<stdin>".to_owned(), bytes));
    }
    match std::fs::read(path) {
        Ok(bytes) => Ok((path.display().to_string(), bytes)),
        Err(error) => Err(Failure::new(format!("cannot read `{}`: {error}", path.display()))),
    }
}

/// The line of the payload at hand. It only ever goes forward, so that a long file is counted through once.
#[derive(Default)]
struct Line {
    byte: usize,
    newlines: usize,
}

impl Line {
    fn of(&mut self, at: &Location) -> usize {
        let passed = at.file.text.get(self.byte..at.span.start).unwrap_or_default();
        self.newlines += passed.matches('\n').count();
        self.byte = self.byte.max(at.span.start);
        self.newlines + 1
    }
}

fn case(file: &str, verdict: Verdict, line: &mut Line) -> Case {
    let line = line.of(&verdict.at);
    let place = if verdict.at.pointer.is_empty() { format!("line {line}") } else { verdict.at.pointer };
    let event = verdict.event.map_or_else(|| "no event".to_owned(), |event| event.to_string());
    Case {
        suite: file.to_owned(),
        name: format!("{place}: {event}"),
        findings: verdict.findings.into_iter().map(Into::into).collect(),
    }
}
