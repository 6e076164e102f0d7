use event_contracts::{Constant, Data};

#[derive(Data)]
#[data(tag = "kind", one_of)]
enum Payment {
    #[data(tag = "card")]
    Card(Card),
}

#[derive(Data)]
struct Card {
    #[data(constant = "card")]
    kind: Constant,
}

fn main() {}
