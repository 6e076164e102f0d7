use event_contracts::Data;

#[derive(Data)]
struct Item {
    #[data(min_length = 1, min_length = 2)]
    name: String,
}

fn main() {}
