//! `Data` for a struct: an object, read in the order of its fields as long as the text keeps to it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Type};

use crate::ast::{Field, Others, Record, Role, json_text};

pub(crate) fn data(record: &Record) -> TokenStream {
    let ident = &record.ident;
    let rules = record.fields.iter().map(rules);
    let read = read(record);
    let write = write(record);
    let check = record.fields.iter().map(check);
    let wires: Vec<&String> = record.fields.iter().map(|field| &field.wire).collect();
    // A declared member among the unknown ones would stand twice, or get past its rules.
    let check_others = record.bag().filter(|_| !wires.is_empty()).map(|bag| {
        quote! {
            if let Some((name, _)) = self.#bag.iter().find(|(name, _)| matches!(*name, #(#wires)|*)) {
                return Err(ec::Refusal::new("duplicate", "no declared member among the unknown ones").within(name));
            }
        }
    });
    let whole = record.whole.whole(&format_ident!("WHOLE"));
    let judge_built = whole.as_ref().map(|_| quote!(WHOLE.check_built(self, &ec::Rules::NONE)?;));
    quote! {
        #(#rules)*
        #whole

        impl ec::Data for #ident {
            const CHECKS: ec::Checks = ec::Checks::NOTHING;

            #read
            #write

            fn check(&self, _: &ec::Rules) -> ::core::result::Result<(), ec::Refusal> {
                #(#check)*
                #check_others
                #judge_built
                Ok(())
            }
        }
    }
}

