//! Waivers for what was found: how a contract that has a history is brought under this.

use std::path::PathBuf;

use crate::Loaded;
use crate::contract::System;
use crate::contract::manifest::Waiver;
use crate::evolution::report::Finding;
use crate::waivers::{Day, edited};

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

/// What `system.json` of each system has to say so that findings of [`changes`](crate::evolution::changes) are accepted:
/// waivers as narrow as the findings, at the end of those that are there. A waiver that has expired is said anew in its place.
/// What is wrong with waivers themselves cannot be accepted.
///
/// ```
/// use event_contracts_codegen::evolution::{self, Terms};
/// use event_contracts_codegen::{lint::Day, load};
///
/// let contracts = load("../schemas".as_ref()).unwrap();
/// let (today, until) = (Day::parse("2027-01-01").unwrap(), Day::parse("2027-03-31").unwrap());
/// let findings = evolution::changes(&contracts, &contracts, today).findings;
/// let terms = Terms { reason: "before the check".to_owned(), owner: "shop".to_owned(), until };
/// assert_eq!(evolution::accept(&contracts, &findings, &terms), []);
/// ```
#[must_use]
pub fn accept<'a>(
    new: &Loaded,
    findings: impl IntoIterator<Item = &'a Finding, IntoIter: Clone>,
    terms: &Terms,
) -> Vec<Acceptance> {
    let findings = findings.into_iter();
    let of_system = |system: &System| {
        let of_system = findings.clone().filter(|finding| finding.system == system.name.wire);
        of_system.filter(|finding| finding.diagnostic.rule.is_of_evolution()).collect::<Vec<_>>()
    };
    new.contract.systems.iter().filter_map(|system| acceptance(new, system, &of_system(system), terms)).collect()
}

fn acceptance(new: &Loaded, system: &System, findings: &[&Finding], terms: &Terms) -> Option<Acceptance> {
    let Terms { reason, owner, until } = terms;
    let on_terms =
        |waiver: Waiver| Waiver { reason: reason.clone(), owner: owner.clone(), until: until.to_string(), ..waiver };
    let (mut added, mut renewed): (Vec<Waiver>, Vec<(usize, Waiver)>) = (Vec::new(), Vec::new());
    for finding in findings {
        let standing = system.manifest.waivers.iter().enumerate().filter(|(_, waiver)| finding.is_covered_by(waiver));
        let standing: Vec<(usize, Waiver)> =
            standing.map(|(index, waiver)| (index, on_terms(waiver.clone()))).collect();
        if standing.is_empty() && !added.iter().any(|waiver| finding.is_covered_by(waiver)) {
            added.push(on_terms(finding.waiver()));
        }
        for waiver in standing {
            if !renewed.contains(&waiver) {
                renewed.push(waiver);
            }
        }
    }
    let path = format!("{}/system.json", system.name.wire);
    let manifest = new.folder.documents.get(&path)?;
    (!added.is_empty() || !renewed.is_empty()).then(|| Acceptance {
        path: new.folder.root.join(path),
        text: edited(manifest, &added, &renewed),
        added: added.len(),
        renewed: renewed.len(),
    })
}
