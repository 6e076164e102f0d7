//! `--deny`, `--warn`, `--allow`: the command line has the last word about what a rule weighs.

use std::collections::BTreeMap;

use event_contracts_codegen::diagnostic::{Level, Rule};

use crate::args::Levels;
use crate::command::explain;
use crate::failure::Failure;
use crate::report::{Accepted, Found};

/// The name for all that is a warning.
const WARNINGS: &str = "warnings";

/// What the command line says about rules.
pub(super) struct Chosen {
    /// By id; `None` allows what is found.
    rules: BTreeMap<&'static str, Option<Level>>,
    /// Whether all other warnings are errors.
    denies_warnings: bool,
}

impl Chosen {
    pub(super) fn of(levels: &Levels) -> Result<Self, Failure> {
        let mut chosen = Self { rules: BTreeMap::new(), denies_warnings: false };
        for (names, level) in
            [(&levels.deny, Some(Level::Error)), (&levels.warn, Some(Level::Warning)), (&levels.allow, None)]
        {
            for name in names {
                if name == WARNINGS && level == Some(Level::Error) {
                    chosen.denies_warnings = true;
                    continue;
                }
                let rule = Rule::find(name).ok_or_else(|| match name.as_str() {
                    WARNINGS | "warning" => Failure::usage(format!("`{name}` is no rule"))
                        .help("`--deny warnings` takes all warnings for errors; a rule is named by id or name"),
                    _ => explain::unknown(name),
                })?;
                if chosen.rules.insert(rule.id, level).is_some_and(|before| before != level) {
                    let message = format!("`{} {}` is given two levels", rule.id, rule.name);
                    return Err(Failure::usage(message).help("name a rule in one of `--deny`, `--warn`, `--allow`"));
                }
            }
        }
        Ok(chosen)
    }

    pub(super) fn weigh(&self, found: &mut Found) {
        if found.accepted.is_some() {
            return;
        }
        match self.rules.get(found.diagnostic().rule.id) {
            Some(Some(level)) => found.diagnostic_mut().level = *level,
            Some(None) => found.accepted = Some(Accepted::CommandLine),
            None if self.denies_warnings && found.diagnostic().level == Level::Warning => {
                found.diagnostic_mut().level = Level::Error;
            }
            None => {}
        }
    }
}
