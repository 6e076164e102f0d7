//! `--write-waivers`: what is found today is accepted, by somebody, for a reason, for a while.

use std::time::{Duration, SystemTime};

use event_contracts_codegen::lint::{Acceptance, Day, Terms};
use event_contracts_codegen::write;

use crate::args::NewWaivers;
use crate::failure::Failure;
use crate::status::{Status, count};

/// How long a waiver counts if nobody says.
const USUAL: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// On which terms, if waivers are asked for at all.
pub(super) fn terms(asked: &NewWaivers, today: Day) -> Result<Option<Terms>, Failure> {
    let (true, Some(reason), Some(owner)) = (asked.write_waivers, &asked.reason, &asked.owner) else {
        return Ok(None);
    };
    for (name, text) in [("--reason", reason), ("--owner", owner)] {
        if text.trim().is_empty() {
            return Err(Failure::usage(format!("`{name}` says nothing")));
        }
    }
    let until = match &asked.until {
        None => Day::of(SystemTime::now() + USUAL),
        Some(text) => {
            let until =
                Day::parse(text).ok_or_else(|| wrong_day(format!("`--until {text}` is no day of the calendar")))?;
            if until < today {
                return Err(wrong_day(format!("`--until {text}` is over: today is {today}")));
            }
            until
        }
    };
    Ok(Some(Terms { reason: reason.clone(), owner: owner.clone(), until }))
}

fn wrong_day(message: String) -> Failure {
    Failure::usage(message).help("write the last day on which it counts: `2027-12-31`")
}

/// Writes them; whether there was anything to write.
pub(super) fn write(accepted: &[Acceptance], terms: &Terms, status: &Status) -> Result<bool, Failure> {
    for file in accepted {
        write::write_file(&file.path, &file.text)
            .map_err(|error| Failure::new(format!("cannot write to `{}`: {error}", file.path.display())))?;
        let written = count(file.added + file.renewed, "waiver");
        let renewed = if file.renewed > 0 { format!(", {} of them renewed", file.renewed) } else { String::new() };
        status.say("Wrote", format_args!("{written}{renewed}, until {}: {}", terms.until, file.path.display()));
    }
    Ok(!accepted.is_empty())
}
