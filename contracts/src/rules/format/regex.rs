//! Regular expressions of ECMA-262: whether one has the syntax, not what it matches.
//!
//! The grammar is the one with the flag `u`, with named groups and modifiers (ES2025). One thing of
//! the grammar without the flag is let through, since schemas in use are full of it: a backslash
//! before a character that needs none, such as `\-`, as long as it is no letter and no digit.

mod escape;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use self::escape::Cursor;

/// Whether the text is a pattern; what has neither groups nor names is read without an allocation.
pub(super) fn is_valid(text: &str) -> bool {
    Pattern::new(text).read().is_some()
}

/// What stands before a quantifier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Something that may be repeated.
    Atom,
    /// An assertion, a quantifier, or the start of an alternative.
    Other,
}

/// A group that is still open. Names are numbered in the order of the text, so what a group holds
/// is all from a number on.
struct Group {
    /// What the group is once it is closed.
    closed: Before,
    /// The first name that the group could hold.
    first: usize,
    /// The first name that its latest alternative could hold.
    latest: usize,
}

struct Pattern<'a> {
    cursor: Cursor<'a>,
    groups: Vec<Group>,
    captures: u64,
    /// The highest group that a `\1` refers to; it may be one that follows.
    referred: u64,
    names: Names<'a>,
    /// The names that a `\k<name>` refers to; they may follow as well.
    referred_names: Vec<Cow<'a, str>>,
}

#[derive(Default)]
struct Names<'a> {
    count: usize,
    /// The last group of each name.
    last: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Pattern<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            cursor: Cursor::new(text),
            groups: Vec::new(),
            captures: 0,
            referred: 0,
            names: Names::default(),
            referred_names: Vec::new(),
        }
    }

    fn read(mut self) -> Option<()> {
        // The latest alternative of the whole pattern, which is in no group.
        let mut latest = 0;
        let mut before = Before::Other;
        while let Some(letter) = self.cursor.next() {
            before = match letter {
                '|' => {
                    *self.groups.last_mut().map_or(&mut latest, |group| &mut group.latest) = self.names.count;
                    Before::Other
                }
                '(' => self.open(latest)?,
                ')' => self.groups.pop()?.closed,
                '*' | '+' | '?' | '{' if before == Before::Other => return None,
                '*' | '+' | '?' => self.lazy(),
                '{' => self.counts()?,
                '}' | ']' => return None,
                '^' | '$' => Before::Other,
                '[' => {
                    self.cursor.class()?;
                    Before::Atom
                }
                '\\' => self.escape()?,
                _ => Before::Atom,
            };
        }
        let named = self.referred_names.iter().all(|name| self.names.last.contains_key(name));
        (self.groups.is_empty() && self.referred <= self.captures && named).then_some(())
    }

    /// The question mark that makes a quantifier lazy; a second quantifier cannot follow.
    fn lazy(&mut self) -> Before {
        self.cursor.take('?');
        Before::Other
    }

    /// `n}`, `n,}` or `n,m}`, the smaller number first.
    fn counts(&mut self) -> Option<Before> {
        let least = self.cursor.digits()?;
        if self.cursor.take(',') && !self.cursor.rest().starts_with('}') {
            let most = self.cursor.digits()?;
            if compared(least, most) == Ordering::Greater {
                return None;
            }
        }
        self.cursor.expect('}')?;
        Some(self.lazy())
    }

    /// What follows the parenthesis that opens a group, up to its pattern.
    fn open(&mut self, latest: usize) -> Option<Before> {
        let first = self.names.count;
        let mut closed = Before::Atom;
        if !self.cursor.take('?') {
            self.captures += 1;
        } else if self.cursor.take('<') {
            if self.cursor.take('=') || self.cursor.take('!') {
                closed = Before::Other;
            } else {
                self.captures += 1;
                let name = self.cursor.group_name()?;
                self.names.declare(name, &self.groups, latest)?;
            }
        } else if self.cursor.take('=') || self.cursor.take('!') {
            // With the flag, an assertion is not repeated.
            closed = Before::Other;
        } else {
            self.modifiers()?;
        }
        // A name is in the alternative around the group that it names, not in the group.
        let first = first.max(self.names.count);
        self.groups.push(Group { closed, first, latest: first });
        Some(Before::Other)
    }

    /// `:`, or flags that are switched on or off before it: each once at most, but one at least.
    fn modifiers(&mut self) -> Option<()> {
        let (flags, _) = self.cursor.rest().split_once(':')?;
        let (on, off) = flags.split_once('-').unwrap_or((flags, ""));
        // There are three flags, so that a long text is no list of them.
        let known = flags.len() <= 4 && on.chars().chain(off.chars()).all(|flag| "ims".contains(flag));
        let once = "ims".chars().all(|flag| flags.matches(flag).count() <= 1);
        if !known || !once || flags == "-" {
            return None;
        }
        self.cursor.skip(flags.len() + 1);
        Some(())
    }

    fn escape(&mut self) -> Option<Before> {
        match self.cursor.peek()? {
            'b' | 'B' => {
                self.cursor.next();
                return Some(Before::Other);
            }
            'k' => {
                self.cursor.next();
                self.cursor.expect('<')?;
                let name = self.cursor.group_name()?;
                self.referred_names.push(name);
            }
            '1'..='9' => self.referred = self.referred.max(self.cursor.digits()?.parse().unwrap_or(u64::MAX)),
            _ => self.cursor.escape().map(drop)?,
        }
        Some(Before::Atom)
    }
}

impl<'a> Names<'a> {
    /// A name may come twice only where no match can hold both: in alternatives of one group.
    fn declare(&mut self, name: Cow<'a, str>, groups: &[Group], latest: usize) -> Option<()> {
        // An older group of the same name was free to be where the last one was not, so that the
        // last one alone decides.
        if let Some(last) = self.last.insert(name, self.count) {
            let around = groups.partition_point(|group| group.first <= last);
            let latest = around.checked_sub(1).map_or(latest, |around| groups[around].latest);
            if last >= latest {
                return None;
            }
        }
        self.count += 1;
        Some(())
    }
}

/// Numbers of any length, by their digits.
fn compared(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}
