//! A closed set of events: one type per variant, dispatched by the type on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::EventsInput;

pub(crate) fn events(input: &EventsInput) -> TokenStream {
    let ident = &input.ident;
    let (variants, types): (Vec<_>, Vec<_>) = input.variants.iter().map(|(variant, ty)| (variant, ty)).unzip();
    let decode = decode(input);
    let validate = validate(input);
    let encode = encode(input);
    let questions = questions(input);
    quote! {
        impl #ident {
            /// The contracts of all events of this set.
            pub const EVENTS: &'static [&'static ec::EventInfo] = &[#(<#types as ec::Event>::INFO),*];

            #decode
            #validate
            #encode
            #questions
        }

        #(
            impl ::core::convert::From<#types> for #ident {
                fn from(event: #types) -> Self {
                    Self::#variants(event)
                }
            }
        )*
    }
}

fn decode(input: &EventsInput) -> TokenStream {
    let (unknown, type_at) = (&input.unknown, &input.type_at);
    // If there is but one type, the message is likely to be of it.
    let at_once = match &input.variants[..] {
        [(variant, ty)] => Some(quote! {
            if let Some(event) = ec::event_at_once::<#ty>(bytes) {
                return Ok(Self::#variant(event));
            }
        }),
        _ => None,
    };
    let arms = input.variants.iter().map(|(variant, ty)| {
        quote!(<#ty as ec::Event>::TYPE_BYTES => <#ty as ec::Event>::read_message(&message).map(Self::#variant),)
    });
    quote! {
        /// Decodes a message: type first, then version, then payload. A type that is not listed is kept whole.
        ///
        /// # Errors
        /// [`DecodeError`](::event_contracts::DecodeError) says where and why a message was refused.
        pub fn decode(bytes: &[u8]) -> ::core::result::Result<Self, ec::DecodeError> {
            #at_once
            let message = ec::Message::scan(bytes, const { &ec::Route::by_type(#type_at) })?;
            match message.type_bytes() {
                #(#arms)*
                _ => ec::UnknownEvent::keep(&message).map(Self::#unknown),
            }
        }
    }
}

fn validate(input: &EventsInput) -> TokenStream {
    let type_at = &input.type_at;
    let arms: Vec<TokenStream> = input
        .variants
        .iter()
        .map(|(_, ty)| quote!(<#ty as ec::Event>::TYPE_BYTES => <#ty as ec::Event>::judge_message(&message),))
        .collect();
    let all =
        input.variants.iter().map(|(_, ty)| quote!(<#ty as ec::Event>::TYPE_BYTES => ec::violations::<#ty>(&message),));
    quote! {
        /// Judges a message without making an event of it: for gateways. A type that is not listed only has to be JSON.
        ///
        /// # Errors
        /// As of `decode`.
        pub fn validate(bytes: &[u8]) -> ::core::result::Result<(), ec::DecodeError> {
            let message = ec::Message::scan(bytes, const { &ec::Route::by_type(#type_at) })?;
            match message.type_bytes() {
                #(#arms)*
                _ => ec::UnknownEvent::keep(&message).map(|_| ()),
            }
        }

        /// Like `decode`, for tools: tells everything that is wrong with a message, not only what comes first.
        ///
        /// # Errors
        /// Every reason, in the order of the text.
        pub fn decode_all(bytes: &[u8]) -> ::core::result::Result<Self, ::std::vec::Vec<ec::DecodeError>> {
            Self::decode(bytes).map_err(|first| {
                let violations = ec::Message::scan(bytes, const { &ec::Route::by_type(#type_at) }).map(|message| match message.type_bytes() {
                    #(#all)*
                    _ => ::std::vec::Vec::new(),
                });
                ec::all_or(violations, first)
            })
        }
    }
}

fn encode(input: &EventsInput) -> TokenStream {
    let bytes = quote!(::core::result::Result<::std::vec::Vec<u8>, ec::EncodeError>);
    let as_it_came = quote!(Ok(event.message().as_str().into()));
    let encode = ask(input, &quote!(ec::Event::encode(event)), &as_it_came);
    let encode_planned = ask(input, &quote!(ec::Event::encode_planned(event)), &as_it_came);
    quote! {
        /// Encodes a live event after checking it once more; an unknown one as it came.
        ///
        /// # Errors
        /// [`EncodeError`](::event_contracts::EncodeError) as of [`Event::encode`](::event_contracts::Event::encode).
        pub fn encode(&self) -> #bytes {
            #encode
        }

        /// Encodes an event whatever its status: the explicit opt-in that publishing a planned event needs.
        ///
        /// # Errors
        /// [`EncodeError`](::event_contracts::EncodeError) as of [`Event::encode_planned`](::event_contracts::Event::encode_planned).
        pub fn encode_planned(&self) -> #bytes {
            #encode_planned
        }
    }
}

/// What can be asked of every event of the set without looking which one it is.
fn questions(input: &EventsInput) -> TokenStream {
    let event_type = ask(input, &quote!(type_of(event)), &quote!(event.event_type()));
    let info = ask(
        input,
        &quote!(Some(info_of(event))),
        &quote!({
            let _ = event;
            None
        }),
    );
    let optional = [
        (
            "The version that the event states",
            quote!(version),
            quote!(ec::Version),
            quote!(Some(ec::Event::version(event))),
        ),
        (
            "What the partition is chosen by",
            quote!(partition_key),
            quote!(::std::string::String),
            quote!(Some(ec::Event::partition_key(event))),
        ),
        (
            "What makes two deliveries of the event one fact",
            quote!(idempotency_key),
            quote!(ec::IdempotencyKey),
            quote!(Some(ec::Event::idempotency_key(event))),
        ),
        (
            "When the event happened, where its envelope says so",
            quote!(time),
            quote!(&ec::Timestamp),
            quote!(ec::Event::time(event)),
        ),
        (
            "What links all events of one request, where the envelope has it",
            quote!(correlation_id),
            quote!(::std::string::String),
            quote!(ec::Event::correlation_id(event)),
        ),
    ];
    let optional = optional.into_iter().map(|(docs, name, ty, known)| {
        let docs = format!(" {docs}; none for an unknown one.");
        let answer = ask(
            input,
            &known,
            &quote!({
                let _ = event;
                None
            }),
        );
        quote! {
            #[doc = #docs]
            #[must_use]
            pub fn #name(&self) -> ::core::option::Option<#ty> {
                #answer
            }
        }
    });
    let is_newer = ask(
        input,
        &quote!(ec::Event::is_newer(event)),
        &quote!({
            let _ = event;
            false
        }),
    );
    quote! {
        /// The event type on the wire.
        #[must_use]
        pub fn event_type(&self) -> &str {
            fn type_of<E: ec::Event>(_: &E) -> &'static str {
                E::TYPE
            }
            #event_type
        }

        /// The event's contract; none for an unknown one.
        #[must_use]
        pub fn info(&self) -> ::core::option::Option<&'static ec::EventInfo> {
            fn info_of<E: ec::Event>(_: &E) -> &'static ec::EventInfo {
                E::INFO
            }
            #info
        }

        /// Whether the event was written under a newer minor version than this code knows.
        #[must_use]
        pub fn is_newer(&self) -> bool {
            #is_newer
        }

        #(#optional)*
    }
}

/// A match over all variants, in which each answers for itself and `event` is what it holds.
fn ask(input: &EventsInput, known: &TokenStream, unknown: &TokenStream) -> TokenStream {
    let variants = input.variants.iter().map(|(variant, _)| variant);
    let unknown_variant = &input.unknown;
    quote! {
        match self {
            #(Self::#variants(event) => #known,)*
            Self::#unknown_variant(event) => #unknown,
        }
    }
}
