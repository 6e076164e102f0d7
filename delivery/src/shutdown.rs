//! The wish to stop, told to every consumer at once.

use tokio::sync::watch;

/// Asks consumers to stop after the record in hand. Clones are the same wish.
#[derive(Debug, Clone)]
pub struct Shutdown(watch::Sender<bool>);

impl Shutdown {
    /// Nothing has to stop yet.
    #[must_use]
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Asks for the stop; asking twice is fine.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    /// Whether the stop was asked for.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the stop is asked for.
    pub async fn requested(&self) {
        let mut wish = self.0.subscribe();
        wish.wait_for(|requested| *requested).await.expect("`self` keeps the channel open");
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}
