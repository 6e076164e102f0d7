//! Lifecycles as enums of states and one transition function per event.

use proc_macro2::TokenStream;
use quote::quote;

use crate::contract::{Lifecycle, Move, System, Transition};
use crate::emit::types::ident;
use crate::emit::{docs, events};

pub(super) fn lifecycles(system: &System) -> TokenStream {
    system.lifecycles.iter().map(|lifecycle| one(system, lifecycle)).collect()
}

fn one(system: &System, lifecycle: &Lifecycle) -> TokenStream {
    let name = ident(&lifecycle.name.rust);
    let docs = docs::paragraphs(&lifecycle.docs);
    let states = lifecycle.states.iter().map(|(state, meaning)| {
        let (rust, wire, docs) =
            (ident(&state.rust), &state.wire, docs::or_name(std::slice::from_ref(meaning), &state.wire));
        let rename = (*wire != state.rust).then(|| quote!(#[data(name = #wire)]));
        quote!(#docs #rename #rust,)
    });
    let moves = lifecycle.moves.iter().map(|one| by_event(system, lifecycle, one));
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Data)]
        pub enum #name { #(#states)* }

        #(#moves)*
    }
}

fn by_event(system: &System, lifecycle: &Lifecycle, one: &Move) -> TokenStream {
    let name = ident(&lifecycle.name.rust);
    let event = events::type_path(system, &system.events[one.event], None);
    let wire = &lifecycle.name.wire;
    let argument =
        if one.transitions.iter().all(|transition| transition.when.is_empty()) { quote!(_) } else { quote!(event) };
    let arms = one.transitions.iter().map(|transition| arm(lifecycle, transition));
    let refusal = (!is_total(lifecycle, one))
        .then(|| quote!(other => Err(IllegalTransition::new(#wire, #event::TYPE, other.map(Self::as_str))),));
    quote! {
        impl Lifecycle<#event> for #name {
            fn next(current: Option<Self>, #argument: &#event) -> Result<Self, IllegalTransition> {
                match current {
                    #(#arms)*
                    #refusal
                }
            }
        }
    }
}

/// Whether the event is legal everywhere, so that nothing is left to refuse.
fn is_total(lifecycle: &Lifecycle, one: &Move) -> bool {
    let certain = || one.transitions.iter().filter(|transition| transition.when.is_empty());
    let creates = certain().any(|transition| transition.from.is_empty());
    creates && (0..lifecycle.states.len()).all(|state| certain().any(|transition| transition.from.contains(&state)))
}

fn arm(lifecycle: &Lifecycle, transition: &Transition) -> TokenStream {
    let state = |index: &usize| ident(&lifecycle.states[*index].0.rust);
    let to = state(&transition.to);
    let from = if transition.from.is_empty() {
        quote!(None)
    } else {
        let states = transition.from.iter().map(state);
        quote!(Some(#(Self::#states)|*))
    };
    let conditions = transition.when.iter().map(|(path, text)| {
        let path = events::path(path);
        quote!(event.#path.as_str() == #text)
    });
    let guard = (!transition.when.is_empty()).then(|| quote!(if #(#conditions)&&*));
    quote!(#from #guard => Ok(Self::#to),)
}