/// The rules of a member as a constant, and the proof that its type knows them all.
fn rules(field: &Field) -> TokenStream {
    let Some(ty) = field.ty() else { return TokenStream::new() };
    let name = rules_name(field);
    let rules = field.rules.tokens();
    let proof = (!field.rules.is_empty()).then(|| {
        let message = format!("the type of `{}` does not know all of these rules", field.ident);
        quote_spanned!(field.rules.span()=> const _: () = assert!(<#ty as ec::Data>::CHECKS.covers(#name.needs()), #message);)
    });
    let whole = field.rules.whole(&schema_name(field));
    quote! {
        const #name: ec::Rules = #rules;
        #proof
        #whole
    }
}

fn read(record: &Record) -> TokenStream {
    let slots = record.fields.iter().map(|field| {
        let slot = slot(field);
        match field.ty() {
            Some(ty) => quote!(let mut #slot: ::core::option::Option<#ty> = None;),
            None => quote!(let mut #slot: ::core::option::Option<()> = None;),
        }
    });
    let in_order = record.fields.iter().map(|field| {
        let prepared = prepared(field);
        let read = read_member(field);
        quote!(if reader.member(&mut members, #prepared)? { #read })
    });
    let in_any_order = record.fields.iter().map(|field| {
        let wire = &field.wire;
        let slot = slot(field);
        let read = read_member(field);
        quote!(#wire => { ec::once(#slot.as_ref(), reader)?; #read })
    });
    let (bag, keep, bag_field) = match &record.others {
        Others::Kept(field) => (
            quote!(let mut unknown = ec::UnknownMembers::default();),
            quote!(unknown.keep(name, reader)?),
            quote!(#field: unknown,),
        ),
        Others::Skipped => (
            TokenStream::new(),
            quote!({
                reader.raw()?;
            }),
            TokenStream::new(),
        ),
        Others::Refused => (TokenStream::new(), quote!(return Err(ec::undeclared(object))), TokenStream::new()),
    };
    let finished = record.fields.iter().map(|field| {
        let (ident, slot, wire) = (&field.ident, slot(field), &field.wire);
        match field.role {
            Role::Required { .. } => quote!(#ident: ec::required(#slot, #wire, object)?),
            Role::Optional { .. } => quote!(#ident: #slot),
            Role::Constant { .. } => {
                quote!(#ident: { ec::required(#slot, #wire, object)?; ::event_contracts::Constant })
            }
        }
    });
    let judge_read = record.whole.has_schema().then(|| quote!(WHOLE.check_read(reader, object)?;));
    quote! {
        fn read(reader: &mut ec::Reader<'_>, _: &ec::Rules) -> ::core::result::Result<Self, ec::Refusal> {
            let object = reader.offset();
            let mut members = reader.begin_object()?;
            #(#slots)*
            #bag
            #(#in_order)*
            while let Some(name) = reader.next_member(&mut members)? {
                match &*name {
                    #(#in_any_order)*
                    _ => #keep,
                }
            }
            #judge_read
            Ok(Self { #(#finished,)* #bag_field })
        }
    }
}

fn read_member(field: &Field) -> TokenStream {
    let slot = slot(field);
    match &field.role {
        Role::Constant { json } => quote!(#slot = Some(reader.constant(#json)?);),
        Role::Required { ty, .. } | Role::Optional { ty } => {
            let rules = rules_name(field);
            let read = quote!(<#ty as ec::Data>::read(reader, &#rules)?);
            if field.rules.has_schema() {
                let schema = schema_name(field);
                quote!({ let at = reader.offset(); #slot = Some(#read); #schema.check_read(reader, at)?; })
            } else {
                quote!(#slot = Some(#read);)
            }
        }
    }
}

fn write(record: &Record) -> TokenStream {
    let members = record.fields.iter().map(|field| {
        let (ident, prepared, rules) = (&field.ident, prepared(field), rules_name(field));
        match &field.role {
            Role::Required { .. } => quote!(writer.member(#prepared); ec::Data::write(&self.#ident, writer, &#rules);),
            Role::Optional { .. } => {
                quote!(if let Some(value) = &self.#ident { writer.member(#prepared); ec::Data::write(value, writer, &#rules); })
            }
            Role::Constant { json } => quote!(writer.member(#prepared); self.#ident.write(writer, #json);),
        }
    });
    let unknown = record.bag().into_iter().map(|field| quote!(self.#field.write(writer);));
    quote! {
        fn write(&self, writer: &mut ec::Writer, _: &ec::Rules) {
            writer.begin_object();
            #(#members)*
            #(#unknown)*
            writer.end_object();
        }
    }
}

fn check(field: &Field) -> TokenStream {
    let (ident, wire) = (&field.ident, &field.wire);
    let check = check_value(field);
    let check = quote!(#check.map_err(|refusal| refusal.within(#wire))?;);
    match field.role {
        Role::Required { .. } => quote!({ let value = &self.#ident; #check }),
        Role::Optional { .. } => quote!(if let Some(value) = &self.#ident { #check }),
        Role::Constant { .. } => TokenStream::new(),
    }
}

/// The check of a member's `value` by all rules of its place.
pub(super) fn check_value(field: &Field) -> TokenStream {
    let rules = rules_name(field);
    let judge = field.rules.has_schema().then(|| {
        let schema = schema_name(field);
        quote!(.and_then(|()| #schema.check_built(value, &#rules)))
    });
    quote!(ec::Data::check(value, &#rules)#judge)
}

/// The bytes of a member's name and colon, as compact writers put them.
fn prepared(field: &Field) -> String {
    format!("{}:", json_text(&field.wire))
}

fn slot(field: &Field) -> Ident {
    format_ident!("slot_{}", syn::ext::IdentExt::unraw(&field.ident))
}

fn rules_name(field: &Field) -> Ident {
    format_ident!("RULES_{}", syn::ext::IdentExt::unraw(&field.ident).to_string().to_uppercase())
}

fn schema_name(field: &Field) -> Ident {
    format_ident!("SCHEMA_{}", syn::ext::IdentExt::unraw(&field.ident).to_string().to_uppercase())
}

impl Field {
    /// The type that is read and written; a constant has none.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match &self.role {
            Role::Required { ty, .. } | Role::Optional { ty } => Some(ty),
            Role::Constant { .. } => None,
        }
    }
}
