//! Waivers for what was found: how a contract that has a history is brought under this.

use std::path::PathBuf;

use super::{Day, edit};
use crate::contract::System;
use crate::contract::manifest::Waiver;
use crate::source::Folder;

/// On which terms findings are accepted.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it counts.
    pub until: Day,
}

/// A `system.json` with waivers for findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The file.
    pub path: PathBuf,
    /// Its whole text, in which nothing else has changed.
    pub text: String,
    /// How many waivers are new.
    pub added: usize,
    /// How many had expired and count again.
    pub renewed: usize,
}

impl Terms {
    /// What `system.json` has to say so that findings of its system are accepted, if anything. `covers` says whether a waiver
    /// speaks of a finding, `narrow` gives the rule, event and place of one that speaks of nothing else.
    pub(crate) fn accept<T>(
        &self,
        folder: &Folder,
        system: &System,
        findings: &[T],
        covers: impl Fn(&Waiver, &T) -> bool,
        narrow: impl Fn(&T) -> (&'static str, Option<String>, String),
    ) -> Option<Acceptance> {
        let (mut added, mut renewed): (Vec<Waiver>, Vec<(usize, Waiver)>) = (Vec::new(), Vec::new());
        for finding in findings {
            let standing = system.manifest.waivers.iter().enumerate().filter(|(_, waiver)| covers(waiver, finding));
            let mut is_covered = false;
            for (index, waiver) in standing {
                is_covered = true;
                if !renewed.iter().any(|(known, _)| *known == index) {
                    let Waiver { rule, event, pointer, .. } = waiver.clone();
                    renewed.push((index, self.waiver(rule, event, pointer)));
                }
            }
            if !is_covered && !added.iter().any(|waiver| covers(waiver, finding)) {
                let (rule, event, pointer) = narrow(finding);
                added.push(self.waiver(rule.to_owned(), event, pointer));
            }
        }
        let path = format!("{}/system.json", system.name.wire);
        let manifest = folder.documents.get(&path)?;
        (!added.is_empty() || !renewed.is_empty()).then(|| Acceptance {
            path: folder.root.join(path),
            text: edit::edited(manifest, &added, &renewed),
            added: added.len(),
            renewed: renewed.len(),
        })
    }

    fn waiver(&self, rule: String, event: Option<String>, pointer: String) -> Waiver {
        let (reason, owner, until) = (self.reason.clone(), self.owner.clone(), self.until.to_string());
        Waiver { rule, event, pointer, reason, owner, until }
    }
}
