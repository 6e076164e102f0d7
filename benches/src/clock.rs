//! Times contenders side by side: all of them in turn, round after round, so that a slow moment of the machine hits all.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long to look at one contender.
#[derive(Clone, Copy)]
pub struct Clock {
    /// Altogether.
    pub budget: Duration,
    /// In how many rounds: many short ones, since the scheduler takes the processor away for longer than one of them.
    pub rounds: u32,
}

impl Clock {
    /// Nanoseconds per call of each contender: the best round, since everything else only adds to it.
    pub fn race<const N: usize>(self, contenders: [&dyn Fn() -> bool; N]) -> [f64; N] {
        let slice = self.budget / self.rounds;
        let calls = contenders.map(|contender| calibrated(contender, slice));
        let mut best = [f64::INFINITY; N];
        for _ in 0..self.rounds {
            for ((contender, calls), best) in contenders.iter().zip(calls).zip(&mut best) {
                *best = best.min(batch(*contender, calls));
            }
        }
        best
    }
}

/// How many calls fill a slice of time; warms the caches up on the way.
fn calibrated(contender: &dyn Fn() -> bool, slice: Duration) -> u32 {
    assert!(contender(), "a contender fails on what it is timed with");
    let mut calls = 1;
    loop {
        let took = batch(contender, calls) * f64::from(calls);
        let wanted = slice.as_nanos() as f64;
        if took * 4.0 > wanted {
            return ((f64::from(calls) * wanted / took) as u32).max(1);
        }
        calls *= 2;
    }
}

/// Nanoseconds per call.
fn batch(contender: &dyn Fn() -> bool, calls: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(contender());
    }
    start.elapsed().as_nanos() as f64 / f64::from(calls)
}
