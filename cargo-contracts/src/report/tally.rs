//! How much was found, in numbers.

use std::fmt;

use event_contracts_codegen::diagnostic::Level;

use super::{Accepted, Found};
use crate::status::count;

/// How many findings there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub(crate) struct Tally {
    /// Findings of level `error`.
    pub(crate) errors: usize,
    /// Findings of level `warning`.
    pub(crate) warnings: usize,
    /// Findings of level `note`, which never fail anything.
    pub(crate) notes: usize,
    /// Findings that a waiver accepts.
    pub(crate) waived: usize,
    /// Findings that the command line allows.
    pub(crate) allowed: usize,
    /// Findings for which upcasters make up.
    pub(crate) mitigated: usize,
}

impl Tally {
    pub(super) fn of(open: &[&Found], accepted: &[&Found]) -> Self {
        let of = |level| open.iter().filter(|found| found.diagnostic().level == level).count();
        let by = |is_so: fn(&Accepted) -> bool| {
            accepted.iter().filter(|found| found.accepted.as_ref().is_some_and(is_so)).count()
        };
        Self {
            errors: of(Level::Error),
            warnings: of(Level::Warning),
            notes: of(Level::Note),
            waived: by(|accepted| matches!(accepted, Accepted::Waiver(_))),
            allowed: by(|accepted| matches!(accepted, Accepted::CommandLine)),
            mitigated: by(|accepted| matches!(accepted, Accepted::Upcasters { .. })),
        }
    }
}

impl fmt::Display for Tally {
    /// `2 errors, 0 warnings, 1 waived`; `clean` if there is nothing to see.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { errors, warnings, notes, waived, allowed, mitigated } = *self;
        match errors + warnings + notes {
            0 => f.write_str("clean")?,
            _ => write!(f, "{}, {}", count(errors, "error"), count(warnings, "warning"))?,
        }
        if notes > 0 {
            write!(f, ", {}", count(notes, "note"))?;
        }
        for (number, what) in [(waived, "waived"), (allowed, "allowed"), (mitigated, "mitigated")] {
            if number > 0 {
                write!(f, ", {number} {what}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn only_what_is_there_is_said() {
        let said = |[errors, warnings, notes, waived, allowed, mitigated]: [usize; 6]| {
            Tally { errors, warnings, notes, waived, allowed, mitigated }.to_string()
        };
        assert_eq!(said([0, 0, 0, 0, 0, 0]), "clean");
        assert_eq!(said([1, 0, 0, 0, 0, 0]), "1 error, 0 warnings");
        assert_eq!(said([0, 0, 1, 0, 0, 0]), "0 errors, 0 warnings, 1 note");
        assert_eq!(said([0, 0, 0, 2, 1, 3]), "clean, 2 waived, 1 allowed, 3 mitigated");
    }
}
