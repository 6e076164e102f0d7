//! One report in Markdown: our decoder and encoder against named peers, over the documented payload of every event.
//!
//! `cargo run --release` takes a few minutes; `-- --quick` measures everything for a moment only.
//! `-- --export <folder>` writes the payloads and schemas for the peers in other languages.

#![allow(clippy::print_stdout, reason = "the report is what this prints")]

mod clock;
mod export;
mod heap;
mod machine;
mod section;
mod table;

use std::process::Command;
use std::time::Duration;

use clock::Clock;

#[global_allocator]
static HEAP: heap::Counted = heap::Counted;

/// A minute or two for everything.
const THOROUGH: Clock = Clock { budget: Duration::from_millis(60), rounds: 150 };

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => report(THOROUGH, false),
        ["--quick"] => report(Clock { budget: Duration::from_millis(3), rounds: 10 }, true),
        ["--export", folder] => export::write(THOROUGH, folder.as_ref()),
        _ => {
            eprintln!("usage: bench-report [--quick | --export <folder>]");
            std::process::exit(2);
        }
    }
}

fn report(clock: Clock, quick: bool) {
    println!("{}", machine::described());
    section::decode::print(clock);
    section::shapes::print(clock);
    section::validate::print(clock);
    section::dispatch::print(clock);
    section::encode::print(clock);
    generation(quick);
}

/// The generator, in a process of its own: its `serde_json` keeps members in order, which would change the peers' `Value`.
fn generation(quick: bool) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "-p", "bench-generation", "--", "speed"]);
    command.args(quick.then_some("--quick")).current_dir(env!("CARGO_MANIFEST_DIR"));
    let status = command.status().expect("Cargo runs");
    assert!(status.success(), "the generator's part of the report fails");
}
