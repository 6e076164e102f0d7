#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod constant;
pub mod data;
pub mod decode;
pub mod document;
pub mod error;
pub mod event;
pub mod headers;
pub mod idempotency;
pub mod json;
pub mod lifecycle;
#[doc(hidden)]
pub mod private;
pub mod refusal;
pub mod rules;
pub mod schema;
#[doc(hidden)]
pub mod topic;
pub mod union;
mod unknown;
mod upcasters;
pub mod value;
pub mod version;

pub use constant::Constant;
pub use data::Data;
pub use document::Document;
pub use error::{BuildError, Category, DecodeError, EncodeError};
pub use event::{Event, EventInfo, Status};
pub use event_contracts_derive::{Data, Event, Events};
pub use idempotency::IdempotencyKey;
pub use lifecycle::{IllegalTransition, Lifecycle};
pub use refusal::Refusal;
pub use topic::{Service, Topic};
pub use unknown::UnknownEvent;
pub use value::{Date, Decimal, Integer, Json, Nullable, Timestamp, UnknownMembers, Uuid, VersionText};
pub use version::{Upcast, Version};

/// Includes the module tree that `event_contracts_codegen::Contracts::generate` wrote in `build.rs`: one module per system.
#[macro_export]
macro_rules! include_contracts {
    () => {
        include!(concat!(env!("OUT_DIR"), "/event_contracts/mod.rs"));
    };
}

/// Includes the module tree that `event_contracts_codegen::Types::generate` wrote in `build.rs`: one module per schema file.
#[macro_export]
macro_rules! include_types {
    () => {
        include!(concat!(env!("OUT_DIR"), "/event_contracts_types/mod.rs"));
    };
}
