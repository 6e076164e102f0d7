//! The event sets of the five systems, each as functions from bytes.

use event_contracts::{DecodeError, EventInfo};
use example_contracts::{commerce, first_viscount, flowops, order_service, order_workflow};

/// What a set of events does with a message.
pub struct Set {
    /// The contracts of its events.
    pub events: &'static [&'static EventInfo],
    /// Decodes it; the contract of what was read, none for an unknown event.
    pub decode: fn(&[u8]) -> Result<Option<&'static EventInfo>, DecodeError>,
    /// Decodes it and tells every reason against it.
    pub decode_all: fn(&[u8]) -> Result<(), Vec<DecodeError>>,
    /// Judges it.
    pub validate: fn(&[u8]) -> Result<(), DecodeError>,
    /// Decodes, encodes and decodes it again; what was written, if it was read.
    pub round_trip: fn(&[u8]) -> Option<Vec<u8>>,
}

macro_rules! set {
    ($set:ty) => {
        Set {
            events: <$set>::EVENTS,
            decode: |bytes| <$set>::decode(bytes).map(|event| event.info()),
            decode_all: |bytes| <$set>::decode_all(bytes).map(drop),
            validate: <$set>::validate,
            round_trip: |bytes| {
                let event = <$set>::decode(bytes).ok()?;
                let written = event.encode_planned().expect("what is read can be written");
                let again = <$set>::decode(&written).expect("what is written can be read");
                assert_eq!(event, again, "written as {}", String::from_utf8_lossy(&written));
                Some(written)
            },
        }
    };
}

/// One of each system.
pub const SETS: [Set; 5] = [
    set!(commerce::CommerceEvent),
    set!(first_viscount::FirstViscountEvent),
    set!(flowops::FlowopsEvent),
    set!(order_service::OrderServiceEvent),
    set!(order_workflow::OrderWorkflowEvent),
];
