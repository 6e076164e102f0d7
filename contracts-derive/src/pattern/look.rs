//! Expressions that look around, as one table: look-around is part of the automaton, not of its walk at run time.
//!
//! Each look-around is a part of its own, walked beside the expression (`split` takes them out). A way through the
//! expression that passes a look-ahead owes what it found there from then on: a set of ways through that part, which has
//! to match (or must not) before the way may count as a match. What is looked behind at is followed from the beginning
//! of the text, so that it is known at every place whether it ends there. A state of the table is all of this at once.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use regex_automata::nfa::thompson::{Compiler, Config, NFA, State, WhichCaptures};
use regex_automata::util::primitives::StateID;

use super::split::{Look, marked, split};
use super::table::{MAX_NFA, Step, Table, first_cause};
use super::view::{Side, View, is_known, is_of_words};

/// Steps that building a table may take: some tenths of a second, also where the compiler does not optimize itself.
const MAX_WORK: usize = 1 << 20;

/// Anything, letter by letter, before a match that need not be at the beginning.
const ANYWHERE: &str = "(?s:.)*";

/// Whether there is look-around in the expression at all.
pub(super) fn has_look(source: &str) -> bool {
    split(source).map_or(true, |(_, looks)| !looks.is_empty())
}

/// The table of an expression that looks around.
///
/// # Errors
/// Why there is none.
pub(super) fn table(source: &str) -> Result<Table, String> {
    let (source, looks) = split(source)?;
    let mut machine = Machine::new(&source, &looks)?;
    let classes = machine.classes();
    let start = machine.start();
    Table::walk(classes, start, |position, byte| machine.next(position, byte))
}

/// One expression without look-around, but with markers of it.
struct Part {
    is_behind: bool,
    is_negated: bool,
    nfa: NFA,
    /// The parts that groups stand for.
    markers: Vec<Option<usize>>,
}

impl Part {
    fn new(source: &str, look: Option<&Look>) -> Result<Self, String> {
        let build = |source: &str| {
            let config = Config::new().which_captures(WhichCaptures::All).nfa_size_limit(Some(MAX_NFA));
            Compiler::new().configure(config).build(source).map_err(|error| first_cause(&error))
        };
        let mut nfa = build(source)?;
        let is_behind = look.is_some_and(|look| look.is_behind);
        if is_behind || look.is_none() && !nfa.is_always_start_anchored() {
            nfa = build(&format!("{ANYWHERE}(?:{source})"))?;
        }
        let info = nfa.group_info();
        let markers = info.pattern_names(regex_automata::PatternID::ZERO).map(|name| name.and_then(marked)).collect();
        Ok(Self { is_behind, is_negated: look.is_some_and(|look| look.is_negated), markers, nfa })
    }
}

/// A way through a part: where it is, and the sets of ways that it owes a match or a failure.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Way {
    at: StateID,
    owes: Vec<usize>,
}

/// All parts at one place of the text; each is a set of ways.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Position {
    previous: Side,
    behind: Vec<usize>,
    whole: usize,
}

struct Machine {
    /// What is inside another stands before it; the last is the whole expression.
    parts: Vec<Part>,
    /// Sets of ways, each with its part.
    sets: Vec<(usize, Vec<Way>)>,
    numbers: HashMap<(usize, Vec<Way>), usize>,
    /// What was worked out before.
    reached: HashMap<(usize, View), Rc<[Way]>>,
    steps: HashMap<(usize, View, Option<u8>), Step<usize>>,
    sees_words: bool,
    work: usize,
}

