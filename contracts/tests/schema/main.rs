//! The judge: each keyword by hand-made tables, and many random schemas against another validator.

mod branches;
mod compile;
mod keywords;
mod numbers;
mod oracle;
mod speed;
mod unevaluated;
mod walks;
