//! `cargo contracts schema`: the schemas of what is read and written, as `schemas/meta/` has them.

use std::io::Write;
use std::process::ExitCode;

use event_contracts_codegen::contract::manifest::{meta_schema, meta_schemas};
use event_contracts_codegen::source::bundle;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{compare, pairs};
use crate::failure::Failure;
use crate::report::json;

/// A schema by the name of its file, and what it is of.
type Described = (&'static str, &'static str, Value);

pub(crate) fn run(wanted: Option<&str>) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    let Some(wanted) = wanted else {
        for (file, what, _) in all() {
            writeln!(out, "{:8} {what}", name(file))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let found = all().into_iter().find(|(file, ..)| name(file) == name(wanted).trim_end_matches(".json"));
    match found {
        Some((.., schema)) => {
            writeln!(out, "{schema:#}")?;
            Ok(ExitCode::SUCCESS)
        }
        None => {
            Err(Failure::usage(format!("there is no schema `{wanted}`")).help("`cargo contracts schema` lists all"))
        }
    }
}

fn name(file: &str) -> &str {
    file.trim_end_matches(".schema.json")
}

fn all() -> Vec<Described> {
    let [system, x_event] = meta_schemas();
    let [report, compare, pairs] = written();
    vec![
        (system.0, "`system.json` of each system", system.1),
        (x_event.0, "`x-event` of each event's schema", x_event.1),
        ("bundle.schema.json", "what `bundle` writes and `--against` reads", bundle::meta_schema()),
        (report.0, "what `lint`, `validate` and `breaking` write with `--format json`", report.1),
        (compare.0, "what `compare --format json` writes", compare.1),
        (pairs.0, "a line of what `compare --pairs` writes", pairs.1),
    ]
}

/// The schemas of what this command writes, by the names of their files.
fn written() -> [(&'static str, Value); 3] {
    let settings = || SchemaSettings::draft2020_12().for_serialize();
    [
        ("report.schema.json", meta_schema::<json::Document<'_>>("report", settings())),
        ("compare.schema.json", meta_schema::<compare::Document<'_>>("comparison of two schemas", settings())),
        ("pairs.schema.json", meta_schema::<pairs::Answered<'_>>("comparison of a pair", settings())),
    ]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn schemas_are_those_of_the_types() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/meta");
        for (name, schema) in super::written() {
            let (path, expected) = (folder.join(name), format!("{schema:#}\n"));
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::write(&path, &expected).unwrap();
            }
            assert!(
                std::fs::read_to_string(&path).unwrap_or_default() == expected,
                "schemas/meta/{name} is out of date; `UPDATE_EXPECT=1 cargo test -p cargo-contracts schemas` writes it"
            );
            assert!(jsonschema::meta::is_valid(&schema), "{name} is a schema itself");
        }
    }
}
