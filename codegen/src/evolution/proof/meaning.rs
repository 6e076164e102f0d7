//! Schemas → formulas: what each keyword of each draft says, in the one normal form.

mod array;
mod emitted;
mod evaluated;
mod object;
mod scalar;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::formula::{Atom, Formulas, Id, Kinds};
use super::language::Patterns;
use crate::schema::{Node, NodeId, Schemas};

/// Values are held to formulas this many times in a comparison; whatever is left then stays open.
const MAX_FUEL: u64 = 30_000_000;

/// One side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// A schema at work: which one, and which dynamic anchors the way to it has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Use {
    pub(super) side: Side,
    pub(super) node: NodeId,
    scope: usize,
}

/// How one schema leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It speaks of the same value.
    Same,
    /// It speaks of a member, an element or a name.
    Inside,
}

/// What is written out when it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Lazy {
    Schema(Use),
    /// What a writer puts into a place that these schemas describe.
    Emitted(Vec<Use>),
}

/// The formulas of two documents, as far as they were needed.
#[derive(Debug)]
pub(super) struct Meaning<'d> {
    pub(super) formulas: Formulas,
    pub(super) patterns: Patterns,
    documents: [&'d Schemas; 2],
    /// Dynamic anchors that were passed, the outermost of each name; the first has none.
    scopes: Vec<BTreeMap<String, NodeId>>,
    known: HashMap<Use, Id>,
    /// The way to the schema at hand.
    way: Vec<(Use, Step)>,
    way_places: HashMap<Use, usize>,
    /// Schemas of the same value whose branches are being gone through.
    passed: HashSet<Use>,
    lazies: Vec<(Lazy, Option<Id>)>,
    lazy_numbers: HashMap<Lazy, u32>,
    /// Why something is opaque, by its number.
    opaque: Vec<String>,
    opaque_numbers: HashMap<String, u32>,
    /// Where a pattern or format was seen first, by its text.
    places: HashMap<String, String>,
    /// Why a document as a whole has no meaning here.
    failure: Option<String>,
    /// How many more times a formula may be held to a value.
    pub(super) fuel: u64,
    /// How many formulas that stand for others are being held to a value.
    pub(super) depth: u32,
    /// Whether any schema tells `1` from `1.0`.
    pub(super) sees_points: bool,
}

impl<'d> Meaning<'d> {
    pub(super) fn new(old: &'d Schemas, new: &'d Schemas) -> Self {
        Self {
            formulas: Formulas::new(),
            patterns: Patterns::default(),
            documents: [old, new],
            scopes: vec![BTreeMap::new()],
            known: HashMap::new(),
            way: Vec::new(),
            way_places: HashMap::new(),
            passed: HashSet::new(),
            lazies: Vec::new(),
            lazy_numbers: HashMap::new(),
            opaque: Vec::new(),
            opaque_numbers: HashMap::new(),
            places: HashMap::new(),
            failure: None,
            fuel: MAX_FUEL,
            depth: 0,
            sees_points: false,
        }
    }

