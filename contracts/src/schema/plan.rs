//! What a schema amounts to, told while it is compiled: the judge then asks one question of it where it would ask ten.

use crate::json::Kinds;
use crate::schema::{Object, Schema};

/// The way on which the judge takes a value that begins as it should; any other value goes the common way.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Plan {
    /// The common way, in full.
    Whole,
    /// The common way, but nothing looks at the value once more.
    Once,
    /// A string that is a UUID, and nothing else.
    Uuid,
    /// A string that is this one.
    Constant(&'static str),
    /// A string with rules.
    Text,
    /// A whole number.
    Integer,
    /// An object of which something is said about the members.
    Object(&'static Object),
}

impl Schema {
    /// This schema with its plan: for statics, which are made of everything else.
    #[must_use]
    pub const fn planned(self) -> Self {
        Self { plan: self.plan(), ..self }
    }

    const fn plan(&self) -> Plan {
        let is_looked_at_again = !self.also.is_empty()
            || self.resource.is_some()
            || self.unevaluated_properties.is_some()
            || self.unevaluated_items.is_some();
        if is_looked_at_again {
            return Plan::Whole;
        }
        match (self.values, self.object) {
            (Some([value]), _) if is_text(value) && self.may_be_text() && !self.rules.has_text_rules() => {
                Plan::Constant(value)
            }
            (None, _) if self.is_only(Kinds::STRING) && self.rules.is_uuid_alone() => Plan::Uuid,
            (None, _) if self.is_only(Kinds::STRING) && self.rules.has_text_rules() => Plan::Text,
            (None, _) if self.is_only(Kinds::INTEGER) => Plan::Integer,
            (None, Some(object)) if self.is_only(Kinds::OBJECT) => Plan::Object(object),
            _ => Plan::Once,
        }
    }

    /// Whether all values are of this kind.
    const fn is_only(&self, kind: Kinds) -> bool {
        match self.rules.kinds {
            Some(kinds) => kinds.covers(kind) && kind.covers(kinds),
            None => false,
        }
    }

    const fn may_be_text(&self) -> bool {
        match self.rules.kinds {
            Some(kinds) => kinds.covers(Kinds::STRING),
            None => true,
        }
    }
}

const fn is_text(json: &str) -> bool {
    matches!(json.as_bytes(), [b'"', ..])
}
