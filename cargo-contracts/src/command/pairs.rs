//! `cargo contracts compare --pairs`: a line in, a line out, in the same order.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Comparison, Options, Pair, Verdict, compare_pairs};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::FOUND;
use super::compare::Answer;
use crate::failure::Failure;

/// So many lines are read before they are answered.
const CHUNK: usize = 4096;

/// A line that was read.
struct Line {
    id: Value,
    pair: Result<Pair, String>,
}

/// What `compare --pairs` writes for a line.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Answered<'a> {
    /// The pair was compared.
    Compared {
        /// As the line has it.
        id: Value,
        /// Whether the new schema reads what the old one admits.
        backward: Answer<'a>,
        /// Whether the old schema reads what the new one admits.
        forward: Answer<'a>,
    },
    /// The line is none that could be answered.
    Refused {
        /// As the line has it, if it could be read.
        id: Value,
        /// From 1.
        line: usize,
        /// What is wrong with it, for people.
        error: String,
    },
}

/// The members of a line; what is in a schema is read later.
#[derive(Default)]
struct Members {
    id: Value,
    draft: Option<Value>,
    old: Option<Box<RawValue>>,
    new: Option<Box<RawValue>>,
}

pub(super) fn run(file: &Path, options: &Options) -> Result<ExitCode, Failure> {
    let input: Box<dyn std::io::Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let opened = std::fs::File::open(file);
        Box::new(opened.map_err(|error| Failure::new(format!("cannot read `{}`: {error}", file.display())))?)
    };
    let mut lines = BufReader::new(input).split(b'\n').enumerate();
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let mut is_clean = true;
    loop {
        let mut chunk = Vec::new();
        for (number, line) in lines.by_ref().take(CHUNK) {
            let line = line.map_err(|error| Failure::new(format!("cannot read line {}: {error}", number + 1)))?;
            if !line.trim_ascii().is_empty() {
                chunk.push((number + 1, read(&line)));
            }
        }
        if chunk.is_empty() {
            // Blank lines alone are not the end.
            match lines.next() {
                None => break,
                Some((number, line)) => {
                    let line =
                        line.map_err(|error| Failure::new(format!("cannot read line {}: {error}", number + 1)))?;
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    chunk.push((number + 1, read(&line)));
                }
            }
        }
        is_clean &= answer(chunk, options, &mut out)?;
    }
    out.flush()?;
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// Answers some lines; whether all of them are safe both ways.
fn answer(chunk: Vec<(usize, Line)>, options: &Options, out: &mut impl Write) -> Result<bool, Failure> {
    let pairs: Vec<Pair> = chunk.iter().filter_map(|(_, line)| line.pair.as_ref().ok().cloned()).collect();
    let mut answers = compare_pairs(&pairs, options).into_iter();
    let mut is_clean = true;
    for (number, line) in chunk {
        let answered = match line.pair {
            Err(reason) => Err(reason),
            Ok(_) => match answers.next() {
                Some(Ok(answer)) => Ok(answer),
                Some(Err(error)) => Err(error.to_string()),
                None => Err("it was not answered".to_owned()),
            },
        };
        let written = match &answered {
            Ok(Comparison { backward, forward }) => {
                is_clean &= [backward, forward].iter().all(|verdict| **verdict == Verdict::Safe);
                Answered::Compared { id: line.id, backward: backward.into(), forward: forward.into() }
            }
            Err(reason) => {
                is_clean = false;
                Answered::Refused { id: line.id, line: number, error: format!("line {number}: {reason}") }
            }
        };
        serde_json::to_writer(&mut *out, &written).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    Ok(is_clean)
}

fn read(line: &[u8]) -> Line {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let members: Members = match members(line) {
        Ok(members) => members,
        Err(reason) => return Line { id: Value::Null, pair: Err(reason) },
    };
    let pair = match (members.old, members.new, draft(members.draft.as_ref())) {
        (Some(old), Some(new), Ok(draft)) => Ok(Pair { draft, old: old.get().to_owned(), new: new.get().to_owned() }),
        (_, _, Err(reason)) => Err(reason),
        (None, ..) => Err("it has no `old`".to_owned()),
        (_, None, _) => Err("it has no `new`".to_owned()),
    };
    Line { id: members.id, pair }
}

fn members(line: &[u8]) -> Result<Members, String> {
    let no_object = |error: serde_json::Error| format!("it is no object of `id`, `old` and `new`: {error}");
    let all: std::collections::BTreeMap<String, Box<RawValue>> = serde_json::from_slice(line).map_err(no_object)?;
    let mut members = Members::default();
    for (name, value) in all {
        match name.as_str() {
            "id" => members.id = serde_json::from_str(value.get()).map_err(no_object)?,
            "draft" => members.draft = Some(serde_json::from_str(value.get()).map_err(no_object)?),
            "old" => members.old = Some(value),
            "new" => members.new = Some(value),
            _ => {}
        }
    }
    Ok(members)
}

/// `7`, `"7"`, `"draft7"`, `"draft-07"`, `"2020-12"`, an address; nothing or `null` leaves it to the documents.
fn draft(stated: Option<&Value>) -> Result<Option<Draft>, String> {
    let text = match stated {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let text = match text.as_str() {
        "2019" => "2019-09".to_owned(),
        "2020" => "2020-12".to_owned(),
        _ => text,
    };
    let named = Draft::named(&text).or_else(|| Draft::at(&text));
    named.map(Some).ok_or_else(|| format!("there is no draft `{text}`; known are 4, 6, 7, 2019-09 and 2020-12"))
}
