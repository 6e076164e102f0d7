//! `cargo contracts compare`: two schemas, or many pairs of them, judged by proof.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Comparison, Options, Reading, Verdict, compare};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{FOUND, pairs};
use crate::args::{Compare, CompareFormat};
use crate::failure::Failure;
use crate::report::json::{SCHEMA_VERSION, Tool};

pub(crate) fn run(args: &Compare) -> Result<ExitCode, Failure> {
    let options = options(args)?;
    if let Some(file) = &args.pairs {
        return pairs::run(file, &options);
    }
    let [old, new] = [&args.old, &args.new].map(|path| path.as_deref().unwrap_or(Path::new("-")));
    let comparison = compare(&read(old)?, &read(new)?, &options).map_err(|error| Failure::new(error.to_string()))?;
    let mut out = anstream::stdout().lock();
    match args.format {
        CompareFormat::Human => human(&comparison, &mut out)?,
        CompareFormat::Short => short(&comparison, &mut out)?,
        CompareFormat::Json => json(&comparison, old, new, &mut out)?,
    }
    let is_safe = comparison.backward == Verdict::Safe && comparison.forward == Verdict::Safe;
    Ok(if is_safe { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

fn options(args: &Compare) -> Result<Options, Failure> {
    let draft = match args.draft.as_deref() {
        None => None,
        Some(name) => Some(Draft::named(name).ok_or_else(|| {
            Failure::usage(format!("there is no draft `{name}`")).help("known are 4, 6, 7, 2019-09 and 2020-12")
        })?),
    };
    let reading = if args.emitted { Reading::Emitted } else { Reading::EveryInstance };
    Ok(Options { draft, reading, assert_formats: args.assert_formats, ..Options::default() })
}

pub(super) fn read(path: &Path) -> Result<String, Failure> {
    if path.as_os_str() == "-" {
        return io::read_to_string(io::stdin().lock())
            .map_err(|error| Failure::new(format!("cannot read standard input: {error}")));
    }
    std::fs::read_to_string(path).map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))
}

/// Both directions, each with what it means.
fn directions(comparison: &Comparison) -> [(&'static str, &'static str, &Verdict); 2] {
    [
        ("backward", "the new schema reads what the old one admits", &comparison.backward),
        ("forward", "the old schema reads what the new one admits", &comparison.forward),
    ]
}

fn human(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    for (name, meaning, verdict) in directions(comparison) {
        writeln!(out, "{name}: {} ({meaning})", verdict.name())?;
        match verdict {
            Verdict::Safe => {}
            Verdict::Breaking { witness } => {
                let (accepted, refused) = if name == "backward" { ("old", "new") } else { ("new", "old") };
                writeln!(out, "  accepted by the {accepted} schema, refused by the {refused} one:\n  {witness}")?;
            }
            Verdict::Unproven { reason } => writeln!(out, "  {reason}")?,
        }
    }
    Ok(())
}

fn short(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    for (name, _, verdict) in directions(comparison) {
        match verdict {
            Verdict::Safe => writeln!(out, "{name}: safe")?,
            Verdict::Breaking { witness } => writeln!(out, "{name}: breaking: {witness}")?,
            Verdict::Unproven { reason } => writeln!(out, "{name}: unproven: {reason}")?,
        }
    }
    Ok(())
}

/// What `compare --format json` writes.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Document<'a> {
    /// Grows when a member changes its meaning or goes away; members may be added.
    schema_version: u32,
    /// Who has written this.
    tool: Tool,
    /// Always `compare`.
    command: &'static str,
    /// The old schema's file.
    old: String,
    /// The new schema's file.
    new: String,
    /// Whether the new schema reads what the old one admits.
    backward: Answer<'a>,
    /// Whether the old schema reads what the new one admits.
    forward: Answer<'a>,
}

/// What is known about one direction.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "verdict", rename_all = "lowercase")]
pub(super) enum Answer<'a> {
    /// Proved.
    Safe,
    /// Refuted.
    Breaking {
        /// A value that the one side accepts and the other refuses.
        witness: &'a Value,
    },
    /// Neither.
    Unproven {
        /// What stands in the way.
        reason: &'a str,
    },
}

impl<'a> From<&'a Verdict> for Answer<'a> {
    fn from(verdict: &'a Verdict) -> Self {
        match verdict {
            Verdict::Safe => Self::Safe,
            Verdict::Breaking { witness } => Self::Breaking { witness },
            Verdict::Unproven { reason } => Self::Unproven { reason },
        }
    }
}

fn json(comparison: &Comparison, old: &Path, new: &Path, out: &mut impl Write) -> io::Result<()> {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool::THIS,
        command: "compare",
        old: old.display().to_string(),
        new: new.display().to_string(),
        backward: (&comparison.backward).into(),
        forward: (&comparison.forward).into(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