impl Machine {
    fn new(source: &str, looks: &[Look]) -> Result<Self, String> {
        let parts = looks.iter().map(|look| Part::new(&look.source, Some(look)));
        let parts: Vec<Part> = parts.chain([Part::new(source, None)]).collect::<Result<_, _>>()?;
        let is_ahead = |part: &usize| !parts[*part].is_behind;
        if parts.iter().any(|part| part.is_behind && part.markers.iter().flatten().any(is_ahead)) {
            return Err("look-ahead inside look-behind is not supported".into());
        }
        let assertions = parts.iter().flat_map(|part| part.nfa.look_set_any().iter()).collect::<Vec<_>>();
        if !assertions.iter().all(|assertion| is_known(*assertion)) {
            return Err("beside look-around, words are those of ASCII, `^` and `$` the ends of the text".into());
        }
        Ok(Self {
            sees_words: assertions.into_iter().any(is_of_words),
            parts,
            sets: Vec::new(),
            numbers: HashMap::new(),
            reached: HashMap::new(),
            steps: HashMap::new(),
            work: 0,
        })
    }

    /// Classes of bytes that no part tells apart.
    fn classes(&self) -> Vec<u8> {
        let mut known = HashMap::new();
        let class = |byte: u8| -> Vec<u8> { self.parts.iter().map(|part| part.nfa.byte_classes().get(byte)).collect() };
        (0..=255)
            .map(|byte| {
                let new = known.len();
                *known.entry(class(byte)).or_insert(u8::try_from(new).expect("there are 256 bytes"))
            })
            .collect()
    }

    fn start(&mut self) -> Position {
        let behind = (0..self.parts.len()).filter(|part| self.parts[*part].is_behind).collect::<Vec<_>>();
        let behind = behind.into_iter().map(|part| self.beginning(part)).collect();
        let whole = self.beginning(self.parts.len() - 1);
        Position { previous: Side::Nothing, behind, whole }
    }

    fn beginning(&mut self, part: usize) -> usize {
        let at = self.parts[part].nfa.start_anchored();
        self.set(part, vec![Way { at, owes: Vec::new() }])
    }

    /// The number of a set of ways, without those that owe more than another at the same place.
    fn set(&mut self, part: usize, mut ways: Vec<Way>) -> usize {
        ways.sort_unstable_by(|a, b| (a.at, a.owes.len(), &a.owes).cmp(&(b.at, b.owes.len(), &b.owes)));
        let mut kept: Vec<Way> = Vec::with_capacity(ways.len());
        for way in ways {
            let mut rivals = kept.iter().rev().take_while(|rival| rival.at == way.at);
            if !rivals.any(|rival| rival.owes.iter().all(|set| way.owes.contains(set))) {
                kept.push(way);
            }
        }
        let new = self.sets.len();
        let number = *self.numbers.entry((part, kept.clone())).or_insert(new);
        if number == new {
            self.sets.push((part, kept));
        }
        number
    }

    fn next(&mut self, position: &Position, next: Option<u8>) -> Result<Step<Position>, String> {
        let side = Side::of(next, self.sees_words);
        let mut view = View { previous: position.previous, next: side, behind: 0 };
        let mut behind = Vec::with_capacity(position.behind.len());
        for &set in &position.behind {
            let part = self.sets[set].0;
            let ways = self.reached(set, view)?;
            view.behind |= u32::from(ways.iter().any(|way| self.is_match(part, way.at))) << part;
            let ways =
                ways.iter().filter_map(|way| Some(Way { at: self.after(part, way.at, next?)?, owes: Vec::new() }));
            let ways = ways.collect();
            behind.push(self.set(part, ways));
        }
        Ok(match self.step(position.whole, view, next)? {
            Step::Dead => Step::Dead,
            Step::Matched => Step::Matched,
            Step::To(whole) => Step::To(Position { previous: side, behind, whole }),
        })
    }

