//! typify's Rust for one event.

use std::panic::{AssertUnwindSafe, catch_unwind};

use schemars::schema::RootSchema;
use serde_json::Value;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::flat::flat;
use crate::subject::Subject;

/// What typify made of an event.
pub struct Typified {
    /// The items, formatted.
    pub code: String,
    /// The name of the event's type.
    pub root: String,
}

/// typify's types; without the member that holds the event type if `tagless`, as serde's internally tagged enums want it.
///
/// # Errors
/// Why typify does not take the schema, panics included.
pub fn typify(subject: &Subject, tagless: bool) -> Result<Typified, String> {
    let schema = flat(&subject.schema, &subject.rust, tagless.then_some(subject.tag.as_str()));
    // It panics on what it does not expect; one event must not end the build.
    catch_unwind(AssertUnwindSafe(|| types(schema))).unwrap_or_else(|_| Err("typify panics".to_owned()))
}

fn types(schema: Value) -> Result<Typified, String> {
    let schema: RootSchema = serde_json::from_value(schema).map_err(|error| error.to_string())?;
    let mut space = TypeSpace::new(TypeSpaceSettings::default().with_struct_builder(false));
    let root = space.add_root_schema(schema).map_err(|error| error.to_string())?.ok_or("no type for the root")?;
    let root = space.get_type(&root).map_err(|error| error.to_string())?.name();
    let file = syn::parse2(space.to_stream()).map_err(|error| error.to_string())?;
    Ok(Typified { code: prettyplease::unparse(&file), root })
}
