//! The few options of the example programs.

use std::fmt;

/// An option that takes a value.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    /// `--brokers`
    pub name: &'static str,
    /// What stands for its value in the help: `HOST:PORT`.
    pub value: &'static str,
    /// What it does.
    pub help: &'static str,
}

/// Where the topics are.
pub const BROKERS: Flag = Flag {
    name: "--brokers",
    value: "HOST:PORT",
    help: "a Kafka cluster; without it, a broker starts inside the process",
};

/// Which service to run.
pub const SERVICE: Flag = Flag {
    name: "--service",
    value: "NAME",
    help: "run this service alone, until Ctrl-C; without it, play the scenario",
};

/// Which system to show.
pub const SYSTEM: Flag = Flag { name: "--system", value: "NAME", help: "show this system only; without it, all" };

/// What the user asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    values: Vec<(&'static str, String)>,
    /// `--help` was among them.
    pub help: bool,
}

/// A command line that is not understood.
#[derive(Debug, PartialEq, Eq)]
pub struct UsageError(String);

impl Arguments {
    /// Reads a command line (without the program's name) of `known` options.
    ///
    /// # Errors
    /// [`UsageError`] names what is not known or lacks its value, and what is known.
    pub fn parse(given: impl IntoIterator<Item = String>, known: &[Flag]) -> Result<Self, UsageError> {
        let mut arguments = Self::default();
        let mut given = given.into_iter();
        while let Some(argument) = given.next() {
            if argument == "--help" || argument == "-h" {
                arguments.help = true;
                continue;
            }
            let (name, attached) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let Some(flag) = known.iter().find(|flag| flag.name == name) else {
                return Err(UsageError(format!("unknown argument `{argument}`\n\n{}", options(known))));
            };
            let value = attached.or_else(|| given.next()).filter(|value| !value.is_empty() && !value.starts_with("--"));
            let missing = || UsageError(format!("`{name}` needs a value: `{name} {}`", flag.value));
            arguments.values.push((flag.name, value.ok_or_else(missing)?));
        }
        Ok(arguments)
    }

    /// The value of an option, the last one if it is given more than once.
    #[must_use]
    pub fn get(&self, flag: Flag) -> Option<&str> {
        self.values.iter().rev().find(|(name, _)| *name == flag.name).map(|(_, value)| value.as_str())
    }
}

/// The options with their help, one a line.
#[must_use]
pub fn options(known: &[Flag]) -> String {
    let mut text = String::from("options:");
    for Flag { name, value, help } in known {
        text.push_str(&format!("\n  {:<22}{help}", format!("{name} {value}")));
    }
    text.push_str("\n  --help                this text");
    text
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, UsageError> {
        Arguments::parse(line.split_whitespace().map(str::to_owned), &[BROKERS, SERVICE])
    }

    #[test]
    fn values_follow_or_are_attached() {
        let arguments = parse("--brokers 127.0.0.1:9092 --service=payment").unwrap();
        assert_eq!(arguments.get(BROKERS), Some("127.0.0.1:9092"));
        assert_eq!(arguments.get(SERVICE), Some("payment"));
        assert!(parse("-h").unwrap().help);
    }

    #[test]
    fn what_is_unknown_names_what_is_known() {
        let said = parse("--broker x").unwrap_err().to_string();
        assert!(said.starts_with("unknown argument `--broker`") && said.contains("--brokers HOST:PORT"), "{said}");
        assert_eq!(parse("--service").unwrap_err().to_string(), "`--service` needs a value: `--service NAME`");
    }
}
