//! A service as a process of its own, with the same code as inside the demo.

use std::error::Error;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use event_contracts_delivery::{
    Cluster, Consumer, Failure, Handler, Outcome, Publisher, Record, Shutdown, Tally, TopicSpec,
};
use example_contracts::commerce::{OrderEvents, PaymentEvents, PaymentSucceeded, topics};

/// How long a classic consumer group may take to form, and a debug build to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ends the process however the test ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which the test then says better.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[derive(Default)]
struct Payments(Mutex<Vec<PaymentSucceeded>>);

impl Handler for Payments {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        if let PaymentEvents::PaymentSucceeded(event) = PaymentEvents::decode(record.payload())? {
            self.0.lock().expect("no test panics with the lock").push(event);
        }
        Ok(Outcome::Handled)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c5_the_documented_order_is_paid_by_a_process_of_its_own() -> Result<(), Box<dyn Error>> {
    let cluster = Cluster::embedded()?;
    let specs: Vec<_> = topics::ALL.iter().map(|topic| TopicSpec::new(topic.name, topic.partitions)).collect();
    cluster.ensure_topics(&specs).await?;
    let service = Command::new(env!("CARGO_BIN_EXE_example-commerce"))
        .args(["--service", "payment", "--brokers", cluster.brokers()])
        .stdout(Stdio::null())
        .spawn()?;
    let _service = Process(service);

    let (tally, shutdown) = (Tally::new(), Shutdown::new());
    let document =
        include_bytes!("../../../schemas/commerce/order.events/examples/order.created.v1/valid/documented.json");
    let publisher = Publisher::new(&cluster, tally.service("test", "shop"))?;
    publisher.publish_raw(topics::ORDER_EVENTS.name, "123", document).await?;
    let payments = Arc::new(Payments::default());
    let consumer = Consumer::new(&cluster, "test", &[topics::PAYMENT_EVENTS.name], tally.service("test", "payments"))?;
    let consumer = tokio::spawn(consumer.run(Arc::clone(&payments), shutdown.clone()));

    let paid = async {
        loop {
            if let Some(event) = payments.0.lock().expect("no test panics with the lock").first() {
                return event.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let paid = tokio::time::timeout(PATIENCE, paid).await?;
    shutdown.request();
    consumer.await??;
    let OrderEvents::OrderCreated(order) = OrderEvents::decode(document)? else {
        return Err("no order.created".into());
    };
    assert_eq!(paid.order_id, order.order_id);
    assert_eq!(paid.data.amount_cents, order.data.amount_cents);
    assert_eq!(paid.user_email, order.user_email);
    Ok(())
}
