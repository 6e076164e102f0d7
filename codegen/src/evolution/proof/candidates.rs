//! Candidates for witnesses: values that both schemas suggest.

use serde_json::Value;

use super::Pairing;

/// The first candidate that shows a difference backward, and the first that shows one forward.
pub(super) fn try_all(pairing: &Pairing<'_>) -> (Option<Value>, Option<Value>) {
    let _ = pairing;
    (None, None)
}
