//! The words that `build.rs` packs.

use std::sync::{Arc, LazyLock};

use super::page_words::PageWords;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page_words"));

impl PageWords {
    /// The words that are compiled in.
    pub(super) fn built_in() -> Arc<Self> {
        static WORDS: LazyLock<Arc<PageWords>> = LazyLock::new(|| {
            // build.rs packs them: they cannot fail for a user when they do not fail in the tests.
            Arc::new(postcard::from_bytes(PACKED).expect("build.rs packs the words well"))
        });
        Arc::clone(&WORDS)
    }
}
