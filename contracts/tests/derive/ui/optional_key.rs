use event_contracts::Event;

#[derive(Event)]
#[event(system = "bank", topic = "payments", type = "payment.made", version = 1, partition_key(account), idempotency_key(id))]
struct PaymentMade {
    id: String,
    account: Option<String>,
}

fn main() {}
