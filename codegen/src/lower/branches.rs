//! What the branches of a `oneOf` or `anyOf` have to do with each other: found out before any type is laid out.

use std::collections::HashSet;

use crate::lower::types::Layout;
use crate::schema::{Kinds, NodeId};

/// More branches than this are read more easily as JSON.
const MOST: usize = 64;
/// To tell branches apart, those that have branches themselves are looked into, but not without end.
const DEEPEST: usize = 2;
/// More lists of schemas than this come of schemas that were made to exhaust us.
const MOST_LISTS: usize = 20_000;

/// The branches at one place, each with all that holds beside it.
pub(super) struct Branches {
    /// The schema whose branches these are.
    pub(super) holder: NodeId,
    /// What holds beside each of them.
    pub(super) beside: Vec<NodeId>,
    /// Those that a value can be of, `null` apart.
    pub(super) all: Vec<Branch>,
    /// Whether one more branch is nothing but `null`.
    pub(super) nullable: bool,
}

/// One branch.
pub(super) struct Branch {
    /// The schema at its place.
    pub(super) own: NodeId,
    /// All that holds for a value of it.
    pub(super) nodes: Vec<NodeId>,
    pub(super) flavour: Flavour,
}

/// What kind of Rust type a list of schemas becomes; for names, and to see whether types would differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    Boolean,
    Integer,
    Number,
    Text,
    Uuid,
    Timestamp,
    Date,
    Names,
    List,
    Map,
    Object,
    Union,
    Any,
}

impl Flavour {
    /// The name of a variant that has no other one, and what it holds.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Boolean => ("Boolean", "A boolean."),
            Self::Integer => ("Integer", "An integer."),
            Self::Number => ("Number", "A number."),
            Self::Text => ("Text", "A text."),
            Self::Uuid => ("Uuid", "A UUID."),
            Self::Timestamp => ("Timestamp", "A time."),
            Self::Date => ("Date", "A date."),
            Self::Names => ("Name", "A text out of a list."),
            Self::List => ("List", "A list."),
            Self::Map => ("Map", "An object with free keys."),
            Self::Object => ("Object", "An object."),
            Self::Union | Self::Any => ("Value", "A value of another kind."),
        }
    }
}

