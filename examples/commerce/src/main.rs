//! `cargo run -p example-commerce`: the scenario of the commerce system, or one service of it.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    example_kit::run(example_commerce::system()).await
}
