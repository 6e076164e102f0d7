//! The order service's system by itself: its scenario, or one of its services.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    example_kit::run(example_order_service::system()).await
}
