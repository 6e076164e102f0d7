//! The scenario of FlowOps, and the numbers that it leaves behind.

use event_contracts_delivery::Count;
use example_flowops::inventory::Inventory;
use example_flowops::skeleton::Skeleton;

#[tokio::test(flavor = "multi_thread")]
async fn f1_f2_f3_orders_reserve_and_release_once_and_in_order() {
    let context = example_kit::rehearse(example_flowops::system()).await.expect("the system runs");
    assert_eq!(context.story.broken(), Vec::<String>::new());
    assert_eq!(context.story.chapters().len(), 6);

    let count = |service, count| context.of(service).counters().get(count);
    assert_eq!(count("order", Count::Published), 7, "F1: events of the contract");
    assert_eq!(count("user", Count::Published), 2, "garbage and an unlisted type");

    assert_eq!(count("inventory", Count::Consumed), 9);
    assert_eq!(count("inventory", Count::Duplicate), 1, "F3: at least once");
    assert_eq!(count("inventory", Count::Refused), 2);
    assert_eq!(count("inventory", Count::Poison), 1);
    assert_eq!(count("inventory", Count::Ignored), 1);
    let stock = context.service::<Inventory>().stock();
    assert_eq!(["SKU-1", "SKU-2", "SKU-3"].map(|sku| stock.on_shelf(sku)), [6, 0, 1], "F2: reserved and released");

    assert_eq!(count("inventory-skeleton", Count::Consumed), 9, "F2: the skeleton reads the same, as its own group");
    assert_eq!(count("inventory-skeleton", Count::Duplicate), 0, "F2: it keeps no memory");
    assert!(context.service::<Skeleton>().read().is_sorted(), "F3: the order of the partition");
}
