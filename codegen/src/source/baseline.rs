//! What a contract is compared with: an earlier state of it, by the words that people use for one.

use std::path::{Path, PathBuf};

use super::git::Point;
use super::{Folder, Git, Revision, bundle, git, read_folder};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};

/// An earlier state of the contract: a git revision, a folder, or a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Baseline {
    /// What the surroundings suggest, if nobody says anything.
    ///
    /// In CI the target of the merge request (`GITHUB_BASE_REF`, `CI_MERGE_REQUEST_DIFF_BASE_SHA`). Else the commit where
    /// HEAD parted from the default branch: `origin/HEAD`, `origin/main` or `origin/master`; in a repository without remote
    /// branches `main` or `master`. If HEAD itself is that commit: HEAD, as long as the work tree has other schemas or the
    /// branch is a new one; on the default branch, and where no branch is checked out, `HEAD~1`.
    #[default]
    Usual,
    /// A commit of the repository that holds the schema folder.
    Revision(Revision),
    /// A folder like the schema folder.
    Folder(PathBuf),
    /// A file that [`bundle::write`] has made.
    Bundle(PathBuf),
}

/// What a baseline turned out to be.
#[derive(Debug)]
pub enum Earlier<T> {
    /// The state that was meant.
    State(T),
    /// There is none yet, which is no mistake: a first commit, or one before the first schema. Says why.
    Nothing(String),
}

/// The words by which a baseline says of itself what it is.
const FORMS: &str = "say which by `git:NAME`, `dir:PATH` or `bundle:FILE`";

impl Baseline {
    /// What somebody has typed behind `--against`.
    ///
    /// An existing folder is a folder, an existing file whose name ends in `.json` is a bundle, all else is a revision, where
    /// `REVISION:PATH` says that the schema folder stood elsewhere. `git:`, `dir:` and `bundle:` in front leave no doubt.
    ///
    /// ```
    /// use event_contracts_codegen::Baseline;
    /// use event_contracts_codegen::source::Git;
    ///
    /// let git = Git::here();
    /// let parse = |text| Baseline::parse(text, "schemas".as_ref(), &git).unwrap();
    /// assert!(matches!(parse("src"), Baseline::Folder(_)));
    /// assert!(matches!(parse("bundle:../released.json"), Baseline::Bundle(_)));
    /// assert!(matches!(parse("origin/main"), Baseline::Revision(_)));
    /// ```
    ///
    /// # Errors
    /// An empty text; a folder or file that has the name of a revision, too.
    pub fn parse(text: &str, schemas: &Path, git: &Git) -> Result<Self, Diagnostics> {
        if let Some((form, rest)) = text.split_once(':') {
            match form {
                _ if rest.is_empty() => {}
                "git" => return Ok(Self::Revision(Revision::parse(rest))),
                "dir" => return Ok(Self::Folder(git.path(rest.as_ref()))),
                "bundle" => return Ok(Self::Bundle(git.path(rest.as_ref()))),
                _ => {}
            }
        }
        if text.is_empty() || matches!(text, "git:" | "dir:" | "bundle:") {
            return Err(unclear(format!("`{text}` names nothing to compare with"), FORMS));
        }
        let path = git.path(text.as_ref());
        let (found, what) = if path.is_dir() {
            (Self::Folder(path), "a folder")
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "json") {
            (Self::Bundle(path), "a file")
        } else {
            return Ok(Self::Revision(Revision::parse(text)));
        };
        if git::has_revision(text, schemas, git) {
            return Err(unclear(format!("`{text}` is {what} here, and a revision, too"), FORMS));
        }
        Ok(found)
    }

