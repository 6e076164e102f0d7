use event_contracts::Data;

#[derive(Data)]
struct Item<T> {
    value: T,
}

fn main() {}
