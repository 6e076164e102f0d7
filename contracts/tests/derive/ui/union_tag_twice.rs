use event_contracts::{Constant, Data};

#[derive(Data)]
#[data(tag = "kind")]
enum Payment {
    #[data(tag = "card")]
    Card(Card),
    #[data(tag = "card")]
    Other(Card),
}

#[derive(Data)]
struct Card {
    #[data(constant = "card")]
    kind: Constant,
}

fn main() {}
