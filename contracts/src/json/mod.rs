//! JSON text, read and written without a tree in between.
//!
//! [`Reader`] pulls typed values out of a text, [`Writer`] appends text. Both are concrete types,
//! not generic over a format: generated code against them compiles fast and runs fast.

mod cursor;
mod escape;
mod kind;
mod lanes;
pub(crate) mod names;
pub(crate) mod pointer;
mod reader;
pub(crate) mod scan;
pub(crate) mod seek;
mod skip;
mod writer;

pub use self::kind::{Kind, Kinds};
pub use self::pointer::pointer_at;
pub use self::reader::{MAX_DEPTH, Members, Reader};
pub use self::writer::Writer;
pub(crate) use self::writer::{Digits, fill};
