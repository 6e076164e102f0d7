//! Baselines out of git: which commit is meant, and what is said where it is not there.

mod repository;

use std::fs;

use event_contracts_codegen::Baseline;
use event_contracts_codegen::source::Earlier;
use repository::{Repository, command, said};

/// `main` went from one over two to three, `mine` from two to four.
fn parted(name: &str) -> (Repository, String) {
    let shop = Repository::of(name, &["one", "two"]);
    let base = shop.git(&["rev-parse", "--short=10", "HEAD"]);
    shop.git(&["branch", "mine"]);
    shop.edit("three");
    shop.commit("three");
    shop.git(&["tag", "-a", "v3", "-m", "annotated"]);
    shop.git(&["checkout", "-q", "mine"]);
    shop.edit("four");
    shop.commit("four");
    (shop, base)
}

#[test]
fn a_branch_means_where_head_parted_from_it_and_all_else_itself() {
    let (shop, base) = parted("parted");
    let one = shop.git(&["rev-parse", "HEAD~2"]);
    for (text, expected) in [
        ("main", format!("two @ {base}")),
        ("git:main", format!("two @ {base}")),
        ("refs/heads/main", format!("two @ {base}")),
        ("HEAD", "four @ HEAD".to_owned()),
        ("main^0", "three @ main^0".to_owned()),
        ("v3", "three @ v3".to_owned()),
        ("refs/tags/v3", "three @ refs/tags/v3".to_owned()),
        ("HEAD~2", "one @ HEAD~2".to_owned()),
        ("main~1", "two @ main~1".to_owned()),
        (&one, format!("one @ {one}")),
        (&one[..8], format!("one @ {}", &one[..8])),
        (":/three", "three @ :/three".to_owned()),
        ("main:schemas", format!("two @ {base}")),
        ("v3:./schemas/", "three @ v3".to_owned()),
    ] {
        assert_eq!(shop.state(text), expected, "{text}");
    }
    let exact = Baseline::parse("main", &shop.schemas(), &shop.asked()).unwrap().exact();
    assert_eq!(said(exact.load(&shop.schemas(), &shop.asked())), "three @ main");
    let Ok(Earlier::State(loaded)) = shop.against("main") else { panic!() };
    assert_eq!(loaded.folder.title(), format!("main ({base}, merge base)"));
    assert!(loaded.inputs().is_empty());
    let Ok(Earlier::State(head)) = shop.against("HEAD") else { panic!() };
    assert!(!head.folder.title().contains("merge base"), "{}", head.folder.title());
}

#[test]
fn a_branch_that_has_not_moved_on_gives_its_name_to_the_files() {
    let shop = Repository::of("not-moved", &["one"]);
    shop.git(&["checkout", "-q", "-b", "mine"]);
    shop.edit("two");
    shop.commit("two");
    assert_eq!(shop.state("main"), "one @ main");
}

#[test]
fn ranges_are_two_baselines() {
    let (shop, base) = parted("ranges");
    let range = |text: &str| match Baseline::range(text, &shop.schemas(), &shop.asked()) {
        Ok((older, newer)) => [older, newer].map(|side| said(side.load(&shop.schemas(), &shop.asked()))).join(" → "),
        Err(found) => said(Err(found)),
    };
    assert_eq!(range("main..mine"), "three @ main → four @ mine");
    assert_eq!(range("main...mine"), format!("two @ {base} → four @ mine"));
    assert_eq!(range("v3.."), "three @ v3 → four @ HEAD");
    assert_eq!(range("..v3"), "four @ HEAD → three @ v3");
    assert!(range("dir:schemas..v3").starts_with("four @ ") && range("dir:schemas..v3").ends_with("three @ v3"));
    assert!(range("v3").starts_with("EV709: `v3` is no range\n  help: write `OLDER..NEWER`"), "{}", range("v3"));
    assert!(range("dir:schemas...v3").starts_with("EV709"));
}

#[test]
fn nobody_says_anything_and_there_is_no_remote() {
    let shop = Repository::empty("usual-local");
    assert_eq!(shop.usual(), "nothing: there is no commit yet");
    shop.edit("one");
    shop.commit("one");
    assert_eq!(shop.usual(), "nothing: HEAD is the first commit");
    shop.edit("two");
    assert_eq!(shop.usual(), "one @ HEAD", "the work tree has changed");
    shop.commit("two");
    assert_eq!(shop.usual(), "one @ HEAD~1");
    shop.write("README.md", "not below the schemas");
    assert_eq!(shop.usual(), "one @ HEAD~1");
    shop.write("schemas/shop/new.json", "{}");
    assert_eq!(shop.usual(), "two @ HEAD", "a new file is a change");
    fs::remove_file(shop.schemas().join("shop/new.json")).unwrap();
    shop.git(&["checkout", "-q", "-b", "mine"]);
    assert_eq!(shop.usual(), "two @ HEAD", "nothing is ours yet");
    shop.edit("three");
    shop.commit("three");
    assert_eq!(shop.usual(), "two @ main");
    shop.git(&["branch", "-q", "-D", "main"]);
    assert_eq!(shop.usual(), "two @ HEAD~1", "there is nothing else to compare with");
}