    /// Two states, older and newer, as `A..B`. Both mean themselves, as for `git diff A..B`; with three dots the older is
    /// where the two branches parted. A side that is left out is `HEAD`.
    ///
    /// ```
    /// use event_contracts_codegen::Baseline;
    /// use event_contracts_codegen::source::Git;
    ///
    /// let range = Baseline::range("v1.0..v1.1", "schemas".as_ref(), &Git::here());
    /// let Ok((Baseline::Revision(older), Baseline::Revision(newer))) = range else { panic!() };
    /// assert_eq!((older.name.as_str(), newer.name.as_str()), ("v1.0", "v1.1"));
    /// ```
    ///
    /// # Errors
    /// A text without `..`; what is wrong with a side.
    pub fn range(text: &str, schemas: &Path, git: &Git) -> Result<(Self, Self), Diagnostics> {
        let Some((older, newer, is_from_parting)) = sides(text) else {
            let help =
                "write `OLDER..NEWER`, such as `v1.0..v1.1` or `dir:old..dir:new`; a side that is left out is `HEAD`";
            return Err(unclear(format!("`{text}` is no range"), help));
        };
        let side = |text: &str| Self::parse(if text.is_empty() { "git:HEAD" } else { text }, schemas, git);
        match (side(older)?.exact(), side(newer)?.exact()) {
            (Self::Revision(older), Self::Revision(newer)) if is_from_parting => {
                let point = Point::PartedFrom(newer.name.clone());
                Ok((Self::Revision(Revision { point, ..older }), Self::Revision(newer)))
            }
            _ if is_from_parting => {
                let message = format!("`{text}` asks where two states parted, which only revisions do");
                Err(unclear(message, "write two dots between folders and bundles"))
            }
            sides => Ok(sides),
        }
    }

    /// The same, a branch meaning its newest commit.
    #[must_use]
    pub fn exact(mut self) -> Self {
        if let Self::Revision(revision) = &mut self {
            revision.point = Point::Itself;
        }
        self
    }

    /// The texts of the schema folder `schemas` as they were. Nothing more is read later, neither from disk nor by git.
    ///
    /// # Errors
    /// Git cannot be asked or lacks what is meant, with the command that fetches it; a folder or bundle cannot be read; what
    /// is no JSON.
    pub fn read(&self, schemas: &Path, git: &Git) -> Result<Earlier<Folder>, Diagnostics> {
        match self {
            Self::Usual => git::read(None, schemas, git),
            Self::Revision(revision) => git::read(Some(revision), schemas, git),
            Self::Folder(path) => read_folder(path).map(Earlier::State),
            Self::Bundle(path) => bundle::read(path).map(Earlier::State),
        }
    }
}

/// The two sides of a range, and whether three dots stand between them. Dots beside a slash belong to a path.
fn sides(text: &str) -> Option<(&str, &str, bool)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("..").map(|at| from + at) {
        let is_three = text[at..].starts_with("...");
        let after = at + if is_three { 3 } else { 2 };
        if !text[..at].ends_with('/') && !text[after..].starts_with('/') {
            return Some((&text[..at], &text[after..], is_three));
        }
        from = after;
    }
    None
}

fn unclear(message: String, help: &str) -> Diagnostics {
    Box::new(Diagnostic::nowhere(Rule::BASELINE_UNCLEAR, message).help(help)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_two_sides() {
        for (text, expected) in [
            ("a..b", Some(("a", "b", false))),
            ("v1.0..v1.1", Some(("v1.0", "v1.1", false))),
            ("a...b", Some(("a", "b", true))),
            ("..b", Some(("", "b", false))),
            ("a..", Some(("a", "", false))),
            ("dir:../old..dir:../new", Some(("dir:../old", "dir:../new", false))),
            ("dir:a/../b..git:v1", Some(("dir:a/../b", "git:v1", false))),
            ("dir:../old", None),
            ("v1.0", None),
        ] {
            assert_eq!(sides(text), expected, "{text}");
        }
    }

    #[test]
    fn revisions_may_name_a_folder() {
        for (text, name, folder) in [
            ("origin/main", "origin/main", None),
            ("origin/main:old/schemas/", "origin/main", Some("old/schemas")),
            ("v1:./schemas", "v1", Some("schemas")),
            ("v1:", "v1", Some("")),
            ("v1:./", "v1", Some("")),
            ("v1:.schemas//a", "v1", Some(".schemas/a")),
            ("HEAD^{/fix: total}", "HEAD^{/fix: total}", None),
            (":/fix: total", ":/fix: total", None),
        ] {
            let revision = Revision::parse(text);
            assert_eq!((revision.name.as_str(), revision.folder.as_deref()), (name, folder), "{text}");
        }
    }
}
