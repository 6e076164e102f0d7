//! How a generation runs and ends: with a deep stack, and with words for Cargo and for people.

use std::path::PathBuf;

use crate::diagnostic::Diagnostics;

/// Ends a build script: tells Cargo which files were read, or everybody what is wrong.
#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is how a build script speaks to Cargo and to people"
)]
pub(crate) fn speak(outcome: Result<Outcome, Diagnostics>) {
    match outcome {
        Ok(generated) => {
            for path in generated.inputs {
                println!("cargo::rerun-if-changed={}", path.display());
            }
        }
        Err(found) => {
            for finding in found.sorted() {
                eprintln!("{}\n", finding.frame(false));
                println!("cargo::error={}", finding.short());
            }
            std::process::exit(1);
        }
    }
}

/// Schemas may refer to each other in long chains, which are followed by recursion: that wants a deep stack.
pub(crate) fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    const STACK: usize = 512 << 20;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.expect("a thread can be started").join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// What a generation read and wrote.
#[derive(Debug)]
pub struct Outcome {
    /// Every file and folder that was read.
    pub inputs: Vec<PathBuf>,
    /// Every file that was written, none if nothing changed.
    pub written: Vec<PathBuf>,
}
