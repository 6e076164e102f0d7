use event_contracts::Event;

#[derive(Event)]
#[event(system = "bank", topic = "payments", type = "payment.made", version = 1, partition_key(acount), idempotency_key(id))]
struct PaymentMade {
    id: String,
    account: String,
}

fn main() {}
