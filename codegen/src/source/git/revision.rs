//! Which commit is meant: by a name that somebody gave, or by what the surroundings suggest.

use std::fmt;

use super::repository::Repository;
use super::{Result, missing, tree};
use crate::diagnostic::Diagnostic;
use crate::source::Earlier;

/// A revision, as gitrevisions(7) knows them: `origin/main`, `v1.2.0`, `3f2c1ab`, `HEAD~3`.
///
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// As it was given.
    pub name: String,
    /// Where the schema folder stood then, below the root of the repository, if not where it stands now.
    pub folder: Option<String>,
    /// Which commit of it is meant.
    pub point: Point,
}

/// Which commit of a revision is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Point {
    /// Of a *branch*, of this repository or of a remote, the commit where HEAD parted from it: what others have added to it
    /// since is not ours to answer for. Everything else means itself: tags (peeled), hashes, `HEAD~3`, `main^0`,
    /// `FETCH_HEAD`.
    #[default]
    Parting,
    /// The revision itself, even if it is a branch.
    Itself,
    /// The commit where it parted from another revision, whatever both are.
    PartedFrom(String),
}

/// A commit that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What people call it, so that `git show NAME:FILE` shows the files that were read: the name that was given, or the
    /// beginning of the hash where a branch has moved on.
    pub name: String,
    /// The name that was given, or that the surroundings suggest.
    pub asked: String,
    /// The whole hash.
    pub id: String,
    /// Whether it is where HEAD parted from the branch that was asked for.
    pub is_merge_base: bool,
}

/// How much of a hash is shown.
const SHORT: usize = 10;

impl Revision {
    /// `REVISION` or `REVISION:FOLDER`, as git writes the path of a file in a revision.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        // A colon in braces belongs to a search, `HEAD^{/fix: total}`; one at the start is no path either.
        let mut depth = 0;
        let colon = text.char_indices().find(|(index, letter)| {
            depth += i32::from(*letter == '{') - i32::from(*letter == '}');
            *letter == ':' && depth == 0 && *index > 0
        });
        let colon = colon.filter(|_| !text.starts_with(':'));
        let (name, folder) = match colon {
            Some((index, _)) => {
                let parts = text[index + 1..].split('/').filter(|part| !part.is_empty() && *part != ".");
                (&text[..index], Some(parts.collect::<Vec<_>>().join("/")))
            }
            None => (text, None),
        };
        Self { name: name.to_owned(), folder, point: Point::default() }
    }

    /// The commit that it means.
    pub(super) fn resolve(&self, repository: &Repository) -> Result<Commit> {
        resolve(repository, &self.name, &self.point)
    }
}

impl Commit {
    fn exactly(name: &str, id: String) -> Self {
        Self { name: name.to_owned(), asked: name.to_owned(), id, is_merge_base: false }
    }

    /// The beginning of the hash.
    #[must_use]
    pub fn short(&self) -> &str {
        self.id.get(..SHORT).unwrap_or(&self.id)
    }
}

impl fmt::Display for Commit {
    /// `origin/main (3f2c1ab0c4, merge base)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}{})", self.asked, self.short(), if self.is_merge_base { ", merge base" } else { "" })
    }
}

fn resolve(repository: &Repository, name: &str, point: &Point) -> Result<Commit> {
    let commit = |name: &str| {
        repository.commit(name).map_err(|said| missing::revision(repository, name, *point == Point::Itself, &said))
    };
    let tip = commit(name)?;
    let (other, other_name) = match point {
        Point::PartedFrom(other) => (commit(other)?, other.as_str()),
        // HEAD did not part from itself, whatever branch it stands on.
        Point::Parting if !matches!(name, "HEAD" | "@") && repository.branch(name).is_some() => {
            match repository.head()? {
                Some(head) => (head, "HEAD"),
                // Before the first commit there is nothing that could have parted.
                None => return Ok(Commit::exactly(name, tip)),
            }
        }
        _ => return Ok(Commit::exactly(name, tip)),
    };
    let Some(id) = repository.merge_base(&other, &tip)? else {
        return Err(missing::merge_base(repository, name, other_name));
    };
    let is_tip = id == tip;
    let mut commit = Commit { asked: name.to_owned(), is_merge_base: true, ..Commit::exactly(name, id) };
    if !is_tip {
        commit.name = commit.short().to_owned();
    }
    Ok(commit)
}

