//! The table at the end: what every service counted, and how many workflows ended as they should.

use std::time::Duration;

use event_contracts_delivery::{Count, Counters};

use crate::context::Context;
use crate::story::{BAD, GOOD, HEADING, Story};

const COLUMNS: [Count; 6] = Count::ALL;

/// Prints what every service of these systems counted.
pub fn table(story: &Story, contexts: &[Context]) {
    let head = COLUMNS.map(|column| format!("{column:>11}")).concat();
    let workflows = if story.chapters().is_empty() { "" } else { "    workflows" };
    story.line(format_args!("\n{:<34}{HEADING}{head}{workflows}{HEADING:#}", ""));
    for context in contexts {
        print_system(story, context);
    }
}

/// Says how the workflows ended; `true` if all did as they should.
pub fn verdict(story: &Story, took: Duration) -> bool {
    let (broken, count, seconds) = (story.broken(), story.chapters().len(), took.as_secs_f64());
    if broken.is_empty() {
        story.line(format_args!("\n{GOOD}all is as it should be{GOOD:#}: {count} workflows in {seconds:.1} s"));
        return true;
    }
    let expectations = if broken.len() == 1 { "expectation" } else { "expectations" };
    story.line(format_args!(
        "\n{BAD}{} {expectations} did not hold{BAD:#}, {count} workflows in {seconds:.1} s",
        broken.len()
    ));
    for what in &broken {
        story.line(format_args!("  {what}"));
    }
    false
}

fn print_system(story: &Story, context: &Context) {
    let services = context.tally.services();
    let sums = COLUMNS.map(|column| services.iter().map(|(_, _, counters)| counters.get(column)).sum());
    let chapters = story.chapters();
    let ours = || chapters.iter().filter(|chapter| &*chapter.system == context.system);
    let completed = ours().filter(|chapter| chapter.broken.is_empty()).count();
    let workflows = match ours().count() {
        0 => String::new(),
        count => format!("{:>13}", format!("{completed} of {count}")),
    };
    story.line(format_args!("{HEADING}{:<34}{HEADING:#}{}{workflows}", context.system, row(sums)));
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
