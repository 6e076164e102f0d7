//! The other side of a comparison, read once.

use std::path::Path;

use event_contracts_codegen::diagnostic::{Diagnostics, Rule};
use event_contracts_codegen::evolution::{self, Report as Changes};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::{Earlier, Folder, Git, RustFiles};
use event_contracts_codegen::{Baseline, Loaded};

use super::Against;
use crate::status::count;

/// What contracts are compared with.
pub(super) enum Other {
    /// An earlier state of them.
    Earlier(Box<Loaded>),
    /// Themselves, version by version; with the code in which upcasters are looked for.
    Versions(Option<RustFiles>),
}

impl Other {
    pub(super) fn read(schemas: &Path, against: &Against<'_>) -> Result<Earlier<Self>, Diagnostics> {
        match against {
            Against::Baseline { name, exact } => {
                let git = Git::here();
                let baseline = match name {
                    Some(text) => Baseline::parse(text, schemas, &git)?,
                    None => Baseline::Usual,
                };
                let baseline = if *exact { baseline.exact() } else { baseline };
                Ok(match baseline.load(schemas, &git).map_err(of_baseline)? {
                    Earlier::State(old) => Earlier::State(Self::Earlier(Box::new(old))),
                    Earlier::Nothing(reason) => Earlier::Nothing(reason),
                })
            }
            Against::OtherVersions { upcasters } => {
                let rust = match upcasters {
                    Some(folder) => Some(RustFiles::below(folder, evolution::UPCAST)?),
                    None => RustFiles::around(schemas, evolution::UPCAST)?,
                };
                Ok(Earlier::State(Self::Versions(rust)))
            }
        }
    }

    pub(super) fn changes(&self, new: &Loaded, today: Day) -> Changes {
        match self {
            Self::Earlier(old) => evolution::changes(old, new, today),
            Self::Versions(rust) => evolution::versions(new, rust.as_ref(), today),
        }
    }

    /// What is looked for in each system as a whole.
    pub(super) fn rules(&self) -> Vec<&'static Rule> {
        match self {
            Self::Earlier(_) => evolution::of_systems().collect(),
            Self::Versions(_) => evolution::of_versions().collect(),
        }
    }

    /// The earlier state, if it is one.
    pub(super) fn baseline(&self) -> Option<&Folder> {
        match self {
            Self::Earlier(old) => Some(&old.folder),
            Self::Versions(_) => None,
        }
    }

    /// What is compared, for a line of status.
    pub(super) fn described(&self, compared: usize) -> String {
        match self {
            Self::Earlier(old) => format!("{} with {}", count(compared, "event"), old.folder.title()),
            Self::Versions(rust) => {
                let code = match rust {
                    Some(rust) => format!("upcasters of `{}`", rust.folder),
                    None => "no Rust code around".to_owned(),
                };
                format!("{} of major versions, {code}", count(compared, "pair"))
            }
        }
    }
}

/// What is wrong with the earlier state, and so with none of the files that somebody is editing.
fn of_baseline(found: Diagnostics) -> Diagnostics {
    let told = found.sorted().into_iter().map(|finding| match finding.at {
        Some(_) => finding.help("the baseline is wrong here: mend it, or compare with another one by `--against`"),
        None => finding,
    });
    told.fold(Diagnostics::new(), |mut all, finding| {
        all.push(finding);
        all
    })
}
