//! The whole build script of a contract crate.

fn main() {
    event_contracts_codegen::Contracts::at("../../schemas").generate();
}
