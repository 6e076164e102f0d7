use event_contracts::Data;

#[derive(Data)]
enum Payment {
    #[data(min_length = 1)]
    Card(String),
    Sepa(bool),
}

fn main() {}
