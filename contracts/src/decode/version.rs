//! The version of a message: as it stands in the text, and as the event that was read states it.

use crate::decode::{Message, at_pointer, member_at};
use crate::error::{Category, DecodeError};
use crate::event::{Event, EventInfo};
use crate::refusal::Refusal;
use crate::version::Version;

/// Whether this code reads the version of an event that was read.
#[inline]
pub(super) fn is_readable<E: Event>(event: &E) -> bool {
    has_one_major::<E>() || E::VERSION.reads(event.version())
}

/// Whether a message states a version that `E` reads, as such a version is usually spelled.
#[inline]
pub(super) fn is_stated_readably<E: Event>(message: &Message<'_>) -> bool {
    has_one_major::<E>() || message.version::<E>().is_some_and(|version| E::VERSION.reads(version))
}

/// Under these schemes there is but one major version, whatever the message states.
const fn has_one_major<E: Event>() -> bool {
    matches!(E::VERSION, Version::Implicit(_) | Version::Integer(_))
}

/// The version that the message states, if `E` reads it.
#[cold]
pub(super) fn readable<E: Event>(message: &Message<'_>, text: &str) -> Result<Option<Version>, DecodeError> {
    let version = stated(message, text, E::INFO)?;
    match version.filter(|version| !E::VERSION.reads(*version)) {
        Some(version) => Err(unsupported(message, text, E::INFO, version)),
        None => Ok(version),
    }
}

/// The version that the message states; `None` where the schema has to judge (no version, or one of another form).
pub(super) fn stated(
    message: &Message<'_>,
    text: &str,
    info: &'static EventInfo,
) -> Result<Option<Version>, DecodeError> {
    let Some(version_at) = info.version_at else { return Ok(None) };
    let raw =
        member_at(text, version_at).map_err(|refusal| message.refuse(Category::Invalid, None, refusal.locate(text)))?;
    Ok(raw.and_then(|raw| info.version.parse_like(raw.as_bytes())))
}

fn unsupported(message: &Message<'_>, text: &str, info: &'static EventInfo, version: Version) -> DecodeError {
    let refusal = Refusal::new("version", format!("version {} or a compatible one", info.version));
    let refusal = at_pointer(refusal, info.version_at.unwrap_or_default());
    message.refuse(Category::UnsupportedVersion, Some(version), refusal.locate(text))
}
