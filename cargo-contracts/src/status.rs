//! Status lines as Cargo writes them, and a bar for work that lasts; all on standard error.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

/// Work that is shorter needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Where status lines go, or nowhere.
pub(crate) struct Status {
    is_quiet: bool,
    start: Instant,
    /// When the first piece was begun.
    pieces: Option<Instant>,
    bar: Option<ProgressBar>,
}

impl Status {
    pub(crate) fn new(is_quiet: bool) -> Self {
        Self { is_quiet, start: Instant::now(), pieces: None, bar: None }
    }

    /// `    Checking 5 systems`.
    pub(crate) fn say(&self, verb: &str, what: impl fmt::Display) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if !self.is_quiet {
            let style = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
            let _ = writeln!(anstream::stderr(), "{style}{verb:>12}{style:#} {what}");
        }
    }

    /// `    Finished 2 errors in 0.08s`.
    pub(crate) fn finish(&self, what: impl fmt::Display) {
        self.say("Finished", format_args!("{what} in {:.2}s", self.start.elapsed().as_secs_f64()));
    }

    /// One of `total` pieces is about to be worked on.
    pub(crate) fn progress(&mut self, done: usize, total: usize, piece: impl fmt::Display) {
        let is_watched = !self.is_quiet && std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        let lasts = self.pieces.get_or_insert_with(Instant::now).elapsed() > PATIENCE;
        if self.bar.is_none() && is_watched && lasts {
            let style = ProgressStyle::with_template("    {prefix:>8.green.bold} [{bar:27}] {pos}/{len}: {wide_msg}");
            let bar = ProgressBar::new(total as u64).with_prefix("Checking");
            self.bar =
                Some(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
            bar.set_message(piece.to_string());
        }
    }
}

/// `1 event`, `2 events`.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