#[test]
fn nobody_says_anything_and_there_is_a_remote() {
    let upstream = Repository::of("usual-upstream", &["one", "two"]);
    upstream.git(&["branch", "-m", "trunk"]);
    let shop = upstream.clone("usual-remote", &[]);
    assert_eq!(shop.usual(), "one @ HEAD~1", "as a build of the default branch");
    shop.edit("three");
    assert_eq!(shop.usual(), "two @ HEAD");
    shop.commit("three");
    assert_eq!(shop.usual(), "two @ origin/trunk", "not pushed yet");
    shop.git(&["checkout", "-q", "--detach", "origin/trunk"]);
    assert_eq!(shop.usual(), "one @ HEAD~1");
    shop.git(&["checkout", "-q", "-b", "mine"]);
    assert_eq!(shop.usual(), "two @ HEAD");
    shop.git(&["remote", "set-head", "origin", "--delete"]);
    let lost = shop.usual();
    assert!(lost.starts_with("EV707: cannot tell what to compare with: there is no `origin/HEAD`"), "{lost}");
    shop.git(&["update-ref", "refs/remotes/origin/main", "HEAD~1"]);
    assert_eq!(shop.usual(), "one @ origin/main");
}

#[test]
fn ci_says_what_the_merge_request_is_for() {
    let (upstream, base) = parted("ci-upstream");
    let shop = upstream.clone("ci", &[]);
    let usual =
        |name: &str, value: &str| said(Baseline::Usual.load(&shop.schemas(), &shop.asked().variable(name, value)));
    assert_eq!(usual("GITHUB_BASE_REF", "main"), format!("two @ {base}"));
    let three = shop.git(&["rev-parse", "origin/main"]);
    assert_eq!(usual("CI_MERGE_REQUEST_DIFF_BASE_SHA", &three), format!("three @ {three}"));
    let lost = usual("GITHUB_BASE_REF", "release; rm -rf ~");
    assert!(lost.starts_with("EV707: no commit `origin/release; rm -rf ~` here\n"), "{lost}");
    assert!(lost.contains("note: the environment variable `GITHUB_BASE_REF` names it"), "{lost}");
    assert!(
        lost.contains("`git fetch origin '+refs/heads/release; rm -rf ~:refs/remotes/origin/release; rm -rf ~'`"),
        "{lost}"
    );
}

#[test]
fn what_was_not_there_yet_is_no_mistake_unless_it_was_named() {
    let shop = Repository::empty("no-schemas");
    shop.write("README.md", "Shop");
    let first = shop.commit("first");
    shop.edit("one");
    shop.commit("one");
    let short = &first[..10];
    let nothing = format!(
        "nothing: HEAD~1 ({short}) holds no system in `schemas`; \
         if the schemas stood elsewhere then, name the place: `HEAD~1:PATH`"
    );
    assert_eq!([shop.usual(), shop.state("HEAD~1")], [nothing.clone(), nothing]);
    assert!(shop.state("HEAD:shemas").starts_with("EV707: HEAD ("), "{}", shop.state("HEAD:shemas"));
    // It may have stood elsewhere.
    shop.git(&["mv", "schemas", "contracts"]);
    shop.commit("moved");
    shop.git(&["mv", "contracts", "schemas"]);
    assert!(shop.state("HEAD").starts_with("nothing"));
    assert_eq!(shop.state("HEAD:contracts"), "one @ HEAD:contracts/shop/system.json");
}

#[test]
fn a_missing_revision_is_told_with_a_way_out() {
    let shop = Repository::of("missing", &["one"]);
    let said = shop.state("mian");
    assert!(said.starts_with("EV707: no commit `mian` here\n"), "{said}");
    assert!(said.contains("help: did you mean `main`?") && said.contains("`--against dir:PATH`"), "{said}");
    // Nothing is ever an option, an exclusion or a range.
    for text in ["--help", "-h", "--git-dir=/", "--output=x", "^main", "main..main", "@{upstream}", "a b", "git:-"] {
        assert!(shop.state(text).starts_with("EV707: no commit `"), "{text}: {}", shop.state(text));
    }
    for text in ["", "git:", "dir:", "bundle:"] {
        assert!(shop.state(text).starts_with("EV709"), "{text}: {}", shop.state(text));
    }
    for text in ["dir:nowhere", "bundle:nowhere.json", "bundle:schemas"] {
        assert!(shop.state(text).starts_with("EV613: cannot read"), "{text}: {}", shop.state(text));
    }
}

