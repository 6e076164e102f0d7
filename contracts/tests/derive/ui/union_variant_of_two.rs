use event_contracts::Data;

#[derive(Data)]
enum Payment {
    Card(String),
    Sepa(String, String),
}

fn main() {}
