//! Baselines out of git: the files of a commit, from repositories of every kind.

mod repository;

use std::fs;
use std::path::Path;
use std::time::Instant;

use event_contracts_codegen::source::{Earlier, Folder};
use event_contracts_codegen::{Baseline, Loaded, load, source, write};
use repository::{Repository, copy, said};

fn folder(shop: &Repository, text: &str) -> Folder {
    let baseline = Baseline::parse(text, &shop.schemas(), &shop.asked()).unwrap();
    match baseline.read(&shop.schemas(), &shop.asked()) {
        Ok(Earlier::State(folder)) => folder,
        other => panic!("{:?}", other.map(|_| ()).map_err(|found| said(Err(found)))),
    }
}

/// Paths and texts.
fn texts(folder: &Folder) -> Vec<(&str, &str)> {
    folder.documents.iter().map(|(path, document)| (path.as_str(), document.file.text.as_str())).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "how long it took, for who asks")]
fn a_commit_gives_what_the_disk_gives_and_the_same_contract() {
    let shop = Repository::empty("own-schemas");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas"), &shop.schemas());
    shop.commit("all");
    let start = Instant::now();
    let earlier = folder(&shop, "HEAD");
    println!("{} files in {:?}", earlier.documents.len(), start.elapsed());
    assert!(earlier.documents.len() > 500);
    assert_eq!(texts(&earlier), texts(&source::read_folder(&shop.schemas()).unwrap()));
    let Ok(Earlier::State(earlier)) = shop.against("HEAD") else { panic!() };
    assert_eq!(write::render(&earlier.contract), write::render(&load(&shop.schemas()).unwrap().contract));
}

#[test]
fn places_are_those_of_the_commit() {
    let shop = Repository::of("places", &["one"]);
    let path = shop.schemas().join("shop/system.json");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replace("\"envelope\": {", "\"envelope\": {,")).unwrap();
    shop.commit("broken");
    fs::write(&path, good).unwrap();
    let said = shop.state("HEAD");
    assert!(said.starts_with("EV600 at HEAD:schemas/shop/system.json:"), "{said}");
}

#[test]
fn a_commit_never_reads_on_from_the_disk() {
    let shop = Repository::of("no-disk", &["one"]);
    let common = fs::read_to_string(shop.schemas().join("shop/common.schema.json")).unwrap();
    shop.git(&["rm", "-q", "schemas/shop/common.schema.json"]);
    shop.commit("without");
    shop.write("schemas/shop/common.schema.json", &common);
    assert!(load(&shop.schemas()).is_ok());
    let said = shop.state("HEAD");
    assert!(said.starts_with("EV604 at HEAD:schemas/shop/"), "{said}");
}

#[test]
fn the_same_files_count_as_on_the_disk() {
    let shop = Repository::of("kinds", &["one"]);
    let inner = Repository::of("kinds-inner", &["inner"]);
    shop.write("schemas/.hidden/a.json", "{}");
    shop.write("schemas/shop/.hidden.json", "{}");
    shop.write("schemas/shop/.json", "{}");
    shop.write("schemas/shop/notes.md", "no JSON");
    shop.write("schemas-old/shop/system.json", "{}");
    shop.write("schemas/shop/pöst \"quoted\" 'x' $HOME\t.json", "{\"odd\": 1}");
    shop.write("schemas/shop/line\nend.json", "{}");
    #[cfg(unix)]
    for (target, link) in [("system.json", "schemas/shop/link.json"), ("shop", "schemas/linked")] {
        std::os::unix::fs::symlink(target, shop.dir.join(link)).unwrap();
    }
    shop.git(&["submodule", "--quiet", "add", &format!("file://{}", inner.dir.display()), "schemas/module"]);
    shop.commit("all kinds");
    let earlier = folder(&shop, "HEAD");
    fs::remove_dir_all(shop.schemas().join("module")).unwrap();
    assert_eq!(texts(&earlier), texts(&source::read_folder(&shop.schemas()).unwrap()));
    assert!(
        earlier.documents.keys().any(|path| path.contains("quoted"))
            && !earlier.documents.contains_key("shop/link.json")
    );
}

