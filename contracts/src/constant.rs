//! A member that is always the same.

use crate::json::Writer;

/// Stands for a member whose value the contract fixes, such as the event type: there is nothing to store.
///
/// The derive reads and writes the value that `#[data(constant = …)]` states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Constant;

impl Constant {
    #[doc(hidden)]
    pub fn write(self, writer: &mut Writer, json: &'static str) {
        writer.raw(json);
    }
}
