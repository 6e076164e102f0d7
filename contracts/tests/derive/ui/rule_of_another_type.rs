use event_contracts::Data;

#[derive(Data)]
struct Item {
    #[data(minimum = 1)]
    name: String,
}

fn main() {}
