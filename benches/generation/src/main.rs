//! The parts of the report that measure generation (`speed`) and compilation (`compile`).

use std::path::Path;

use bench_generation::{compile, speed};

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (schemas, scratch) = (here.join("../../schemas"), here.join("../target/scratch"));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["speed"] => speed::print(&schemas, &scratch, false),
        ["speed", "--quick"] => speed::print(&schemas, &scratch, true),
        ["compile"] => compile::print(&schemas, &scratch),
        _ => {
            eprintln!("usage: bench-generation speed [--quick] | compile");
            std::process::exit(2);
        }
    }
}
