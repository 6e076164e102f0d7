//! Derive macros of `event-contracts`; use them through that crate, whose docs show them at work.
//!
//! Every macro is the same three steps: syntax → `ast` (with every mistake reported at its place) → tokens.

mod ast;
mod attr;
mod expand;
mod pattern;
mod rules;
mod union;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// `event_contracts::Data`: a JSON form for a value inside an event.
///
/// - a struct with named fields is an object; `Option<T>` is a member that may be absent;
/// - a struct with one unnamed field is a value with rules of its own, which nobody can build around: `new` checks;
/// - an enum of plain variants is a text out of a list;
/// - an enum whose variants hold one value each is a union: any of several types.
///
/// A union without a tag tries its variants in order, and the first that reads wins. With `#[data(tag = "kind")]` on the
/// enum and `#[data(tag = "card")]` on each variant it is an object whose member `kind` says which variant it is; what the
/// variant holds must have that member, as a `constant`. A variant's value converts into the union, as far as no two
/// variants hold the same type. `one_of` on an enum without a tag says what a refusal of all variants is called by: `oneOf`,
/// else `anyOf`.
///
/// Fields take `#[data(…)]`: `name = "wire-name"`; the rules `minimum`, `maximum`, `exclusive_minimum`, `exclusive_maximum`,
/// `multiple_of`, `min_length`, `max_length`, `pattern` (a Rust regular expression, which may look around), `format`, `min_items`, `max_items`, `unique_items`,
/// `min_properties`, `max_properties`, `kinds("string", "null")`, `text` (a decimal spelled as a JSON string); `default = …` for builders;
/// `constant = …` for a field of type `Constant`; `unknown` for the field that keeps members the contract does not know.
#[proc_macro_derive(Data, attributes(data))]
pub fn derive_data(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(ast::Input::parse(&input).map(|input| expand::data(&input)))
}

/// `event_contracts::Event`: `Data` and the contract of a whole message.
///
/// Besides what [`macro@Data`] takes, the struct has `#[event(…)]`: `system`, `topic`, `type`, `version` (`1` or `"1.0"`; without
/// `version_at` the wire carries none), `status`, `producers(…)`, `consumers(…)`, `type_at`, `version_at`, `schema`
/// (a `Schema` that the whole message is judged by without being decoded), `document` (its JSON text),
/// and paths of fields: `partition_key(order_id)`, `idempotency_key(order_id, data.attempt)`, `version_member(version)`,
/// `id(…)`, `time(…)`, `correlation(…)`, `causation(…)` (these with `?` at the end where the member may be absent); `previous(v1::OrderCreated)` names the type of the major version before.
#[proc_macro_derive(Event, attributes(data, event))]
pub fn derive_event(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(ast::EventInput::parse(&input).map(|input| expand::event(&input)))
}

/// A closed set of events: `decode` finds the type, reads that event, and keeps others as `Unknown`.
///
/// Every variant but the last holds an event; the last is `Unknown(UnknownEvent)`. `#[events(type_at = "/type")]` says where the type stands.
#[proc_macro_derive(Events, attributes(events))]
pub fn derive_events(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(ast::EventsInput::parse(&input).map(|input| expand::events(&input)))
}

/// A regular expression of Rust as a constant table, `event_contracts::rules::Pattern`.
///
/// Beside what the crate `regex` takes there is look-around: `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`, anywhere and in each other, but
/// for look-ahead inside look-behind. An expression that looks around takes no flags, and words are those of ASCII: `(?-u:\b)`.
#[proc_macro]
pub fn pattern(input: TokenStream) -> TokenStream {
    let literal = parse_macro_input!(input as syn::LitStr);
    finish(pattern::compile(&literal).map(|table| {
        quote::quote!({
            use ::event_contracts::private as ec;
            #table
        })
    }))
}

fn finish(tokens: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    tokens.unwrap_or_else(|error| error.into_compile_error()).into()
}
