//! What tests of a contract crate hold on to: its surface, and what its edits break.

use std::path::Path;
use std::time::SystemTime;

use crate::evolution;
use crate::source::bundle;
use crate::waivers::Day;
use crate::{Loaded, load, load_folder};

/// Snapshots the surface of the schemas in a folder: an edit shows as a diff in `cargo insta review`.
///
/// The crate that calls it needs `insta` as a dev-dependency. The folder is relative to the package.
///
/// ```ignore
/// #[test]
/// fn the_contracts_are_what_was_agreed() {
///     event_contracts_codegen::snapshot!("schemas");
/// }
/// ```
///
/// With a second argument, what `cargo contracts breaking` says against that bundle or folder is snapshot, too:
/// `snapshot!("schemas", "released.json")`.
#[macro_export]
macro_rules! snapshot {
    ($schemas:expr) => {
        ::insta::assert_snapshot!(
            "surface",
            $crate::snapshot::surface_of(::core::env!("CARGO_MANIFEST_DIR"), $schemas),
            $schemas
        )
    };
    ($schemas:expr, $against:expr) => {
        $crate::snapshot!($schemas);
        ::insta::assert_snapshot!(
            "breaking",
            $crate::snapshot::breaking_of(::core::env!("CARGO_MANIFEST_DIR"), $schemas, $against),
            $against
        )
    };
}

/// For [`snapshot!`](crate::snapshot): the surface of a folder, or what is wrong with it.
#[must_use]
pub fn surface_of(package: &str, schemas: &str) -> String {
    loaded(package, schemas).map_or_else(|wrong| wrong, |loaded| evolution::surface(&loaded))
}

/// For [`snapshot!`](crate::snapshot): what edits break, each finding in a line, and who deploys first.
#[must_use]
pub fn breaking_of(package: &str, schemas: &str, against: &str) -> String {
    let both = loaded(package, against).and_then(|old| Ok((old, loaded(package, schemas)?)));
    both.map_or_else(
        |wrong| wrong,
        |(old, new)| {
            let report = evolution::changes(&old, &new, Day::of(SystemTime::now()));
            let findings = report.findings.iter().map(|finding| {
                let breaks: Vec<String> =
                    finding.breaks.iter().map(|one| format!("\n  {}: {}", one.direction, one.witness)).collect();
                let rust = finding.rust.iter().map(|one| format!("\n  rust: {}", one.says));
                let lines = breaks.into_iter().chain(rust).collect::<String>();
                format!("{} {}{lines}\n", finding.diagnostic.rule.id, finding.diagnostic.message)
            });
            findings.chain(report.rollout.iter().map(|step| format!("deploy {step}\n"))).collect()
        },
    )
}

/// A folder or a bundle, relative to a package.
fn loaded(package: &str, place: &str) -> Result<Loaded, String> {
    let path = Path::new(package).join(place);
    let is_bundle = path.extension().is_some_and(|extension| extension == "json");
    let read = if is_bundle { bundle::read(&path).and_then(load_folder) } else { load(&path) };
    read.map_err(|found| found.sorted().iter().map(|finding| finding.short() + "\n").collect())
}
