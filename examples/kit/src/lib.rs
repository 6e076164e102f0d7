//! What the services of the reference systems share: what they run with, how they tell what happens, how they start.

pub mod arguments;
pub mod context;
pub mod follower;
pub mod once;
mod past;
pub mod rows;
pub mod run;
pub mod stage;
pub mod story;
pub mod summary;
pub mod system;

pub use context::{Context, Task};
pub use follower::{Dispatch, Follow, Follower, Step};
pub use once::Once;
pub use rows::Rows;
pub use run::{play, rehearse, run};
pub use stage::Stage;
pub use story::Story;
pub use system::{BoxFuture, Error, Service, System};
