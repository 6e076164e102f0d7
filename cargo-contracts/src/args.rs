//! The command line: what can be said, and what `--help` says about it.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};

/// What a command says at the end of its long help: its own text, and what its exit code means.
macro_rules! closing {
    ($text:literal) => {
        concat!(
            $text,
            "\n\n\
Exit codes:
  0    all is well
  100  something was found
  101  the command could not do its work
  2    the command line is wrong"
        )
    };
}

/// Event contracts as JSON Schema: lints them, validates payloads, generates Rust types.
#[derive(Debug, Parser)]
#[command(name = "cargo-contracts", bin_name = "cargo contracts", version, after_long_help = closing!("\
Examples:
  cargo contracts init shop-contracts
  cargo contracts lint
  cargo contracts validate captured/*.json"), after_help = "`--help` says more, with exit codes.")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    // These stand after what is a command's own.
    /// The folder that holds one folder per system
    #[arg(long, global = true, display_order = 100, value_name = "DIR", default_value = "schemas")]
    pub(crate) schemas: PathBuf,

    /// When to use colours; without it, `CARGO_TERM_COLOR`, `NO_COLOR`, `CLICOLOR` and the terminal decide
    #[arg(long, global = true, display_order = 101, value_name = "WHEN")]
    color: Option<Colour>,

    /// Print findings only, no status lines
    #[arg(short, long, global = true, display_order = 102)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a contract crate to start from: a system with two events, examples and tests
    #[command(after_long_help = "\
Examples:
  cargo contracts init shop-contracts
  cargo contracts init contracts --name acme-contracts
  cargo contracts init /tmp/try --path ~/event-contracts

No file is ever overwritten.")]
    Init {
        /// The folder of the new crate
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The name of the crate; the folder's name if left out
        #[arg(long)]
        name: Option<String>,
        /// Depend on the event-contracts of this checkout, not on released versions
        #[arg(long, value_name = "DIR")]
        path: Option<PathBuf>,
    },

    /// Check the schemas, their conventions and their examples
    #[command(after_long_help = closing!("\
Examples:
  cargo contracts lint
  cargo contracts lint --schemas contracts/schemas --format github
  cargo contracts lint --write-waivers --owner shop --reason 'before the check'

Findings that are accepted are waived in `system.json`, with a reason, an owner and a last day.
Errors and warnings fail the command. `cargo contracts explain` lists the rules."))]
    Lint {
        #[command(flatten)]
        waivers: NewWaivers,
        /// How findings are written
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },

    /// Judge payloads by the schemas of their events
    #[command(after_long_help = closing!("\
A file is a JSON document, an array of events, or JSON Lines. The event is found by the type that
the payload states.

Examples:
  cargo contracts validate order.json
  cargo contracts validate --event order-service/order.created captured/*.json
  kcat -C -e -t order.events | cargo contracts validate --format json -

Messages never hold values of a payload; only the frames of the human format show its lines."))]
    Validate {
        /// Files with payloads; `-` or nothing reads standard input
        files: Vec<PathBuf>,
        /// Judge every payload as this event, whatever type it states
        #[arg(long, value_name = "[SYSTEM/]TYPE")]
        event: Option<String>,
        /// How findings are written
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },

    /// Compare the contracts with an earlier state: who breaks, by which payload, who deploys first
    #[command(after_long_help = closing!("\
Backward: consumers with the new schemas read retained events.
Forward: consumers as deployed today read what producers write with the new schemas.
What breaks somebody is shown by an event that the one side writes and the other refuses; whatever
is not found here is proved. Producers are taken to write declared members only, as generated ones
do.

Under `--all-versions`, every major version of an event is compared with every later one of the
same folder. Who reads the later one meets events of the older one: where these would be refused,
the upcaster is told that makes up for it, and it is no error. Upcasters are looked for in the Rust
sources of the package or workspace around the schemas; a step without one is an error (EV140).

Examples:
  cargo contracts breaking
  cargo contracts breaking --against origin/release
  cargo contracts breaking --against v1.4.0 --format github
  cargo contracts breaking --against ../deployed/schemas
  cargo contracts breaking --against released.json --witness-dir target/witnesses
  cargo contracts breaking --all-versions
  cargo contracts breaking --deny unproven --allow EV104
  cargo contracts breaking --write-waivers --owner shop --reason 'before the check'

Errors fail the command; warnings do not, unless they are denied. `policy` in `system.json` says in
which directions nobody may break, of a system or topic.

Without `--against`: what the branch started from, or on the default branch the commit before."))]
    Breaking {
        /// A branch (where it parted from HEAD), commit, tag, folder or bundle; also git:…, dir:…, bundle:…
        #[arg(long, value_name = "BASELINE")]
        against: Option<String>,
        /// Take the branch itself, not where it parted from HEAD
        #[arg(long, requires = "against")]
        exact: bool,
        /// Compare the major versions of each event that stand side by side, not with a baseline
        #[arg(long, conflicts_with_all = ["against", "exact"])]
        all_versions: bool,
        /// Where upcasters are looked for, if not in the package or workspace around the schemas
        #[arg(long, value_name = "DIR", requires = "all_versions")]
        upcasters: Option<PathBuf>,
        /// Write each witness to a file of its own in this folder
        #[arg(long, value_name = "DIR")]
        witness_dir: Option<PathBuf>,
        #[command(flatten)]
        levels: Levels,
        #[command(flatten)]
        waivers: NewWaivers,
        /// How findings are written
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },

    /// Write what has changed between two states of the contracts, as Markdown
    #[command(after_long_help = closing!("\
Examples:
  cargo contracts changelog v1.3.0..v1.4.0
  cargo contracts changelog v1.3.0.. > CHANGES.md

An end that is left out is HEAD; `A...B` begins where the two parted."))]
    Changelog {
        /// Two revisions, `A..B`
        range: String,
    },

    /// Prove that a schema accepts whatever another accepts, or show a value that it refuses
    #[command(after_long_help = closing!("\
Backward: the new schema reads what the old one admits, such as retained events.
Forward: the old schema reads what the new one admits, such as consumers of yesterday.
Each is `safe` (proved), `breaking` (with a value, confirmed by validators of both) or `unproven`.

Examples:
  cargo contracts compare order.v1.json order.v2.json
  cargo contracts compare --format short --draft 7 old.json new.json
  cargo contracts compare --pairs pairs.jsonl

A line of `--pairs` is `{\"id\", \"draft\"?, \"old\", \"new\"}`; a line of JSON answers it, in the same
order."))]
    Compare(Compare),

    /// Write the Rust types to a folder, for code that is kept in the repository
    #[command(after_long_help = closing!("\
A build script does the same by `event_contracts_codegen::Contracts::at(\"schemas\").generate()`.
For schemas of other origin: `event_contracts_codegen::Types::of([\"push.json\"]).generate()`.

Examples:
  cargo contracts generate --out src/generated
  cargo contracts generate --out src/generated --check
  cargo contracts generate --types webhooks/push.json --out src/webhooks
  cargo contracts generate --types order.json --map https://acme.org/=vendor --out src/order

Nothing is ever fetched: a `$ref` leads to files beside and below the schema's own, or to what
`--map` names."))]
    Generate {
        /// The folder for the generated files
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Write nothing; fail if a file is not what the schemas generate
        #[arg(long)]
        check: bool,
        /// Leave out the tests of upcasters
        #[arg(long, conflicts_with = "types")]
        no_upcaster_tests: bool,
        #[command(flatten)]
        plain: Plain,
    },

    /// Write all schemas into one file, which a comparison can start from without git
    #[command(after_long_help = closing!("\
The file holds every text letter by letter, with a hash of all of them; the same schemas give the
same file.

Examples:
  cargo contracts bundle --out released.json
  cargo contracts bundle --schemas contracts/schemas --out - | gzip > schemas.json.gz"))]
    Bundle {
        /// The file; `-` is standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Examples, too, which a comparison does not need
        #[arg(long)]
        examples: bool,
    },

    /// Say what a rule is about, with an example and the way out; without a rule, list all
    #[command(after_long_help = "\
Examples:
  cargo contracts explain EV222
  cargo contracts explain example-wrong")]
    Explain {
        /// Its id or its name
        rule: Option<String>,
    },

    /// Write the JSON Schema of a file that this reads or writes; without a name, list all
    #[command(after_long_help = "\
Examples:
  cargo contracts schema report > report.schema.json
  cargo contracts schema system.json")]
    Schema {
        /// `system`, `x-event`, `bundle`, `report`, `compare` or `pairs`
        name: Option<String>,
    },

    /// Write completions for a shell to standard output
    #[command(after_long_help = "\
Examples:
  cargo contracts completions bash > ~/.local/share/bash-completion/completions/cargo-contracts
  cargo contracts completions fish > ~/.config/fish/completions/cargo-contracts.fish")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What rules weigh, whatever they and policies say.
#[derive(Debug, clap::Args)]
pub(crate) struct Levels {
    /// Take what a rule finds for an error: an id, a name, `unproven`; or all `warnings`
    #[arg(long, value_name = "RULE")]
    pub(crate) deny: Vec<String>,
    /// Take what a rule finds for a warning
    #[arg(long, value_name = "RULE")]
    pub(crate) warn: Vec<String>,
    /// Count what a rule finds, and say no more about it
    #[arg(long, value_name = "RULE")]
    pub(crate) allow: Vec<String>,
}

/// Waivers to be written.
#[derive(Debug, clap::Args)]
pub(crate) struct NewWaivers {
    /// Accept what is found: write a waiver for each finding into `system.json`
    #[arg(long, requires_all = ["reason", "owner"])]
    pub(crate) write_waivers: bool,
    /// Why it is accepted
    #[arg(long, value_name = "TEXT", requires = "write_waivers")]
    pub(crate) reason: Option<String>,
    /// Who answers for it
    #[arg(long, value_name = "NAME", requires = "write_waivers")]
    pub(crate) owner: Option<String>,
    /// The last day on which it counts; 90 days from now if left out
    #[arg(long, value_name = "YYYY-MM-DD", requires = "write_waivers")]
    pub(crate) until: Option<String>,
}

/// Two schemas, or many pairs of them.
#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// The old schema; `-` reads standard input
    #[arg(required_unless_present = "pairs", conflicts_with = "pairs")]
    pub(crate) old: Option<PathBuf>,
    /// The new schema
    #[arg(required_unless_present = "pairs", conflicts_with = "pairs")]
    pub(crate) new: Option<PathBuf>,
    /// Compare the pairs of a file, one a line; `-` reads standard input
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "format")]
    pub(crate) pairs: Option<PathBuf>,
    /// The draft of both: 4, 6, 7, 2019-09 or 2020-12; without it `$schema`, or else 2020-12
    #[arg(long, value_name = "DRAFT")]
    pub(crate) draft: Option<String>,
    /// Take `format` for a rule, not for a remark
    #[arg(long)]
    pub(crate) assert_formats: bool,
    /// Of what a schema admits, look only at what a generated writer emits: declared members
    #[arg(long)]
    pub(crate) emitted: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = CompareFormat::Human)]
    pub(crate) format: CompareFormat,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// Sentences, for people
    Human,
    /// A line for each direction
    Short,
    /// One JSON document with a `schema_version`
    Json,
}

/// Schemas that are no event contracts.
#[derive(Debug, clap::Args)]
pub(crate) struct Plain {
    /// Types for these JSON Schemas, of any draft from 4 to 2020-12, in place of the contracts: a module for each file
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) types: Vec<PathBuf>,
    /// Where a document of the web, or all whose addresses begin so, are kept
    #[arg(long, value_name = "URL=PATH", requires = "types")]
    pub(crate) map: Vec<String>,
    /// The draft of schemas that do not name theirs: 4, 6, 7, 2019-09 or 2020-12
    #[arg(long, value_name = "DRAFT", requires = "types", default_value = "2020-12")]
    pub(crate) draft: String,
    /// Take `format` for a remark, not for a rule
    #[arg(long, requires = "types")]
    pub(crate) formats_as_remarks: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Frames with the lines concerned, for people
    Human,
    /// A line for each finding, `file:line:column: error[EV012 name]: …`
    Short,
    /// One JSON document with a `schema_version`
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions, and the summary of the job
    Github,
    /// JUnit XML, with a case for what passed too
    Junit,
    /// Markdown, for a comment on a merge request
    Markdown,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Colour {
    /// Where the terminal shows them
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Args {
    /// What the flag asks for, or else Cargo's own variable; `Auto` leaves it to the terminal and its variables.
    pub(crate) fn colour(&self) -> ColorChoice {
        let cargo = || std::env::var("CARGO_TERM_COLOR").ok().and_then(|when| Colour::from_str(&when, true).ok());
        match self.color.or_else(cargo) {
            None | Some(Colour::Auto) => ColorChoice::Auto,
            Some(Colour::Always) => ColorChoice::Always,
            Some(Colour::Never) => ColorChoice::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn arguments_are_consistent() {
        <super::Args as clap::CommandFactory>::command().debug_assert();
    }
}