#[test]
fn no_repository_no_program_no_guess() {
    let shop = Repository::none("no-repository");
    shop.edit("one");
    for said in [shop.usual(), shop.state("main")] {
        assert!(said.starts_with("EV706: git finds no repository around `"), "{said}");
        assert!(said.contains("not a git repository") && said.contains("`--against bundle:FILE`"), "{said}");
    }
    assert_eq!(shop.state("schemas").split(" @").next(), Some("one"), "a folder needs no git");
    let without = shop.asked().variable("PATH", "/nowhere");
    let said = said(Baseline::Usual.load(&shop.schemas(), &without));
    assert!(said.contains("the program `git` cannot be started"), "{said}");
}

#[test]
fn a_name_that_means_two_things_means_neither() {
    let shop = Repository::of("two-things", &["one"]);
    shop.git(&["branch", "schemas"]);
    let said = shop.state("schemas");
    assert!(said.starts_with("EV709: `schemas` is a folder here, and a revision, too\n  help: say which by"), "{said}");
    assert_eq!(shop.state("git:schemas"), "one @ schemas");
    assert!(shop.state("dir:schemas").starts_with("one @ "));
    shop.git(&["branch", "old.json"]);
    shop.write("old.json", "{}");
    assert!(shop.state("old.json").starts_with("EV709: `old.json` is a file here"));
}

#[test]
fn a_shallow_clone_says_what_to_fetch_and_then_works() {
    let (upstream, _) = parted("shallow-upstream");
    let shop = upstream.clone("shallow", &["--depth", "1"]);
    // One branch, one commit: neither the branch nor where HEAD parted from it is there.
    let lost = shop.state("origin/main");
    assert!(lost.starts_with("EV707: no commit `origin/main` here"), "{lost}");
    shop.paste(command(&lost, "with its history"));
    assert_eq!(shop.state("origin/main").split(" @").next(), Some("two"));
    let shop = upstream.clone("shallow-exact", &["--depth", "1"]);
    shop.paste(command(&lost, "only its newest commit"));
    assert_eq!(shop.state("origin/main^0"), "three @ origin/main^0");

    let shop = upstream.clone("shallow-base", &["--depth", "1"]);
    shop.git(&["fetch", "-q", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main"]);
    let cut = shop.state("origin/main");
    assert!(cut.starts_with("EV708: the history here is cut before the commit where `HEAD` parted from"), "{cut}");
    assert!(cut.contains("`git fetch --deepen=100 origin`") && cut.contains("`--exact`"), "{cut}");
    assert_eq!(shop.state("origin/main^0"), "three @ origin/main^0");
    shop.paste(command(&cut, "the whole history"));
    assert_eq!(shop.state("origin/main").split(" @").next(), Some("two"));
}

#[test]
fn a_shallow_clone_lacks_hashes_tags_and_parents() {
    let (upstream, _) = parted("shallow-hash-upstream");
    let one = upstream.git(&["rev-parse", "main~2"]);
    upstream.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let shop = upstream.clone("shallow-hash", &["--depth", "1"]);
    for (name, state) in [(one.as_str(), "one"), ("v3", "three")] {
        let lost = shop.state(name);
        let fetch = command(&lost, "fetch it").to_owned();
        assert!(fetch.starts_with("git fetch --depth=1 origin "), "{lost}");
        shop.paste(&fetch);
        assert_eq!(shop.state(name), format!("{state} @ {name}"));
    }
    let lost = shop.state("HEAD~1");
    shop.paste(command(&lost, "the whole history"));
    assert_eq!(shop.state("HEAD~1"), "two @ HEAD~1");

    let main = upstream.clone("shallow-parent", &["--depth", "1", "--branch", "main"]);
    main.git(&["remote", "set-head", "origin", "main"]);
    let lost = main.usual();
    assert!(lost.starts_with("EV707: the history here is cut before `HEAD~1`"), "{lost}");
    main.paste(command(&lost, "fetch it"));
    assert_eq!(main.usual(), "two @ HEAD~1");

    let mine = upstream.clone("shallow-default", &["--depth", "1", "--branch", "mine"]);
    let _ = mine.try_git(&["remote", "set-head", "origin", "--delete"]);
    let lost = mine.usual();
    mine.paste(command(&lost, "if its default branch is `main`"));
    assert_eq!(mine.usual().split(" @").next(), Some("two"));
}

#[test]
fn branches_without_a_common_commit_are_compared_by_wish_only() {
    let shop = Repository::of("unrelated", &["one"]);
    shop.git(&["checkout", "-q", "--orphan", "other"]);
    shop.edit("two");
    // Not even a commit yet: there is nothing that could have parted.
    assert_eq!(shop.state("main"), "one @ main");
    shop.commit("two");
    let said = shop.state("main");
    assert!(said.starts_with("EV708: `HEAD` and `main` have no commit in common\n  help: or compare with"), "{said}");
}
