//! The files of a commit: one listing, and one process that gives all texts.

use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use super::repository::Repository;
use super::revision::Commit;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::source::{Document, Folder, MAX_BYTES, Origin, parse, read_folder, text, too_big};

/// A JSON file of the commit.
struct Entry {
    /// Below the schema folder.
    path: String,
    /// The object that holds its text.
    id: String,
}

/// What an object turned out to be.
enum Blob {
    Bytes(Vec<u8>),
    TooBig(u64),
    Missing,
}

/// The folder `below` the root as it was in a commit: the same files as [`read_folder`](crate::source::read_folder) would
/// take from the disk, so no links, no submodules, nothing in hidden folders. Nothing if there was no system in it.
pub(super) fn read(repository: &Repository, commit: &Commit, below: &str) -> Result<Option<Folder>, Diagnostics> {
    let entries = list(repository, commit, below)?;
    if !entries.iter().any(|entry| matches!(entry.path.split_once('/'), Some((_, "system.json")))) {
        return Ok(None);
    }
    let prefix = if below.is_empty() { String::new() } else { format!("{below}/") };
    let mut folder = Folder {
        root: PathBuf::from(format!("{}:{below}", commit.name)),
        origin: Origin::Commit(commit.clone()),
        ..Folder::default()
    };
    let mut found = Diagnostics::new();
    let questions: String = entries.iter().map(|entry| format!("{}\n", entry.id)).collect();
    let answered = repository.git.converse(&["cat-file", "--batch", "--buffer"], questions.as_bytes(), |answers| {
        for entry in &entries {
            let name = format!("{}:{prefix}{}", commit.name, entry.path);
            match document(&name, next(answers)?) {
                Ok(document) => drop(folder.documents.insert(entry.path.clone(), document)),
                Err(error) => found.push(*error),
            }
        }
        Ok(())
    });
    if let Err(refusal) = answered {
        found.push(*refusal.into_finding(&format!("git cannot read the schemas of `{}`", commit.asked)));
    }
    found.gate().map(|_| Some(folder))
}

/// Whether the schemas of the disk are others than those of a commit, for where git has no work tree to compare with.
pub(super) fn differs(repository: &Repository, commit: &Commit) -> bool {
    let texts = |folder: Folder| -> Vec<(String, String)> {
        folder.documents.into_iter().map(|(path, document)| (path, document.file.text.clone())).collect()
    };
    let there = read(repository, commit, &repository.schemas).ok().flatten().map(texts);
    repository.disk.is_dir() && read_folder(&repository.disk).ok().map(texts) != there
}

fn list(repository: &Repository, commit: &Commit, below: &str) -> Result<Vec<Entry>, Box<Diagnostic>> {
    let mut asked = vec!["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", &commit.id];
    if !below.is_empty() {
        asked.extend(["--", below]);
    }
    let listing = repository.git.ask(&asked);
    let listing = listing.map_err(|refusal| refusal.into_finding(&format!("git cannot list `{}`", commit.asked)))?;
    Ok(listing.split(|byte| *byte == 0).filter_map(|line| entry(&String::from_utf8_lossy(line), below)).collect())
}

/// `100644 blob ID<tab>PATH`: a plain JSON file, or nothing of ours.
fn entry(line: &str, below: &str) -> Option<Entry> {
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split(' ');
    let (mode, id) = (about.next()?, about.nth(1)?);
    // 120000 is a link, 160000 a submodule.
    let path = path.strip_prefix(below)?;
    let path = if below.is_empty() { path } else { path.strip_prefix('/')? };
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_hidden = folders.split('/').any(|folder| folder.starts_with('.'));
    // What starts with its only dot has no extension.
    let is_json = file.strip_suffix(".json").is_some_and(|stem| !stem.is_empty());
    (mode.starts_with("100") && is_json && !is_hidden).then(|| Entry { path: path.to_owned(), id: id.to_owned() })
}

/// The next answer of `cat-file --batch`: `ID blob SIZE`, the bytes, a line end; or `ID missing`.
fn next(answers: &mut dyn BufRead) -> io::Result<Blob> {
    let mut head = String::new();
    if answers.read_line(&mut head)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let head = head.trim_end();
    let (_, size) = head.rsplit_once(' ').unwrap_or_default();
    if size == "missing" {
        return Ok(Blob::Missing);
    }
    let size: u64 = size.parse().map_err(|_| io::Error::other(format!("it answers `{head}`")))?;
    let mut body = answers.take(size.saturating_add(1));
    if size > MAX_BYTES {
        io::copy(&mut body, &mut io::sink())?;
        return Ok(Blob::TooBig(size));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    // The line end belongs to the answer, not to the text.
    if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Blob::Bytes(bytes))
}

fn document(name: &str, blob: Blob) -> Result<Document, Box<Diagnostic>> {
    match blob {
        Blob::Bytes(bytes) => parse(name, text(name, bytes)?),
        Blob::TooBig(size) => Err(too_big(name, size, MAX_BYTES)),
        Blob::Missing => Err(Box::new(
            Diagnostic::nowhere(Rule::GIT, format!("the repository lacks the text of `{name}`"))
                .help("fetch it: `git fetch --refetch`, or `git fsck` to see what else is lost"),
        )),
    }
}
