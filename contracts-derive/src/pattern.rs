//! A regular expression, compiled to the table that a service walks at run time: one step per byte, no engine linked.

mod shape;

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, MatchKind, util::start};
use syn::LitStr;

/// States of the walker beside those of the automaton: nothing can match any more; something has matched.
const DEAD: u16 = 0;
const MATCHED: u16 = 1;

/// More states than this, and the table costs more than it saves; the pattern is refused.
const MAX_STATES: usize = 4096;

/// The tokens of a `Pattern`, or why the expression cannot be one.
pub(crate) fn compile(literal: &LitStr) -> syn::Result<TokenStream> {
    let source = literal.value();
    let table = Table::of(&source).map_err(|reason| syn::Error::new(literal.span(), reason))?;
    let Table { classes, width, next, start, at_end } = table;
    let shape = shape::tokens(&source);
    let place = |state: u16| u32::from(state) * u32::from(width);
    let (next, start) = (next.into_iter().map(place), place(start));
    Ok(quote! {
        ec::Pattern {
            source: #source,
            classes: &[#(#classes),*],
            width: #width,
            next: &[#(#next),*],
            start: #start,
            at_end: &[#(#at_end),*],
            shape: #shape,
        }
    })
}

struct Table {
    classes: Vec<u8>,
    width: u16,
    next: Vec<u16>,
    start: u16,
    at_end: Vec<bool>,
}

impl Table {
    fn of(source: &str) -> Result<Self, String> {
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
            .build(source)
            .map_err(|error| format!("this pattern cannot be compiled: {}", first_cause(&error)))?;
        let start = dfa
            .start_state(&start::Config::new().anchored(Anchored::No))
            .map_err(|error| format!("this pattern cannot be compiled: {error}"))?;
        Self::walk(&dfa, start)
    }

    /// Numbers every state that can be reached from `start` and notes where each class of bytes leads.
    fn walk(dfa: &dense::DFA<Vec<u32>>, start: StateID) -> Result<Self, String> {
        let classes: Vec<u8> = (0..=255).map(|byte| dfa.byte_classes().get(byte)).collect();
        let representatives: Vec<u8> = representatives(&classes);
        let mut states = vec![start];
        let mut numbers = HashMap::from([(start, 2)]);
        let mut next = vec![DEAD; representatives.len()];
        next.extend(vec![MATCHED; representatives.len()]);
        let mut at_end = vec![false, true];
        let mut done = 0;
        while let Some(&state) = states.get(done) {
            done += 1;
            for &byte in &representatives {
                let target = dfa.next_state(state, byte);
                next.push(if dfa.is_match_state(target) {
                    MATCHED
                } else if dfa.is_dead_state(target) {
                    DEAD
                } else if dfa.is_quit_state(target) {
                    return Err("this pattern cannot be compiled: it looks around words of any script".into());
                } else {
                    *numbers.entry(target).or_insert_with(|| {
                        states.push(target);
                        u16::try_from(states.len() + 1).unwrap_or(u16::MAX)
                    })
                });
            }
            at_end.push(dfa.is_match_state(dfa.next_eoi_state(state)));
            if states.len() > MAX_STATES {
                return Err(format!(
                    "this pattern needs more than {MAX_STATES} states; simplify it or bound its repetitions"
                ));
            }
        }
        let width = u16::try_from(representatives.len()).expect("a byte has at most 256 classes");
        Ok(Self { classes, width, next, start: numbers[&start], at_end })
    }
}

/// One byte of each class, in the order of the classes.
fn representatives(classes: &[u8]) -> Vec<u8> {
    let last = classes.iter().copied().max().unwrap_or_default();
    (0..=last)
        .map(|class| {
            let byte = classes.iter().position(|&of_byte| of_byte == class).expect("classes are numbered without gaps");
            u8::try_from(byte).expect("there are 256 bytes")
        })
        .collect()
}

/// The innermost cause says what is wrong with the expression; the outer ones only say that something is.
fn first_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => first_cause(source),
        None => error.to_string(),
    }
}
