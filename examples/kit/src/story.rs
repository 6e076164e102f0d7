//! Tells what happens, one line a step, and collects what was expected.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};

pub(crate) const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

const SUBJECT_WIDTH: usize = 20;

/// How long an expectation may take to come true: a classic consumer group on a real cluster is slow to start.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take once another one was waited for in vain.
const RESIGNED: Duration = Duration::from_secs(2);

/// What a user reads of a demo. Clones tell the same story.
#[derive(Clone)]
pub struct Story(Arc<Mutex<Told>>);

struct Told {
    out: Box<dyn Write + Send>,
    chapters: Vec<Chapter>,
    /// What went wrong outside of any workflow.
    complaints: Vec<String>,
}

/// A workflow of a system and how it went.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The system.
    pub system: Box<str>,
    /// What the user wanted.
    pub title: Box<str>,
    /// Expectations that held.
    pub held: usize,
    /// Expectations that did not.
    pub broken: Vec<Box<str>>,
}

impl Story {
    /// A story on standard output, in colours on a terminal.
    #[must_use]
    pub fn aloud() -> Self {
        Self::to(Box::new(anstream::stdout()))
    }

    /// A story that only remembers, for tests.
    #[must_use]
    pub fn silent() -> Self {
        Self::to(Box::new(io::sink()))
    }

    /// A story written to `out`.
    #[must_use]
    pub fn to(out: Box<dyn Write + Send>) -> Self {
        Self(Arc::new(Mutex::new(Told { out, chapters: Vec::new(), complaints: Vec::new() })))
    }

    /// Begins what the user sees of a system.
    pub fn system(&self, name: &str, title: &str) {
        self.line(format_args!("\n{HEADING}{name}{HEADING:#}  {QUIET}{title}{QUIET:#}"));
    }

    /// Begins a workflow: lines and expectations from here on belong to it.
    pub fn chapter(&self, system: &str, title: &str) {
        let chapter = Chapter { system: system.into(), title: title.into(), held: 0, broken: Vec::new() };
        self.told().chapters.push(chapter);
        self.line(format_args!("\n  {HEADING}{title}{HEADING:#}"));
    }

    /// Tells one step: who, with what, did what.
    pub fn tell(&self, service: &str, subject: &str, what: &str) {
        // Some events are about a UUID; its beginning is enough to follow it.
        let subject = match subject.char_indices().nth(SUBJECT_WIDTH) {
            Some(_) => subject.chars().take(SUBJECT_WIDTH - 1).chain(['…']).collect(),
            None => subject.to_owned(),
        };
        self.line(format_args!("    {QUIET}{service:<22}{QUIET:#}{subject:<SUBJECT_WIDTH$}  {what}"));
    }

    /// Expects something to be true by now, and says whether it is.
    pub fn expect(&self, what: impl fmt::Display, holds: bool) {
        let what = what.to_string();
        self.verdict(&what, holds);
        let mut told = self.told();
        match told.chapters.last_mut() {
            Some(chapter) if holds => chapter.held += 1,
            Some(chapter) => chapter.broken.push(what.into()),
            None if holds => {}
            None => told.complaints.push(what),
        }
    }

    /// Says what went wrong whatever the workflow, such as a service that stopped.
    pub fn complain(&self, what: impl fmt::Display) {
        self.verdict(&what.to_string(), false);
        self.told().complaints.push(what.to_string());
    }

    /// Expects something to become true, waits for it, and says whether it did.
    pub async fn eventually(&self, what: impl fmt::Display, holds: impl FnMut() -> bool) {
        let came = self.awaits(holds).await;
        self.expect(what, came);
    }

    /// Waits until something is true; `false` if it does not become so.
    pub async fn awaits(&self, mut holds: impl FnMut() -> bool) -> bool {
        // What builds on something that did not come true will not come true either.
        let patience = if self.broken().is_empty() { PATIENCE } else { RESIGNED };
        let deadline = Instant::now() + patience;
        while !holds() {
            if Instant::now() > deadline {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        true
    }

    /// All workflows so far.
    #[must_use]
    pub fn chapters(&self) -> Vec<Chapter> {
        self.told().chapters.clone()
    }

    /// Every expectation that did not hold, with its workflow; and what went wrong besides.
    #[must_use]
    pub fn broken(&self) -> Vec<String> {
        let chapters = self.chapters();
        let said = |chapter: &Chapter| {
            let Chapter { system, title, broken, .. } = chapter;
            broken.iter().map(|what| format!("{system}, {title}: {what}")).collect::<Vec<_>>()
        };
        let complaints = self.told().complaints.clone();
        chapters.iter().flat_map(said).chain(complaints).collect()
    }

    /// Writes a line as it is.
    pub fn line(&self, text: fmt::Arguments<'_>) {
        // A reader who has gone (`| head`) is no reason to stop the services.
        let _ = writeln!(self.told().out, "{text}");
    }

    fn verdict(&self, what: &str, holds: bool) {
        match holds {
            true => self.line(format_args!("    {GOOD}ok{GOOD:#}  {what}")),
            false => self.line(format_args!("    {BAD}NOT SO{BAD:#}  {what}")),
        }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Story").field("chapters", &self.told().chapters).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn expectations_count_for_their_workflow() {
        let story = Story::silent();
        story.chapter("shop", "checkout");
        story.expect("nothing is wrong", true);
        story.eventually("soon is now", || true).await;
        story.chapter("shop", "payment");
        story.expect("the order is paid", false);
        let held: Vec<usize> = story.chapters().iter().map(|chapter| chapter.held).collect();
        assert_eq!(held, [2, 0]);
        assert_eq!(story.broken(), ["shop, payment: the order is paid"]);
    }

    #[test]
    fn lines_are_aligned_whatever_their_colours() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let story = Story::to(Box::new(Shared(Arc::clone(&written))));
        story.tell("order", "order 1001", "payment.succeeded → PAID");
        story.tell("shipping", "f85197ea-648d-4fe8-8e1e-d1806076d370", "came again");
        story.expect("order 1001 is PAID", true);
        let text = String::from_utf8(written.lock().unwrap().clone()).unwrap();
        let plain = anstream::adapter::strip_str(&text).to_string();
        let lines: Vec<&str> = plain.lines().collect();
        assert_eq!(lines[0], "    order                 order 1001            payment.succeeded → PAID");
        assert_eq!(lines[1], "    shipping              f85197ea-648d-4fe8-…  came again");
        assert_eq!(lines[2], "    ok  order 1001 is PAID");
    }

    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
