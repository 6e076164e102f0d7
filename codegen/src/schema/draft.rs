//! The drafts of JSON Schema, and which keyword belongs to which.

/// A draft of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Draft {
    /// Draft 4.
    Four,
    /// Draft 6.
    Six,
    /// Draft 7.
    Seven,
    /// Draft 2019-09.
    Y2019,
    /// Draft 2020-12.
    Y2020,
}

/// Addresses by which schemas name their draft; a `#` at the end does not matter.
const ADDRESSES: [(&str, Draft); 5] = [
    ("http://json-schema.org/draft-04/schema", Draft::Four),
    ("http://json-schema.org/draft-06/schema", Draft::Six),
    ("http://json-schema.org/draft-07/schema", Draft::Seven),
    ("https://json-schema.org/draft/2019-09/schema", Draft::Y2019),
    ("https://json-schema.org/draft/2020-12/schema", Draft::Y2020),
];

/// Keywords that not every draft has, with the first and the last one that does. All others are in each of them.
const SPANS: &[(&str, Draft, Draft)] = &[
    ("id", Draft::Four, Draft::Four),
    ("$id", Draft::Six, Draft::Y2020),
    ("const", Draft::Six, Draft::Y2020),
    ("contains", Draft::Six, Draft::Y2020),
    ("propertyNames", Draft::Six, Draft::Y2020),
    ("if", Draft::Seven, Draft::Y2020),
    ("then", Draft::Seven, Draft::Y2020),
    ("else", Draft::Seven, Draft::Y2020),
    ("additionalItems", Draft::Four, Draft::Y2019),
    ("$anchor", Draft::Y2019, Draft::Y2020),
    ("$defs", Draft::Y2019, Draft::Y2020),
    ("$recursiveAnchor", Draft::Y2019, Draft::Y2019),
    ("$recursiveRef", Draft::Y2019, Draft::Y2019),
    ("dependentRequired", Draft::Y2019, Draft::Y2020),
    ("dependentSchemas", Draft::Y2019, Draft::Y2020),
    ("maxContains", Draft::Y2019, Draft::Y2020),
    ("minContains", Draft::Y2019, Draft::Y2020),
    ("unevaluatedItems", Draft::Y2019, Draft::Y2020),
    ("unevaluatedProperties", Draft::Y2019, Draft::Y2020),
    ("$dynamicAnchor", Draft::Y2020, Draft::Y2020),
    ("$dynamicRef", Draft::Y2020, Draft::Y2020),
    ("prefixItems", Draft::Y2020, Draft::Y2020),
];

/// Formats with the draft that brought them. Draft 3 had `date`, `time` and `regex`; that draft 4 left them out and draft 7
/// brought them back kept no validator from asserting them in between.
pub(crate) const FORMATS: &[(&str, Draft)] = &[
    ("date", Draft::Four),
    ("date-time", Draft::Four),
    ("duration", Draft::Y2019),
    ("email", Draft::Four),
    ("hostname", Draft::Four),
    ("idn-email", Draft::Seven),
    ("idn-hostname", Draft::Seven),
    ("ipv4", Draft::Four),
    ("ipv6", Draft::Four),
    ("iri", Draft::Seven),
    ("iri-reference", Draft::Seven),
    ("json-pointer", Draft::Six),
    ("regex", Draft::Four),
    ("relative-json-pointer", Draft::Seven),
    ("time", Draft::Four),
    ("uri", Draft::Four),
    ("uri-reference", Draft::Six),
    ("uri-template", Draft::Six),
    ("uuid", Draft::Y2019),
];

impl Draft {
    /// The draft that goes by this address.
    #[must_use]
    pub fn at(address: &str) -> Option<Self> {
        let address = address.strip_suffix('#').unwrap_or(address);
        ADDRESSES.iter().find(|(known, _)| *known == address).map(|(_, draft)| *draft)
    }

    /// The draft by a short name: `4`, `6`, `7`, `2019-09`, `2020-12`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.trim_start_matches("draft").trim_start_matches(['-', '0']) {
            "4" => Some(Self::Four),
            "6" => Some(Self::Six),
            "7" => Some(Self::Seven),
            "2019-09" => Some(Self::Y2019),
            "2020-12" => Some(Self::Y2020),
            _ => None,
        }
    }

    /// Whether the keyword means anything in this draft, if it does in any.
    pub(super) fn has(self, keyword: &str) -> bool {
        SPANS.iter().all(|(known, first, last)| *known != keyword || (*first..=*last).contains(&self))
    }

    /// Whether the draft knows the format.
    pub(super) fn has_format(self, format: &str) -> bool {
        FORMATS.iter().any(|(known, first)| *known == format && *first <= self)
    }

    /// Whether `$ref` stands alone: what is beside it is not looked at.
    pub(super) fn isolates_references(self) -> bool {
        self <= Self::Seven
    }

    /// The keyword that gives a schema its address.
    pub(super) fn id(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }
}
