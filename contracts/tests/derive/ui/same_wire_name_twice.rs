use event_contracts::Data;

#[derive(Data)]
struct Item {
    id: String,
    #[data(name = "id")]
    number: u64,
}

fn main() {}
