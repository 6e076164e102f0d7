//! `Data` for a text out of a list.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::{Names, json_text};

pub(crate) fn data(names: &Names) -> TokenStream {
    let Names { ident, variants, unknown, rules } = names;
    let (idents, wires): (Vec<_>, Vec<_>) = variants.iter().map(|(ident, wire)| (ident, wire)).unzip();
    let quoted: Vec<String> = wires.iter().map(|wire| json_text(wire)).collect();
    let expectation = format!("one of {}", wires.iter().map(|wire| format!("`{wire}`")).collect::<Vec<_>>().join(", "));
    // An open list is a text with the rules of its place; a closed one is its own rule.
    let checks = if unknown.is_some() { quote!(ec::Checks::STRING) } else { quote!(ec::Checks::NOTHING) };
    let own_rules = rules.has_fields().then(|| {
        let rules = rules.tokens();
        quote!(const RULES: ec::Rules = #rules;)
    });
    let check_own = own_rules.as_ref().map(|_| quote!(.and_then(|()| RULES.check_text(&text))));
    let check_text =
        unknown.is_some().then(|| quote!(rules.check_text(&text)#check_own.map_err(|refusal| refusal.at(at))?;));
    let otherwise = match unknown {
        Some(unknown) => quote!(_ => Self::#unknown(text.into())),
        None => quote!(_ => return Err(ec::Refusal::new("enum", #expectation).at(at))),
    };
    let write_unknown = unknown.iter().map(|unknown| quote!(Self::#unknown(text) => writer.string(text),));
    let check_built_own = own_rules.as_ref().map(|_| quote!(RULES.check_text(self.as_str())?;));
    let check_built = unknown.is_some().then(|| quote!(rules.check_text(self.as_str())?; #check_built_own));
    let schema = rules.whole(&quote::format_ident!("SCHEMA"));
    let judge_read = schema.as_ref().map(|_| quote!(SCHEMA.check_read(reader, at)?;));
    let judge_built = schema.as_ref().map(|_| quote!(SCHEMA.check_built(self, rules)?;));
    quote! {
        #own_rules
        #schema

        impl ec::Data for #ident {
            const CHECKS: ec::Checks = #checks;

            #[allow(unused_variables)]
            fn read(reader: &mut ec::Reader<'_>, rules: &ec::Rules) -> ::core::result::Result<Self, ec::Refusal> {
                let (at, text) = ec::read_name(reader)?;
                #check_text
                #judge_read
                Ok(match &*text {
                    #(#wires => Self::#idents,)*
                    #otherwise,
                })
            }

            fn write(&self, writer: &mut ec::Writer, _: &ec::Rules) {
                match self {
                    #(Self::#idents => writer.raw(#quoted),)*
                    #(#write_unknown)*
                }
            }

            #[allow(unused_variables)]
            fn check(&self, rules: &ec::Rules) -> ::core::result::Result<(), ec::Refusal> {
                #check_built
                #judge_built
                Ok(())
            }
        }
    }
}

pub(crate) fn conversions(names: &Names) -> TokenStream {
    let Names { ident, variants, unknown, .. } = names;
    let (idents, wires): (Vec<_>, Vec<_>) = variants.iter().map(|(ident, wire)| (ident, wire)).unzip();
    let expectation = format!("one of {}", wires.iter().map(|wire| format!("`{wire}`")).collect::<Vec<_>>().join(", "));
    // The texts of a closed list outlive the value.
    let text = if unknown.is_some() { quote!(&str) } else { quote!(&'static str) };
    let const_ = unknown.is_none().then(|| quote!(const));
    let this = if unknown.is_some() { quote!(&self) } else { quote!(self) };
    let as_unknown = unknown.iter().map(|unknown| quote!(Self::#unknown(text) => text,));
    let otherwise = match unknown {
        Some(unknown) => quote!(_ => Ok(Self::#unknown(text.into()))),
        None => quote!(_ => Err(ec::Refusal::new("enum", #expectation))),
    };
    quote! {
        impl #ident {
            /// The text on the wire.
            #[must_use]
            pub #const_ fn as_str(#this) -> #text {
                match self {
                    #(Self::#idents => #wires,)*
                    #(#as_unknown)*
                }
            }
        }

        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::str::FromStr for #ident {
            type Err = ec::Refusal;

            fn from_str(text: &str) -> ::core::result::Result<Self, ec::Refusal> {
                match text {
                    #(#wires => Ok(Self::#idents),)*
                    #otherwise,
                }
            }
        }

        impl ::core::convert::TryFrom<&str> for #ident {
            type Error = ec::Refusal;

            fn try_from(text: &str) -> ::core::result::Result<Self, ec::Refusal> {
                text.parse()
            }
        }
    }
}
