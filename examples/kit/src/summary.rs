//! The table at the end: what every service counted, and how many workflows ended as they should.

use std::time::Duration;

use event_contracts_delivery::{Count, Counters};

use crate::context::Context;
use crate::story::Story;

const COLUMNS: [Count; 6] = Count::ALL;

/// Prints the table of these systems; `true` if every workflow ended as it should.
pub fn print(story: &Story, contexts: &[Context], took: Duration) -> bool {
    let mut head = format!("\n{:<34}", "");
    for column in COLUMNS {
        head.push_str(&format!("{column:>11}"));
    }
    story.line(format_args!("{head}{:>13}", "workflows"));
    for context in contexts {
        print_system(story, context);
    }
    let (broken, count) = (story.broken(), story.chapters().len());
    let seconds = took.as_secs_f64();
    if broken.is_empty() {
        story.line(format_args!("\nall is as it should be: {count} workflows in {seconds:.1} s"));
    } else {
        story.line(format_args!("\n{} expectations did not hold, {count} workflows in {seconds:.1} s", broken.len()));
        for what in &broken {
            story.line(format_args!("  {what}"));
        }
    }
    broken.is_empty()
}

fn print_system(story: &Story, context: &Context) {
    let services = context.tally.services();
    let sums = COLUMNS.map(|column| services.iter().map(|(_, _, counters)| counters.get(column)).sum());
    let chapters = story.chapters();
    let ours = || chapters.iter().filter(|chapter| &*chapter.system == context.system);
    let completed = ours().filter(|chapter| chapter.broken.is_empty()).count();
    let workflows = format!("{completed} of {}", ours().count());
    story.line(format_args!("{:<34}{}{workflows:>13}", context.system, row(sums)));
    for (_, service, counters) in &services {
        story.line(format_args!("  {service:<32}{}", row(counts(counters))));
    }
}

fn counts(counters: &Counters) -> [u64; 6] {
    COLUMNS.map(|column| counters.get(column))
}

/// Zeros are dots, so that what happened stands out.
fn row(counts: [u64; 6]) -> String {
    counts.map(|count| if count == 0 { format!("{:>11}", "·") } else { format!("{count:>11}") }).concat()
}
