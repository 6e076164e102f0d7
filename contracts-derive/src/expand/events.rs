//! A closed set of events: one type per variant, dispatched by the type on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::EventsInput;

pub(crate) fn events(input: &EventsInput) -> TokenStream {
    let EventsInput { ident, variants, unknown, type_at } = input;
    let (variants, types): (Vec<_>, Vec<_>) = variants.iter().map(|(variant, ty)| (variant, ty)).unzip();
    quote! {
        impl #ident {
            /// The contracts of all events of this set.
            pub const EVENTS: &'static [&'static EventInfo] = &[#(<#types as Event>::INFO),*];

            /// Decodes a message: type first, then version, then payload. A type that is not listed is kept whole.
            ///
            /// # Errors
            /// [`DecodeError`](::event_contracts::DecodeError) says where and why a message was refused.
            pub fn decode(bytes: &[u8]) -> ::core::result::Result<Self, DecodeError> {
                let message = Message::scan(bytes, #type_at)?;
                match message.event_type() {
                    #(<#types as Event>::TYPE => <#types as Event>::read_message(&message).map(Self::#variants),)*
                    _ => UnknownEvent::keep(&message).map(Self::#unknown),
                }
            }

            /// Encodes a live event after checking it once more; an unknown one as it came.
            ///
            /// # Errors
            /// [`EncodeError`](::event_contracts::EncodeError) as of [`Event::encode`](::event_contracts::Event::encode).
            pub fn encode(&self) -> ::core::result::Result<::std::vec::Vec<u8>, EncodeError> {
                match self {
                    #(Self::#variants(event) => Event::encode(event),)*
                    Self::#unknown(event) => Ok(event.message().as_str().into()),
                }
            }

            /// Encodes an event whatever its status: the explicit opt-in that publishing a planned event needs.
            ///
            /// # Errors
            /// [`EncodeError`](::event_contracts::EncodeError) as of [`Event::encode_planned`](::event_contracts::Event::encode_planned).
            pub fn encode_planned(&self) -> ::core::result::Result<::std::vec::Vec<u8>, EncodeError> {
                match self {
                    #(Self::#variants(event) => Event::encode_planned(event),)*
                    Self::#unknown(event) => Ok(event.message().as_str().into()),
                }
            }

            /// The event type on the wire.
            #[must_use]
            pub fn event_type(&self) -> &str {
                match self {
                    #(Self::#variants(_) => <#types as Event>::TYPE,)*
                    Self::#unknown(event) => event.event_type(),
                }
            }

            /// The event's contract; none for an unknown one.
            #[must_use]
            pub fn info(&self) -> ::core::option::Option<&'static EventInfo> {
                match self {
                    #(Self::#variants(_) => Some(<#types as Event>::INFO),)*
                    Self::#unknown(_) => None,
                }
            }

            /// The version that the event states; none for an unknown one.
            #[must_use]
            pub fn version(&self) -> ::core::option::Option<Version> {
                match self {
                    #(Self::#variants(event) => Some(Event::version(event)),)*
                    Self::#unknown(_) => None,
                }
            }

            /// Whether the event was written under a newer minor version than this code knows.
            #[must_use]
            pub fn is_newer(&self) -> bool {
                match self {
                    #(Self::#variants(event) => Event::is_newer(event),)*
                    Self::#unknown(_) => false,
                }
            }

            /// What the partition is chosen by; none for an unknown one.
            #[must_use]
            pub fn partition_key(&self) -> ::core::option::Option<::std::string::String> {
                match self {
                    #(Self::#variants(event) => Some(Event::partition_key(event)),)*
                    Self::#unknown(_) => None,
                }
            }

            /// When the event happened, where its envelope says so.
            #[must_use]
            pub fn time(&self) -> ::core::option::Option<&Timestamp> {
                match self {
                    #(Self::#variants(event) => Event::time(event),)*
                    Self::#unknown(_) => None,
                }
            }

            /// What links all events of one request, where the envelope has it.
            #[must_use]
            pub fn correlation_id(&self) -> ::core::option::Option<::std::string::String> {
                match self {
                    #(Self::#variants(event) => Event::correlation_id(event),)*
                    Self::#unknown(_) => None,
                }
            }

            /// What makes two deliveries of the event one fact; none for an unknown one.
            #[must_use]
            pub fn idempotency_key(&self) -> ::core::option::Option<IdempotencyKey> {
                match self {
                    #(Self::#variants(event) => Some(Event::idempotency_key(event)),)*
                    Self::#unknown(_) => None,
                }
            }
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
