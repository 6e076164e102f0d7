//! Waivers for what edits break, written for whoever accepts it.

use crate::Loaded;
use crate::evolution::report::Finding;
use crate::waivers::{Acceptance, Terms};

/// What `system.json` of each system has to say so that findings of [`changes`](crate::evolution::changes) are accepted:
/// waivers as narrow as the findings, at the end of those that are there. A waiver that has expired is said anew in its place.
/// What is wrong with waivers themselves cannot be accepted.
///
/// ```
/// use event_contracts_codegen::evolution;
/// use event_contracts_codegen::lint::{Day, Terms};
/// use event_contracts_codegen::load;
///
/// let contracts = load("../schemas".as_ref()).unwrap();
/// let (today, until) = (Day::parse("2027-01-01").unwrap(), Day::parse("2027-03-31").unwrap());
/// let findings = evolution::changes(&contracts, &contracts, today).findings;
/// let terms = Terms { reason: "before the check".to_owned(), owner: "shop".to_owned(), until };
/// assert_eq!(evolution::accept(&contracts, &findings, &terms), []);
/// ```
#[must_use]
pub fn accept<'a>(new: &Loaded, findings: impl IntoIterator<Item = &'a Finding>, terms: &Terms) -> Vec<Acceptance> {
    let findings = findings.into_iter().filter(|finding| finding.diagnostic.rule.is_of_evolution());
    let findings: Vec<&Finding> = findings.collect();
    let systems = new.contract.systems.iter();
    let accepted = systems.filter_map(|system| {
        let of_system = findings.iter().copied().filter(|finding| finding.system == system.name.wire);
        let of_system: Vec<&Finding> = of_system.collect();
        let covers = |waiver: &_, finding: &&Finding| finding.is_covered_by(waiver);
        let narrow = |finding: &&Finding| {
            let place = finding.diagnostic.at.as_ref().map(|at| at.pointer.clone()).unwrap_or_default();
            (finding.diagnostic.rule.id, finding.event.clone(), place)
        };
        terms.accept(&new.folder, system, &of_system, covers, narrow)
    });
    accepted.collect()
}
