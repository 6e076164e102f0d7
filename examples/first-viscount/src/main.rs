//! First Viscount by itself: its scenario, or one of its services.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    example_kit::run(example_first_viscount::system()).await
}
