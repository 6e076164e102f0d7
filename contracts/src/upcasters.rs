//! Upcasters held to messages of an older version: what generated tests call.

use std::fmt::Write as _;

use crate::error::Category;
use crate::event::Event;

/// How many failures are told one by one.
const TOLD: usize = 5;

/// Asserts that every sample, a line each, becomes a valid event of the newest version, and stays the same fact.
///
/// # Panics
/// If one does not, with the samples concerned.
#[track_caller]
pub fn assert_upcasts<Older: Event, Newest: Event + PartialEq>(samples: &str) {
    assert_all::<Older, Newest>(samples, false);
}

/// The same, for an older version of which some events cannot be said in the newer one: these may be refused, not all.
///
/// # Panics
/// If one that is not refused does not, or if all are refused.
#[track_caller]
pub fn assert_upcasts_or_refuses<Older: Event, Newest: Event + PartialEq>(samples: &str) {
    assert_all::<Older, Newest>(samples, true);
}

/// How many letters of a sample are shown.
const SHOWN: usize = 1000;

/// What became of a sample.
enum Fate {
    Arrived,
    /// Refused on its way to the newest version.
    Refused(String),
    Wrong(String),
}

#[track_caller]
fn assert_all<Older: Event, Newest: Event + PartialEq>(samples: &str, may_refuse: bool) {
    let fates: Vec<Fate> = samples.lines().map(fate::<Older, Newest>).collect();
    let all_refused = fates.iter().all(|fate| matches!(fate, Fate::Refused(_)));
    let failures = samples.lines().zip(&fates).enumerate().filter_map(|(index, (sample, fate))| match fate {
        Fate::Arrived => None,
        Fate::Refused(_) if may_refuse && !all_refused => None,
        Fate::Refused(why) | Fate::Wrong(why) => Some(format!("sample {index}: {why}\n  {}\n", cut(sample))),
    });
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{}", told::<Older, Newest>(&failures, fates.len(), may_refuse));
}

/// The beginning of a sample, where it is long.
fn cut(sample: &str) -> String {
    match sample.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}… ({} bytes)", &sample[..end], sample.len()),
        None => sample.to_owned(),
    }
}

/// Everything that is said about samples that do not come through.
fn told<Older: Event, Newest: Event>(failures: &[String], count: usize, may_refuse: bool) -> String {
    let mut text = format!(
        "{} of {count} samples of `{}` version {} do not come through to version {}\n\n",
        failures.len(),
        Older::TYPE,
        Older::VERSION,
        Newest::VERSION
    );
    failures.iter().take(TOLD).for_each(|failure| text += failure);
    if failures.len() > TOLD {
        let _ = writeln!(text, "and {} more", failures.len() - TOLD);
    }
    if !may_refuse {
        text += "\nif some events of the older version cannot be said in the newer one, \
                 write `\"upcastMayRefuse\": true` into `x-event` of the older schema\n";
    }
    text
}

fn fate<Older: Event, Newest: Event + PartialEq>(sample: &str) -> Fate {
    let older = match Older::decode(sample.as_bytes()) {
        Ok(older) => older,
        Err(error) => return Fate::Wrong(format!("it is none of its own version: {error}")),
    };
    let newest = match Newest::decode(sample.as_bytes()) {
        Ok(newest) => newest,
        Err(error) if error.category() == Category::Invalid => {
            return Fate::Refused(format!("no upcaster takes it: {error}"));
        }
        Err(error) => return Fate::Wrong(error.to_string()),
    };
    arrival(&older, &newest).map_or_else(Fate::Wrong, |()| Fate::Arrived)
}

/// Whether what an upcaster has made is a valid event of the newest version, and the same fact.
fn arrival<Older: Event, Newest: Event + PartialEq>(older: &Older, newest: &Newest) -> Result<(), String> {
    if !Newest::VERSION.reads(newest.version()) {
        return Err(format!("what comes of it states version {}", newest.version()));
    }
    let written = newest.encode_planned().map_err(|error| format!("what comes of it cannot be written: {error}"))?;
    if let Some(schema) = Newest::INFO.schema {
        schema.check_bytes(&written).map_err(|refusal| format!("what is written is no valid event: {refusal}"))?;
    }
    let again = Newest::decode(&written).map_err(|error| format!("what is written is not read again: {error}"))?;
    if again != *newest {
        return Err("what is written is read as another event".to_owned());
    }
    let text = |time: Option<&crate::Timestamp>| time.map(ToString::to_string);
    for (what, before, after) in [
        ("id", older.id(), newest.id()),
        ("time", text(older.time()), text(newest.time())),
        ("correlation id", older.correlation_id(), newest.correlation_id()),
        ("causation id", older.causation_id(), newest.causation_id()),
    ] {
        if before.is_some() && before != after {
            return Err(format!("its {what} is lost on the way"));
        }
    }
    Ok(())
}
