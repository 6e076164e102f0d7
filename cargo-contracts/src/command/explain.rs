//! `cargo contracts explain`: the page of a rule.

use std::io::Write;
use std::process::ExitCode;

use event_contracts_codegen::diagnostic::{RULES, Rule};

use crate::failure::Failure;

pub(crate) fn run(wanted: Option<&str>) -> Result<ExitCode, Failure> {
    let mut stdout = anstream::stdout().lock();
    let Some(wanted) = wanted else {
        for rule in RULES {
            writeln!(stdout, "{} {:28} {:8} {}", rule.id, rule.name, rule.level.to_string(), rule.summary)?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    match Rule::find(wanted) {
        Some(rule) => {
            write!(stdout, "{}", rule.page)?;
            Ok(ExitCode::SUCCESS)
        }
        None => Err(unknown(wanted)),
    }
}

pub(super) fn unknown(wanted: &str) -> Failure {
    let names = RULES.iter().flat_map(|rule| [rule.id, rule.name]);
    let likeness = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase());
    let nearest = names
        .filter(|name| likeness(name) > 0.8)
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then_with(|| b.cmp(a)));
    let failure = Failure::usage(format!("there is no rule `{wanted}`"));
    match nearest {
        Some(name) => failure.help(format!("did you mean `{name}`?")),
        None => failure.help("`cargo contracts explain` lists all rules"),
    }
}
