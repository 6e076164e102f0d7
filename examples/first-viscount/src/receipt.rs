//! How every service of this system takes in a record: versions are told apart before anything else.

use event_contracts::Category;
use event_contracts_delivery::{Failure, Record};
use example_contracts::first_viscount::{CorrelationId, FirstViscountEvent};
use example_kit::{Context, Error};

/// Decodes a record. A newer minor version is read and pointed out; another major version is refused.
///
/// # Errors
/// [`Failure::Refused`] for a major version that this code does not know: a deployment is missing, and the message is
/// fine. [`Failure::Poison`] for everything else that is no valid event.
pub(crate) fn decode(context: &Context, record: &Record) -> Result<FirstViscountEvent, Failure> {
    let event = FirstViscountEvent::decode(record.payload()).map_err(|error| match error.category() {
        Category::UnsupportedVersion => {
            context.tell(error.event().unwrap_or("?"), format_args!("refused: {error}"));
            Failure::refused(error)
        }
        _ => Failure::from(error),
    })?;
    if let (Some(version), Some(info)) = (event.version(), event.info())
        && version > info.version
    {
        let (event, known) = (info.event_type, info.version);
        context.tell(event, format_args!("is version {version}, newer than {known}: read, and new members kept"));
    }
    Ok(event)
}

/// A new flow of events, which the word `origin` began.
///
/// # Errors
/// `origin` is no lower-case word.
pub(crate) fn correlation(origin: &str) -> Result<CorrelationId, Error> {
    Ok(CorrelationId::new(format!("{origin}_{}", event_contracts::Uuid::new_v4()))?)
}
