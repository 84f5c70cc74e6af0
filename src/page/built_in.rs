//! The words that `build.rs` packs.

use std::sync::{Arc, LazyLock};

use super::lexicon::Lexicon;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page_words"));

impl Lexicon {
    /// The words that are compiled in.
    pub(super) fn built_in() -> Arc<Self> {
        static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(|| {
            // build.rs packs them: they cannot fail for a user when they do not fail in the tests.
            Arc::new(postcard::from_bytes(PACKED).expect("build.rs packs the words well"))
        });
        Arc::clone(&LEXICON)
    }
}
