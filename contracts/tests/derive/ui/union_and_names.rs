use event_contracts::Data;

#[derive(Data)]
enum Payment {
    Card(String),
    Cash,
}

fn main() {}
