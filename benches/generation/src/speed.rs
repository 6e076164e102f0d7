//! How long the generator takes.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use event_contracts_codegen::write::render;

use crate::subject::load;
use crate::thousand;

/// Prints the section; `scratch` is a folder to write schemas to.
///
/// # Panics
/// If the folder cannot be written, or the generator refuses something.
pub fn print(schemas: &Path, scratch: &Path, quick: bool) {
    println!("### 6. Code generation\n");
    println!("From the folder of schemas to the text of all files, in a release build.\n");
    println!("| schemas | load, ms | render, ms | together | target | |\n|---|---:|---:|---:|---:|---|");
    let rounds = if quick { 1 } else { 10 };
    row("the example systems", schemas, rounds, Duration::from_millis(200));
    let folder = scratch.join("thousand");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder can be emptied");
    }
    thousand::write(&folder, 1000);
    row("generated", &folder, if quick { 1 } else { 3 }, Duration::from_secs(2));
    println!();
}

fn row(what: &str, schemas: &Path, rounds: u32, target: Duration) {
    let mut best = [Duration::MAX; 2];
    let (mut events, mut lines) = (0, 0);
    for _ in 0..rounds {
        let start = Instant::now();
        let loaded = load(schemas);
        let load = start.elapsed();
        let files = render(&loaded.contract);
        let render = start.elapsed() - load;
        if load + render < best[0].saturating_add(best[1]) {
            best = [load, render];
        }
        events = loaded.contract.systems.iter().map(|system| system.events.len()).sum();
        let code = files.iter().filter(|file| file.path.ends_with(".rs"));
        lines = code.map(|file| file.text.lines().count()).sum();
    }
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let together = best[0] + best[1];
    let verdict = if together < target { "met" } else { "**missed**" };
    println!(
        "| {what}: {events} events, {lines} lines of Rust | {:.0} | {:.0} | {:.0} ms | < {} ms | {verdict} |",
        ms(best[0]),
        ms(best[1]),
        ms(together),
        target.as_millis()
    );
}
