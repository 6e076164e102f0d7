use event_contracts::Event;

#[derive(Event)]
#[event(system = "bank", topic = "payments", type = "payment.made", version = 1, partition_key(id), idempotency_key(id))]
struct PaymentMadeV1 {
    id: String,
}

#[derive(Event)]
#[event(system = "bank", topic = "payments", type = "payment.made", version = 2, partition_key(id), idempotency_key(id), previous(PaymentMadeV1))]
struct PaymentMade {
    id: String,
}

fn main() {}
