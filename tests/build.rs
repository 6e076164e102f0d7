//! Generates the types of the made-up system whose every corner `tests/generated.rs` looks into.

fn main() {
    event_contracts_codegen::Contracts::at("fixtures/schemas").generate();
}
