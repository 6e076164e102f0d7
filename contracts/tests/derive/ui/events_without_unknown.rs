use event_contracts::Events;

#[derive(Events)]
enum Payments {}

fn main() {}
