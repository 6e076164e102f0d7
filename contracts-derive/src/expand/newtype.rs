//! `Data` for a value with rules of its own, and the conversions that a hand-written newtype would have.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;

use crate::ast::Newtype;

pub(crate) fn data(newtype: &Newtype) -> TokenStream {
    let Newtype { ident, inner, rules } = newtype;
    let rule_tokens = rules.tokens();
    let proof = (!rules.is_empty()).then(|| {
        let message = format!("the type inside `{ident}` does not know all of these rules");
        quote_spanned!(rules.span()=> const _: () = assert!(<#inner as ec::Data>::CHECKS.covers(RULES.needs()), #message);)
    });
    let schema = rules.whole(&quote::format_ident!("SCHEMA"));
    let judge_read = schema.as_ref().map(|_| quote!(SCHEMA.check_read(reader, at)?;));
    let judge_built = schema.as_ref().map(|_| quote!(SCHEMA.check_built(&self.0, &RULES)?;));
    quote! {
        const RULES: ec::Rules = #rule_tokens;
        #proof
        #schema

        impl ec::Data for #ident {
            const CHECKS: ec::Checks = <#inner as ec::Data>::CHECKS;

            fn read(reader: &mut ec::Reader<'_>, rules: &ec::Rules) -> ::core::result::Result<Self, ec::Refusal> {
                let at = reader.offset();
                let value = Self(<#inner as ec::Data>::read(reader, &RULES)?);
                ec::Data::check(&value.0, rules).map_err(|refusal| refusal.at(at))?;
                #judge_read
                Ok(value)
            }

            fn write(&self, writer: &mut ec::Writer, _: &ec::Rules) {
                ec::Data::write(&self.0, writer, &RULES);
            }

            fn check(&self, rules: &ec::Rules) -> ::core::result::Result<(), ec::Refusal> {
                ec::Data::check(&self.0, &RULES)?;
                #judge_built
                ec::Data::check(&self.0, rules)
            }

            fn key(&self) -> ::std::string::String {
                ec::Data::key(&self.0)
            }
        }

        impl #ident {
            /// A value that keeps its rules.
            ///
            /// # Errors
            /// What the value breaks, if it breaks one.
            pub fn new<V>(value: V) -> ::core::result::Result<Self, ec::Refusal>
            where
                V: ::core::convert::TryInto<#inner>,
                V::Error: ::core::convert::Into<ec::Refusal>,
            {
                let value: #inner = value.try_into().map_err(::core::convert::Into::into)?;
                let value = Self(value);
                ec::Data::check(&value, &ec::Rules::NONE)?;
                Ok(value)
            }

            /// The plain value.
            #[must_use]
            pub fn into_inner(self) -> #inner {
                self.0
            }
        }

        impl ::core::ops::Deref for #ident {
            type Target = #inner;

            fn deref(&self) -> &#inner {
                &self.0
            }
        }

        impl ::core::convert::From<#ident> for #inner {
            fn from(value: #ident) -> Self {
                value.0
            }
        }
    }
}

/// From what a caller may have at hand: the plain value, text, any integer.
pub(crate) fn conversions(newtype: &Newtype) -> TokenStream {
    let Newtype { ident, inner, .. } = newtype;
    let name = last_segment(inner);
    let sources: Vec<TokenStream> = match name.as_str() {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => {
            ["i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize"]
                .iter()
                .map(|name| name.parse().expect("a type's name is a token"))
                .collect()
        }
        "String" => vec![quote!(&str), quote!(::std::string::String)],
        "Uuid" | "Timestamp" | "Date" | "VersionText" => {
            vec![quote!(&str), quote!(::std::string::String), quote!(#inner)]
        }
        "Decimal" | "Integer" => vec![
            quote!(&str),
            quote!(::std::string::String),
            quote!(#inner),
            quote!(i32),
            quote!(i64),
            quote!(u32),
            quote!(u64),
        ],
        _ => vec![quote!(#inner)],
    };
    let known = !matches!(&sources[..], [only] if only.to_string() == quote!(#inner).to_string());
    let text = match name.as_str() {
        "String" => Some(quote! {
            impl #ident {
                /// The text.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl ::core::cmp::PartialEq<str> for #ident {
                fn eq(&self, other: &str) -> bool {
                    self.0 == other
                }
            }

            impl ::core::cmp::PartialEq<&str> for #ident {
                fn eq(&self, other: &&str) -> bool {
                    self.0 == *other
                }
            }
        }),
        _ => None,
    };
    let has_display = !sources.is_empty() && name != "Vec" && (known || name == "bool" || name == "Json");
    let display = has_display.then(|| {
        quote! {
            impl ::core::fmt::Display for #ident {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(&self.0, f)
                }
            }
        }
    });
    // Without rules, every plain value is one of these.
    let own = quote!(#inner).to_string();
    let is_own = |source: &TokenStream| {
        source.to_string() == own || (name == "String" && source.to_string().ends_with("String"))
    };
    let infallible = newtype.rules.is_empty().then(|| {
        quote! {
            impl ::core::convert::From<#inner> for #ident {
                fn from(value: #inner) -> Self {
                    Self(value)
                }
            }
        }
    });
    let sources = sources.into_iter().filter(|source| infallible.is_none() || !is_own(source));
    quote! {
        #infallible
        #(
            impl ::core::convert::TryFrom<#sources> for #ident {
                type Error = ec::Refusal;

                fn try_from(value: #sources) -> ::core::result::Result<Self, ec::Refusal> {
                    Self::new(value)
                }
            }
        )*
        #text
        #display
    }
}

fn last_segment(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}
