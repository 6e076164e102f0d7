use event_contracts::Data;

#[derive(Data)]
enum Payment {
    #[data(tag = "card")]
    Card(String),
    Sepa(bool),
}

fn main() {}
