//! `cargo contracts`: arguments in, a command of the library, a report out.

mod args;
mod command;
mod failure;
mod report;
mod status;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // As a subcommand of Cargo, the first argument is the name of the subcommand.
    let arguments =
        std::env::args_os().enumerate().filter(|(index, argument)| !(*index == 1 && argument == "contracts"));
    let args = args::Args::parse_from(arguments.map(|(_, argument)| argument));
    args.colour().write_global();
    match command::run(&args) {
        Ok(findings) => findings,
        Err(failure) => failure.tell(),
    }
}
