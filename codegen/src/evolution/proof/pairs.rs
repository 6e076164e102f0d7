//! Many comparisons at once, over all cores, answered in the order of the questions.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Comparison, NotASchema, Options, compare_here};
use crate::build::deep;
use crate::schema::Draft;

/// A comparison to be made.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The draft of both documents, if they shall not state it themselves.
    pub draft: Option<Draft>,
    /// The old schema, as JSON text.
    pub old: String,
    /// The new schema, as JSON text.
    pub new: String,
}

/// What is answered to a pair.
pub type Answer = Result<Comparison, NotASchema>;

/// Threads have stacks of this size: schemas may be nested deeply.
const STACK: usize = 512 << 20;

/// Compares each pair.
///
/// ```
/// use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
///
/// let pair = Pair { draft: None, old: r#"{ "type": "integer" }"#.into(), new: r#"{ "type": "number" }"#.into() };
/// let answers = compare_pairs(&[pair], &Options::default());
/// assert_eq!(answers[0].as_ref().map(|answer| &answer.backward), Ok(&Verdict::Safe));
/// ```
#[must_use]
pub fn compare_pairs(pairs: &[Pair], options: &Options) -> Vec<Answer> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(pairs.len().max(1));
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<(usize, Answer)>> = Mutex::new(Vec::with_capacity(pairs.len()));
    let work = || {
        while let Some((place, pair)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|place| Some((place, pairs.get(place)?)))
        {
            let options = Options { draft: pair.draft.or(options.draft), ..*options };
            let answer = compare_here(&pair.old, &pair.new, &options);
            answers.lock().unwrap_or_else(PoisonError::into_inner).push((place, answer));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            thread.expect("a thread can be started");
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// Compares each pair, one after the other on one thread, and hands every answer over as soon as there is one.
///
/// ```
/// use event_contracts_codegen::evolution::{Options, Pair, compare_each};
///
/// let pair = Pair { draft: None, old: "true".into(), new: "{}".into() };
/// let mut answered = 0;
/// compare_each(&[pair], &Options::default(), |answer| answered += usize::from(answer.is_ok()));
/// assert_eq!(answered, 1);
/// ```
pub fn compare_each(pairs: &[Pair], options: &Options, mut each: impl FnMut(Answer) + Send) {
    deep(|| {
        for pair in pairs {
            let options = Options { draft: pair.draft.or(options.draft), ..*options };
            each(compare_here(&pair.old, &pair.new, &options));
        }
    });
}
