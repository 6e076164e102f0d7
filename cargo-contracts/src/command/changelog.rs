//! `cargo contracts changelog`: what has changed between two revisions.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::diagnostic::Diagnostics;
use event_contracts_codegen::source::{Earlier, Git};
use event_contracts_codegen::{Baseline, Loaded, evolution};

use super::finish;
use crate::args::Format;
use crate::failure::Failure;
use crate::report::Report;
use crate::status::Status;

pub(crate) fn run(schemas: &Path, range: &str, status: &Status) -> Result<ExitCode, Failure> {
    let (old, new) = match both(schemas, range) {
        Ok((Earlier::State(old), Earlier::State(new))) => (old, new),
        Ok((Earlier::Nothing(reason), _) | (_, Earlier::Nothing(reason))) => {
            status.finish(format_args!("nothing to compare: {reason}"));
            return Ok(ExitCode::SUCCESS);
        }
        Err(found) => {
            return finish(&Report::of_schemas("changelog", found, false), Format::Human, status);
        }
    };
    let text = evolution::changelog(&old, &new);
    let mut out = anstream::stdout().lock();
    if text.is_empty() {
        status.finish("nothing has changed");
    } else {
        write!(out, "{text}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn both(schemas: &Path, range: &str) -> Result<(Earlier<Loaded>, Earlier<Loaded>), Diagnostics> {
    let git = Git::here();
    let (old, new) = Baseline::range(range, schemas, &git)?;
    Ok((old.load(schemas, &git)?, new.load(schemas, &git)?))
}
