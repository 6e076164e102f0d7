//! A builder: setters that take what a caller has at hand, and a `build` that names every problem at once.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::ast::{Contract, Field, Record, Role, WireVersion};
use crate::attr::FieldPath;
use crate::expand::record::check_value;

/// The builder's type, for the scope of the struct itself.
pub(crate) fn ty(record: &Record) -> TokenStream {
    let (ident, vis) = (&record.ident, &record.vis);
    let builder = format_ident!("{ident}Builder");
    let settable: Vec<&Field> = record.fields.iter().filter(|field| field.ty().is_some()).collect();
    let names = settable.iter().map(|field| slot(&field.ident));
    let types = settable.iter().map(|field| field.ty());
    let unknown = record.bag().into_iter().map(|_| quote!(unknown_members: ::event_contracts::UnknownMembers,));
    let docs = format!("Builds a valid [`{ident}`], or says what is missing or wrong.");
    quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, Default)]
        #[must_use = "a builder does nothing until `build`"]
        #vis struct #builder {
            #(#names: ::core::option::Option<#types>,)*
            #(#unknown)*
            refusals: ::std::vec::Vec<::event_contracts::Refusal>,
        }
    }
}

/// What the builder does, for the scope in which the rules of the members stand.
pub(crate) fn methods(record: &Record, contract: Option<&Contract>) -> TokenStream {
    let ident = &record.ident;
    let builder = format_ident!("{ident}Builder");
    let setters = record.fields.iter().filter(|field| field.ty().is_some()).map(setter);
    let maybe_setters = record.fields.iter().filter_map(|field| maybe_setter(record, field));
    let unknown_setter = record.bag().into_iter().map(|_| unknown_setter());
    let bag = record.bag().into_iter();
    let build = build(record, contract);
    quote! {
        impl #ident {
            /// A builder with nothing set but what the contract fixes.
            pub fn builder() -> #builder {
                <#builder as ::core::default::Default>::default()
            }

            #(
                /// Members that the contract does not know, in the order of the message.
                #[must_use]
                pub fn unknown_members(&self) -> &::event_contracts::UnknownMembers {
                    &self.#bag
                }
            )*
        }

        impl #builder {
            #(#setters)*
            #(#maybe_setters)*
            #(#unknown_setter)*
            #build
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let Field { ident, vis, docs, wire, .. } = field;
    let slot = slot(ident);
    let ty = field.ty();
    let check = check_value(field);
    let named = docs.is_empty().then(|| {
        let docs = format!(" `{wire}`");
        quote!(#[doc = #docs])
    });
    quote! {
        #named
        #(#docs)*
        #vis fn #ident<V>(mut self, value: V) -> Self
        where
            V: ::core::convert::TryInto<#ty>,
            V::Error: ::core::convert::Into<::event_contracts::Refusal>,
        {
            ec::set(&mut self.#slot, #wire, value, |value| #check, &mut self.refusals);
            self
        }
    }
}

/// For a member that may be absent: a setter that takes it as it was read elsewhere, there or not.
fn maybe_setter(record: &Record, field: &Field) -> Option<TokenStream> {
    let Role::Optional { ty } = &field.role else { return None };
    let (ident, vis) = (&field.ident, &field.vis);
    let maybe = format_ident!("maybe_{}", syn::ext::IdentExt::unraw(ident));
    if record.fields.iter().any(|other| other.ident == maybe) {
        return None;
    }
    let docs = format!(" [`{ident}`](Self::{ident}), where there is one.");
    Some(quote! {
        #[doc = #docs]
        #vis fn #maybe<V>(self, value: ::core::option::Option<V>) -> Self
        where
            V: ::core::convert::TryInto<#ty>,
            V::Error: ::core::convert::Into<::event_contracts::Refusal>,
        {
            match value {
                Some(value) => self.#ident(value),
                None => self,
            }
        }
    })
}

fn unknown_setter() -> TokenStream {
    quote! {
        /// Members beyond the contract, which consumers keep but do not know.
        pub fn unknown_members(mut self, members: ::event_contracts::UnknownMembers) -> Self {
            self.unknown_members = members;
            self
        }
    }
}

fn build(record: &Record, contract: Option<&Contract>) -> TokenStream {
    let ident = &record.ident;
    let name = ident.to_string();
    let what = contract.map_or(name, |contract| contract.event_type.value());
    let defaults = record.fields.iter().filter_map(|field| default(field, contract));
    let required: Vec<&Field> =
        record.fields.iter().filter(|field| matches!(field.role, Role::Required { .. })).collect();
    let required_idents: Vec<&Ident> = required.iter().map(|field| &field.ident).collect();
    let required_slots = required.iter().map(|field| slot(&field.ident));
    let required_wires = required.iter().map(|field| &field.wire);
    let others = record.fields.iter().filter_map(|field| {
        let ident = &field.ident;
        match field.role {
            Role::Required { .. } => None,
            Role::Optional { .. } => {
                let slot = slot(ident);
                Some(quote!(#ident: self.#slot,))
            }
            Role::Constant { .. } => Some(quote!(#ident: ::event_contracts::Constant,)),
        }
    });
    let unknown = record.bag().into_iter().map(|field| quote!(#field: self.unknown_members,));
    let mutable = if required.is_empty() && record.fields.iter().all(|field| default(field, contract).is_none()) {
        quote!()
    } else {
        quote!(mut)
    };
    quote! {
        /// The value, checked.
        ///
        /// # Errors
        /// Every member that is missing or that the contract refuses.
        pub fn build(#mutable self) -> ::core::result::Result<#ident, ::event_contracts::BuildError> {
            #(#defaults)*
            #(let #required_idents = ec::take(self.#required_slots, #required_wires, &mut self.refusals);)*
            let (true, #(Some(#required_idents),)*) = (self.refusals.is_empty(), #(#required_idents,)*) else {
                return Err(ec::BuildError::new(#what, self.refusals));
            };
            let built = #ident { #(#required_idents,)* #(#others)* #(#unknown)* };
            match ec::Data::check(&built, &ec::Rules::NONE) {
                Ok(()) => Ok(built),
                Err(refusal) => Err(ec::BuildError::new(#what, ::std::vec![refusal])),
            }
        }
    }
}

/// What the builder fills in by itself: a default that is given, the contract's version, the present time.
fn default(field: &Field, contract: Option<&Contract>) -> Option<TokenStream> {
    let Role::Required { default, .. } = &field.role else { return None };
    let is = |paths: &[FieldPath]| paths.iter().any(|path| path.fields.len() == 1 && path.fields[0] == field.ident);
    let value = match (default, contract) {
        (Some(default), _) => quote!(#default),
        (None, Some(contract)) if is(&contract.attr.version_member) => match contract.version {
            WireVersion::Integer(version) => quote!(#version),
            WireVersion::MajorMinor(major, minor) => {
                let text = format!("{major}.{minor}");
                quote!(#text)
            }
            WireVersion::Implicit(_) => return None,
        },
        (None, Some(contract)) if is(&contract.attr.time) => quote!(::event_contracts::Timestamp::now()),
        _ => return None,
    };
    let ident = &field.ident;
    let slot = slot(ident);
    Some(quote!(if self.#slot.is_none() { self = self.#ident(#value); }))
}

/// Where a builder keeps a member: named so that no member can take the place of what the builder has of its own.
fn slot(member: &Ident) -> Ident {
    format_ident!("member_{}", syn::ext::IdentExt::unraw(member))
}
