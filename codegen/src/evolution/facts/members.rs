//! Members: which are declared, which must be there, and what else an object may hold.

use super::{Change, Walk, member};
use crate::evolution::place::Place;

impl Walk {
    pub(super) fn members(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        let (before, after) = (old.members(), new.members());
        for (name, ids) in &before {
            let below = member(pointer, name);
            match after.get(name) {
                Some(new_ids) => self.place(&old.below(ids.clone()), &new.below(new_ids.clone()), &below),
                None => {
                    let required = old.required().contains_key(name);
                    let deprecated = old.below(ids.clone()).is_deprecated();
                    let change = Change::MemberRemoved { name: (*name).to_owned(), required, deprecated };
                    self.fact(&below, change, old.member_at(name), new.at("properties"));
                }
            }
        }
        for name in after.keys().filter(|name| !before.contains_key(*name)) {
            let change = Change::MemberAdded { name: (*name).to_owned(), required: new.required().contains_key(name) };
            self.fact(&member(pointer, name), change, old.at("properties"), new.member_at(name));
        }
        self.required(old, new, pointer);
        self.others(old, new, pointer);
    }

    /// Members that both sides declare, or neither does.
    fn required(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        let (before, after) = (old.required(), new.required());
        let (known, still_known) = (old.members(), new.members());
        let is_told = |name: &str| known.contains_key(name) != still_known.contains_key(name);
        for (name, at) in after.iter().filter(|(name, _)| !before.contains_key(*name) && !is_told(name)) {
            let change = Change::MemberRequired { name: (*name).to_owned() };
            self.fact(&member(pointer, name), change, old.at("required"), (*at).clone());
        }
        for (name, at) in before.iter().filter(|(name, _)| !after.contains_key(*name) && !is_told(name)) {
            let change = Change::MemberOptional { name: (*name).to_owned() };
            self.fact(&member(pointer, name), change, (*at).clone(), new.at("required"));
        }
    }

    fn others(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        if old.is_closed() != new.is_closed() {
            let keyword = "additionalProperties";
            let change = Change::OtherMembers { closed: new.is_closed() };
            self.fact(pointer, change, old.at(keyword), new.at(keyword));
        } else if !old.is_closed() {
            self.below(old, new, (old.others(), new.others()), &format!("{pointer}/**"));
        }
    }
}
