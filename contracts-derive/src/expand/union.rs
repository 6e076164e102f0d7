//! `Data` for a union: by its tag, or the first variant that reads.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Ident, Type};

use crate::ast::{Union, argument_of};

pub(crate) fn data(union: &Union) -> TokenStream {
    let ident = &union.ident;
    let idents: Vec<&Ident> = union.variants.iter().map(|variant| &variant.ident).collect();
    let read = match &union.tag {
        Some(member) => by_tag(union, member),
        None => in_order(union),
    };
    let whole = union.whole.whole(&format_ident!("WHOLE"));
    let start = whole.as_ref().map(|_| quote!(let start = reader.offset();));
    let judge_read = whole.as_ref().map(|_| quote!(WHOLE.check_read(reader, start)?;));
    let judge_built = whole.as_ref().map(|_| quote!(WHOLE.check_built(self, &ec::Rules::NONE)?;));
    quote! {
        #whole

        impl ec::Data for #ident {
            const CHECKS: ec::Checks = ec::Checks::NOTHING;

            fn read(reader: &mut ec::Reader<'_>, _: &ec::Rules) -> ::core::result::Result<Self, ec::Refusal> {
                #start
                let value = #read;
                #judge_read
                Ok(value)
            }

            fn write(&self, writer: &mut ec::Writer, _: &ec::Rules) {
                match self {
                    #(Self::#idents(value) => ec::Data::write(value, writer, &ec::Rules::NONE),)*
                }
            }

            fn check(&self, _: &ec::Rules) -> ::core::result::Result<(), ec::Refusal> {
                match self {
                    #(Self::#idents(value) => ec::Data::check(value, &ec::Rules::NONE)?,)*
                }
                #judge_built
                Ok(())
            }

            fn key(&self) -> ::std::string::String {
                match self {
                    #(Self::#idents(value) => ec::Data::key(value),)*
                }
            }
        }
    }
}

/// One look for the tag, then the variant of its text.
fn by_tag(union: &Union, member: &str) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let (ident, ty, tag) = (&variant.ident, &variant.ty, &variant.tag);
        quote!(#tag => Self::#ident(<#ty as ec::Data>::read(reader, &ec::Rules::NONE)?),)
    });
    let tags: Vec<String> = union.variants.iter().map(|variant| format!("`{}`", variant.tag)).collect();
    let expectation = format!("one of {}", tags.join(", "));
    quote! {{
        let (at, tag) = ec::tag(reader, #member)?;
        match &*tag {
            #(#arms)*
            _ => return Err(ec::Refusal::new("const", #expectation).at(at)),
        }
    }}
}

/// One variant after the other, until one reads.
fn in_order(union: &Union) -> TokenStream {
    let attempts = union.variants.iter().map(|variant| {
        let (ident, ty) = (&variant.ident, &variant.ty);
        quote! {
            if let Some(value) = attempts.read::<#ty>(reader)? {
                break 'read Self::#ident(value);
            }
        }
    });
    let keyword = union.keyword;
    quote! {'read: {
        let mut attempts = ec::Attempts::default();
        #(#attempts)*
        return Err(attempts.refusal(#keyword));
    }}
}

/// From what the variants hold, boxed or not, as far as that tells the variant.
pub(crate) fn conversions(union: &Union) -> TokenStream {
    let ident = &union.ident;
    let plain = |ty: &Type| argument_of("Box", ty).unwrap_or(ty).to_token_stream().to_string();
    let own = ident.to_string();
    let is_convertible = |ty: &Type| {
        let name = plain(ty);
        name != own && union.variants.iter().filter(|other| plain(&other.ty) == name).count() == 1
    };
    let conversions = union.variants.iter().filter(|variant| is_convertible(&variant.ty)).map(|variant| {
        let (name, ty) = (&variant.ident, &variant.ty);
        let (from, value) = match argument_of("Box", ty) {
            Some(inner) => (inner, quote!(::std::boxed::Box::new(value))),
            None => (ty, quote!(value)),
        };
        quote! {
            impl ::core::convert::From<#from> for #ident {
                fn from(value: #from) -> Self {
                    Self::#name(#value)
                }
            }
        }
    });
    conversions.collect()
}