#[test]
fn a_file_of_a_size_that_no_person_wrote_is_refused() {
    let shop = Repository::of("big", &["one"]);
    let size = (16 << 20) + 1;
    shop.write("schemas/shop/big.json", &format!("\"{}\"", "x".repeat(size - 2)));
    // What comes after it is still read.
    shop.write("schemas/shop/wrong.json", "{,}");
    shop.commit("big");
    let said = shop.state("HEAD");
    assert!(said.contains(&format!("EV613: cannot read `HEAD:schemas/shop/big.json`: it has {size} bytes")), "{said}");
    assert!(said.contains("EV600 at HEAD:schemas/shop/wrong.json:1:2"), "{said}");
    shop.git(&["rm", "-q", "schemas/shop/big.json"]);
    fs::write(shop.schemas().join("shop/wrong.json"), [b'"', 0xff, b'"']).unwrap();
    shop.commit("no text");
    assert_eq!(shop.state("HEAD"), "EV613: cannot read `HEAD:schemas/shop/wrong.json`: byte 1 is not UTF-8");
}

/// Questions and answers both exceed what a pipe holds: whoever writes all before reading waits for ever.
#[test]
fn many_and_large_files_do_not_block() {
    let shop = Repository::of("many", &["one"]);
    for index in 0..2000 {
        shop.write(&format!("schemas/shop/many/{index}.json"), &format!("{{\"number\": {index}}}"));
    }
    for index in 0..3 {
        shop.write(&format!("schemas/shop/large/{index}.json"), &format!("\"{}\"", index.to_string().repeat(1 << 20)));
    }
    shop.commit("many");
    let earlier = folder(&shop, "HEAD");
    assert!(earlier.documents.len() > 2003);
    assert_eq!(earlier.documents["shop/many/1718.json"].file.text, "{\"number\": 1718}");
}

#[test]
fn the_schema_folder_may_stand_anywhere() {
    let shop = Repository::none("ünter \"all\" 'das' $HOME");
    shop.git(&["init", "-q", "-b", "main", "."]);
    shop.edit("one");
    let deep = shop.dir.join("größe (1)/`x`/:(top)[a-z]*");
    fs::create_dir_all(deep.parent().unwrap()).unwrap();
    fs::rename(shop.schemas(), &deep).unwrap();
    shop.commit("deep");
    let load = |schemas: &Path| {
        said(Baseline::parse("git:HEAD", schemas, &shop.asked()).unwrap().load(schemas, &shop.asked()))
    };
    assert_eq!(load(&deep), "one @ HEAD:größe (1)/`x`/:(top)[a-z]*/shop/system.json");
    // Seen from the folder of git, by a way that is not the shortest, and after it was deleted.
    assert!(load(Path::new("größe (1)/`x`/../`x`/./:(top)[a-z]*")).starts_with("one @ "));
    fs::remove_dir_all(&deep).unwrap();
    assert!(load(&deep).starts_with("one @ "));

    // The root of the repository itself.
    let root = Repository::none("root");
    root.edit("one");
    let schemas = root.schemas();
    let root = Repository { dir: schemas.clone() };
    root.git(&["init", "-q", "-b", "main", "."]);
    root.commit("one");
    let baseline = Baseline::parse("HEAD", &schemas, &root.asked()).unwrap();
    assert_eq!(said(baseline.load(&schemas, &root.asked())), "one @ HEAD:shop/system.json");
}

#[test]
fn worktrees_submodules_and_sparse_checkouts() {
    let shop = Repository::of("worktree-main", &["one", "two"]);
    let other = Repository::none("worktree-other");
    shop.git(&["worktree", "add", "-q", "-b", "other", &other.dir.to_string_lossy()]);
    other.edit("three");
    other.commit("three");
    assert_eq!(other.state("main"), "two @ main");
    assert_eq!(other.usual(), "two @ main");

    let outer = Repository::of("outer", &["outer"]);
    outer.git(&["submodule", "--quiet", "add", &format!("file://{}", shop.dir.display()), "module"]);
    outer.commit("module");
    let module = outer.dir.join("module/schemas");
    let baseline = Baseline::parse("HEAD~1", &module, &outer.asked()).unwrap();
    assert_eq!(
        said(baseline.load(&module, &outer.asked())),
        "one @ HEAD~1",
        "the repository around the schemas counts"
    );

    let sparse = shop.clone("sparse", &["--sparse"]);
    assert!(!sparse.schemas().exists());
    assert_eq!(sparse.state("HEAD~1"), "one @ HEAD~1");
}

