//! Topics and services as constants.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::contract::System;
use crate::contract::manifest::Cleanup;
use crate::emit::docs;
use crate::emit::types::{self, ident};
use crate::names;

pub(super) fn topics(system: &System) -> TokenStream {
    let constants: Vec<_> = system.topics.iter().map(|topic| ident(&names::constant(&topic.name.wire))).collect();
    let values = system.topics.iter().zip(&constants).map(|(topic, constant)| {
        let (wire, settings) = (&topic.name.wire, &topic.settings);
        let docs = docs::paragraphs(&[format!("`{wire}`"), settings.description.clone()]);
        let (partitions, replication) =
            (Literal::u32_unsuffixed(settings.partitions), Literal::u16_unsuffixed(settings.replication));
        let retention = duration(&settings.retention);
        let compacted = settings.cleanup == Cleanup::Compact;
        quote! {
            #docs
            pub const #constant: Topic = Topic {
                name: #wire,
                partitions: #partitions,
                replication: #replication,
                retention: #retention,
                compacted: #compacted,
            };
        }
    });
    quote! {
        /// The topics of this system, with their settings.
        pub mod topics {
            use std::time::Duration;

            use event_contracts::Topic;

            /// All of them.
            pub const ALL: &[Topic] = &[#(#constants),*];

            #(#values)*
        }
    }
}

pub(super) fn services(system: &System) -> TokenStream {
    let constants: Vec<_> = system.manifest.services.keys().map(|id| ident(&names::constant(id))).collect();
    let values = system.manifest.services.iter().zip(&constants).map(|((id, service), constant)| {
        let docs =
            docs::paragraphs(&[format!("{}.", service.title.trim_end_matches('.')), service.description.clone()]);
        let title = &service.title;
        let of = |named: &dyn Fn(usize) -> bool| -> BTreeSet<&str> {
            let events = (0..system.events.len()).filter(|event| named(*event));
            events.map(|event| system.topics[system.events[event].topic].name.wire.as_str()).collect()
        };
        let publishes = of(&|event| system.events[event].says.producers.contains(id)).into_iter();
        let subscribes = of(&|event| system.events[event].says.consumers.contains(id)).into_iter();
        quote! {
            #docs
            pub const #constant: Service = Service {
                name: #id,
                title: #title,
                publishes: &[#(#publishes),*],
                subscribes: &[#(#subscribes),*],
            };
        }
    });
    quote! {
        /// The services of this system, and the topics that each publishes and subscribes to.
        pub mod services {
            use event_contracts::Service;

            /// All of them.
            pub const ALL: &[Service] = &[#(#constants),*];

            #(#values)*
        }
    }
}

/// `7d`, `12h`, `30m` in the largest unit that `Duration` knows; the meta-schema has checked the form.
fn duration(retention: &str) -> TokenStream {
    let (digits, unit) = retention.split_at(retention.len() - 1);
    let count: u64 = digits.parse().expect("at most five digits");
    let (constructor, count) = match unit {
        "d" => (quote!(from_hours), count * 24),
        "h" => (quote!(from_hours), count),
        _ => (quote!(from_mins), count),
    };
    let count = types::number(&count.to_string());
    quote!(Duration::#constructor(#count))
}
