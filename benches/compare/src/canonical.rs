//! The peer: canonical forms of the `jsonschema` crate, alone.

use std::time::Instant;

use jsonschema::canonical::{self, CanonicalSchema, Containment, Satisfiability};
use serde_json::Value;

use crate::suite::Case;
use crate::{Answers, Said};

/// As deep a stack as ours has.
const STACK: usize = 512 << 20;

/// What canonical forms say, from the texts of both schemas on, as ours does.
pub fn answers(cases: &[Case]) -> Answers {
    let texts: Vec<[String; 2]> = cases.iter().map(|case| [case.old.to_string(), case.new.to_string()]).collect();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || answer(&texts));
        thread.expect("a thread can be started").join().expect("canonical forms do not panic")
    })
}

fn answer(texts: &[[String; 2]]) -> Answers {
    let mut answers = Answers { said: Vec::new(), micros: Vec::new() };
    for [old, new] in texts {
        let start = Instant::now();
        let said = match (canonical(old), canonical(new)) {
            (Some(old), Some(new)) => [within(&old, &new), within(&new, &old)],
            _ => [None, None],
        };
        answers.micros.push(start.elapsed().as_secs_f64() * 1e6);
        answers.said.push(said);
    }
    answers
}

fn canonical(text: &str) -> Option<CanonicalSchema> {
    let schema: Value = serde_json::from_str(text).ok()?;
    let options = canonical::options().with_draft(jsonschema::Draft::Draft7).should_validate_formats(false).offline();
    options.canonicalize(&schema).ok()
}

fn within(inner: &CanonicalSchema, outer: &CanonicalSchema) -> Said {
    match outer.covers(inner).ok()? {
        Containment::Yes => return Some(true),
        Containment::No => return Some(false),
        _ => {}
    }
    match inner.subtract(outer).ok()?.satisfiability() {
        Satisfiability::Yes => Some(false),
        Satisfiability::No => Some(true),
        _ => None,
    }
}
