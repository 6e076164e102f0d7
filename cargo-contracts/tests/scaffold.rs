//! `init` and `generate`, which write: into folders of their own below the target folder.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn contracts(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-contracts"))
        .current_dir(dir)
        .env("CARGO_TERM_COLOR", "never")
        .args(arguments)
        .output()
        .unwrap()
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[test]
fn init_never_overwrites_and_lints_clean() {
    let dir = folder("init");
    let made = contracts(&dir, &["init", "shop-contracts", "--name", "acme-contracts"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let package = dir.join("shop-contracts");
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"acme-contracts\"") && manifest.contains("event-contracts = \"0.1\""),
        "{manifest}"
    );
    assert!(fs::read_to_string(package.join("build.rs")).unwrap().lines().count() <= 10);
    assert!(
        fs::read_to_string(package.join("tests/examples.rs")).unwrap().contains("use acme_contracts::shop::ShopEvent;")
    );
    let linted = contracts(&package, &["lint"]);
    assert!(linted.status.success() && linted.stdout.is_empty(), "{}", String::from_utf8_lossy(&linted.stdout));

    fs::write(package.join("build.rs"), "mine").unwrap();
    fs::remove_file(package.join("Cargo.toml")).unwrap();
    let again = contracts(&dir, &["init", "shop-contracts"]);
    assert_eq!(again.status.code(), Some(101));
    assert_eq!(fs::read_to_string(package.join("build.rs")).unwrap(), "mine");
    assert!(!package.join("Cargo.toml").exists(), "nothing at all is written where something stands already");
}

/// The new crate compiles and its tests pass. Dependencies are those of this checkout, in the versions of its lock file,
/// built once into a target folder that stays.
#[test]
fn init_makes_a_crate_that_works() {
    let dir = folder("init-works");
    let made = contracts(&dir, &["init", "shop-contracts", "--path", &checkout().to_string_lossy()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let package = dir.join("shop-contracts");
    // It lies below a workspace that it does not belong to.
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    fs::write(package.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    let _ = fs::copy(checkout().join("Cargo.lock"), package.join("Cargo.lock"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("init-target");
    let tested = Command::new(env!("CARGO"))
        .current_dir(&package)
        .args(["test", "--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    assert!(
        tested.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&tested.stdout),
        String::from_utf8_lossy(&tested.stderr)
    );
    let said = String::from_utf8_lossy(&tested.stdout);
    assert!(said.contains("2 passed"), "{said}");
}

#[test]
fn generate_writes_what_check_accepts() {
    let dir = folder("generate");
    let schemas = checkout().join("schemas").to_string_lossy().into_owned();
    let written = contracts(&dir, &["generate", "--schemas", &schemas, "--out", "generated"]);
    assert!(written.status.success() && written.stdout.is_empty(), "{}", String::from_utf8_lossy(&written.stderr));
    let check = || contracts(&dir, &["generate", "--schemas", &schemas, "--out", "generated", "--check"]);
    assert!(check().status.success());

    let before = fs::metadata(dir.join("generated/mod.rs")).unwrap().modified().unwrap();
    contracts(&dir, &["generate", "--schemas", &schemas, "--out", "generated"]);
    assert_eq!(
        before,
        fs::metadata(dir.join("generated/mod.rs")).unwrap().modified().unwrap(),
        "what is the same is left alone"
    );

    fs::write(dir.join("generated/commerce.rs"), "edited").unwrap();
    let stale = check();
    assert_eq!(stale.status.code(), Some(100));
    assert_eq!(String::from_utf8_lossy(&stale.stdout), "generated/commerce.rs: is not what the schemas generate\n");
    assert_eq!(fs::read_to_string(dir.join("generated/commerce.rs")).unwrap(), "edited", "a check writes nothing");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let arguments = ["validate", "--quiet", "--schemas", "../schemas", "-"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-contracts"));
    let piped = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    drop(child.stdout.take());
    // It has something to say now, and nobody to say it to.
    child.stdin.take().unwrap().write_all(b"{}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(101));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn bundle_writes_one_file_and_leaves_it_alone_if_nothing_changed() {
    let dir = folder("bundle");
    let schemas = checkout().join("schemas").to_string_lossy().into_owned();
    let bundle =
        |out: &str, more: &[&str]| contracts(&dir, &[&["bundle", "--schemas", &schemas, "--out", out], more].concat());
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let written = bundle("released/schemas.json", &[]);
    assert!(
        written.status.success() && said(&written).contains("files written to `released/schemas.json`"),
        "{}",
        said(&written)
    );
    let path = dir.join("released/schemas.json");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let again = bundle("released/schemas.json", &[]);
    assert!(said(&again).contains("which is up to date"), "{}", said(&again));
    assert_eq!(before, fs::metadata(&path).unwrap().modified().unwrap());
    assert_eq!(bundle("-", &[]).stdout, fs::read(&path).unwrap());
    assert!(bundle("-", &["--examples"]).stdout.len() > fs::read(&path).unwrap().len());
}
