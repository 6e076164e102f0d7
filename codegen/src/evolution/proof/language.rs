//! Sets of texts: what patterns and lengths admit together, and the shortest texts of it.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::lower::pattern::{Table, compile, translate};

/// Steps that a search for texts may take.
const MAX_STEPS: usize = 1 << 16;

/// Longer texts are not written down.
const MAX_LENGTH: u64 = 1 << 21;

/// Tables that are kept for later comparisons.
const MAX_KEPT: usize = 1 << 12;

thread_local! {
    static KEPT: RefCell<HashMap<String, Option<Arc<Table>>>> = RefCell::default();
}

/// The patterns of a comparison, by number.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    numbers: HashMap<String, u32>,
    all: Vec<(String, OnceCell<Option<Arc<Table>>>)>,
}

impl Patterns {
    pub(super) fn number(&mut self, source: &str) -> u32 {
        if let Some(&known) = self.numbers.get(source) {
            return known;
        }
        let number = u32::try_from(self.all.len()).expect("schemas have fewer patterns");
        self.numbers.insert(source.to_owned(), number);
        self.all.push((source.to_owned(), OnceCell::new()));
        number
    }

    pub(super) fn source(&self, number: u32) -> &str {
        &self.all[number as usize].0
    }

    /// The automaton of a pattern; none for what is no regular language or too large.
    pub(super) fn table(&self, number: u32) -> Option<Arc<Table>> {
        let (source, table) = &self.all[number as usize];
        table.get_or_init(|| kept(source)).clone()
    }
}

/// The automaton of a pattern, kept for later comparisons.
pub(super) fn kept(source: &str) -> Option<Arc<Table>> {
    KEPT.with_borrow_mut(|kept| {
        if kept.len() > MAX_KEPT {
            kept.clear();
        }
        let compiled = || translate(source).and_then(|pattern| compile(&pattern)).ok().map(Arc::new);
        kept.entry(source.to_owned()).or_insert_with(compiled).clone()
    })
}

/// All texts that match some patterns and do not match others, of some lengths, without some single ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Language {
    pub(super) patterns: Vec<(Arc<Table>, bool)>,
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) avoided: BTreeSet<Arc<str>>,
}

/// Some texts of a language, the shortest first.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) words: Vec<String>,
    /// Whether there are no others.
    pub(super) is_all: bool,
}

/// How much work it was to find texts, or to give up.
pub(super) type Work = usize;

impl Language {
    /// As many texts as wanted, if there are so many; nothing if they cannot be counted within the budget.
    pub(super) fn words(&self, wanted: usize) -> (Option<Found>, Work) {
        if self.most.is_some_and(|most| most < self.least) {
            return (Some(Found { words: Vec::new(), is_all: true }), 0);
        }
        if self.least > MAX_LENGTH {
            return (None, 0);
        }
        if self.patterns.is_empty() {
            return (Some(self.plain(wanted)), 0);
        }
        let mut walk = Walk::new(self, wanted);
        (walk.run(), walk.reached.len())
    }

    /// Without patterns, only the length matters.
    fn plain(&self, wanted: usize) -> Found {
        let mut words = Vec::new();
        if self.least == 0 && !self.avoided.contains("") {
            words.push(String::new());
        }
        let length = usize::try_from(self.least.max(1)).unwrap_or(usize::MAX);
        if self.most == Some(0) {
            words.truncate(wanted);
            return Found { is_all: words.len() < wanted || wanted > 0, words };
        }
        // There are more letters than anybody asks for.
        let letters = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain('\u{100}'..='\u{d7ff}');
        for letter in letters {
            if words.len() >= wanted {
                break;
            }
            let word: String = std::iter::once(letter).chain(std::iter::repeat_n('a', length - 1)).collect();
            if !self.avoided.contains(&*word) {
                words.push(word);
            }
        }
        words.truncate(wanted);
        Found { words, is_all: false }
    }
}

/// A place of the walk through all automata at once.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    states: Vec<u16>,
    /// How far into a letter of several bytes.
    letter: u8,
    length: u32,
}

struct Walk<'l> {
    language: &'l Language,
    wanted: usize,
    bytes: Vec<u8>,
    /// Every place that was reached, with the way back.
    reached: Vec<(Place, usize, u8)>,
    visits: HashMap<Place, usize>,
    words: Vec<String>,
}

