//! Every rule of the five systems' documents, and the test that proves it. A rule without proof is visible here.

use std::fs;
use std::path::{Path, PathBuf};

/// How a rule stands.
enum Proof {
    /// These tests fail when it is broken.
    By(&'static [&'static str]),
    /// Not built, or not proven; what is missing.
    Open(&'static str),
}
use Proof::{By, Open};

#[rustfmt::skip]
const RULES: &[(&str, &str, Proof)] = &[
    ("C1", "three topics, keyed by the order as text", By(&["c5_c7_every_workflow_ends_as_it_should", "valid_examples_come_back_the_same"])),
    ("C2", "one envelope", By(&["valid_examples_come_back_the_same", "invalid_examples_are_refused_where_they_say"])),
    ("C3", "members are only added", By(&["c3_a_member_is_never_removed", "v4_a_member_stays_until_the_next_major"])),
    ("C4", "the version grows with every added member", By(&["c4_a_member_that_is_added_asks_for_a_higher_version"])),
    ("C5", "four live events as documented", By(&["c5_c7_every_workflow_ends_as_it_should", "valid_examples_come_back_the_same"])),
    ("C6", "five planned events, published on purpose only", By(&["c6_planned_events_are_published_on_purpose_only", "c6_what_is_planned_may_change"])),
    ("C7", "the workflow", By(&["c5_c7_every_workflow_ends_as_it_should"])),
    ("C8", "duplicates are harmless", By(&["c8_duplicates_change_nothing"])),
    ("C9", "transitions are legal", By(&["c9_illegal_transitions_are_counted_and_have_no_effect"])),
    ("C10", "poison messages are counted and skipped", By(&["c10_a_poison_message_is_counted_and_skipped"])),
    ("C11", "order per order, no coupling across", By(&["events_carry_their_contract_and_keep_their_order"])),
    ("C12", "a demo that shows each step and the mails", By(&["c12_each_customer_is_mailed_about_each_step", "c12_the_demo_shows_each_step_and_ends_well"])),
    ("W1", "nine events, six topics", By(&["w1_w3_every_workflow_ends_as_it_should"])),
    ("W2", "payloads may be extended, consumers keep what they do not know", By(&["w2_completed_orders_count_to_the_cent"])),
    ("W3", "each service from the event before it", By(&["w1_w3_every_workflow_ends_as_it_should"])),
    ("W4", "failures carry reason and original", By(&["w4_failures_say_why_and_carry_the_original"])),
    ("W5", "what does not decode is a failure, too", By(&["w5_messages_that_do_not_decode_end_on_order_failed"])),
    ("W6", "reprocessing changes nothing", By(&["w6_reprocessing_changes_nothing"])),
    ("W7", "failures reach monitoring", By(&["w7_monitoring_gets_every_failure"])),
    ("V1", "fifteen events of three services", By(&["v1_v3_v9_v10_fifteen_events_reach_their_consumers", "v1_every_event_has_a_publisher_and_consumers_that_run"])),
    ("V2", "naming conventions, waived with a reason", By(&["every_case_says_what_is_expected"])),
    ("V3", "versions: minor accepted, major refused", By(&["v1_v3_v9_v10_fifteen_events_reach_their_consumers", "a_newer_minor_version_is_accepted_and_flagged", "v3_members_are_added_without_a_new_version"])),
    ("V4", "deprecated members stay for one major", By(&["v4_a_member_stays_until_the_next_major"])),
    ("V5", "a breaking change has an upcaster", By(&["an_older_major_version_goes_through_the_upcaster", "mistakes_are_pointed_at", "v5_a_new_major_stands_beside_the_old_one"])),
    ("V6", "topic names", By(&["every_case_says_what_is_expected"])),
    ("V7", "keys, declared per event", By(&["keys_and_headers_come_from_the_contract"])),
    ("V8", "phase 1: the same publisher writes log lines", Open("delivery publishes to Kafka only")),
    ("V9", "validated before publishing and on receipt", By(&["v1_v3_v9_v10_fifteen_events_reach_their_consumers", "what_was_changed_after_building_is_checked_before_encoding"])),
    ("V10", "duplicates are detected by id", By(&["v1_v3_v9_v10_fifteen_events_reach_their_consumers"])),
    ("V11", "time order within a correlation", Open("late arrivals are refused; parking them is not built")),
    ("V12", "retries, dead letters, replay", Open("delivery stops at a failure")),
    ("V13", "metrics", Open("counters only")),
    ("V14", "correlation and lineage", Open("headers carry correlation and cause; nothing shows a lineage")),
    ("V15", "retention per event type", By(&["topics_are_created_once_and_on_as_many_brokers_as_there_are"])),
    ("F1", "one topic, one partition, two events", By(&["f1_f2_f3_orders_reserve_and_release_once_and_in_order"])),
    ("F2", "skeleton and full consumer", By(&["f1_f2_f3_orders_reserve_and_release_once_and_in_order"])),
    ("F3", "at least once, in order", By(&["f1_f2_f3_orders_reserve_and_release_once_and_in_order"])),
    ("O1", "ten topics created from the contract", By(&["o2_o4_o7_ten_topics_reach_ten_subscribers"])),
    ("O2", "metadata: a caused event names its cause", By(&["o2_a_caused_event_names_its_cause", "o2_every_addition_is_a_minor", "o2_the_envelope_stays_where_it_is"])),
    ("O3", "outbox", Open("not built")),
    ("O4", "at least once, consumers remember ids", By(&["o2_o4_o7_ten_topics_reach_ten_subscribers"])),
    ("O5", "transient, permanent and schema errors", Open("schema errors are skipped and counted; no retries, no dead letters")),
    ("O6", "consumer settings", By(&["a_record_that_was_not_handled_comes_again_and_no_other_does"])),
    ("O7", "every subscriber exists and acts", By(&["o7_every_subscriber_of_the_document_runs", "o2_o4_o7_ten_topics_reach_ten_subscribers"])),
    ("O8", "a mock publisher, one setting apart", Open("the embedded broker takes its place")),
    ("O9", "HTTP with a bearer token", Open("not built")),
    ("O10", "metrics, health, alerts", Open("counters only")),
    ("O11", "several versions side by side", By(&["an_older_major_version_goes_through_the_upcaster", "o11_an_event_is_deprecated_before_it_goes"])),
    ("O12", "batches, circuit breakers", Open("not built")),
    ("O13", "unit, publishing, contract and end-to-end tests", By(&["valid_examples_come_back_the_same", "o2_o4_o7_ten_topics_reach_ten_subscribers"])),
];

#[test]
fn every_rule_is_here_once() {
    let expected = [("C", 12), ("W", 7), ("V", 15), ("F", 3), ("O", 13)];
    let expected: Vec<String> =
        expected.iter().flat_map(|(letter, last)| (1..=*last).map(move |number| format!("{letter}{number}"))).collect();
    let ids: Vec<&str> = RULES.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids, expected);
    assert!(RULES.iter().all(|(_, what, proof)| !what.is_empty() && !matches!(proof, Open("") | By([]))));
}

#[test]
fn every_proof_exists() {
    let sources: String = rust_files(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let missing: Vec<String> = RULES
        .iter()
        .filter_map(|(id, _, proof)| if let By(tests) = proof { Some((id, tests)) } else { None })
        .flat_map(|(id, tests)| tests.iter().map(move |test| (id, test)))
        .filter(|(_, test)| !sources.contains(&format!("fn {test}(")))
        .map(|(id, test)| format!("{id}: there is no test `{test}`"))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
