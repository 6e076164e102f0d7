//! Exact values: what JSON says, and how it says it, survives a round trip.
//!
//! Each value compares, orders and hashes by what it means; each prints as it was spelled.

mod date;
pub(crate) mod decimal;
pub(crate) mod exact;
mod integer;
mod json;
mod members;
mod nullable;
mod remainder;
mod timestamp;
pub(crate) mod tree;
mod uuid;
mod version_text;

pub use self::date::Date;
pub use self::decimal::Decimal;
pub use self::integer::Integer;
pub use self::json::Json;
pub use self::members::UnknownMembers;
pub use self::nullable::Nullable;
pub use self::timestamp::Timestamp;
pub(crate) use self::timestamp::is_time;
pub use self::uuid::Uuid;
pub use self::version_text::VersionText;

/// `FromStr` and its kin, for a type with `parse`, `KEYWORD` and `EXPECTATION`.
macro_rules! parsed_from_text {
    ($type:ident) => {
        impl std::str::FromStr for $type {
            type Err = $crate::Refusal;

            fn from_str(text: &str) -> Result<Self, $crate::Refusal> {
                Self::parse(text).ok_or_else(|| $crate::Refusal::new(Self::KEYWORD, Self::EXPECTATION))
            }
        }

        impl TryFrom<&str> for $type {
            type Error = $crate::Refusal;

            fn try_from(text: &str) -> Result<Self, $crate::Refusal> {
                text.parse()
            }
        }

        impl TryFrom<String> for $type {
            type Error = $crate::Refusal;

            fn try_from(text: String) -> Result<Self, $crate::Refusal> {
                text.parse()
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($type), "({})"), self)
            }
        }
    };
}

/// `Data` and serde for a type that JSON spells as a string without escapes.
macro_rules! spelled_as_string {
    ($type:ident) => {
        $crate::value::parsed_from_text!($type);

        impl $crate::data::Data for $type {
            const CHECKS: $crate::data::Checks = $crate::data::Checks::STRING;

            #[inline]
            fn read(
                reader: &mut $crate::json::Reader<'_>,
                rules: &$crate::rules::Rules,
            ) -> Result<Self, $crate::Refusal> {
                let start = reader.offset();
                if !rules.has_text_rules_beside(Self::FORMAT)
                    && let Some(value) = Self::read_plain(reader)
                {
                    return Ok(value);
                }
                let text = reader.string()?;
                rules.check_text(&text).map_err(|refusal| refusal.at(start))?;
                Self::parse(&text).ok_or_else(|| $crate::Refusal::new(Self::KEYWORD, Self::EXPECTATION).at(start))
            }

            #[inline]
            fn write(&self, writer: &mut $crate::json::Writer, _: &$crate::rules::Rules) {
                self.with_spelling(|text| writer.ascii_string(text));
            }

            #[inline]
            fn check(&self, rules: &$crate::rules::Rules) -> Result<(), $crate::Refusal> {
                if !rules.has_text_rules_beside(Self::FORMAT) {
                    return Ok(());
                }
                self.with_spelling(|text| rules.check_text(str::from_utf8(text).unwrap_or_default()))
            }

            fn key(&self) -> String {
                self.canonical()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Serde for a type by way of its JSON text: JSON formats only.
macro_rules! serde_by_json {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::data::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::data::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {parsed_from_text, serde_by_json, spelled_as_string};
