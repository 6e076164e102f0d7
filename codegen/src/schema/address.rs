//! Where a `$ref` leads: a file of the folder, by its relative path or by the `$id` that a file gives itself.

use std::collections::BTreeMap;

use crate::source::Folder;

/// The files of a folder by path, and by `$id` where they have one.
#[derive(Debug, Default)]
pub struct Addresses {
    ids: BTreeMap<String, String>,
    paths: BTreeMap<String, String>,
}

/// Why a reference has no address in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nowhere {
    /// It asks for the network or for an absolute path.
    NotInFolder,
    /// It climbs out of the folder.
    OutOfFolder,
}

impl Addresses {
    pub(super) fn of(folder: &Folder) -> Self {
        let mut addresses = Self::default();
        for (path, document) in &folder.documents {
            if let Some(id) = document.value.get("$id").and_then(|id| id.as_str()) {
                let id = id.trim_end_matches('#').to_owned();
                addresses.ids.insert(path.clone(), id.clone());
                addresses.paths.entry(id).or_insert_with(|| path.clone());
            }
        }
        addresses
    }

    /// The file and the fragment that `target` means in the file `here`.
    pub(crate) fn resolve(&self, here: &str, target: &str) -> Result<(String, String), Nowhere> {
        let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
        let found = |path: String| Ok((path, fragment.to_owned()));
        if file.is_empty() {
            return found(here.to_owned());
        }
        let absolute = self.ids.get(here).map_or_else(|| file.to_owned(), |base| join(base, file));
        if let Some(path) = self.paths.get(&absolute) {
            return found(path.clone());
        }
        if file.contains(':') || file.starts_with('/') {
            return Err(Nowhere::NotInFolder);
        }
        relative(here, file).map_or(Err(Nowhere::OutOfFolder), found)
    }
}

/// A URI reference, seen from a base (RFC 3986, section 5.2, for what stands in schemas).
fn join(base: &str, reference: &str) -> String {
    if reference.contains(':') {
        return reference.to_owned();
    }
    let (scheme, rest) = base.split_once("://").map_or(("", base), |(scheme, rest)| (scheme, rest));
    let (host, path) = if scheme.is_empty() { ("", rest) } else { rest.split_at(rest.find('/').unwrap_or(rest.len())) };
    let path = if reference.starts_with('/') {
        reference.to_owned()
    } else {
        relative(path, reference).unwrap_or_else(|| reference.to_owned())
    };
    if scheme.is_empty() { path } else { format!("{scheme}://{host}/{}", path.trim_start_matches('/')) }
}

/// `file`, seen from the file `base`; `None` if it leads out of the folder.
fn relative(base: &str, file: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_join() {
        for (base, reference, expected) in [
            ("https://a.org/s/order.json", "item.json", "https://a.org/s/item.json"),
            ("https://a.org/s/order.json", "../item.json", "https://a.org/item.json"),
            ("https://a.org/s/order.json", "/item.json", "https://a.org/item.json"),
            ("https://a.org/s/order.json", "https://b.org/x", "https://b.org/x"),
            ("https://a.org", "item.json", "https://a.org/item.json"),
            ("/schemas/order", "address", "/schemas/address"),
            ("urn:order", "urn:item", "urn:item"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
