//! A regular expression, compiled to the table that a service walks at run time: one step per byte, no engine linked.

mod look;
mod shape;
mod split;
mod table;
mod view;

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use self::table::Table;

/// The tokens of a `Pattern`, or why the expression cannot be one.
pub(crate) fn compile(literal: &LitStr) -> syn::Result<TokenStream> {
    let source = literal.value();
    let table = Table::of(&source)
        .map_err(|reason| syn::Error::new(literal.span(), format!("this pattern cannot be compiled: {reason}")))?;
    let Table { classes, width, next, start, at_end } = table;
    let shapes = shape::tokens(&source);
    let place = |state: u16| u32::from(state) * u32::from(width);
    let (next, start) = (next.into_iter().map(place), place(start));
    Ok(quote! {
        ec::Pattern {
            source: #source,
            classes: &[#(#classes),*],
            width: #width,
            next: &[#(#next),*],
            start: #start,
            at_end: &[#(#at_end),*],
            shapes: #shapes,
        }
    })
}
