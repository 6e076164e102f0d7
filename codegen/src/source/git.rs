//! An earlier state out of a git repository: its plumbing is asked, and nothing in the repository is ever changed.

mod missing;
mod program;
mod repository;
mod revision;
mod tree;

use std::path::Path;

use super::{Earlier, Folder};
use crate::diagnostic::{Diagnostic, Diagnostics};
pub use program::Git;
use repository::Repository;
pub use revision::{Commit, Point, Revision};

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// The schema folder as it was in a revision; without one, in what the surroundings suggest.
pub(super) fn read(
    revision: Option<&Revision>,
    schemas: &Path,
    git: &Git,
) -> std::result::Result<Earlier<Folder>, Diagnostics> {
    let repository = Repository::of(schemas, git)?;
    let commit = match revision {
        Some(revision) => revision.resolve(&repository)?,
        None => match revision::usual(&repository)? {
            Earlier::State(commit) => commit,
            Earlier::Nothing(why) => return Ok(Earlier::Nothing(why)),
        },
    };
    let named = revision.and_then(|revision| revision.folder.as_deref());
    let below = named.unwrap_or(&repository.schemas);
    match tree::read(&repository, &commit, below)? {
        Some(folder) => Ok(Earlier::State(folder)),
        // Who names a folder expects it to be there; else it may be new.
        None if named.is_some() => Err(missing::folder(&commit, below).into()),
        None => Ok(Earlier::Nothing(format!(
            "{commit} holds no system in `{below}`; if the schemas stood elsewhere then, name the place: `{}:PATH`",
            commit.asked
        ))),
    }
}

/// Whether a name is a revision where the schema folder stands; it is none where there is no repository.
pub(super) fn has_revision(name: &str, schemas: &Path, git: &Git) -> bool {
    Repository::of(schemas, git).is_ok_and(|repository| repository.commit(name).is_ok())
}