    /// The formula of a whole document.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn document(&mut self, side: Side, root: NodeId) -> Result<Id, String> {
        let id = self.schema(Use { side, node: root, scope: 0 }, Step::Inside);
        self.failure.take().map_or(Ok(id), Err)
    }

    /// What a generated writer of the document emits, whatever else the schema admits.
    ///
    /// # Errors
    /// Why there is no formula for it.
    pub(super) fn emitted_document(&mut self, side: Side, root: NodeId) -> Result<Id, String> {
        let schema = self.document(side, root)?;
        let closed = self.emitted(vec![Use { side, node: root, scope: 0 }]);
        self.failure.take().map_or_else(|| Ok(self.formulas.and([schema, closed])), Err)
    }

    /// The formula that a lazy one stands for.
    pub(super) fn unfold(&mut self, number: u32, sign: bool) -> Id {
        let body = match self.lazies[number as usize].clone() {
            (_, Some(body)) => body,
            (Lazy::Emitted(uses), None) => self.emitted_body(&uses, number),
            // Whatever refers to a schema is only looked at when that schema has been read to its end.
            (Lazy::Schema(at), None) => self.known.get(&at).copied().unwrap_or(Id::TRUE),
        };
        if sign { body } else { self.formulas.not(body) }
    }

    pub(super) fn reason(&self, opaque: u32) -> &str {
        &self.opaque[opaque as usize]
    }

    fn node(&self, at: Use) -> &'d Node {
        self.documents[at.side as usize].node(at.node)
    }

    /// The schema beside or below `at`.
    fn go(&self, at: Use, node: NodeId) -> Use {
        Use { node, ..at }
    }

    /// Where a schema is, for people.
    pub(super) fn place(&self, at: Use, keyword: &str) -> String {
        let location = &self.node(at).at;
        format!("`{keyword}` at `{}` of the {} schema", pointer_or_root(&location.pointer), at.side.name())
    }

    /// Notes where a pattern or format is seen.
    fn note_place(&mut self, at: Use, keyword: &str, text: &str) {
        if !self.places.contains_key(text) {
            let place = self.place(at, keyword);
            self.places.insert(text.to_owned(), place);
        }
    }

    /// Why a pattern or a format is not decided.
    pub(super) fn undecided(&self, text: &str) -> String {
        let place = self.places.get(text).map_or("`pattern`", String::as_str);
        format!("{place}: `{text}` has no automaton here")
    }

    /// What no algebra here knows; equal reasons are one formula.
    pub(super) fn unknown(&mut self, key: String, reason: String) -> Id {
        let next = u32::try_from(self.opaque.len()).expect("schemas have fewer keywords");
        let number = *self.opaque_numbers.entry(key).or_insert(next);
        if number == next {
            self.opaque.push(reason);
        }
        self.formulas.opaque(number)
    }

    fn lazy(&mut self, lazy: Lazy) -> u32 {
        if let Some(&known) = self.lazy_numbers.get(&lazy) {
            return known;
        }
        let number = u32::try_from(self.lazies.len()).expect("schemas have fewer references");
        self.lazies.push((lazy.clone(), None));
        self.lazy_numbers.insert(lazy, number);
        number
    }

    /// The formula of a schema, or a lazy one if the schema is being read just now.
    pub(super) fn schema(&mut self, at: Use, step: Step) -> Id {
        let at = self.enter(at);
        if let Some(&known) = self.known.get(&at) {
            return known;
        }
        if let Some(&place) = self.way_places.get(&at) {
            let is_inside = step == Step::Inside || self.way[place + 1..].iter().any(|(_, step)| *step == Step::Inside);
            if !is_inside && self.failure.is_none() {
                self.failure = Some(format!("{} leads back to itself for one value", self.place(at, "$ref")));
            }
            let number = self.lazy(Lazy::Schema(at));
            return self.formulas.lazy(number, true);
        }
        self.way_places.insert(at, self.way.len());
        self.way.push((at, step));
        let id = self.body(at);
        self.way.pop();
        self.way_places.remove(&at);
        self.known.insert(at, id);
        if let Some(&number) = self.lazy_numbers.get(&Lazy::Schema(at)) {
            self.lazies[number as usize].1 = Some(id);
        }
        id
    }

    /// The same schema, with the dynamic anchors of its own resource in scope.
    fn enter(&mut self, at: Use) -> Use {
        let schemas = self.documents[at.side as usize];
        if !schemas.are_dynamic() {
            return at;
        }
        let anchors = &schemas.resource(schemas.node(at.node).resource).dynamic;
        let scope = &self.scopes[at.scope];
        if anchors.keys().all(|name| scope.contains_key(name)) {
            return at;
        }
        let mut inner = scope.clone();
        for (name, node) in anchors {
            inner.entry(name.clone()).or_insert(*node);
        }
        let scope = self.scopes.iter().position(|known| *known == inner).unwrap_or_else(|| {
            self.scopes.push(inner);
            self.scopes.len() - 1
        });
        Use { scope, ..at }
    }

    /// The schemas that a reference of this one leads to.
    fn references(&self, at: Use) -> Vec<Use> {
        let node = self.node(at);
        let dynamic = node.dynamic.as_ref().map(|dynamic| {
            let anchor = self.scopes[at.scope].get(&dynamic.anchor);
            anchor.copied().unwrap_or(dynamic.initial)
        });
        node.reference.into_iter().chain(dynamic).map(|target| self.go(at, target)).collect()
    }

    fn body(&mut self, at: Use) -> Id {
        let node = self.node(at);
        if let Some(always) = node.always {
            return if always { Id::TRUE } else { Id::FALSE };
        }
        let mut parts = Vec::new();
        for target in self.references(at) {
            parts.push(self.schema(target, Step::Same));
        }
        self.scalars(at, node, &mut parts);
        self.arrays(at, node, &mut parts);
        self.objects(at, node, &mut parts);
        self.branches(at, node, &mut parts);
        self.formulas.and(parts)
    }

    /// `allOf`, `anyOf`, `oneOf`, `not`, `if`.
    fn branches(&mut self, at: Use, node: &Node, parts: &mut Vec<Id>) {
        for part in &node.all_of {
            parts.push(self.schema(self.go(at, *part), Step::Same));
        }
        if !node.whole.any.is_empty() {
            let any = self.schemas(at, &node.whole.any);
            parts.push(self.any_value(any));
        }
        if !node.whole.one.is_empty() {
            let one = self.schemas(at, &node.whole.one);
            let one = self.constants_in_one(one);
            parts.push(self.formulas.one(one));
        }
        if let Some(not) = node.whole.not {
            let not = self.schema(self.go(at, not), Step::Same);
            parts.push(self.formulas.not(not));
        }
        if let Some(condition) = node.whole.condition {
            let condition = self.schema(self.go(at, condition), Step::Same);
            let mut branch =
                |branch: Option<NodeId>| branch.map_or(Id::TRUE, |id| self.schema(self.go(at, id), Step::Same));
            let (then, otherwise) = (branch(node.whole.then), branch(node.whole.otherwise));
            let not = self.formulas.not(condition);
            let then = self.formulas.or([not, then]);
            let otherwise = self.formulas.or([condition, otherwise]);
            parts.extend([then, otherwise]);
        }
    }

    fn schemas(&mut self, at: Use, nodes: &[NodeId]) -> Vec<Id> {
        nodes.iter().map(|node| self.schema(self.go(at, *node), Step::Same)).collect()
    }

    /// Every name but those that formulas speak of.
    pub(super) fn other_names(&mut self, names: &[Id]) -> Id {
        let not: Vec<Id> = names.iter().map(|name| self.formulas.not(*name)).collect();
        // Lists of single names become one list.
        let mut words = Vec::new();
        let mut rest = Vec::new();
        for id in not {
            match self.formulas.get(id) {
                super::formula::Formula::Atom(Atom::Words(some, false), _) => words.extend(some.iter().cloned()),
                _ => rest.push(id),
            }
        }
        rest.push(self.formulas.words(words.iter().map(|word| &**word), false));
        self.formulas.and(rest)
    }

    /// One of the values, whatever their kinds.
    pub(super) fn kinds(&mut self, kinds: Kinds) -> Id {
        self.formulas.kinds(kinds)
    }
}

pub(super) fn pointer_or_root(pointer: &str) -> &str {
    if pointer.is_empty() { "#" } else { pointer }
}
