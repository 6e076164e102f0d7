//! The containment suite, read from disk.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Two schemas of draft 7, and whether each is within the other, where the suite says so.
pub struct Case {
    pub old: Value,
    pub new: Value,
    pub truth: [Option<bool>; 2],
}

/// All cases but those of optional keywords; nothing, if the suite is not there.
pub fn read() -> Option<Vec<Case>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("CONTRACTS_TEST_DATA").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let folder = folder.join("json-schema-containment/tests");
    let mut cases = Vec::new();
    gather(&folder, &mut cases)?;
    Some(cases)
}

fn gather(folder: &Path, cases: &mut Vec<Case>) -> Option<()> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| !path.ends_with("optional")) {
        if path.is_dir() {
            gather(path, cases)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            let tests: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
            cases.extend(tests.into_iter().map(case));
        }
    }
    Some(())
}

fn case(mut test: Value) -> Case {
    let truth = ["s1SubsetEqOfs2", "s2SubsetEqOfs1"].map(|name| test["tests"][name].as_bool());
    Case { old: test["schema1"].take(), new: test["schema2"].take(), truth }
}
