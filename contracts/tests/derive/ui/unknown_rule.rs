use event_contracts::Data;

#[derive(Data)]
struct Item {
    #[data(minLength = 1)]
    name: String,
}

fn main() {}