impl Layout<'_> {
    /// The branches of the one schema among `nodes` that has any, if they can be told by types.
    pub(super) fn branches(&self, nodes: &[NodeId], nesting: usize) -> Option<Branches> {
        let has_branches = |id: &&NodeId| {
            let whole = &self.schemas.node(**id).whole;
            !whole.any.is_empty() || !whole.one.is_empty()
        };
        let mut holders = nodes.iter().filter(has_branches);
        let (Some(&holder), None) = (holders.next(), holders.next()) else { return None };
        let node = self.schemas.node(holder);
        let places = node.branches().filter(|places| places.len() <= MOST)?;
        let is_kept = self.schemas.are_dynamic() || self.undivided.contains(&holder);
        if is_kept || self.values(nodes).is_some() {
            return None;
        }
        let beside: Vec<NodeId> = nodes.iter().copied().filter(|id| *id != holder).chain(node.rest).collect();
        let mut branches = Branches { holder, beside, all: Vec::new(), nullable: false };
        for &own in places {
            let nodes = self.conjuncts_beside(&branches.beside, own);
            let kinds = self.kinds(&nodes);
            if nodes.contains(&holder) {
                return None;
            }
            if kinds.is_empty() || self.admitted(&nodes).is_some_and(|values| values.is_empty()) {
                continue;
            }
            if kinds.names() == ["null"] {
                // What else there is to say about `null` is not said beside a `Nullable`.
                if branches.nullable || node.whole.count > 1 || self.is_whole(&nodes) {
                    return None;
                }
                branches.nullable = true;
                continue;
            }
            let is_known = branches.all.iter().any(|branch| branch.nodes == nodes);
            if is_known && node.whole.one.is_empty() {
                continue;
            }
            let flavour = self.flavour(&nodes, nesting);
            branches.all.push(Branch { own, nodes, flavour });
        }
        let takes_null = |branch: &Branch| self.kinds(&branch.nodes).has("null");
        let is_plain = !branches.nullable || !branches.all.iter().any(takes_null);
        is_plain.then_some(branches)
    }

    fn flavour(&self, nodes: &[NodeId], nesting: usize) -> Flavour {
        if let Some(known) = self.flavours.borrow().get(nodes) {
            return *known;
        }
        let flavour = self.flavour_of(nodes, nesting);
        self.flavours.borrow_mut().insert(nodes.to_vec(), flavour);
        flavour
    }

    fn flavour_of(&self, nodes: &[NodeId], nesting: usize) -> Flavour {
        let null = Kinds::named("null").unwrap_or(Kinds::ALL);
        let kinds = self.kinds(nodes).without(null).names();
        if self.values(nodes).is_some() {
            return if kinds == ["string"] { Flavour::Names } else { Flavour::Any };
        }
        let is_known_enough = nesting == DEEPEST || self.flavours.borrow().len() > MOST_LISTS;
        if let Some(inner) = (!is_known_enough).then(|| self.branches(nodes, nesting + 1)).flatten() {
            if self.lists_texts(&inner).is_some() {
                return Flavour::Names;
            }
            if self.differ(&inner) {
                return Flavour::Union;
            }
        }
        match kinds.as_slice() {
            ["boolean"] => Flavour::Boolean,
            ["integer"] => Flavour::Integer,
            ["number"] => Flavour::Number,
            ["string"] => self.flavour_of_text(nodes),
            ["array"] => Flavour::List,
            ["object"] if self.member_names(nodes).is_empty() => Flavour::Map,
            ["object"] => Flavour::Object,
            _ => Flavour::Any,
        }
    }

    fn flavour_of_text(&self, nodes: &[NodeId]) -> Flavour {
        if nodes.iter().any(|id| self.schemas.node(*id).open_enum.is_some()) {
            return Flavour::Names;
        }
        let rules = nodes.iter().flat_map(|id| &self.schemas.node(*id).rules);
        match rules.filter(|rule| rule.keyword == "format").find_map(|rule| rule.value.as_str()) {
            Some("uuid") => Flavour::Uuid,
            Some("date-time") => Flavour::Timestamp,
            Some("date") => Flavour::Date,
            _ => Flavour::Text,
        }
    }

    /// All texts of branches that list nothing but texts, and whether one stands in two branches.
    pub(super) fn lists_texts(&self, branches: &Branches) -> Option<(Vec<String>, bool)> {
        let (mut texts, mut repeats): (Vec<String>, _) = (Vec::new(), false);
        for branch in &branches.all {
            if self.is_whole(&branch.nodes) || self.kinds(&branch.nodes).names() != ["string"] {
                return None;
            }
            for value in self.admitted(&branch.nodes)? {
                let text = value.as_str()?;
                if texts.iter().any(|known| known == text) {
                    repeats = true;
                } else {
                    texts.push(text.to_owned());
                }
            }
        }
        (!texts.is_empty()).then_some((texts, repeats))
    }

    /// Whether an enum of the branches says more than one type for all of them.
    pub(super) fn differ(&self, branches: &Branches) -> bool {
        let all_are = |flavours: &[Flavour]| branches.all.iter().all(|branch| flavours.contains(&branch.flavour));
        let of_json = branches.all.iter().filter(|branch| branch.flavour == Flavour::Any).count();
        let are_alike =
            [Flavour::Boolean, Flavour::Uuid, Flavour::Timestamp, Flavour::Date].iter().any(|one| all_are(&[*one]))
                || all_are(&[Flavour::Integer, Flavour::Number])
                || all_are(&[Flavour::Text, Flavour::Names]);
        branches.all.len() > 1 && of_json <= 1 && !are_alike && !(all_are(&[Flavour::Object]) && self.refine(branches))
    }

    /// Whether the branches only say more about members that an object declares beside them: which of them go together.
    fn refine(&self, branches: &Branches) -> bool {
        let declared = |nodes: &[NodeId]| -> HashSet<&String> {
            nodes.iter().flat_map(|id| self.schemas.node(*id).object.properties.iter().map(|(name, _)| name)).collect()
        };
        let known = declared(&branches.beside);
        !known.is_empty()
            && self.tag(branches).is_none()
            && branches.all.iter().all(|branch| declared(&branch.nodes).is_subset(&known))
    }

    /// The member that tells the branches apart, and its text in each: every object of a branch has it, with this text.
    pub(super) fn tag(&self, branches: &Branches) -> Option<(String, Vec<String>)> {
        let first = branches.all.first()?;
        self.member_names(&first.nodes).into_iter().find_map(|member| {
            let texts: Option<Vec<String>> =
                branches.all.iter().map(|branch| self.text(&branch.nodes, &member)).collect();
            let texts = texts?;
            let are_distinct = texts.iter().collect::<HashSet<_>>().len() == texts.len();
            are_distinct.then_some((member, texts))
        })
    }

    /// The one text that a member always has.
    fn text(&self, nodes: &[NodeId], member: &str) -> Option<String> {
        let is_required =
            nodes.iter().any(|id| self.schemas.node(*id).object.required.iter().any(|(name, _)| name == member));
        if !is_required || self.kinds(nodes).names() != ["object"] {
            return None;
        }
        let constant = self.constant(&self.conjuncts(&self.members(nodes, member)))?;
        constant.as_str().map(str::to_owned)
    }

    /// A member that only one branch asks for, or else declares: what people would call it by.
    pub(super) fn telling_member(&self, branches: &Branches, index: usize) -> Option<String> {
        let required = |nodes: &[NodeId]| -> Vec<String> {
            nodes
                .iter()
                .flat_map(|id| self.schemas.node(*id).object.required.iter().map(|(name, _)| name.clone()))
                .collect()
        };
        let only_here = |members: &dyn Fn(&[NodeId]) -> Vec<String>| {
            let others = branches.all.iter().enumerate().filter(|(other, _)| *other != index);
            let elsewhere: HashSet<String> = others.flat_map(|(_, branch)| members(&branch.nodes)).collect();
            members(&branches.all[index].nodes).into_iter().find(|member| !elsewhere.contains(member))
        };
        let objects = branches.all.iter().filter(|branch| branch.flavour == Flavour::Object);
        let nameless = objects.clone().filter(|branch| self.own_name(self.called(branch.own)).is_none()).count();
        let is_object = objects.count() > 1 && branches.all[index].flavour == Flavour::Object;
        let declared = || only_here(&|nodes| self.member_names(nodes)).filter(|_| nameless > 1);
        is_object.then(|| only_here(&required).or_else(declared))?
    }

    /// Whether no value can be of two branches.
    pub(super) fn are_disjoint(&self, branches: &Branches) -> bool {
        let lists: Vec<&[NodeId]> = branches.all.iter().map(|branch| branch.nodes.as_slice()).collect();
        self.are_apart(&lists)
    }
}
