//! What is wrong, where, and what to do about it.

mod render;
mod rule;

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use rule::{Level, RULES, Rule};

/// A text with the name that people know it by.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// The path as it was given, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// A place in a file: bytes, and the JSON Pointer of the value concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: Arc<File>,
    /// JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Bytes from the start of the file.
    pub span: Range<usize>,
}

impl Location {
    /// The whole file, for what concerns no one place in it.
    #[must_use]
    pub fn start_of(file: &Arc<File>) -> Self {
        Self { file: Arc::clone(file), pointer: String::new(), span: 0..0 }
    }

    /// Line and column of the first byte, both from 1; columns count Unicode scalar values.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        let before = &self.file.text[..self.span.start.min(self.file.text.len())];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl fmt::Display for Location {
    /// `file:line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.path)
    }
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// How much it weighs: as the rule says, or as a policy does.
    pub level: Level,
    /// What is wrong; lower case, names in backticks, no full stop.
    pub message: String,
    /// Where.
    pub at: Option<Location>,
    /// What stands at that place.
    pub label: String,
    /// Other places that matter, each with what stands there.
    pub related: Vec<(Location, String)>,
    /// What else to know.
    pub notes: Vec<String>,
    /// The way out.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding of `rule` at `at`.
    pub fn new(rule: &'static Rule, at: &Location, message: impl Into<String>) -> Self {
        Self { at: Some(at.clone()), ..Self::nowhere(rule, message) }
    }

    /// A finding that concerns no file, such as a missing folder.
    pub fn nowhere(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            at: None,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// What stands at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that matters.
    #[must_use]
    pub fn related(mut self, at: &Location, label: impl Into<String>) -> Self {
        self.related.push((at.clone(), label.into()));
        self
    }

    /// Something else to know.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// A way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Another weight than the rule's own.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Which of two findings is told first: by file and place, rule and message. What is equal is one finding.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |one: &Self| one.at.as_ref().map(|at| (at.file.path.clone(), at.span.start));
        key(self)
            .cmp(&key(other))
            .then_with(|| self.rule.id.cmp(other.rule.id))
            .then_with(|| self.message.cmp(&other.message))
    }

    /// One line, `file:line:column: error[EV601 duplicate-member]: …`, as editors and build logs read it.
    #[must_use]
    pub fn short(&self) -> String {
        let place = self.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
        format!("{place}{}[{} {}]: {}", self.level, self.rule.id, self.rule.name, self.message)
    }

    /// The frame that a person reads, with the source lines; ANSI colours if `colour`.
    #[must_use]
    pub fn frame(&self, colour: bool) -> String {
        render::frame(self, colour)
    }
}

/// Findings, collected so that all problems of a stage are told at once.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Nothing found yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds the findings of another stage.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// All findings, in the order in which they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether a finding stops what was asked for.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// Whether there is none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All findings, by file and place, each once.
    #[must_use]
    pub fn sorted(self) -> Vec<Diagnostic> {
        let mut all = self.0;
        all.sort_by(Diagnostic::order);
        all.dedup_by(|a, b| a.order(b).is_eq());
        all
    }

    /// `Ok` if no finding is an error; the gate between two stages.
    ///
    /// # Errors
    /// The findings themselves.
    pub fn gate(self) -> Result<Self, Self> {
        if self.has_errors() { Err(self) } else { Ok(self) }
    }
}

impl From<Box<Diagnostic>> for Diagnostics {
    fn from(finding: Box<Diagnostic>) -> Self {
        Self(vec![*finding])
    }
}