    /// Where a set of ways is led by what comes next. At the end of the text, a match or nothing.
    fn step(&mut self, set: usize, view: View, byte: Option<u8>) -> Result<Step<usize>, String> {
        if let Some(known) = self.steps.get(&(set, view, byte)) {
            return Ok(*known);
        }
        let part = self.sets[set].0;
        let mut ways = Vec::new();
        let mut step = None;
        for way in self.reached(set, view)?.iter() {
            self.work(1 + way.owes.len())?;
            let is_match = self.is_match(part, way.at);
            let after = if is_match { Some(way.at) } else { byte.and_then(|byte| self.after(part, way.at, byte)) };
            let Some(at) = after else { continue };
            match self.settled(&way.owes, view, byte)? {
                Some(owes) if is_match && owes.is_empty() => {
                    step = Some(Step::Matched);
                    break;
                }
                Some(owes) => ways.push(Way { at, owes }),
                None => {}
            }
        }
        let step = step.unwrap_or_else(|| if ways.is_empty() { Step::Dead } else { Step::To(self.set(part, ways)) });
        self.steps.insert((set, view, byte), step);
        Ok(step)
    }

    /// What is still owed after what comes next; `None` if that can no longer be had.
    fn settled(&mut self, owes: &[usize], view: View, byte: Option<u8>) -> Result<Option<Vec<usize>>, String> {
        let mut left = Vec::new();
        for &set in owes {
            let is_negated = self.parts[self.sets[set].0].is_negated;
            match self.step(set, view, byte)? {
                Step::To(next) => left.push(next),
                Step::Matched if is_negated => return Ok(None),
                Step::Dead if !is_negated => return Ok(None),
                Step::Matched | Step::Dead => {}
            }
        }
        left.sort_unstable();
        left.dedup();
        Ok(Some(left))
    }

    /// The ways at this place of the text that wait for a byte or have come to their end.
    fn reached(&mut self, set: usize, view: View) -> Result<Rc<[Way]>, String> {
        if let Some(known) = self.reached.get(&(set, view)) {
            return Ok(known.clone());
        }
        let (part, mut todo) = self.sets[set].clone();
        let nfa = self.parts[part].nfa.clone();
        let (mut seen, mut reached) = (HashSet::new(), Vec::new());
        while let Some(way) = todo.pop() {
            self.work(1 + way.owes.len())?;
            if !seen.insert(way.clone()) {
                continue;
            }
            let mut go = |at: StateID| todo.push(Way { at, owes: way.owes.clone() });
            match nfa.state(way.at) {
                State::ByteRange { .. } | State::Sparse(_) | State::Dense(_) | State::Match { .. } => reached.push(way),
                State::Look { look, next } if view.satisfies(*look) => go(*next),
                State::Look { .. } | State::Fail => {}
                State::Union { alternates } => alternates.iter().for_each(|at| go(*at)),
                State::BinaryUnion { alt1, alt2 } => [*alt1, *alt2].into_iter().for_each(go),
                State::Capture { next, group_index, slot, .. } => {
                    // A marker is passed once: where its group begins.
                    let marker = self.parts[part].markers.get(group_index.as_usize()).copied().flatten();
                    match marker.filter(|_| slot.as_usize() % 2 == 0) {
                        None => go(*next),
                        Some(look) if self.parts[look].is_behind => {
                            if view.ends(look) != self.parts[look].is_negated {
                                go(*next);
                            }
                        }
                        Some(look) => {
                            let mut owes = way.owes;
                            owes.push(self.beginning(look));
                            owes.sort_unstable();
                            owes.dedup();
                            todo.push(Way { at: *next, owes });
                        }
                    }
                }
            }
        }
        let reached: Rc<[Way]> = reached.into();
        self.reached.insert((set, view), reached.clone());
        Ok(reached)
    }

    fn work(&mut self, steps: usize) -> Result<(), String> {
        self.work += steps;
        if self.work > MAX_WORK { Err("it looks around in too many ways; simplify it".into()) } else { Ok(()) }
    }

    fn is_match(&self, part: usize, at: StateID) -> bool {
        matches!(self.state(part, at), State::Match { .. })
    }

    fn state(&self, part: usize, at: StateID) -> &State {
        self.parts[part].nfa.state(at)
    }

    fn after(&self, part: usize, at: StateID, byte: u8) -> Option<StateID> {
        match self.state(part, at) {
            State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
            State::Sparse(sparse) => sparse.matches_byte(byte),
            State::Dense(dense) => dense.matches_byte(byte),
            _ => None,
        }
    }
}
