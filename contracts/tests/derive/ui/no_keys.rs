use event_contracts::Event;

#[derive(Event)]
#[event(system = "bank", topic = "payments", type = "payment.made", version = 1)]
struct PaymentMade {
    id: String,
}

fn main() {}
