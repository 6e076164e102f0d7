//! The state of a service: rows by key, in memory until services keep them in a database.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rows that anybody may read at any time and that change one turn after the other.
#[derive(Debug)]
pub struct Rows<K, V> {
    rows: Mutex<BTreeMap<K, V>>,
    turn: tokio::sync::Mutex<()>,
}

/// The right to change rows, publishing in between included: nobody else changes any meanwhile.
#[derive(Debug)]
pub struct Turn<'a, K, V> {
    rows: &'a Rows<K, V>,
    _turn: tokio::sync::MutexGuard<'a, ()>,
}

impl<K: Ord + Clone, V: Clone> Rows<K, V> {
    /// No rows.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    /// The row of this key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<V> {
        self.rows().get(key).cloned()
    }

    /// All rows in the order of their keys.
    #[must_use]
    pub fn all(&self) -> Vec<(K, V)> {
        self.rows().iter().map(|(key, row)| (key.clone(), row.clone())).collect()
    }

    /// Waits for the right to change rows.
    pub async fn turn(&self) -> Turn<'_, K, V> {
        Turn { rows: self, _turn: self.turn.lock().await }
    }

    fn rows(&self) -> MutexGuard<'_, BTreeMap<K, V>> {
        // Rows are replaced whole, so a panic elsewhere leaves none half written.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Ord + Clone, V: Clone> Default for Rows<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord + Clone, V: Clone> Turn<'_, K, V> {
    /// The row of this key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<V> {
        self.rows.get(key)
    }

    /// Writes the row of this key.
    pub fn put(&self, key: K, row: V) {
        self.rows.rows().insert(key, row);
    }
}
