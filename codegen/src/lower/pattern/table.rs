//! The table of an expression: what is left of a regular expression when its automaton is walked to the end.
//!
//! The derive writes such tables into services and the generator judges patterns by them; both hold the same three
//! files, so that they cannot disagree about what a pattern means or which one is too large.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, MatchKind, util::start};

use super::look;

/// States of the walker beside those of the automaton: nothing can match any more; something has matched.
pub(super) const DEAD: u16 = 0;
pub(super) const MATCHED: u16 = 1;

/// More states than this, and the table costs more than it saves; the pattern is refused.
const MAX_STATES: usize = 4096;

/// More bytes than this an automaton of repetitions in repetitions would take; it is refused before it is built.
pub(super) const MAX_NFA: usize = 1 << 22;

/// `next[state * width + class]` is the state after a byte of that class; a search begins at `start`.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(super) classes: Vec<u8>,
    pub(super) width: u16,
    pub(super) next: Vec<u16>,
    pub(super) start: u16,
    pub(super) at_end: Vec<bool>,
}

impl Table {
    /// The table of a Rust expression, which may look around as Rust's own cannot.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn of(source: &str) -> Result<Self, String> {
        // Whatever compiles as it stands does not look around.
        match Self::plain(source) {
            Err(_) if look::has_look(source) => look::table(source),
            plain => plain,
        }
    }

    fn plain(source: &str) -> Result<Self, String> {
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .start_kind(StartKind::Unanchored)
                    .match_kind(MatchKind::All)
                    .accelerate(false)
                    .minimize(source.len() < 200)
                    .dfa_size_limit(Some(1 << 20))
                    .determinize_size_limit(Some(1 << 22)),
            )
            .thompson(thompson::Config::new().nfa_size_limit(Some(MAX_NFA)))
            .build(source)
            .map_err(|error| first_cause(&error))?;
        let start = dfa.start_state(&start::Config::new().anchored(Anchored::No)).map_err(|error| error.to_string())?;
        let classes: Vec<u8> = (0..=255).map(|byte| dfa.byte_classes().get(byte)).collect();
        Self::walk(classes, start, |state, byte| step(&dfa, state, byte))
    }

    /// Numbers every state that can be reached from `start` and notes where each class of bytes leads.
    pub(super) fn walk<S: Clone + Eq + std::hash::Hash>(
        classes: Vec<u8>,
        start: S,
        mut step: impl FnMut(&S, Option<u8>) -> Result<Step<S>, String>,
    ) -> Result<Self, String> {
        let representatives = representatives(&classes);
        let mut states = vec![start.clone()];
        let mut numbers = HashMap::from([(start, 2)]);
        let mut next = vec![DEAD; representatives.len()];
        next.extend(vec![MATCHED; representatives.len()]);
        let mut at_end = vec![false, true];
        let mut done = 0;
        while let Some(state) = states.get(done).cloned() {
            done += 1;
            for &byte in &representatives {
                next.push(match step(&state, Some(byte))? {
                    Step::Matched => MATCHED,
                    Step::Dead => DEAD,
                    Step::To(target) => *numbers.entry(target).or_insert_with_key(|target| {
                        states.push(target.clone());
                        u16::try_from(states.len() + 1).unwrap_or(u16::MAX)
                    }),
                });
            }
            at_end.push(matches!(step(&state, None)?, Step::Matched));
            if states.len() > MAX_STATES {
                return Err(format!("it needs more than {MAX_STATES} states; simplify it or bound its repetitions"));
            }
        }
        let width = u16::try_from(representatives.len()).expect("a byte has at most 256 classes");
        Ok(Self { classes, width, next, start: 2, at_end })
    }
}

/// Where a byte leads, or the end of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<S> {
    Dead,
    Matched,
    To(S),
}

fn step(dfa: &dense::DFA<Vec<u32>>, state: &StateID, byte: Option<u8>) -> Result<Step<StateID>, String> {
    let target = byte.map_or_else(|| dfa.next_eoi_state(*state), |byte| dfa.next_state(*state, byte));
    match target {
        _ if dfa.is_match_state(target) => Ok(Step::Matched),
        _ if dfa.is_dead_state(target) => Ok(Step::Dead),
        _ if dfa.is_quit_state(target) => Err("it looks around words of any script".into()),
        _ => Ok(Step::To(target)),
    }
}

/// One byte of each class, in the order of the classes.
pub(super) fn representatives(classes: &[u8]) -> Vec<u8> {
    let last = classes.iter().copied().max().unwrap_or_default();
    (0..=last)
        .map(|class| {
            let byte = classes.iter().position(|&of_byte| of_byte == class).expect("classes are numbered without gaps");
            u8::try_from(byte).expect("there are 256 bytes")
        })
        .collect()
}

/// The innermost cause says what is wrong with the expression; the outer ones only say that something is.
pub(super) fn first_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => first_cause(source),
        None => error.to_string(),
    }
}
