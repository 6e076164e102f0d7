//! The reader, the writer and the exact values, each against an oracle.

mod contents;
mod edit;
mod format_suite;
mod formats;
mod patterns;
mod pointers;
mod rules;
mod seek;
mod text;
mod values;
