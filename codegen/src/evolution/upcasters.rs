//! Upcasters in Rust sources: every `impl Upcast<Older> for Newer`, found by the types that it names.
//!
//! Sources are read, not compiled: macros are not expanded, and a glob import tells nothing.

use std::collections::HashMap;
use std::sync::Arc;

use syn::{GenericArgument, ItemImpl, ItemUse, Path, PathArguments, Type, UseTree};

use crate::contract::Event;
use crate::diagnostic::{File, Location};
use crate::evolution::versions::{Step, UPCAST};
use crate::source::RustFiles;

/// Every upcaster of some files.
pub(super) struct Upcasters<'f> {
    files: &'f RustFiles,
    all: Vec<Upcaster>,
}

/// One `impl`; its types as paths, imports resolved.
struct Upcaster {
    older: Vec<String>,
    newer: Vec<String>,
    at: Location,
}

impl<'f> Upcasters<'f> {
    pub(super) fn in_files(files: &'f RustFiles) -> Self {
        Self { files, all: files.files.iter().flat_map(in_file).collect() }
    }

    /// What was looked through, in a sentence.
    pub(super) fn searched(&self) -> String {
        let RustFiles { folder, count, .. } = self.files;
        format!("looked for in `{folder}`, in {count} Rust file{}", if *count == 1 { "" } else { "s" })
    }

    /// Where the upcaster of a step stands.
    pub(super) fn find(&self, step: &Step<'_>) -> Option<Location> {
        let others: Vec<&str> = step.loaded.contract.systems.iter().map(|system| system.name.rust.as_str()).collect();
        let names = |path: &[String], event| names(path, event, &step.system.name.rust, &others);
        let found = self.all.iter().find(|one| names(&one.older, step.older) && names(&one.newer, step.newer));
        found.map(|one| one.at.clone())
    }
}

/// Whether a path can mean the type of an event: its last segments are the type's, and the one before is no other system.
fn names(path: &[String], event: &Event, system: &str, systems: &[&str]) -> bool {
    let is_major = |segment: &String| segment.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
    let Some((name, before)) = path.split_last() else { return false };
    let before = match (event.newest, before.split_last()) {
        (true, last) => Some(before).filter(|_| !last.is_some_and(|(last, _)| is_major(last))),
        (false, Some((last, before))) => (*last == format!("v{}", event.major)).then_some(before),
        (false, None) => None,
    };
    let plain = |name: &str| name.trim_start_matches("r#").to_owned();
    plain(name) == plain(&event.name.rust)
        && before.is_some_and(|before| {
            before.last().is_none_or(|module| {
                plain(module) == plain(system) || !systems.iter().any(|other| plain(other) == plain(module))
            })
        })
}

fn in_file(file: &Arc<File>) -> Vec<Upcaster> {
    let text = &file.text;
    let words = words(text);
    // The text from each such word up to the next such end.
    let of = |keyword, end| {
        let heads =
            words.iter().enumerate().filter(|(_, (_, word))| *word == keyword).filter_map(|(index, (at, _))| {
                let (upto, _) = words[index..].iter().find(|(_, word)| *word == end)?;
                Some((*at, &text[*at..*upto]))
            });
        heads.collect::<Vec<_>>()
    };
    let mut imports = HashMap::new();
    for item in of("use", ";").into_iter().filter_map(|(_, text)| syn::parse_str::<ItemUse>(&format!("{text};")).ok()) {
        import(&item.tree, &mut Vec::new(), &mut imports);
    }
    let impls = of("impl", "{").into_iter().filter_map(|(at, head)| {
        let item = head.contains("for").then(|| syn::parse_str::<ItemImpl>(&format!("{head}{{}}")).ok())??;
        let (of, _) = item.trait_.as_ref()?;
        let (older, newer) = (argument(of)?, path(&item.self_ty)?);
        let at = Location { file: Arc::clone(file), pointer: String::new(), span: at..at + head.trim_end().len() };
        let upcaster = Upcaster { older: resolved(older, &imports), newer: resolved(newer, &imports), at };
        (resolved(of, &imports).last()? == UPCAST).then_some(upcaster)
    });
    impls.collect()
}

/// What each name stands for that an import brings.
fn import(tree: &UseTree, before: &mut Vec<String>, imports: &mut HashMap<String, Vec<String>>) {
    let mut add = |name: String, leaf: &syn::Ident| {
        let whole = before.iter().cloned().chain((leaf != "self").then(|| leaf.to_string()));
        imports.insert(name, whole.collect());
    };
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            import(&path.tree, before, imports);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            if let Some(last) = before.last().cloned() {
                add(last, &name.ident);
            }
        }
        UseTree::Name(name) => add(name.ident.to_string(), &name.ident),
        UseTree::Rename(rename) => add(rename.rename.to_string(), &rename.ident),
        UseTree::Glob(_) => {}
        UseTree::Group(group) => group.items.iter().for_each(|tree| import(tree, before, imports)),
    }
}

