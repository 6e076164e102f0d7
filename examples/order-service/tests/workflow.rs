//! The scenario of the order service, and the numbers that it leaves behind.

use event_contracts_delivery::Count;
use example_contracts::order_service::services;

#[tokio::test(flavor = "multi_thread")]
async fn o1_o2_o4_o7_ten_topics_reach_ten_subscribers() {
    let context = example_kit::rehearse(example_order_service::system()).await.expect("the system runs");
    assert_eq!(context.story.broken(), Vec::<String>::new());
    assert_eq!(context.story.chapters().len(), 6);
    for service in services::ALL {
        let counters = context.of(service.name).counters();
        eprintln!("{} {:?}", service.name, Count::ALL.map(|count| counters.get(count)));
    }
}
