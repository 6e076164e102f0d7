//! What schemas say of arrays.

use super::{Meaning, Step, Use};
use crate::evolution::proof::formula::{Atom, Id};
use crate::schema::Node;

impl Meaning<'_> {
    pub(super) fn arrays(&mut self, at: Use, node: &Node, parts: &mut Vec<Id>) {
        for (place, schema) in node.array.prefix.iter().enumerate() {
            let element = self.schema(self.go(at, *schema), Step::Inside);
            parts.push(self.formulas.atom(Atom::At(place as u64, element)));
        }
        if let Some(items) = node.array.items {
            let element = self.schema(self.go(at, items), Step::Inside);
            parts.push(self.all_from(node.array.prefix.len() as u64, element));
        }
        if let Some(contains) = node.array.contains {
            let element = self.schema(self.go(at, contains), Step::Inside);
            let least = u64::from(node.array.min_contains.unwrap_or(1));
            parts.push(self.formulas.atom(Atom::Many(0, least, element)));
            if let Some(most) = node.array.max_contains {
                parts.push(self.formulas.atom(Atom::Few(0, u64::from(most), element)));
            }
        }
        if let Some(unevaluated) = node.array.unevaluated {
            let part = self.unevaluated_items(at, unevaluated);
            parts.push(part);
        }
    }

    /// Every element from a place on satisfies the formula.
    pub(super) fn all_from(&mut self, from: u64, element: Id) -> Id {
        let not = self.formulas.not(element);
        self.formulas.atom(Atom::Few(from, 0, not))
    }
}
