//! Tests of upcasters: made from schemas, run by whoever writes the upcasters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::contract::{Event, System};
use crate::emit::events::type_path;
use crate::emit::types::ident;
use crate::names;

/// A test for each older major version that has samples.
pub(super) fn tests(system: &System) -> TokenStream {
    let newest = system.events.iter().filter(|event| event.newest);
    let tests: TokenStream = newest.map(|newest| of_event(system, newest)).collect();
    if tests.is_empty() {
        return tests;
    }
    quote! {
        /// Every older major version, through its upcasters, by samples that were made from its schema.
        #[cfg(test)]
        mod upcaster_tests {
            #tests
        }
    }
}

fn of_event(system: &System, newest: &Event) -> TokenStream {
    let older = std::iter::successors(newest.previous, |index| system.events[*index].previous);
    let older = older.map(|index| &system.events[index]).scan(false, |may_refuse, older| {
        // Whatever goes through a later version may be refused there.
        *may_refuse |= older.says.upcast_may_refuse;
        Some((older, *may_refuse))
    });
    let sampled = older.filter(|(older, _)| older.samples.is_some());
    sampled.map(|(older, may_refuse)| test(system, older, newest, may_refuse)).collect()
}

fn test(system: &System, older: &Event, newest: &Event, may_refuse: bool) -> TokenStream {
    let name = ident(&names::test(&newest.name.rust, older.major));
    let file = samples_file(system, older);
    let assert = ident(if may_refuse { "assert_upcasts_or_refuses" } else { "assert_upcasts" });
    let ignore = older.samples.as_ref().is_some_and(Vec::is_empty).then(|| {
        let reason = "no message of this version could be made: add a valid example";
        quote!(#[ignore = #reason])
    });
    let (older, newest) = (type_path(system, older, None), type_path(system, newest, None));
    quote! {
        #[test]
        #ignore
        fn #name() {
            event_contracts::private::#assert::<super::#older, super::#newest>(include_str!(#file));
        }
    }
}

/// Where the samples of an event are written, beside the module of its system.
pub(crate) fn samples_file(system: &System, event: &Event) -> String {
    format!("{}/{}.v{}.samples.jsonl", system.name.wire, event.name.wire, event.major)
}
