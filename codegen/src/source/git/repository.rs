//! A repository, and where in it the schema folder stands.

use std::path::{Component, Path, PathBuf};

use super::Result;
use super::program::{Git, Refusal};
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::slashed;

/// A repository that has been found.
pub(super) struct Repository {
    /// Asked in a folder of it.
    pub(super) git: Git,
    /// Whether there is a work tree; a bare repository has none.
    pub(super) has_work_tree: bool,
    /// Whether its history is cut.
    pub(super) is_shallow: bool,
    /// Where the schema folder stands below the root, `services/schemas`; nothing if it is the root.
    pub(super) schemas: String,
    /// Where it stands on the disk, if it is there.
    pub(super) disk: PathBuf,
}

impl Repository {
    /// The repository that holds the schema folder. Who names a repository by `GIT_DIR` means that one, seen from the folder
    /// that git is asked in.
    pub(super) fn of(schemas: &Path, git: &Git) -> Result<Self> {
        let (dir, below) = match git.reads("GIT_DIR") {
            Some(_) => (git.path(Path::new("")), seen_from(&git.path(Path::new("")), schemas)),
            None => nearest(&git.path(schemas)),
        };
        let disk = git.path(schemas);
        let git = git.inside(&dir);
        let facts = git
            .ask(&["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix"])
            .map_err(|refusal| no_repository(schemas, refusal))?;
        let facts = String::from_utf8(facts).map_err(|_| outside(schemas))?;
        let mut lines = facts.splitn(3, '\n');
        let has_work_tree = lines.next() == Some("true");
        let is_shallow = lines.next() == Some("true");
        let prefix = lines.next().map_or("", |prefix| prefix.strip_suffix('\n').unwrap_or(prefix));
        let schemas = below_root(prefix, &below).ok_or_else(|| outside(schemas))?;
        Ok(Self { git, has_work_tree, is_shallow, schemas, disk })
    }

    /// The commit that a name means, or why git knows none.
    pub(super) fn commit(&self, name: &str) -> std::result::Result<String, String> {
        // Of a search for words, `:/fix`, everything that follows is part of the words.
        let found = if name.starts_with(":/") { self.object(name)? } else { name.to_owned() };
        self.object(&format!("{found}^{{commit}}"))
    }

    fn object(&self, name: &str) -> std::result::Result<String, String> {
        match self.git.line(&["rev-parse", "--verify", "--end-of-options", name]) {
            // `^main` is the commits that are not on it.
            Ok(Some(id)) if id.bytes().all(|letter| letter.is_ascii_hexdigit()) => Ok(id),
            Ok(_) => Err("it is no single commit".to_owned()),
            Err(Refusal(said)) => Err(said),
        }
    }

    /// The commit that is checked out; none before the first.
    pub(super) fn head(&self) -> Result<Option<String>> {
        let said = match self.commit("HEAD") {
            Ok(id) => return Ok(Some(id)),
            Err(said) => said,
        };
        // Only a branch that is not there yet has no commit; anything else is a repository that is broken.
        let is_unborn = self.current().is_some_and(|branch| {
            matches!(self.git.ask(&["show-ref", "--verify", "--quiet", &branch]), Err(Refusal(said)) if said.is_empty())
        });
        if is_unborn { Ok(None) } else { Err(Refusal(said).into_finding("git cannot read `HEAD`")) }
    }

    /// The whole name of a branch, here or of a remote; nothing for a tag, a hash and any other expression.
    pub(super) fn branch(&self, name: &str) -> Option<String> {
        let asked = ["rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", name];
        let full = self.git.line(&asked).ok().flatten()?;
        (full.starts_with("refs/heads/") || full.starts_with("refs/remotes/")).then_some(full)
    }

    /// The branch that is checked out, `refs/heads/…`, even before its first commit.
    pub(super) fn current(&self) -> Option<String> {
        self.git.line(&["symbolic-ref", "--quiet", "HEAD"]).ok().flatten()
    }

    /// Where two commits part.
    pub(super) fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>> {
        let answer = self.git.line(&["merge-base", one, other]);
        answer.map_err(|refusal| refusal.into_finding(&format!("git cannot compare {one} with {other}")))
    }

    /// The remotes; `origin` first.
    pub(super) fn remotes(&self) -> Vec<String> {
        let listed = self.git.ask(&["remote"]).unwrap_or_default();
        let mut remotes: Vec<String> = String::from_utf8_lossy(&listed).lines().map(str::to_owned).collect();
        remotes.sort_by_key(|remote| remote != "origin");
        remotes
    }

    /// All branches and tags below a place, by the names that people use.
    pub(super) fn names(&self, place: &str) -> Vec<String> {
        let listed = self.git.ask(&["for-each-ref", "--format=%(refname:short)", place]).unwrap_or_default();
        String::from_utf8_lossy(&listed).lines().map(str::to_owned).collect()
    }

    /// Whether anything below the schema folder differs from HEAD, in the index or in the work tree.
    pub(super) fn has_changes(&self) -> Result<bool> {
        let place = format!(":(top,literal){}", self.schemas);
        let asked =
            ["status", "--porcelain", "-z", "--untracked-files=normal", "--ignore-submodules=all", "--", &place];
        let changes = self.git.ask(&asked);
        let changes = changes.map_err(|refusal| refusal.into_finding("git cannot compare the work tree with HEAD"))?;
        Ok(!changes.is_empty())
    }

    /// Whether a commit has a parent, even if it is not in this repository.
    pub(super) fn has_parent(&self, id: &str) -> bool {
        let commit = self.git.ask(&["cat-file", "commit", id]).unwrap_or_default();
        String::from_utf8_lossy(&commit)
            .lines()
            .take_while(|line| !line.is_empty())
            .any(|line| line.starts_with("parent "))
    }
}

/// The folder itself or the nearest above that exists, and what is left of the path below that.
fn nearest(path: &Path) -> (PathBuf, PathBuf) {
    let here = path.ancestors().find(|above| above.is_dir());
    let here = here.filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new(""));
    (here.to_owned(), path.strip_prefix(here).unwrap_or(path).to_owned())
}

/// A path relative to a folder, as far as that can be said.
fn seen_from(dir: &Path, path: &Path) -> PathBuf {
    if path.is_relative() {
        return path.to_owned();
    }
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(path).strip_prefix(real(dir)).map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// A path below the root of the repository; none if it leads out of it.
fn below_root(prefix: &str, below: &Path) -> Option<String> {
    let mut parts: Vec<&str> = prefix.split('/').filter(|part| !part.is_empty()).collect();
    for part in below.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

fn no_repository(schemas: &Path, Refusal(said): Refusal) -> Box<Diagnostic> {
    let message = format!("git finds no repository around `{}`: {said}", slashed(schemas));
    Box::new(Diagnostic::nowhere(Rule::GIT, message).help(
        "without git, compare with a folder by `--against dir:PATH`, or with a bundle by `--against bundle:FILE`; \
         `cargo contracts bundle --out FILE` writes one",
    ))
}

fn outside(schemas: &Path) -> Box<Diagnostic> {
    let message = format!(
        "the folder `{}` does not stand in the repository that git was asked for, or not under a name in UTF-8",
        slashed(schemas)
    );
    Box::new(
        Diagnostic::nowhere(Rule::GIT, message).help("say where it stands there, `--against git:REVISION:PATH`").help(
            "a repository named by `GIT_DIR` is seen from the current folder, unless `GIT_WORK_TREE` names another",
        ),
    )
}
