use event_contracts::Data;

#[derive(Data)]
#[data(tag = "kind")]
struct Payment {
    kind: String,
}

fn main() {}
