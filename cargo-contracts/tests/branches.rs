//! A repository with branches of edits, judged as a job of CI would judge them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A repository with the schemas of `tests/fixtures/untidy` on its main branch.
struct Repository {
    root: PathBuf,
}

const EVENT: &str = "schemas/shop/orders/order.placed.v1.schema.json";

impl Repository {
    fn new(name: &str) -> Self {
        let repository = Self::without_commit(name);
        repository.commit("the contracts");
        repository
    }

    fn without_commit(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("branches").join(name);
        let _ = fs::remove_dir_all(&root);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/untidy"), &root.join("schemas"));
        let repository = Self { root };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let identity =
            ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(&self.root)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// A branch from main with one edit of one file.
    fn branch(&self, name: &str, file: &str, from: &str, to: &str) {
        self.git(&["switch", "--quiet", "--create", name, "main"]);
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} holds {from}");
        fs::write(path, text.replace(from, to)).unwrap();
        self.commit(name);
    }

    /// What is said about the branch that is checked out.
    fn breaking(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cargo-contracts"))
            .arg("breaking")
            .args(if arguments.contains(&"--format") { [].as_slice() } else { &["--format", "short"] })
            .args(arguments)
            .current_dir(&self.root)
            .env_remove("GITHUB_BASE_REF")
            .env_remove("CI_MERGE_REQUEST_DIFF_BASE_SHA")
            .env_remove("GIT_DIR")
            .output()
            .unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whoever reads a report of the very first commit gets one, too.
#[test]
fn where_nothing_is_compared_a_report_says_so() {
    let first = Repository::without_commit("first");
    for (format, saying) in [
        ("junit", r#"<testcase name="nothing to compare with: there is no commit yet""#),
        ("markdown", "## ✅ cargo contracts breaking: nothing to compare with: there is no commit yet\n"),
        ("github", "::notice title=cargo contracts breaking::nothing to compare with: there is no commit yet\n"),
    ] {
        let (code, text) = said(&first.breaking(&["--format", format]));
        assert_eq!(code, Some(0));
        assert!(text.contains(saying), "{text}");
    }
}

#[test]
fn three_branches_are_judged_against_where_they_parted() {
    let repository = Repository::new("three");
    repository.branch(
        "compatible",
        EVENT,
        r#""quantity": {"#,
        r#""gift": { "type": "boolean" },
        "quantity": {"#,
    );
    repository.branch("narrower", EVENT, r#""maximum": 10000"#, r#""maximum": 100"#);
    repository.branch("fewer", EVENT, r#", "quantity"]"#, "]");
    // Main goes on; what others did there is not held against the branches.
    repository.git(&["switch", "--quiet", "main"]);
    fs::write(repository.root.join("schemas/shop/README.md"), "The shop.\n").unwrap();
    repository.commit("a word");

    repository.git(&["switch", "--quiet", "compatible"]);
    let (code, text) = said(&repository.breaking(&[]));
    assert_eq!((code, text.lines().count()), (Some(100), 1), "{text}");
    assert!(text.contains("error[EV130 version-not-raised]"), "{text}");

    repository.git(&["switch", "--quiet", "narrower"]);
    let (code, text) = said(&repository.breaking(&[]));
    assert_eq!(code, Some(100));
    assert!(text.starts_with("schemas/shop/orders/order.placed.v1.schema.json:"), "{text}");
    assert!(text.contains("error[EV020 number-bound-changed]"), "{text}");

    repository.git(&["switch", "--quiet", "fewer"]);
    let witnesses = repository.root.join("witnesses");
    let (code, text) = said(&repository.breaking(&["--against", "main", "--witness-dir", "witnesses"]));
    assert_eq!(code, Some(100));
    assert!(text.contains("error[EV003 member-optional]"), "{text}");
    let files: Vec<PathBuf> = fs::read_dir(witnesses).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [witness] = &files[..] else { panic!("one witness, not {files:?}") };
    assert!(witness.to_string_lossy().ends_with("-forward.json"));
    let witness: serde_json::Value = serde_json::from_str(&fs::read_to_string(witness).unwrap()).unwrap();
    assert!(witness["data"].get("quantity").is_none(), "{witness}");

    repository.git(&["switch", "--quiet", "main"]);
    let (code, text) = said(&repository.breaking(&[]));
    assert_eq!((code, text.as_str()), (Some(0), ""));
}
