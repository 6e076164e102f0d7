//! Our types, as any contract crate gets them, and beside them the peers' code for the same schemas.

use std::path::Path;

fn main() {
    event_contracts_codegen::Contracts::at("../../schemas").generate();
    let out = std::env::var_os("OUT_DIR").expect("Cargo says where");
    bench_generation::cases::write(Path::new("../../schemas"), Path::new(&out));
}
