//! `Event`: the contract as constants, keys as paths of fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned as _;

use crate::ast::{Contract, EventInput, Field, Record, Role, WireVersion, json_text};
use crate::attr::FieldPath;

pub(crate) fn event(input: &EventInput) -> TokenStream {
    let ident = &input.record.ident;
    let contract = &input.contract;
    let info = info(contract);
    let settled = reads_type(&input.record, contract) && reads_version(&input.record, contract);
    let version = version(contract);
    let partition_key = member(&contract.partition_key);
    let idempotency_key = contract.attr.idempotency_key.iter().map(member);
    let time = contract.attr.time.first().map(|path| {
        let member = member(path);
        // A time with rules of its own leads to the plain one by itself.
        let time = if path.optional {
            quote!(#member.as_ref().map(|time| -> &ec::Timestamp { time }))
        } else {
            quote!(Some(&#member))
        };
        quote!(fn time(&self) -> ::core::option::Option<&ec::Timestamp> { #time })
    });
    let id = contract.attr.id.first().map(|path| as_text(&quote!(id), path));
    let correlation = contract.attr.correlation.first().map(|path| as_text(&quote!(correlation_id), path));
    let causation = contract.attr.causation.first().map(|path| as_text(&quote!(causation_id), path));
    let read = match &contract.attr.previous {
        // A missing upcaster is pointed at where its older end is named.
        Some(previous) => {
            let upcast = quote_spanned!(previous.span()=> <Self as ec::Upcast<#previous>>::upcast);
            quote!(ec::read_or_upcast(message, #upcast))
        }
        None => quote!(ec::read(message)),
    };
    let judge = match &contract.attr.previous {
        Some(previous) => quote!(ec::judge_or_older::<Self, #previous>(message)),
        None => quote!(ec::judge::<Self>(message)),
    };
    quote! {
        impl ec::Event for #ident {
            const INFO: &'static ec::EventInfo = &#info;
            const READS_TYPE_AND_VERSION: bool = #settled;

            fn version(&self) -> ec::Version {
                #version
            }

            fn partition_key(&self) -> ::std::string::String {
                ec::Data::key(&#partition_key)
            }

            fn idempotency_key(&self) -> ec::IdempotencyKey {
                ec::IdempotencyKey::of(Self::INFO, &[#(ec::Data::key(&#idempotency_key)),*])
            }

            #id
            #time
            #correlation
            #causation

            fn read_message(message: &ec::Message<'_>) -> ::core::result::Result<Self, ec::DecodeError> {
                #read
            }

            fn judge_message(message: &ec::Message<'_>) -> ::core::result::Result<(), ec::DecodeError> {
                #judge
            }
        }
    }
}

fn info(contract: &Contract) -> TokenStream {
    let Contract { system, topic, event_type, status, attr, .. } = contract;
    let version = match contract.version {
        WireVersion::Implicit(major) => quote!(ec::Version::Implicit(#major)),
        WireVersion::Integer(version) => quote!(ec::Version::Integer(#version)),
        WireVersion::MajorMinor(major, minor) => quote!(ec::Version::MajorMinor { major: #major, minor: #minor }),
    };
    let (producers, consumers) = (&attr.producers, &attr.consumers);
    let type_at = attr.type_at.iter();
    let version_at = attr.version_at.iter();
    let (schema, document) = (attr.schema.iter(), attr.document.iter());
    quote! {{
        let mut info = ec::EventInfo::new(#system, #topic, #event_type, #version);
        info.status = ec::Status::#status;
        info.producers = &[#(#producers),*];
        info.consumers = &[#(#consumers),*];
        #(info.type_at = #type_at;)*
        #(info.version_at = Some(#version_at);)*
        #(info.schema = Some(&#schema);)*
        #(info.document = Some(#document);)*
        info
    }}
}

fn version(contract: &Contract) -> TokenStream {
    let Some(path) = contract.attr.version_member.first() else { return quote!(Self::VERSION) };
    let member = member(path);
    match contract.version {
        WireVersion::Integer(_) => quote!(ec::Version::Integer(ec::Data::key(&#member).parse().unwrap_or(u64::MAX))),
        WireVersion::MajorMinor(..) => {
            quote!(ec::Version::MajorMinor { major: #member.major(), minor: #member.minor() })
        }
        WireVersion::Implicit(_) => quote!(Self::VERSION),
    }
}

/// Whether a constant member of the record holds the type.
fn reads_type(record: &Record, contract: &Contract) -> bool {
    let type_at = contract.attr.type_at.as_ref().map_or_else(|| "/type".to_owned(), LitStr::value);
    let is_type = |field: &Field| match &field.role {
        Role::Constant { json } => *json == json_text(&contract.event_type.value()) && is_at(field, &type_at),
        _ => false,
    };
    record.fields.iter().any(is_type)
}

/// Whether the member that tells the version is the one where the wire has it; integers have no major that could differ.
fn reads_version(record: &Record, contract: &Contract) -> bool {
    let (WireVersion::MajorMinor(..), Some(at)) = (&contract.version, &contract.attr.version_at) else { return true };
    let [path] = &contract.attr.version_member[..] else { return false };
    let [member] = &path.fields[..] else { return false };
    record.fields.iter().any(|field| field.ident == *member && is_at(field, &at.value()))
}

/// Whether a pointer leads to this member of the root.
fn is_at(field: &Field, pointer: &str) -> bool {
    pointer.strip_prefix('/') == Some(&field.wire) && !field.wire.contains(['/', '~'])
}

fn as_text(method: &TokenStream, path: &FieldPath) -> TokenStream {
    let member = member(path);
    let text = if path.optional {
        quote!(ec::Offer::offer(&#member))
    } else {
        quote!(Some(::std::string::ToString::to_string(&#member)))
    };
    quote!(fn #method(&self) -> ::core::option::Option<::std::string::String> { #text })
}

fn member(path: &FieldPath) -> TokenStream {
    let fields = &path.fields;
    quote!(self.#(#fields).*)
}
