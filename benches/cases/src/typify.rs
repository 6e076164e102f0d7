//! What serde does with the type that typify makes of an event.

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::keep;

/// Operations of typify's type; each tells whether it succeeded.
pub struct Typify {
    /// Bytes to the type.
    pub decode: fn(&[u8]) -> bool,
    /// A parsed value to the type.
    pub from_value: fn(Value) -> bool,
    /// A function that encodes the value that these bytes hold.
    pub encoder: fn(&[u8]) -> Box<dyn Fn() -> bool>,
}

impl Typify {
    /// The operations of a type.
    pub(crate) const fn of<T: Serialize + DeserializeOwned + 'static>() -> Self {
        Self {
            decode: |bytes| keep(serde_json::from_slice::<T>(bytes)),
            from_value: |value| keep(serde_json::from_value::<T>(value)),
            encoder: |bytes| {
                let value: T = serde_json::from_slice(bytes).expect("examples are valid");
                Box::new(move || keep(serde_json::to_vec(black_box(&value))))
            },
        }
    }
}
