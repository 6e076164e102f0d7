//! Formats as languages, where they are regular: what is surely of a format, and what may be.
//!
//! Where both are one, proofs know the format as well as a pattern. Elsewhere a proof is made with what may be of it, and
//! with what is surely not; in between the validator judges, unless validators are known to read that in several ways.

use std::sync::Arc;

use super::language::kept;
use crate::lower::pattern::Table;

/// What is known of a format, as patterns.
struct Known {
    name: &'static str,
    /// Every text that this matches is of the format.
    inner: &'static str,
    /// Every text of the format is matched by this; nothing, if `inner` says it all.
    outer: Option<&'static str>,
    /// Of the texts between, those that a validator may judge.
    judged: Option<&'static str>,
}

macro_rules! time {
    () => {
        r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])|23:59:60(?:\.[0-9]+)?[Zz])"
    };
}

macro_rules! date {
    () => {
        concat!(
            r"(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
            r"|02-(?:0[1-9]|1[0-9]|2[0-8]))",
            r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
        )
    };
}

/// A day, and a time, as some validators read them: they take signs and stops for digits.
macro_rules! loose_date {
    () => {
        r"[*-9]{4}-[01][*-9]-[0-3][*-9]"
    };
}

macro_rules! loose_time {
    () => {
        r"[0-2][*-9]:[0-5][*-9]:[0-6][*-9](?:\.[0-9]+)?(?:[Zz]|[+-][0-2][*-9]:[0-5][*-9])"
    };
}

macro_rules! octet {
    () => {
        "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    };
}

macro_rules! hours {
    () => {
        "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
    };
}

macro_rules! pointer {
    () => {
        r"(?:\/(?:[^\/~]|~[01])*)*"
    };
}

const KNOWN: &[Known] = &[
    Known {
        name: "date",
        inner: concat!("^", date!(), "$"),
        outer: Some(concat!("^", loose_date!(), "$")),
        judged: None,
    },
    Known {
        name: "time",
        inner: concat!("^", time!(), "$"),
        outer: Some(concat!("^", loose_time!(), "$")),
        judged: Some(r"^[0-9:]{8}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9:]{5})$"),
    },
    Known {
        name: "date-time",
        inner: concat!("^", date!(), "[Tt]", time!(), "$"),
        outer: Some(concat!("^", loose_date!(), "[Tt]", loose_time!(), "$")),
        judged: Some(r"^[0-9-]{10}[Tt][0-9:]{8}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9:]{5})$"),
    },
    exact("uuid", r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"),
    exact("ipv4", concat!("^(?:", octet!(), r"\.){3}", octet!(), "$")),
    exact(
        "duration",
        concat!(
            "^P(?:[0-9]+W|",
            hours!(),
            "|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)(?:",
            hours!(),
            ")?)$"
        ),
    ),
    exact("json-pointer", concat!("^", pointer!(), "$")),
    exact("relative-json-pointer", concat!("^(?:0|[1-9][0-9]*)(?:#|", pointer!(), ")$")),
    between("ipv6", r"^(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}$|^::1?$", r"^[0-9A-Fa-f:.]{2,45}$"),
    between("email", r"^[a-z]{1,20}@[a-z]{1,20}\.[a-z]{2,5}$", r"^[\s\S]+@[\s\S]+$"),
    between(
        "uri",
        r"^https?:\/\/[a-z]{1,20}\.[a-z]{2,5}(?:\/[a-z]*)?$",
        r"^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z_a-z~\[\]]*$",
    ),
    // Draft 4 knows hyphens that later drafts refuse.
    Known {
        name: "hostname",
        inner: r"^[a-z](?:[a-z0-9]{0,40}[a-z])?(?:\.[a-z]{1,20}){0,3}$",
        outer: Some(r"^[A-Za-z0-9.-]{1,253}$"),
        judged: Some(r"^[A-Za-z0-9.]*$"),
    },
];

const fn exact(name: &'static str, inner: &'static str) -> Known {
    Known { name, inner, outer: None, judged: None }
}

const fn between(name: &'static str, inner: &'static str, outer: &'static str) -> Known {
    Known { name, inner, outer: Some(outer), judged: Some("") }
}

/// The automata of a format.
pub(super) struct Format {
    pub(super) inner: Arc<Table>,
    pub(super) outer: Arc<Table>,
    /// Whether both are one.
    pub(super) is_exact: bool,
    judged: Option<&'static str>,
}

/// What is known of the format; nothing, if it is no regular language or not known.
pub(super) fn known(name: &str) -> Option<Format> {
    let known = KNOWN.iter().find(|known| known.name == name)?;
    let inner = kept(known.inner)?;
    let outer = known.outer.map_or_else(|| Some(Arc::clone(&inner)), kept)?;
    Some(Format { inner, outer, is_exact: known.outer.is_none(), judged: known.judged })
}

impl Format {
    /// Whether a text is of the format, if no validator needs to be asked.
    pub(super) fn holds(&self, text: &str) -> Option<bool> {
        match (self.inner.is_match(text), self.outer.is_match(text)) {
            (true, _) => Some(true),
            (_, false) => Some(false),
            _ => None,
        }
    }

    /// Whether the word of a validator counts for a text that is neither surely of the format nor surely not.
    pub(super) fn is_for_validators(&self, text: &str) -> bool {
        self.judged.and_then(kept).is_some_and(|judged| judged.is_match(text))
    }
}
