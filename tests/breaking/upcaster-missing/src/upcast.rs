//! The step from the first major version to the second; nobody has written the next one.

use crate::shop::v1;

impl event_contracts::Upcast<v1::OrderPlaced> for crate::shop::v2::OrderPlaced {
    fn upcast(older: v1::OrderPlaced) -> Result<Self, event_contracts::BuildError> {
        convert(older)
    }
}
