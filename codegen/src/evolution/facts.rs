//! What is different between two schemas of one event: facts with both places, judged by nobody yet.

mod members;
mod values;

use crate::diagnostic::Location;
use crate::evolution::place::Place;
use crate::schema::{Kinds, NodeId};
use serde_json::Value;
pub(super) use values::RULES;

/// One difference at one place of the message.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// The place in a message, as JSON Pointer; `*` stands for any element and `**` for any member that is not declared.
    pub(super) pointer: String,
    /// What is different there.
    pub(super) change: Change,
    /// Where the old schemas say it, or would.
    pub(super) old: Location,
    /// Where the new schemas say it, or would.
    pub(super) new: Location,
}

/// What can be different.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// A member is declared that was not.
    MemberAdded {
        /// Its name.
        name: String,
        /// Whether every event has it from now on.
        required: bool,
    },
    /// A member is declared no more.
    MemberRemoved {
        /// Its name.
        name: String,
        /// Whether every event had it.
        required: bool,
        /// Whether it was called deprecated.
        deprecated: bool,
    },
    /// A member that could be left out must be there.
    MemberRequired {
        /// Its name.
        name: String,
    },
    /// A member that had to be there may be left out.
    MemberOptional {
        /// Its name.
        name: String,
    },
    /// Other types are admitted.
    Types {
        /// Types that are admitted no more.
        gone: Kinds,
        /// Types that are admitted now.
        come: Kinds,
    },
    /// A list of values is another one.
    Values {
        /// Values that are admitted no more.
        gone: Vec<Value>,
        /// Values that are admitted now.
        come: Vec<Value>,
    },
    /// One constant has become another one.
    Constant {
        /// What it was.
        old: Value,
        /// What it is.
        new: Value,
    },
    /// A keyword with a number or a text says something else, says it for the first time or no more.
    Rule {
        /// The keyword.
        keyword: &'static str,
        /// What it said.
        old: Vec<Value>,
        /// What it says.
        new: Vec<Value>,
    },
    /// Values are listed that were not, or the other way round.
    Listed {
        /// Whether they are listed now.
        now: bool,
    },
    /// Members that are not declared are refused from now on, or no more.
    OtherMembers {
        /// Whether they are refused now.
        closed: bool,
    },
    /// Something that looks at the whole value is different.
    Whole {
        /// The keyword.
        keyword: &'static str,
    },
}

impl Change {
    /// The keyword, where changes of several at one place fall under one rule.
    pub(super) fn keyword(&self) -> &'static str {
        match self {
            Self::Rule { keyword, .. } | Self::Whole { keyword } => keyword,
            _ => "",
        }
    }

    /// Whether a keyword may refuse what a change makes wrong, at the place of the change.
    pub(super) fn is_refused_by(&self, keyword: &str) -> bool {
        match self {
            Self::MemberAdded { .. } | Self::MemberRemoved { .. } => {
                matches!(keyword, "required" | "additionalProperties" | "unevaluatedProperties")
            }
            Self::MemberRequired { .. } | Self::MemberOptional { .. } => keyword == "required",
            Self::OtherMembers { .. } => keyword == "additionalProperties",
            Self::Types { .. } => true,
            Self::Values { .. } | Self::Constant { .. } | Self::Listed { .. } => matches!(keyword, "const" | "enum"),
            Self::Rule { keyword: own, .. } => *own == keyword,
            Self::Whole { keyword: own } => {
                *own == keyword || matches!(*own, "if" | "then" | "else" | "minContains" | "maxContains")
            }
        }
    }
}

/// Every difference between two places and all places below them.
pub(super) fn between(old: &Place<'_>, new: &Place<'_>) -> Vec<Fact> {
    let mut walk = Walk { seen: Vec::new(), facts: Vec::new() };
    walk.place(old, new, "");
    walk.facts
}

struct Walk {
    /// Pairs of places that were looked at, or are: what contains itself is looked at once.
    seen: Vec<(Vec<NodeId>, Vec<NodeId>)>,
    facts: Vec<Fact>,
}

/// Keywords that look at the whole value, and the schemas of which are not taken apart.
pub(super) const WHOLE: [&str; 13] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
];

impl Walk {
    fn place(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        let pair = (old.asked.clone(), new.asked.clone());
        if self.seen.contains(&pair) {
            return;
        }
        self.seen.push(pair);
        self.values(old, new, pointer);
        self.members(old, new, pointer);
        self.elements(old, new, pointer);
        for keyword in ["anyOf", "oneOf"] {
            self.branches(old, new, keyword, pointer);
        }
        for keyword in WHOLE {
            if old.texts(keyword) != new.texts(keyword) {
                self.fact(pointer, Change::Whole { keyword }, old.at(keyword), new.at(keyword));
            }
        }
    }

    /// Branches that lead to the same schema are compared; that there are others, or as many of another form, is a change.
    fn branches(&mut self, old: &Place<'_>, new: &Place<'_>, keyword: &'static str, pointer: &str) {
        let (before, mut after) = (old.branches(keyword), new.branches(keyword));
        let count = (before.len(), after.len());
        let mut others = 0;
        for (target, id) in before {
            match after.iter().position(|(other, _)| *other == target) {
                Some(index) => self.place(&old.below(vec![id]), &new.below(vec![after.remove(index).1]), pointer),
                None => others += 1,
            }
        }
        if others > 0 || count.0 != count.1 {
            self.fact(pointer, Change::Whole { keyword }, old.at(keyword), new.at(keyword));
        }
    }

    fn elements(&mut self, old: &Place<'_>, new: &Place<'_>, pointer: &str) {
        for index in 0..old.prefix().max(new.prefix()) {
            self.below(old, new, (old.element(index), new.element(index)), &format!("{pointer}/{index}"));
        }
        self.below(old, new, (old.elements(), new.elements()), &format!("{pointer}/*"));
    }

    /// Goes on to a place below, if either side says anything about it.
    fn below(&mut self, old: &Place<'_>, new: &Place<'_>, asked: (Vec<NodeId>, Vec<NodeId>), pointer: &str) {
        match asked {
            (olds, news) if olds.is_empty() && news.is_empty() => {}
            (olds, news) => self.place(&old.below(olds), &new.below(news), pointer),
        }
    }

    fn fact(&mut self, pointer: &str, change: Change, old: Location, new: Location) {
        self.facts.push(Fact { pointer: pointer.to_owned(), change, old, new });
    }
}

/// The place of a member.
pub(super) fn member(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
