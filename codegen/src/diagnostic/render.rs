//! A finding as rustc draws it.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level as Severity, Renderer, Snippet};

use super::{Diagnostic, Level, Location};

pub(super) fn frame(diagnostic: &Diagnostic, colour: bool) -> String {
    let severity = match diagnostic.level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note => Severity::NOTE,
    };
    let title =
        severity.primary_title(&diagnostic.message).id(format!("{} {}", diagnostic.rule.id, diagnostic.rule.name));
    let mut main = Group::with_title(title);
    for snippet in snippets(diagnostic) {
        main = main.element(snippet);
    }
    if let Some(pointer) = diagnostic.at.as_ref().map(|at| &at.pointer).filter(|pointer| !pointer.is_empty()) {
        main = main.element(Severity::NOTE.message(format!("at `{pointer}`")));
    }
    for note in &diagnostic.notes {
        main = main.element(Severity::NOTE.message(note));
    }
    for help in &diagnostic.help {
        main = main.element(Severity::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[main])
}

/// One snippet per file, the primary place first; places in one file share a snippet.
fn snippets(diagnostic: &Diagnostic) -> Vec<Element<'_>> {
    let Some(primary) = &diagnostic.at else { return Vec::new() };
    let (here, elsewhere): (Vec<_>, Vec<_>) = diagnostic.related.iter().partition(|(at, _)| at.file == primary.file);
    let window = Window::around(std::iter::once(primary).chain(here.iter().map(|(at, _)| at)));
    let mut first = window
        .snippet(primary)
        .annotation(AnnotationKind::Primary.span(window.span(primary)).label(&*diagnostic.label));
    for (at, label) in here {
        first = first.annotation(AnnotationKind::Context.span(window.span(at)).label(&**label));
    }
    let others = elsewhere.into_iter().map(|(at, label)| {
        let window = Window::around(std::iter::once(at));
        window.snippet(at).annotation(AnnotationKind::Context.span(window.span(at)).label(&**label)).into()
    });
    std::iter::once(first.into()).chain(others).collect()
}

/// The lines of a file that hold all places of a snippet: a log of a million lines is not drawn as a whole.
struct Window {
    bytes: Range<usize>,
    first_line: usize,
}

impl Window {
    fn around<'a>(places: impl Iterator<Item = &'a Location> + Clone) -> Self {
        let text = places.clone().next().map_or("", |at| &*at.file.text);
        let start = places.clone().map(|at| shown(at).start).min().unwrap_or(0);
        let end = places.map(|at| shown(at).end).max().unwrap_or(0);
        let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
        // A line may end as Windows ends lines.
        let end = start + text[start..end].trim_end_matches('\r').len();
        Self { bytes: start..end, first_line: text[..start].matches('\n').count() + 1 }
    }

    fn snippet<'a>(&self, at: &'a Location) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(&at.file.text[self.bytes.clone()]).line_start(self.first_line).path(&*at.file.path)
    }

    fn span(&self, at: &Location) -> Range<usize> {
        let shown = shown(at);
        shown.start - self.bytes.start..shown.end - self.bytes.start
    }
}

/// A value of many lines is shown by its first: the place counts, not the extent.
fn shown(at: &Location) -> Range<usize> {
    let text = &at.file.text;
    let start = text.floor_char_boundary(at.span.start);
    let end = text.floor_char_boundary(at.span.end.max(start));
    let first_line = text[start..end].find('\n').map_or(end, |newline| start + newline);
    start..start + text[start..first_line].trim_end_matches('\r').len()
}