impl<'l> Walk<'l> {
    fn new(language: &'l Language, wanted: usize) -> Self {
        // With fewer bytes of a class than this, texts would be missing that differ only in such bytes.
        let bytes = representatives(language, wanted + language.avoided.len());
        Self { language, wanted, bytes, reached: Vec::new(), visits: HashMap::new(), words: Vec::new() }
    }

    fn run(&mut self) -> Option<Found> {
        let states = self.language.patterns.iter().map(|(table, _)| table.start()).collect();
        // Of the ways to one place, more than there are words to be found make no difference.
        let limit = self.wanted + self.language.avoided.len();
        self.reached.push((Place { states, letter: 0, length: 0 }, usize::MAX, 0));
        let mut next = 0;
        while next < self.reached.len() {
            if self.reached.len() > MAX_STEPS {
                return None;
            }
            let here = self.reached[next].0.clone();
            if self.accepts(&here) {
                let word = self.word(next);
                if !self.language.avoided.contains(&*word) {
                    self.words.push(word);
                }
                if self.words.len() >= self.wanted {
                    return Some(Found { words: std::mem::take(&mut self.words), is_all: false });
                }
            }
            for byte in self.bytes.clone() {
                if let Some(there) = self.step(&here, byte) {
                    let visits = self.visits.entry(there.clone()).or_default();
                    *visits += 1;
                    if *visits <= limit {
                        self.reached.push((there, next, byte));
                    }
                }
            }
            next += 1;
        }
        Some(Found { words: std::mem::take(&mut self.words), is_all: true })
    }

    fn step(&self, here: &Place, byte: u8) -> Option<Place> {
        let letter = letter(here.letter, byte)?;
        let grown = here.length + u32::from(letter == 0);
        let length = match self.language.most {
            Some(most) if u64::from(grown) > most => return None,
            Some(_) => grown,
            // Beyond the least length, lengths are all the same.
            None => grown.min(u32::try_from(self.language.least).unwrap_or(u32::MAX)),
        };
        let mut states = Vec::with_capacity(here.states.len());
        for (state, (table, sign)) in here.states.iter().zip(&self.language.patterns) {
            let state = table.step(*state, byte);
            if table.is_decided(state) == Some(!sign) {
                return None;
            }
            states.push(state);
        }
        Some(Place { states, letter, length })
    }

    fn accepts(&self, here: &Place) -> bool {
        let mut patterns = here.states.iter().zip(&self.language.patterns);
        here.letter == 0
            && u64::from(here.length) >= self.language.least
            && patterns.all(|(state, (table, sign))| table.accepts(*state) == *sign)
    }

    fn word(&self, mut place: usize) -> String {
        let mut bytes = Vec::new();
        while self.reached[place].1 != usize::MAX {
            bytes.push(self.reached[place].2);
            place = self.reached[place].1;
        }
        bytes.reverse();
        String::from_utf8(bytes).expect("the walk follows UTF-8")
    }
}

/// Some bytes of each class that no automaton tells apart, readable ones first.
fn representatives(language: &Language, limit: usize) -> Vec<u8> {
    let readable = (b'a'..=b'z').chain(b'A'..=b'Z').chain(b'0'..=b'9').chain(b'!'..=b'~');
    let mut classes: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let (mut bytes, mut seen) = (Vec::new(), [false; 256]);
    for byte in readable.chain(0..=255) {
        if std::mem::replace(&mut seen[usize::from(byte)], true) {
            continue;
        }
        let mut class: Vec<u8> = language.patterns.iter().map(|(table, _)| table.class(byte)).collect();
        class.extend((0..8).map(|state| letter(state, byte).map_or(8, |next| next)));
        let members = classes.entry(class).or_default();
        *members += 1;
        if *members <= limit {
            bytes.push(byte);
        }
    }
    bytes
}

/// Where in a letter of UTF-8 a byte leads; `0` is its end.
fn letter(state: u8, byte: u8) -> Option<u8> {
    Some(match (state, byte) {
        (0, 0..=0x7F) | (1, 0x80..=0xBF) => 0,
        (0, 0xC2..=0xDF) | (2, 0x80..=0xBF) | (3, 0xA0..=0xBF) | (4, 0x80..=0x9F) => 1,
        (0, 0xE1..=0xEC | 0xEE..=0xEF) => 2,
        (0, 0xE0) => 3,
        (0, 0xED) => 4,
        (0, 0xF0) => 5,
        (0, 0xF1..=0xF3) => 6,
        (0, 0xF4) => 7,
        (5, 0x90..=0xBF) | (6, 0x80..=0xBF) | (7, 0x80..=0x8F) => 2,
        _ => return None,
    })
}
