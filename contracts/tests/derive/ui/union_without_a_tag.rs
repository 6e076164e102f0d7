use event_contracts::Data;

#[derive(Data)]
#[data(tag = "kind")]
enum Payment {
    #[data(tag = "card")]
    Card(String),
    Sepa(bool),
}

fn main() {}
