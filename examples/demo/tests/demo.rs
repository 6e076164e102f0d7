//! The demo as a user runs it.

use std::process::{Command, Output};

fn demo(arguments: &[&str]) -> Output {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo"));
    demo.args(arguments).env_remove("RUST_LOG").output().expect("the demo starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the demo writes text")
}

#[test]
fn c12_the_demo_shows_each_step_and_ends_well() {
    let output = demo(&[]);
    let story = text(&output.stdout);
    assert!(output.status.success(), "{story}");
    for line in ["order 1001            payment.succeeded → PAID", "ok  order 1001 is PAID", "26 mails were sent"] {
        assert!(story.contains(line), "`{line}` is not in\n{story}");
    }
    assert!(!story.contains("NOT SO") && !story.contains('\u{1b}'), "{story}");
    assert!(text(&output.stderr).contains("ERROR poison message skipped group=\"commerce.payment\""));
}

#[test]
fn what_is_not_understood_is_said_and_ends_with_2() {
    for (arguments, says) in [
        (&["--broker", "x"][..], "error: unknown argument `--broker`\n\noptions:\n  --brokers HOST:PORT"),
        (&["--system", "shop"], "error: unknown system `shop`; there are commerce, order-workflow"),
        (&["--system"], "error: `--system` needs a value: `--system NAME`"),
    ] {
        let output = demo(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).starts_with(says), "{}", text(&output.stderr));
    }
}
