//! `cargo run -p example-order-workflow`: the scenario of the order workflow, or one service of it.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    example_kit::run(example_order_workflow::system()).await
}
