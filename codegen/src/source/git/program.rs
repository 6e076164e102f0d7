//! The `git` program: where it is asked, with which environment, and how it answers.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::diagnostic::{Diagnostic, Rule};

/// Where git is asked, and what its environment says.
///
/// ```
/// use event_contracts_codegen::source::Git;
///
/// let usual = Git::here(); // the folder and the environment of this process
/// let other = Git::at("../shop").variable("GITHUB_BASE_REF", "main");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Git {
    dir: PathBuf,
    variables: BTreeMap<String, String>,
}

/// Why git did not do what it was asked for: its own words, or those of the system that could not start it.
#[derive(Debug)]
pub(super) struct Refusal(pub(super) String);

impl Git {
    /// The folder and the environment of this process.
    #[must_use]
    pub fn here() -> Self {
        Self::default()
    }

    /// Another folder: relative paths, and the search for a repository, start from it.
    #[must_use]
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), ..Self::default() }
    }

    /// Sets an environment variable; an empty value takes it away.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// What a variable says, unless it is empty.
    pub(super) fn reads(&self, name: &str) -> Option<String> {
        let value = self.variables.get(name).cloned().or_else(|| std::env::var(name).ok());
        value.filter(|value| !value.is_empty())
    }

    /// A path as it is seen from the folder.
    pub(in crate::source) fn path(&self, path: &Path) -> PathBuf {
        self.dir.join(path)
    }

    /// The same git, asked in another folder.
    pub(super) fn inside(&self, dir: &Path) -> Self {
        Self { dir: dir.to_owned(), variables: self.variables.clone() }
    }

    /// What git answers.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
        let output = self.command(arguments).stdin(Stdio::null()).output().map_err(|error| unstartable(&error))?;
        answer(output)
    }

    /// What git answers, as one line of text; nothing if it refuses without a word, as `--quiet` makes it do.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<Option<String>, Refusal> {
        match self.ask(arguments) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                Ok(text.lines().next().filter(|line| !line.is_empty()).map(str::to_owned))
            }
            Err(Refusal(said)) if said.is_empty() => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// Asks for many things at once. Questions are written while answers are read: neither side ever waits for the other
    /// because a pipe is full.
    pub(super) fn converse<T>(
        &self,
        arguments: &[&str],
        questions: &[u8],
        listen: impl FnOnce(&mut dyn io::BufRead) -> io::Result<T>,
    ) -> Result<T, Refusal> {
        let piped =
            |command: &mut Command| command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = piped(&mut self.command(arguments)).map_err(|error| unstartable(&error))?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (heard, said) = std::thread::scope(|scope| {
            // A child that has gone away says why on its standard error; that the pipe broke says less.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(questions)));
            let complaints = scope.spawn(move || {
                let mut said = Vec::new();
                stderr.map(|mut stderr| stderr.read_to_end(&mut said));
                said
            });
            let heard = stdout.map_or(Err(io::ErrorKind::BrokenPipe.into()), |stdout| {
                let mut reader = io::BufReader::with_capacity(1 << 16, stdout);
                let heard = listen(&mut reader);
                // Whatever is left must not hold up the child.
                heard.and_then(|heard| io::copy(&mut reader, &mut io::sink()).map(|_| heard))
            });
            (heard, complaints.join().unwrap_or_default())
        });
        let status = child.wait().map_err(|error| Refusal(error.to_string()))?;
        match (heard, answer(Output { status, stdout: Vec::new(), stderr: said })) {
            (Ok(heard), Ok(_)) => Ok(heard),
            (_, Err(refusal)) if !refusal.0.is_empty() => Err(refusal),
            (Err(error), _) => Err(Refusal(error.to_string())),
            (Ok(_), Err(_)) => Err(Refusal(format!("it ended with {status}"))),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // Its words stand beside ours; it takes no lock that others might wait for, and asks nobody for a password.
        command.args(arguments).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        // How paths are meant is said with each question.
        for kind in ["LITERAL", "GLOB", "NOGLOB", "ICASE"] {
            command.env_remove(format!("GIT_{kind}_PATHSPECS"));
        }
        if !self.dir.as_os_str().is_empty() {
            command.current_dir(&self.dir);
        }
        for (name, value) in &self.variables {
            if value.is_empty() {
                command.env_remove(name)
            } else {
                command.env(name, value)
            };
        }
        command
    }
}

impl Refusal {
    /// As a finding; `what` is what was to be done.
    pub(super) fn into_finding(self, what: &str) -> Box<Diagnostic> {
        Box::new(
            Diagnostic::nowhere(Rule::GIT, format!("{what}: {}", self.0))
                .help("name another folder by `--against dir:PATH`, or a bundle by `--against bundle:FILE`"),
        )
    }
}

fn answer(output: Output) -> Result<Vec<u8>, Refusal> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Err(Refusal(lines.join("; ")))
}

fn unstartable(error: &io::Error) -> Refusal {
    Refusal(format!("the program `git` cannot be started: {error}"))
}