/// The commit to compare with if nobody has named one: in CI what the merge request says, else where HEAD parted from the
/// default branch. Where HEAD is such a commit itself, the work tree is compared with it, if it has changed or is another
/// branch that has no commit yet, and otherwise what the last commit has done.
pub(super) fn usual(repository: &Repository) -> Result<Earlier<Commit>> {
    let Some(head) = repository.head()? else {
        return Ok(Earlier::Nothing("there is no commit yet".to_owned()));
    };
    if let Some(branch) = repository.git.reads("GITHUB_BASE_REF") {
        let commit = resolve(repository, &format!("origin/{branch}"), &Point::Parting);
        return commit.map(Earlier::State).map_err(|finding| told_by("GITHUB_BASE_REF", *finding));
    }
    if let Some(id) = repository.git.reads("CI_MERGE_REQUEST_DIFF_BASE_SHA") {
        let commit = resolve(repository, &id, &Point::Itself);
        return commit.map(Earlier::State).map_err(|finding| told_by("CI_MERGE_REQUEST_DIFF_BASE_SHA", *finding));
    }
    let Some(branch) = default_branch(repository)? else {
        return at_head(repository, head, true);
    };
    let commit = resolve(repository, &branch.short, &Point::Parting)?;
    if commit.id == head {
        let is_default = repository.current().is_none_or(|current| current == branch.local());
        return at_head(repository, head, is_default);
    }
    Ok(Earlier::State(commit))
}

fn told_by(variable: &str, finding: Diagnostic) -> Box<Diagnostic> {
    Box::new(finding.note(format!("the environment variable `{variable}` names it")))
}

fn at_head(repository: &Repository, head: String, is_default: bool) -> Result<Earlier<Commit>> {
    let commit = Commit::exactly("HEAD", head.clone());
    let is_changed =
        if repository.has_work_tree { repository.has_changes()? } else { tree::differs(repository, &commit) };
    if !is_default || is_changed {
        return Ok(Earlier::State(commit));
    }
    match repository.commit("HEAD~1") {
        Ok(parent) => Ok(Earlier::State(Commit::exactly("HEAD~1", parent))),
        Err(_) if repository.is_shallow && repository.has_parent(&head) => Err(missing::parent()),
        Err(_) => Ok(Earlier::Nothing("HEAD is the first commit".to_owned())),
    }
}

/// The branch that everything comes together on.
struct Branch {
    /// `origin/main`, or `main` where there is no remote.
    short: String,
    /// `origin`, unless there is no remote.
    remote: Option<String>,
}

impl Branch {
    /// The branch of this repository that goes by the same name.
    fn local(&self) -> String {
        let below = self.remote.as_ref().and_then(|remote| self.short.strip_prefix(&format!("{remote}/")));
        format!("refs/heads/{}", below.unwrap_or(&self.short))
    }
}

/// The default branch of `origin`, or of the first remote there is; of this repository if no branch of a remote is known.
fn default_branch(repository: &Repository) -> Result<Option<Branch>> {
    let find = |places: &[String]| places.iter().find_map(|place| repository.branch(place));
    if let Some(remote) = repository.remotes().into_iter().next() {
        let prefix = format!("refs/remotes/{remote}/");
        if let Some(full) = find(&["HEAD", "main", "master"].map(|branch| format!("{prefix}{branch}"))) {
            let short = full.replacen("refs/remotes/", "", 1);
            return Ok(Some(Branch { short, remote: Some(remote) }));
        }
        if !repository.names(&prefix).is_empty() {
            return Err(missing::default_branch(repository, &remote));
        }
    }
    let places = ["main", "master"].map(|branch| format!("refs/heads/{branch}"));
    Ok(find(&places).map(|full| Branch { short: full.replacen("refs/heads/", "", 1), remote: None }))
}
