//! Git repositories for tests: made in folders of their own, untouched by the configuration of whoever runs them.

#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use event_contracts_codegen::diagnostic::Diagnostics;
use event_contracts_codegen::source::{Earlier, Git};
use event_contracts_codegen::{Baseline, Loaded};

/// What must not come from outside, and what the outside may say in CI.
const CLEAN: &[(&str, &str)] = &[
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_DIR", ""),
    ("GIT_WORK_TREE", ""),
    ("GIT_INDEX_FILE", ""),
    ("GITHUB_BASE_REF", ""),
    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", ""),
];

/// A folder with a repository, or to become one.
pub(crate) struct Repository {
    pub(crate) dir: PathBuf,
}

impl Repository {
    /// An empty folder.
    pub(crate) fn none(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("baseline").join(name);
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self { dir }
    }

    /// A repository without a commit.
    pub(crate) fn empty(name: &str) -> Self {
        let made = Self::none(name);
        made.git(&["init", "-q", "-b", "main", "."]);
        made
    }

    /// A repository with a commit for each state, on `main`.
    pub(crate) fn of(name: &str, states: &[&str]) -> Self {
        let made = Self::empty(name);
        for state in states {
            made.edit(state);
            made.commit(state);
        }
        made
    }

    /// Runs git, with authors and dates that are always the same, and gives what it prints.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        let settings = ["protocol.file.allow=always", "core.autocrlf=false", "gc.auto=0", "core.looseCompression=0"];
        command.args(settings.iter().flat_map(|setting| ["-c", setting])).args(arguments);
        self.clean(&mut command).output().unwrap()
    }

    /// Runs a command as somebody would who pastes it.
    pub(crate) fn paste(&self, line: &str) {
        let output = self.clean(Command::new("sh").args(["-c", line])).output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn clean<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for (name, value) in CLEAN {
            if value.is_empty() {
                command.env_remove(name)
            } else {
                command.env(name, value)
            };
        }
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "a").env(format!("GIT_{who}_EMAIL"), "a@example.com");
            command.env(format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
        }
        command.current_dir(&self.dir)
    }

    /// The schemas become those of a state: its name is the title of the system.
    pub(crate) fn edit(&self, state: &str) {
        if !self.schemas().exists() {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/diagnostics/base/schemas"), &self.schemas());
        }
        let path = self.schemas().join("shop/system.json");
        let text = fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once("\"title\": \"").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        fs::write(path, format!("{before}\"title\": \"{state}\"{after}")).unwrap();
    }

    /// Commits everything; gives the hash.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn schemas(&self) -> PathBuf {
        self.dir.join("schemas")
    }

    /// Another repository that has this one for its `origin`.
    pub(crate) fn clone(&self, name: &str, options: &[&str]) -> Self {
        let made = Self::none(name);
        let url = format!("file://{}", self.dir.display());
        made.git(&[&["clone", "-q"], options, &[&url, "."]].concat());
        made
    }

    /// The git that the library asks: in this folder, and no repository above it counts.
    pub(crate) fn asked(&self) -> Git {
        let git = CLEAN.iter().fold(Git::at(&self.dir), |git, (name, value)| git.variable(*name, *value));
        git.variable("GIT_CEILING_DIRECTORIES", self.dir.parent().unwrap().to_string_lossy())
    }

    pub(crate) fn against(&self, text: &str) -> Result<Earlier<Loaded>, Diagnostics> {
        Baseline::parse(text, &self.schemas(), &self.asked())?.load(&self.schemas(), &self.asked())
    }

    /// The state that a baseline means, with its title: `two @ main (merge base)`.
    pub(crate) fn state(&self, text: &str) -> String {
        said(self.against(text))
    }

    pub(crate) fn usual(&self) -> String {
        said(Baseline::Usual.load(&self.schemas(), &self.asked()))
    }
}

/// `state @ name of its files`, `nothing: why`, or the rules, messages and help of what was found, a line each.
pub(crate) fn said(earlier: Result<Earlier<Loaded>, Diagnostics>) -> String {
    match earlier {
        Ok(Earlier::State(loaded)) => {
            let file = &loaded.folder.documents["shop/system.json"];
            let title = file.value.get("title").unwrap().as_str().unwrap();
            format!("{title} @ {}", file.file.path.trim_end_matches("schemas/shop/system.json").trim_end_matches(':'))
        }
        Ok(Earlier::Nothing(why)) => format!("nothing: {why}"),
        Err(found) => {
            let one = found.iter().map(|finding| {
                let notes = finding.notes.iter().map(|note| format!("\n  note: {note}"));
                let help = finding.help.iter().map(|help| format!("\n  help: {help}"));
                let at = finding.at.as_ref().map_or_else(String::new, |at| format!(" at {at}"));
                format!("{}{at}: {}{}", finding.rule.id, finding.message, notes.chain(help).collect::<String>())
            });
            one.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The command between the first backticks of a line of help that holds `what`.
pub(crate) fn command<'a>(said: &'a str, what: &str) -> &'a str {
    let line =
        said.lines().find(|line| line.contains("help:") && line.contains(what)).unwrap_or_else(|| panic!("{said}"));
    line.split('`').find(|part| part.starts_with("git ")).unwrap_or_else(|| panic!("{said}"))
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::write(target, fs::read(&path).unwrap()).unwrap() }
    }
}