/// A path, its first segment replaced by what it was imported from.
fn resolved(path: &Path, imports: &HashMap<String, Vec<String>>) -> Vec<String> {
    let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match segments.split_first() {
        Some((first, rest)) if path.leading_colon.is_none() => {
            let first = imports.get(first).cloned().unwrap_or_else(|| vec![first.clone()]);
            first.into_iter().chain(rest.iter().cloned()).collect()
        }
        _ => segments,
    }
}

fn path(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(path) if path.qself.is_none() => Some(&path.path),
        Type::Paren(inner) => path(&inner.elem),
        Type::Group(inner) => path(&inner.elem),
        _ => None,
    }
}

/// The type between the angle brackets of the last segment.
fn argument(of: &Path) -> Option<&Path> {
    let PathArguments::AngleBracketed(arguments) = &of.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => path(ty),
        _ => None,
    })
}

/// The words of a Rust text, and what may end an item's head, with their places; but for those in comments, texts and letters.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if letter == '"' {
            quoted(rest, '"')
        } else if letter == '\'' {
            letter_or_lifetime(rest)
        } else if is_word(letter) {
            let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
            match raw(rest, length) {
                Some(whole) => whole,
                None => {
                    words.push((at, &rest[..length]));
                    length
                }
            }
        } else {
            if matches!(letter, '{' | ';') {
                words.push((at, &rest[..1]));
            }
            letter.len_utf8()
        };
    }
    words
}

/// The length of a comment, which may hold others.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    rest.len().min(rest.ceil_char_boundary(at))
}

/// The length of a text with its quotes, in which a backslash takes the next letter's meaning.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `'a'` is a letter, `'a` a lifetime.
fn letter_or_lifetime(rest: &str) -> usize {
    let mut letters = rest.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(rest, '\''),
        _ => 1,
    }
}

/// The length of a raw text: `r#"…"#`, also of bytes and of C.
fn raw(rest: &str, prefix: usize) -> Option<usize> {
    if !matches!(&rest[..prefix], "r" | "br" | "cr") {
        return None;
    }
    let hashes = rest[prefix..].bytes().take_while(|byte| *byte == b'#').count();
    let start = prefix + hashes;
    rest[start..].starts_with('"').then_some(())?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = rest[start + 1..].find(&end).map(|at| start + 1 + at + end.len());
    Some(length.unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let file = Arc::new(File { path: "a.rs".to_owned(), text: text.to_owned() });
        let show = |one: &Upcaster| format!("{} {} → {}", one.at, one.older.join("::"), one.newer.join("::"));
        in_file(&file).iter().map(show).collect()
    }

    #[test]
    fn upcasters_are_found_by_the_types_that_they_name() {
        for (text, expected) in [
            ("impl Upcast<v1::A> for A {}", &["a.rs:1:1 v1::A → A"][..]),
            ("impl event_contracts::Upcast<shop::v1::A> for shop::A {\n}", &["a.rs:1:1 shop::v1::A → shop::A"]),
            ("use shop::{A, v1};\nimpl Upcast<v1::A> for A {}", &["a.rs:2:1 shop::v1::A → shop::A"]),
            (
                "use shop::{self as s, v1::A as Old};\n impl Upcast<Old> for s::A {}",
                &["a.rs:2:2 shop::v1::A → shop::A"],
            ),
            ("use event_contracts::Upcast as Up;\nimpl Up<v1::A> for A {}", &["a.rs:2:1 v1::A → A"]),
            ("mod inner { fn f() { impl Upcast<v1::A> for A {} } }", &["a.rs:1:22 v1::A → A"]),
            ("impl /* { */ Upcast<v1::A> for A {}", &["a.rs:1:1 v1::A → A"]),
            ("impl Upcast<v1::A> // the first\n for A where A: Sized {}", &["a.rs:1:1 v1::A → A"]),
            ("// impl Upcast<v1::A> for A {}", &[]),
            ("/* /* */ impl Upcast<v1::A> for A {} */", &[]),
            ("const A: &str = r#\"\" impl Upcast<v1::A> for A {}\"#;", &[]),
            ("const A: &str = \"\\\" impl Upcast<v1::A> for A {}\";", &[]),
            ("const Q: char = '\"'; impl Upcast<v1::A> for A {} const R: char = '\"';", &["a.rs:1:22 v1::A → A"]),
            ("fn f<'a>() -> impl Upcast<v1::A> { }", &[]),
            ("impl<T> Upcast<T> for (T, T) {}\nimpl Other<v1::A> for A {}", &[]),
            ("impl Upcast<v1::A> for ä {", &["a.rs:1:1 v1::A → ä"]),
            ("impl Upcast for A {} impl", &[]),
            ("'\u{e4}' \"", &[]),
            ("/*/", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
