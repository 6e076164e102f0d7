//! Both steps, each written in another way.

use contracts::shop::{self, v1::OrderPlaced as First, v2};
use event_contracts::{BuildError, Upcast};

// impl Upcast<v2::OrderPlaced> for shop::OrderPlaced, says a comment only.

impl Upcast<First> for v2::OrderPlaced {
    fn upcast(older: First) -> Result<Self, BuildError> {
        convert(older)
    }
}

mod inner {
    impl super::Upcast<super::v2::OrderPlaced> for super::shop::OrderPlaced {
        fn upcast(older: super::v2::OrderPlaced) -> Result<Self, super::BuildError> {
            super::convert(older)
        }
    }
}
