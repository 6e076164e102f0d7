use event_contracts::Data;

#[derive(Data)]
#[data(pattern = "^[A-Z")]
struct Code(String);

fn main() {}
