//! Contract → tokens. Cannot fail: everything was decided before.
//!
//! A module per system, read from top to bottom: the sets of events, the events, what they hold, lifecycles, topics, services.

mod docs;
mod events;
mod lifecycles;
mod settings;
mod tables;
mod types;
mod upcasters;

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::contract::{Event, Plain, System, Type, TypeExpr, TypeKind};

/// The module of a system.
#[must_use]
pub fn system(system: &System) -> TokenStream {
    let name = &system.name.wire;
    let sets = events::sets(system);
    let events = events::events(system, None);
    let types = own_types(system, None);
    let older = older_majors(system).into_iter().map(|major| older(system, major));
    let lifecycles = lifecycles::lifecycles(system);
    let topics = settings::topics(system);
    let services = settings::services(system);
    let items = quote!(#sets #events #types #lifecycles);
    // The modules below have imports of their own.
    let imports = imports(&system.types, &items);
    let file = format!("{name}/schemas.rs");
    let tests = upcasters::tests(system);
    quote! {
        #imports

        /// The system's name: its folder.
        pub const SYSTEM: &str = #name;

        #items
        #(#older)*
        #topics
        #services

        /// The schemas as tables, for what is judged as a whole.
        mod schemas {
            include!(#file);
        }

        #tests
    }
}

pub(crate) use upcasters::samples_file;

/// The module of a schema that is no event's; `module` is its Rust name.
#[must_use]
pub fn plain(plain: &Plain, module: &str) -> TokenStream {
    let types = types::types(&plain.types, None, |_| false);
    let root = types::ident(&plain.types[plain.root.0].rust);
    let table = types::table(None, plain.table);
    let items = quote! {
        #types

        impl event_contracts::Document for #root {
            const SCHEMA: &'static event_contracts::schema::Schema = &#table;
        }
    };
    let imports = imports(&plain.types, &items);
    let file = format!("{module}/schemas.rs");
    quote! {
        #imports
        #items

        /// The schemas as tables, for what is judged as a whole.
        mod schemas {
            include!(#file);
        }
    }
}

/// The types of a system's module that are no events.
fn own_types(system: &System, module: Option<u32>) -> TokenStream {
    types::types(&system.types, module, |id| system.events.iter().any(|event| event.root == id))
}

/// The tables of a module, as the text of a Rust file.
#[must_use]
pub fn schemas(tables: &crate::contract::Tables) -> String {
    tables::file(tables)
}

/// A type as generated code writes it, `Option<Reason>`.
#[must_use]
pub fn type_text(types: &[Type], ty: &TypeExpr) -> String {
    types::expr(types, ty).to_string().replace(' ', "").replace(',', ", ")
}

/// The type of an event as the module of its system has it, `v1::OrderCreated`.
#[must_use]
pub fn type_path(system: &System, event: &Event) -> String {
    events::type_path(system, event, None).to_string().replace(' ', "")
}

/// What a system's module says about itself.
#[must_use]
pub fn module_docs(system: &System) -> TokenStream {
    docs::paragraphs(&[format!("{}.", system.manifest.title), system.manifest.description.clone()])
}

/// What must be allowed in a module of such types, for all of them at once.
#[must_use]
pub fn lints(types: &[Type]) -> TokenStream {
    let has_unions = types.iter().any(|ty| matches!(ty.kind, TypeKind::Union { .. }));
    let reason = "variants are as large, and called, as the schema has it";
    let allow =
        has_unions.then(|| quote!(#[allow(clippy::enum_variant_names, clippy::large_enum_variant, reason = #reason)]));
    quote!(#allow)
}

fn older_majors(system: &System) -> BTreeSet<u32> {
    system.types.iter().filter_map(|ty| ty.module).collect()
}

/// Events as they were in an older major version.
fn older(system: &System, major: u32) -> TokenStream {
    let module = quote::format_ident!("v{major}");
    let events = events::events(system, Some(major));
    let types = own_types(system, Some(major));
    let items = quote!(#events #types);
    let imports = imports(&system.types, &items);
    let docs = format!(" Events as they were in major version {major}.");
    quote! {
        #[doc = #docs]
        pub mod #module {
            #imports
            #items
        }
    }
}

/// Names of the runtime that the items use, imported one by one.
fn imports(types: &[Type], items: &TokenStream) -> TokenStream {
    const RUNTIME: &[&str] = &[
        "Constant",
        "Data",
        "Date",
        "Decimal",
        "Event",
        "Events",
        "IllegalTransition",
        "Integer",
        "Json",
        "Lifecycle",
        "Nullable",
        "Timestamp",
        "UnknownEvent",
        "UnknownMembers",
        "Uuid",
        "VersionText",
    ];
    let mut used = BTreeSet::new();
    collect(items.clone(), &mut used);
    let names: Vec<_> =
        RUNTIME.iter().filter(|name| used.contains(**name)).map(|name| quote::format_ident!("{name}")).collect();
    // A variant may be called like a type of the runtime, and look like a use of it.
    let lists = types.iter().filter_map(|ty| match &ty.kind {
        TypeKind::Names { variants, .. } => Some(variants.iter().map(|name| &name.rust).collect::<Vec<_>>()),
        TypeKind::Union { variants, .. } => Some(variants.iter().map(|variant| &variant.name.rust).collect()),
        _ => None,
    });
    let is_ambiguous = lists.flatten().any(|variant| RUNTIME.contains(&variant.as_str()));
    let allow =
        is_ambiguous.then(|| quote!(#[allow(unused_imports, reason = "a variant is called like one of these")]));
    let map = used.contains("BTreeMap").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote! {
        #map
        #allow
        use event_contracts::{#(#names),*};
    }
}

fn collect(tokens: TokenStream, used: &mut BTreeSet<String>) {
    // A path of the runtime that is written out needs no import.
    let mut after_colon = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), used),
            TokenTree::Ident(ident) if !after_colon => {
                used.insert(ident.to_string());
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                after_colon = punct.spacing() == proc_macro2::Spacing::Alone && after_colon
                    || punct.spacing() == proc_macro2::Spacing::Joint;
                continue;
            }
            _ => {}
        }
        after_colon = false;
    }
}
