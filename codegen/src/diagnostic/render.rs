//! A finding as rustc draws it.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level as Severity, Renderer, Snippet};

use super::{Diagnostic, Level, Location};

pub(super) fn frame(diagnostic: &Diagnostic, colour: bool) -> String {
    let severity = match diagnostic.rule.level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
    };
    let title = severity.primary_title(&diagnostic.message).id(format!("{} {}", diagnostic.rule.id, diagnostic.rule.name));
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
    let mut first = snippet(primary).annotation(AnnotationKind::Primary.span(shown(primary)).label(&*diagnostic.label));
    let mut others = Vec::new();
    for (at, label) in &diagnostic.related {
        let annotation = AnnotationKind::Context.span(shown(at)).label(&**label);
        if at.file == primary.file {
            first = first.annotation(annotation);
        } else {
            others.push(snippet(at).annotation(annotation).into());
        }
    }
    std::iter::once(first.into()).chain(others).collect()
}

fn snippet(at: &Location) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*at.file.text).path(&*at.file.path)
}

/// A value of many lines is shown by its first: the place counts, not the extent.
fn shown(at: &Location) -> std::ops::Range<usize> {
    let text = &at.file.text;
    let start = at.span.start.min(text.len());
    let end = at.span.end.clamp(start, text.len());
    let first_line = text[start..end].find('\n').map_or(end, |newline| start + newline);
    start..first_line
}
