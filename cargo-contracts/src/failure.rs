//! Why a command could not do its work.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::command::INCOMPLETE;

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Vec<String>,
    code: u8,
    is_quiet: bool,
}

impl Failure {
    /// The command could not do its work.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new(), code: INCOMPLETE, is_quiet: false }
    }

    /// What was asked for does not exist.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, ..Self::new(message) }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Says it on standard error; what is left is the exit code.
    pub(crate) fn tell(&self) -> ExitCode {
        if !self.is_quiet {
            let _ = write!(anstream::stderr(), "{self}");
        }
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (error, help) = (clap::builder::Styles::styled(), clap::builder::Styles::styled());
        writeln!(f, "{0}error:{0:#} {1}", error.get_error(), self.message)?;
        self.help.iter().try_for_each(|line| writeln!(f, "{0}help:{0:#} {line}", help.get_valid()))
    }
}

/// Failures to write: a reader that has gone away has seen enough.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_quiet = error.kind() == ErrorKind::BrokenPipe;
        Self { is_quiet, ..Self::new(format!("cannot write: {error}")) }
    }
}
