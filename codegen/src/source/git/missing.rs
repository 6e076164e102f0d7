//! What is not in the repository, and the command that brings it.

use super::repository::Repository;
use super::revision::Commit;
use crate::diagnostic::{Diagnostic, Rule};

/// What else there is to compare with.
const ELSE: &str = "a folder is compared with by `--against dir:PATH`, a bundle by `--against bundle:FILE`";

/// What git says of every name that it does not know, which says no more than we do.
const UNKNOWN: &str = "fatal: Needed a single revision";

/// No commit goes by a name.
pub(super) fn revision(repository: &Repository, name: &str, is_exact: bool, said: &str) -> Box<Diagnostic> {
    let said = if said == UNKNOWN { String::new() } else { format!("; git says: {said}") };
    let finding = Diagnostic::nowhere(Rule::REVISION_MISSING, format!("no commit `{name}` here{said}"));
    let remotes = repository.remotes();
    let of_remote = remotes.iter().find_map(|remote| {
        let branch = name.strip_prefix(remote.as_str())?.strip_prefix('/')?;
        (!branch.is_empty()).then_some((remote, branch))
    });
    let depth = if repository.is_shallow { "--depth=1 " } else { "" };
    let finding = match (of_remote, remotes.first()) {
        (Some((remote, branch)), _) => {
            let refspec = quoted(&format!("+refs/heads/{branch}:refs/remotes/{remote}/{branch}"));
            let fetch = |depth: &str| format!("`git fetch {depth}{} {refspec}`", quoted(remote));
            if is_exact || !repository.is_shallow {
                finding.help(format!("if `{remote}` has it, fetch it: {}", fetch(depth)))
            } else {
                // Where HEAD parted from a branch can only be seen in the history.
                finding
                    .help(format!("if `{remote}` has it, fetch it with its history: {}", fetch("--unshallow ")))
                    .help(format!("or only its newest commit, to compare with that by `--exact`: {}", fetch(depth)))
            }
        }
        (None, Some(remote)) if is_hash(name) => {
            finding.help(format!("fetch it: `git fetch {depth}{} {name}`", quoted(remote)))
        }
        (None, Some(remote)) if is_plain(name) => finding
            .help(format!("if it is a branch of `{remote}`: `--against {}`", quoted(&format!("{remote}/{name}"))))
            .help(format!("if it is a tag, fetch it: `git fetch {depth}{} tag {}`", quoted(remote), quoted(name))),
        (None, Some(remote)) if repository.is_shallow => {
            finding.help(format!("fetch the whole history: `git fetch --unshallow {}`", quoted(remote)))
        }
        _ => finding,
    };
    let finding = match nearest(&repository.names("refs/"), name) {
        Some(known) => finding.help(format!("did you mean `{known}`?")),
        None => finding,
    };
    Box::new(finding.help(ELSE))
}

/// Two revisions have no commit in common, as far as can be seen.
pub(super) fn merge_base(repository: &Repository, name: &str, other: &str) -> Box<Diagnostic> {
    let finding = if repository.is_shallow {
        let remote = repository.remotes().into_iter().next().unwrap_or_else(|| "origin".to_owned());
        let remote = quoted(&remote);
        let message = format!("the history here is cut before the commit where `{other}` parted from `{name}`");
        Diagnostic::nowhere(Rule::NO_MERGE_BASE, message)
            .help(format!("fetch the whole history: `git fetch --unshallow {remote}`"))
            .help(format!("or some more of it, until it is enough: `git fetch --deepen=100 {remote}`"))
    } else {
        Diagnostic::nowhere(Rule::NO_MERGE_BASE, format!("`{other}` and `{name}` have no commit in common"))
    };
    let how = if other == "HEAD" { "`--exact`" } else { "two dots in place of three" };
    Box::new(finding.help(format!("or compare with `{name}` as it stands, by {how}")))
}

/// The commit before HEAD is beyond the cut.
pub(super) fn parent() -> Box<Diagnostic> {
    let message = "the history here is cut before `HEAD~1`, the commit before this one";
    Box::new(
        Diagnostic::nowhere(Rule::REVISION_MISSING, message)
            .help("fetch it: `git fetch --deepen=1`")
            .help("or name what to compare with by `--against REVISION`"),
    )
}

/// A remote has branches, none of which is known to be its default.
pub(super) fn default_branch(repository: &Repository, remote: &str) -> Box<Diagnostic> {
    let message = format!(
        "cannot tell what to compare with: there is no `{remote}/HEAD`, `{remote}/main` or `{remote}/master` here"
    );
    let (depth, remote) = (if repository.is_shallow { "--unshallow " } else { "" }, quoted(remote));
    Box::new(
        Diagnostic::nowhere(Rule::REVISION_MISSING, message)
            .help(format!(
                "if its default branch is `main`, fetch it: \
                 `git fetch {depth}{remote} +refs/heads/main:refs/remotes/{remote}/main`"
            ))
            .help("or name what to compare with by `--against REVISION`"),
    )
}

/// A folder that was named holds no system.
pub(super) fn folder(commit: &Commit, below: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::nowhere(Rule::REVISION_MISSING, format!("{commit} holds no system in `{below}`"))
            .help("name the folder that holds one folder per system, by its path below the root of the repository"),
    )
}

/// The known name that is most like another.
fn nearest<'a>(names: &'a [String], name: &str) -> Option<&'a str> {
    let likeness = |known: &str| strsim::jaro_winkler(known, name);
    let near = names.iter().map(String::as_str).filter(|known| likeness(known) > 0.8);
    near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then_with(|| b.cmp(a)))
}

/// A whole hash, SHA-1 or SHA-256: a server gives no commit for less.
fn is_hash(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|letter| letter.is_ascii_hexdigit())
}

/// A name, not an expression such as `HEAD~3`.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['-', '@', ':'])
        && !name.contains(['~', '^', '{', ' ', ':'])
        && name != "HEAD"
}

/// For a shell: the name of a branch may hold what a shell would act upon.
fn quoted(word: &str) -> String {
    let is_harmless = |letter: char| letter.is_ascii_alphanumeric() || "+-./:@_=%".contains(letter);
    if word.chars().all(is_harmless) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
