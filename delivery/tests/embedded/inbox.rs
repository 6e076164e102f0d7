//! The inbox of memory keeps the promises of every inbox.

use std::time::Duration;

use event_contracts::IdempotencyKey;
use event_contracts_delivery::{Inbox, MemoryInbox, Transaction};

fn key() -> IdempotencyKey {
    IdempotencyKey::new("shop", "order.placed", &[&7])
}

#[tokio::test]
async fn only_a_commit_marks_and_only_for_its_group() {
    let inbox = MemoryInbox::new();
    for _ in 0..2 {
        let dropped = inbox.begin("a", &key()).await.expect("memory is never away");
        assert!(dropped.is_some(), "a transaction without a commit leaves no mark");
    }
    let transaction = inbox.begin("a", &key()).await.expect("memory is never away").expect("not handled yet");
    transaction.commit().await.expect("memory is never away");
    assert!(inbox.begin("a", &key()).await.expect("memory is never away").is_none());
    assert!(inbox.begin("b", &key()).await.expect("memory is never away").is_some());
}

#[tokio::test]
async fn the_second_of_two_waits_for_the_first() {
    for commit in [true, false] {
        let inbox = MemoryInbox::new();
        let first = inbox.begin("a", &key()).await.expect("memory is never away").expect("not handled yet");
        let waiting = tokio::spawn({
            let inbox = inbox.clone();
            async move { inbox.begin("a", &key()).await.expect("memory is never away").is_some() }
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!waiting.is_finished());
        if commit {
            first.commit().await.expect("memory is never away");
        } else {
            drop(first);
        }
        assert_eq!(waiting.await.expect("the second does not panic"), !commit);
    }
}