#[test]
fn a_partial_clone_fetches_what_it_lacks() {
    let upstream = Repository::of("partial-upstream", &["one", "two"]);
    upstream.git(&["config", "uploadpack.allowFilter", "true"]);
    let shop = upstream.clone("partial", &["--filter=blob:none"]);
    assert_eq!(shop.state("HEAD~1"), "one @ HEAD~1");
    // Where that fails, git says why.
    let shop = upstream.clone("partial-lost", &["--filter=blob:none"]);
    shop.git(&["remote", "set-url", "origin", "file:///nowhere"]);
    let said = shop.state("HEAD~1");
    assert!(
        said.starts_with("EV706: git cannot read the schemas of `HEAD~1`: ") && said.contains("/nowhere"),
        "{said}"
    );
}

#[test]
fn bare_repositories_and_git_dir() {
    let shop = Repository::of("bare-source", &["one", "two"]);
    let bare = shop.clone("bare", &["--bare"]);
    // Whoever stands in it names the folder by its path below the root.
    let schemas = Path::new("schemas");
    let load = |git| said(Baseline::parse("HEAD~1", schemas, &git).unwrap().load(schemas, &git));
    assert_eq!(load(bare.asked()), "one @ HEAD~1");
    // Whoever stands elsewhere names the repository.
    let elsewhere = Repository::none("bare-elsewhere");
    elsewhere.edit("three");
    let path = bare.dir.to_string_lossy().into_owned();
    for git_dir in [path.as_str(), "../bare"] {
        let git = elsewhere.asked().variable("GIT_DIR", git_dir);
        assert_eq!(load(git.clone()), "one @ HEAD~1");
        let whole = Baseline::parse("HEAD~1", &elsewhere.schemas(), &git).unwrap().load(&elsewhere.schemas(), &git);
        assert_eq!(said(whole), "one @ HEAD~1");
        let outside = Baseline::parse("HEAD", &shop.schemas(), &git).unwrap().load(&shop.schemas(), &git);
        assert!(said(outside).starts_with("EV706: the folder `"));
    }
    // What stands beside a repository without a work tree is compared with it by its texts.
    let beside = |git| said(Baseline::Usual.load(schemas, &git));
    assert_eq!(beside(elsewhere.asked().variable("GIT_DIR", "../bare")), "two @ HEAD");
    elsewhere.edit("two");
    assert_eq!(beside(elsewhere.asked().variable("GIT_DIR", "../bare")), "one @ HEAD~1");
    assert_eq!(beside(bare.asked()), "one @ HEAD~1");
    // A work tree of its own, too.
    let git = shop.asked().variable("GIT_DIR", ".git");
    assert_eq!(said(Baseline::Usual.load(schemas, &git)), "one @ HEAD~1");
    shop.edit("three");
    assert_eq!(said(Baseline::Usual.load(schemas, &git)), "two @ HEAD");
}

#[test]
#[allow(clippy::print_stdout, reason = "a test that was skipped says so")]
fn repositories_with_long_hashes() {
    let shop = Repository::none("sha256");
    if !shop.try_git(&["init", "-q", "-b", "main", "--object-format=sha256", "."]).status.success() {
        println!("this git knows no SHA-256");
        return;
    }
    shop.edit("one");
    let one = shop.commit("one");
    shop.edit("two");
    shop.commit("two");
    assert_eq!(one.len(), 64);
    assert_eq!(shop.state(&one), format!("one @ {one}"));
    assert_eq!(shop.usual(), "one @ HEAD~1");
}

/// Neither the index nor a reference nor an object: not even the times of the files.
#[test]
fn nothing_in_the_repository_is_changed() {
    let shop = Repository::of("unchanged", &["one", "two"]);
    shop.edit("three");
    let before = listing(&shop.dir);
    assert_eq!(shop.usual(), "two @ HEAD");
    assert_eq!(shop.state("HEAD~1"), "one @ HEAD~1");
    assert_eq!(listing(&shop.dir), before);
}

fn listing(dir: &Path) -> Vec<(String, std::time::SystemTime, u64)> {
    let mut all = Vec::new();
    for path in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        let metadata = fs::metadata(&path).unwrap();
        all.push((path.display().to_string(), metadata.modified().unwrap(), metadata.len()));
        if path.is_dir() {
            all.extend(listing(&path));
        }
    }
    all.sort();
    all
}

#[test]
fn a_loaded_folder_can_be_loaded_again() {
    let shop = Repository::of("again", &["one"]);
    let earlier = folder(&shop, "HEAD");
    let Loaded { contract, .. } = event_contracts_codegen::load_folder(earlier).unwrap();
    assert_eq!(contract.systems.len(), 1);
}
