//! The demo as a user runs it.

use std::process::{Command, Output};

use event_contracts_delivery::{Cluster, TopicSpec};

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

#[tokio::test(flavor = "multi_thread")]
async fn systems_that_share_a_topic_name_do_not_share_a_cluster() {
    let cluster = Cluster::embedded().expect("a broker starts inside this process");
    // An embedded broker creates topics for its own process only.
    let systems =
        [example_commerce::system(), example_order_workflow::system(), example_first_viscount::system(), example_flowops::system()];
    let specs: Vec<TopicSpec> =
        systems.iter().flat_map(|system| system.topics).map(|topic| TopicSpec::new(topic.name, topic.partitions)).collect();
    cluster.ensure_topics(&specs).await.expect("the topics are created");
    let brokers = cluster.brokers().to_owned();
    let output = tokio::task::spawn_blocking(move || demo(&["--brokers", &brokers])).await.expect("the demo ends");
    let story = text(&output.stdout);
    assert!(output.status.success(), "{story}{}", text(&output.stderr));
    assert!(story.contains(&format!("commerce runs on {}", cluster.brokers())), "{story}");
    assert!(story.contains("order-service has a topic `order.created` too"), "{story}");
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
