//! Events with their contracts, and the sets of them: one per topic, one of all.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use crate::contract::manifest::VersionLiteral;
use crate::contract::{Event, FieldPath, System, TypeKind};
use crate::emit::docs;
use crate::emit::types::{body, ident, whole_value};

/// The structs of the events of one module.
pub(super) fn events(system: &System, module: Option<u32>) -> TokenStream {
    system
        .events
        .iter()
        .filter(|event| system.types[event.root.0].module == module)
        .map(|event| one(system, event))
        .collect()
}

fn one(system: &System, event: &Event) -> TokenStream {
    let ty = &system.types[event.root.0];
    let TypeKind::Struct { fields, closed, whole } = &ty.kind else { return TokenStream::new() };
    let name = ident(&ty.rust);
    let docs = docs::or_name(&ty.docs, &event.name.wire);
    let contract = contract(system, event);
    let body = body(&system.types, ty.module, fields, *closed);
    let (judged, whole) = whole_value(ty.module, closed.then(|| quote!(closed)), whole.as_ref());
    quote! {
        #docs
        #judged
        #[derive(Debug, Clone, PartialEq, Event)]
        #contract
        #whole
        pub struct #name { #body }
    }
}

/// `#[event(…)]`.
fn contract(system: &System, event: &Event) -> TokenStream {
    let (says, paths) = (&event.says, &event.paths);
    let (name, topic, event_type) = (&system.name.wire, &system.topics[event.topic].name.wire, &event.name.wire);
    let version = match &says.version {
        VersionLiteral::Integer(version) => {
            let version = Literal::u64_unsuffixed(*version);
            quote!(#version)
        }
        VersionLiteral::Text(version) => quote!(#version),
    };
    let status = says.status.as_str();
    let (producers, consumers) = (&says.producers, &says.consumers);
    let type_at = &system.manifest.envelope.event_type.0;
    let version_at = paths
        .version
        .as_ref()
        .and(says.version_at.as_ref().or(system.manifest.envelope.version.as_ref()))
        .map(|pointer| &pointer.0);
    let version_at = version_at.map(|pointer| quote!(version_at = #pointer,));
    let partition_key = path(&paths.partition_key);
    let idempotency_key = paths.idempotency_key.iter().map(path);
    let version_member = paths.version.as_ref().map(path).map(|path| quote!(version_member(#path),));
    let members = [
        ("id", &paths.id),
        ("time", &paths.time),
        ("correlation", &paths.correlation),
        ("causation", &paths.causation),
    ];
    let members = members.into_iter().filter_map(|(name, member)| {
        let member = member.as_ref()?;
        let (name, path, mark) = (ident(name), path(&member.path), member.optional.then(|| quote!(?)));
        Some(quote!(#name(#path #mark),))
    });
    let previous = event.previous.map(|previous| {
        let previous = type_path(system, &system.events[previous], system.types[event.root.0].module);
        quote!(previous(#previous),)
    });
    let document = format!("{name}/{}.v{}.schema.json", event_type, event.major);
    let outside = system.types[event.root.0].module.map(|_| quote!(super::));
    let schema = ident(&event.table);
    quote! {
        #[event(
            system = #name, topic = #topic, type = #event_type, version = #version, status = #status,
            producers(#(#producers),*), consumers(#(#consumers),*),
            type_at = #type_at, #version_at
            partition_key(#partition_key), idempotency_key(#(#idempotency_key),*),
            #version_member
            #(#members)*
            #previous
            schema = #outside schemas::#schema, document = include_str!(#document)
        )]
    }
}

/// The enums: of each topic, and of the whole system.
pub(super) fn sets(system: &System) -> TokenStream {
    let topics = system.topics.iter().map(|topic| {
        let docs = [format!("Every event of the topic `{}`.", topic.name.wire), topic.settings.description.clone()];
        set(system, &topic.name.rust, &docs, &topic.events)
    });
    let all: Vec<usize> = (0..system.events.len()).collect();
    let docs = [format!("Every event of the system `{}`, whatever its topic.", system.name.wire)];
    let whole = set(system, &system.all_events, &docs, &all);
    quote!(#(#topics)* #whole)
}

fn set(system: &System, rust: &str, docs: &[String], events: &[usize]) -> TokenStream {
    let name = ident(rust);
    let docs = docs::paragraphs(docs);
    let type_at = &system.manifest.envelope.event_type.0;
    let variants = events.iter().map(|index| &system.events[*index]).filter(|event| event.newest).map(|event| {
        let name = ident(&event.name.rust);
        let docs = docs::or_name(&[], &event.name.wire);
        quote!(#docs #name(#name),)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Events)]
        #[events(type_at = #type_at)]
        #[allow(clippy::large_enum_variant, reason = "events are matched where they are decoded, one at a time")]
        pub enum #name {
            #(#variants)*
            /// An event that this contract does not list, kept whole.
            Unknown(UnknownEvent),
        }
    }
}

/// The type of an event, seen from a module.
pub(super) fn type_path(system: &System, event: &Event, from: Option<u32>) -> TokenStream {
    let ty = &system.types[event.root.0];
    let name = ident(&ty.rust);
    match (ty.module, from) {
        (Some(major), Some(_)) => {
            let module = quote::format_ident!("v{major}");
            quote!(super::#module::#name)
        }
        (Some(major), None) => {
            let module = quote::format_ident!("v{major}");
            quote!(#module::#name)
        }
        (None, _) => quote!(#name),
    }
}

pub(super) fn path(fields: &FieldPath) -> TokenStream {
    let fields: Vec<Ident> = fields.iter().map(|field| ident(field)).collect();
    quote!(#(#fields).*)
}
