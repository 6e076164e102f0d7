//! Structs, newtypes, lists of names and unions, each with its docs and its rules as attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Ident, Lit};

use crate::contract::{
    Field, FieldValue, Name, Rule, RuleValue, TableRef, Type, TypeExpr, TypeId, TypeKind, Variant, WholeSchema,
};
use crate::emit::docs;

/// The types of a module, but for those that are written elsewhere.
pub(super) fn types(types: &[Type], module: Option<u32>, is_elsewhere: impl Fn(TypeId) -> bool) -> TokenStream {
    let here = types.iter().enumerate().filter(|(index, ty)| ty.module == module && !is_elsewhere(TypeId(*index)));
    here.map(|(_, ty)| named(types, ty)).collect()
}

fn named(types: &[Type], ty: &Type) -> TokenStream {
    let name = ident(&ty.rust);
    let docs = docs::or_name(&ty.docs, &ty.rust);
    match &ty.kind {
        TypeKind::Struct { fields, closed, whole } => {
            let body = body(types, ty.module, fields, *closed);
            let (judged, attribute) = whole_value(ty.module, closed.then(|| quote!(closed)), whole.as_ref());
            quote! {
                #docs
                #judged
                #[derive(Debug, Clone, PartialEq, Data)]
                #attribute
                pub struct #name { #body }
            }
        }
        TypeKind::Newtype { inner, rules } => {
            let derives = derives(inner);
            let rules = attribute(ty.module, None, rules);
            let inner = expr(types, inner);
            quote! {
                #docs
                #[derive(#derives, Data)]
                #rules
                pub struct #name(#inner);
            }
        }
        TypeKind::Union { variants, tag, one, whole } => {
            let variants = variants.iter().map(|one| variant(types, one));
            // A tag says by itself which branch is meant.
            let choice = match tag {
                Some(tag) => Some(quote!(tag = #tag)),
                None => one.then(|| quote!(one_of)),
            };
            let (judged, attribute) = whole_value(ty.module, choice, whole.as_ref());
            quote! {
                #docs
                #judged
                #[derive(Debug, Clone, PartialEq, Data)]
                #attribute
                pub enum #name { #(#variants)* }
            }
        }
        TypeKind::Names { variants, open, rules } => {
            let rules = attribute(ty.module, None, rules);
            let copy = (!open).then(|| quote!(Copy,));
            let variants = variants.iter().map(|variant| {
                let (rust, wire) = (ident(&variant.rust), &variant.wire);
                let docs = docs::or_name(&[], wire);
                let rename = (*wire != variant.rust).then(|| quote!(#[data(name = #wire)]));
                quote!(#docs #rename #rust,)
            });
            let unknown = open.then(|| {
                quote! {
                    /// A value that the contract does not list.
                    #[data(unknown)]
                    Unknown(Box<str>),
                }
            });
            quote! {
                #docs
                #[derive(Debug, Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash, Data)]
                #rules
                pub enum #name { #(#variants)* #unknown }
            }
        }
    }
}

fn variant(types: &[Type], variant: &Variant) -> TokenStream {
    let name = ident(&variant.name.rust);
    let docs = docs::or_name(&variant.docs, &variant.name.wire);
    let tag = variant.tag.as_ref().map(|tag| quote!(#[data(tag = #tag)]));
    let ty = expr(types, &variant.ty);
    quote!(#docs #tag #name(#ty),)
}

/// The fields of a struct; an open one keeps what it does not know.
pub(super) fn body(types: &[Type], module: Option<u32>, fields: &[Field], closed: bool) -> TokenStream {
    let fields = fields.iter().map(|one| field(types, module, one));
    let unknown = (!closed).then(|| {
        quote! {
            #[data(unknown)]
            unknown: UnknownMembers,
        }
    });
    quote!(#(#fields)* #unknown)
}

fn field(types: &[Type], module: Option<u32>, field: &Field) -> TokenStream {
    let Name { wire, rust } = &field.name;
    let name = ident(rust);
    let renamed = (rust.trim_start_matches("r#") != wire).then_some(wire.as_str());
    match &field.value {
        FieldValue::Constant(value) => {
            let constant = literal(value);
            let rename = renamed.map(|wire| quote!(name = #wire,));
            quote!(#[data(#rename constant = #constant)] #name: Constant,)
        }
        FieldValue::Type(ty) => {
            let docs = docs::or_name(&field.docs, wire);
            let attribute = attribute(module, renamed, &field.rules);
            let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
            let ty = expr(types, ty);
            let ty = if field.required { ty } else { quote!(Option<#ty>) };
            quote!(#docs #attribute #deprecated pub #name: #ty,)
        }
    }
}

/// `#[data(name = "…", minimum = 1)]`, or nothing.
fn attribute(module: Option<u32>, name: Option<&str>, rules: &[Rule]) -> TokenStream {
    if name.is_none() && rules.is_empty() {
        return TokenStream::new();
    }
    let name = name.map(|name| quote!(name = #name)).into_iter();
    let rules = rules.iter().map(|rule| {
        let keyword = ident(rule.keyword);
        match &rule.value {
            RuleValue::Number(digits) => {
                let (minus, digits) =
                    digits.strip_prefix('-').map_or((None, digits.as_str()), |rest| (Some(quote!(-)), rest));
                let number = number(digits);
                quote!(#keyword = #minus #number)
            }
            RuleValue::Count(count) => {
                let count = number(&count.to_string());
                quote!(#keyword = #count)
            }
            RuleValue::Text(text) => {
                let text = text_literal(text);
                quote!(#keyword = #text)
            }
            RuleValue::Kinds(kinds) => quote!(#keyword(#(#kinds),*)),
            RuleValue::Schema(whole) => {
                let schema = table(module, whole.table);
                quote!(#keyword = #schema)
            }
            RuleValue::Flag => quote!(#keyword),
        }
    });
    let parts = name.chain(rules);
    quote!(#[data(#(#parts),*)])
}

/// What is said about an object or a union as a whole: a line for its docs, and its attribute.
pub(super) fn whole_value(
    module: Option<u32>,
    first: Option<TokenStream>,
    whole: Option<&WholeSchema>,
) -> (TokenStream, TokenStream) {
    let docs = whole.map(|whole| {
        let docs = format!(" Judged as a whole, for its `{}`.", whole.keyword);
        quote!(#[doc = ""] #[doc = #docs])
    });
    let whole = whole.map(|whole| {
        let schema = table(module, whole.table);
        quote!(schema = #schema)
    });
    let parts: Vec<TokenStream> = first.into_iter().chain(whole).collect();
    let attribute = (!parts.is_empty()).then(|| quote!(#[data(#(#parts),*)]));
    (quote!(#docs), quote!(#attribute))
}

/// The path of a table, seen from a module.
pub(super) fn table(module: Option<u32>, table: TableRef) -> TokenStream {
    let outside = module.map(|_| quote!(super::));
    match table {
        TableRef::Any => quote!(event_contracts::schema::Schema::ANY),
        TableRef::Never => quote!(event_contracts::schema::Schema::NEVER),
        TableRef::Table(number) => {
            let name = quote::format_ident!("S{number}");
            quote!(#outside schemas::#name)
        }
    }
}

/// A number as a person would write it: long ones in groups of three digits.
pub(super) fn number(digits: &str) -> Literal {
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len() > 4 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    format!("{grouped}{fraction}").parse().expect("a JSON number without exponent is a Rust literal")
}

/// A text as a person would write it: raw if it holds backslashes.
fn text_literal(text: &str) -> TokenStream {
    let hashes =
        (0..).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}"))).unwrap_or_default();
    let printable = !text.chars().any(char::is_control);
    let raw = if text.contains('\\') && printable { format!("r{hashes}\"{text}\"{hashes}").parse().ok() } else { None };
    raw.unwrap_or_else(|| quote!(#text))
}

/// What can be derived for a value that wraps `inner`.
fn derives(inner: &TypeExpr) -> TokenStream {
    match inner {
        TypeExpr::Bool | TypeExpr::Int(_) | TypeExpr::Uuid | TypeExpr::VersionText => {
            quote!(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)
        }
        TypeExpr::String | TypeExpr::Integer | TypeExpr::Decimal | TypeExpr::Timestamp | TypeExpr::Date => {
            quote!(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)
        }
        _ => quote!(Debug, Clone, PartialEq),
    }
}

/// A type at the place where it is used.
pub(super) fn expr(types: &[Type], ty: &TypeExpr) -> TokenStream {
    match ty {
        TypeExpr::Named(id) => {
            let name = ident(&types[id.0].rust);
            quote!(#name)
        }
        TypeExpr::String => quote!(String),
        TypeExpr::Bool => quote!(bool),
        TypeExpr::Int(name) => {
            let name = ident(name);
            quote!(#name)
        }
        TypeExpr::Integer => quote!(Integer),
        TypeExpr::Decimal => quote!(Decimal),
        TypeExpr::Uuid => quote!(Uuid),
        TypeExpr::Timestamp => quote!(Timestamp),
        TypeExpr::Date => quote!(Date),
        TypeExpr::VersionText => quote!(VersionText),
        TypeExpr::Json => quote!(Json),
        TypeExpr::Vec(inner) => wrapped(types, &quote!(Vec), inner),
        TypeExpr::Nullable(inner) => wrapped(types, &quote!(Nullable), inner),
        TypeExpr::Boxed(inner) => wrapped(types, &quote!(Box), inner),
        TypeExpr::Map(inner) => {
            let inner = expr(types, inner);
            quote!(BTreeMap<String, #inner>)
        }
    }
}

fn wrapped(types: &[Type], wrapper: &TokenStream, inner: &TypeExpr) -> TokenStream {
    let inner = expr(types, inner);
    quote!(#wrapper<#inner>)
}

fn literal(value: &serde_json::Value) -> Lit {
    match value {
        serde_json::Value::Bool(flag) => Lit::Bool(syn::LitBool::new(*flag, proc_macro2::Span::call_site())),
        serde_json::Value::Number(number) => {
            Lit::Int(syn::LitInt::new(&number.to_string(), proc_macro2::Span::call_site()))
        }
        other => Lit::Str(syn::LitStr::new(other.as_str().unwrap_or_default(), proc_macro2::Span::call_site())),
    }
}

/// An identifier that `names` has made, raw ones included.
pub(super) fn ident(name: &str) -> Ident {
    syn::parse_str(name).expect("`names` makes identifiers")
}
