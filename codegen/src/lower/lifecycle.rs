//! Lifecycles: transitions by event, with everything that they name looked up.

use crate::contract::manifest::{self, Manifest, Pointer};
use crate::contract::{Event, FieldPath, Lifecycle, Move, Name, Transition, TypeExpr, TypeKind};
use crate::diagnostic::{Diagnostic, Rule};
use crate::lower::types::Layout;
use crate::lower::{form, paths};
use crate::names;
use crate::source::{Document, join};

pub(super) fn lower(
    document: &Document,
    manifest: &Manifest,
    events: &[Event],
    layout: &mut Layout<'_>,
) -> Vec<Lifecycle> {
    manifest.lifecycles.iter().map(|(wire, says)| lifecycle(wire, says, document, events, layout)).collect()
}

fn lifecycle(
    wire: &str,
    says: &manifest::Lifecycle,
    document: &Document,
    events: &[Event],
    layout: &mut Layout<'_>,
) -> Lifecycle {
    let base = join("/lifecycles", wire);
    layout.take(&says.title, &form::place(document, &format!("{base}/title")));
    let states: Vec<(Name, String)> = says
        .states
        .0
        .iter()
        .map(|(state, meaning)| (Name { wire: state.clone(), rust: names::type_name(state) }, meaning.clone()))
        .collect();
    for (index, (state, _)) in states.iter().enumerate() {
        if let Some((first, _)) = states[..index].iter().find(|(first, _)| first.rust == state.rust) {
            let at = form::place(document, &join(&format!("{base}/states"), &state.wire));
            let message =
                format!("the states `{}` and `{}` get the same Rust name `{}`", first.wire, state.wire, state.rust);
            layout
                .found
                .push(Diagnostic::new(Rule::NAME_CLASH, &at, message).label("the second").help("rename one of them"));
        }
    }
    let mut lifecycle = Lifecycle {
        name: Name { wire: wire.to_owned(), rust: names::type_name(&says.title) },
        docs: vec![says.description.clone()],
        states,
        moves: Vec::new(),
    };
    for (index, transition) in says.transitions.iter().enumerate() {
        let place = format!("{base}/transitions/{index}");
        // Every event of this type takes part, also the same type on another topic or in an older major version.
        let concerned: Vec<usize> = (0..events.len()).filter(|at| events[*at].name.wire == transition.on).collect();
        // It may be one whose schema could not be read, of which enough has been said.
        if concerned.is_empty() && !layout.found.has_errors() {
            unknown(layout, document, &format!("{place}/on"), &format!("there is no event `{}`", transition.on));
        }
        for event in concerned {
            if let Some(lowered) =
                lower_transition(transition, &place, &events[event], &lifecycle.states, document, layout)
            {
                match lifecycle.moves.iter_mut().find(|known| known.event == event) {
                    Some(known) if known.transitions.iter().any(|earlier| overtakes(earlier, &lowered)) => {
                        unknown(
                            layout,
                            document,
                            &place,
                            "an earlier transition by this event leaves nothing to this one",
                        );
                    }
                    Some(known) => known.transitions.push(lowered),
                    None => lifecycle.moves.push(Move { event, transitions: vec![lowered] }),
                }
            }
        }
    }
    lifecycle
}

fn lower_transition(
    says: &manifest::Transition,
    place: &str,
    event: &Event,
    states: &[(Name, String)],
    document: &Document,
    layout: &mut Layout<'_>,
) -> Option<Transition> {
    let find = |wire: &str, pointer: String, layout: &mut Layout<'_>| {
        let found = states.iter().position(|(state, _)| state.wire == wire);
        if found.is_none() {
            unknown(layout, document, &pointer, &format!("there is no state `{wire}`"));
        }
        found
    };
    let to = find(&says.to, format!("{place}/to"), layout);
    let from: Option<Vec<usize>> = says
        .from
        .iter()
        .enumerate()
        .map(|(index, state)| find(state, format!("{place}/from/{index}"), layout))
        .collect();
    let mut when: Vec<(FieldPath, String)> = Vec::new();
    for (pointer, text) in &says.when {
        match paths::walk(&Pointer(pointer.clone()), event.root, layout) {
            Ok((_, ty)) if !admits(&ty, text, layout) => unknown(
                layout,
                document,
                &join(&format!("{place}/when"), pointer),
                &format!("`{pointer}` of `{}` is never `{text}`", says.on),
            ),
            Ok((path, ty)) if is_text(&ty, layout) => when.push((path, text.clone())),
            Ok(_) => unknown(
                layout,
                document,
                &join(&format!("{place}/when"), pointer),
                &format!("`{pointer}` of `{}` is no text", says.on),
            ),
            Err(reason) => unknown(
                layout,
                document,
                &join(&format!("{place}/when"), pointer),
                &format!("`{pointer}` of `{}`: {reason}", says.on),
            ),
        }
    }
    Some(Transition { from: from?, to: to?, when })
}

fn is_text(ty: &TypeExpr, layout: &Layout<'_>) -> bool {
    match ty {
        TypeExpr::String => true,
        TypeExpr::Named(id) => match &layout.ty(*id).kind {
            TypeKind::Names { .. } => true,
            TypeKind::Newtype { inner, .. } => is_text(inner, layout),
            TypeKind::Struct { .. } | TypeKind::Union { .. } => false,
        },
        _ => false,
    }
}

/// Whether a value of this type can have the text at all.
fn admits(ty: &TypeExpr, text: &str, layout: &Layout<'_>) -> bool {
    let TypeExpr::Named(id) = ty else { return true };
    match &layout.ty(*id).kind {
        TypeKind::Names { variants, open: false, .. } => variants.iter().any(|variant| variant.wire == text),
        _ => true,
    }
}

/// Whether `later` can never be reached because `earlier` applies wherever it would.
fn overtakes(earlier: &Transition, later: &Transition) -> bool {
    let conditions = earlier.when.iter().all(|condition| later.when.contains(condition));
    conditions
        && earlier.from.is_empty() == later.from.is_empty()
        && later.from.iter().all(|state| earlier.from.contains(state))
}

fn unknown(layout: &mut Layout<'_>, document: &Document, pointer: &str, message: &str) {
    layout.found.push(Diagnostic::new(Rule::LIFECYCLE, &form::place(document, pointer), message).label("here"));
}
