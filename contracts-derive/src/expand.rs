//! From the input to tokens; one file per kind of type.

mod builder;
mod contract;
mod events;
mod names;
mod newtype;
mod record;
mod union;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::ast::{EventInput, EventsInput, Input};

pub(crate) fn data(input: &Input) -> TokenStream {
    match input {
        Input::Record(record) => {
            let builder = builder::ty(record);
            let scope = in_private(&[record::data(record), builder::methods(record, None), serde(&record.ident)]);
            quote!(#builder #scope)
        }
        Input::Newtype(newtype) => {
            in_private(&[newtype::data(newtype), newtype::conversions(newtype), serde(&newtype.ident)])
        }
        Input::Union(one) => in_private(&[union::data(one), union::conversions(one), serde(&one.ident)]),
        Input::Names(names) => in_private(&[names::data(names), names::conversions(names), serde(&names.ident)]),
    }
}

pub(crate) fn event(input: &EventInput) -> TokenStream {
    let record = &input.record;
    let builder = builder::ty(record);
    let methods = builder::methods(record, Some(&input.contract));
    let scope = in_private(&[record::data(record), methods, contract::event(input), serde(&record.ident)]);
    quote!(#builder #scope)
}

pub(crate) fn events(input: &EventsInput) -> TokenStream {
    in_private(&[events::events(input)])
}

/// Items in a scope of their own, where the runtime is called `ec`: none of its names can be mistaken for one of the
/// user's, whose types may well be called `Message`, `Status` or `Version`.
fn in_private(items: &[TokenStream]) -> TokenStream {
    quote! {
        // A deprecated member is still read and written.
        #[allow(deprecated)]
        const _: () = {
            #[allow(unused_imports)]
            use ::event_contracts::private as ec;
            #(#items)*
        };
    }
}

/// Serde's traits, through the same decoder.
fn serde(ident: &Ident) -> TokenStream {
    quote! {
        impl ec::serde::Serialize for #ident {
            fn serialize<S: ec::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                ec::serialize(self, serializer)
            }
        }

        impl<'de> ec::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ec::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                ec::deserialize(deserializer)
            }
        }
    }
}
