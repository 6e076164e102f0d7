//! Folders of cases: a base, and what each case lays over it.

use std::fs;
use std::path::{Path, PathBuf};

/// Copies a folder over another; an empty file removes.
///
/// # Panics
/// If a file cannot be read or written.
pub fn lay(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else { return };
    fs::create_dir_all(to).unwrap();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            lay(&path, &target);
        } else if fs::metadata(&path).unwrap().len() == 0 {
            fs::remove_file(&target).unwrap();
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The folders in a folder, by name.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
