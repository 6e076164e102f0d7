//! `cargo contracts completions`: what a shell needs to complete the command.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Args;
use crate::failure::Failure;

pub(crate) fn run(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    let mut command = Args::command().bin_name("cargo-contracts");
    clap_complete::generate(shell, &mut command, "cargo-contracts", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
