//! The words and weights that `build.rs` packs.

use std::sync::LazyLock;

use super::finder::Finder;
use super::name_words::NameWords;

const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/name_words"));
const WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/name_weights"));

impl NameWords {
    /// The lists that are compiled in.
    pub(super) fn get() -> &'static Self {
        // build.rs packs them: they cannot fail for a user when they do not fail in the tests.
        static LEXICON: LazyLock<NameWords> =
            LazyLock::new(|| postcard::from_bytes(WORDS).expect("build.rs packs the words well"));
        &LEXICON
    }
}

impl Finder {
    /// What finds names by the weights that come along.
    pub fn get() -> &'static Self {
        static FINDER: LazyLock<Finder> = LazyLock::new(|| {
            Finder::new(postcard::from_bytes(WEIGHTS).expect("build.rs packs the weights well"))
        });
        &FINDER
    }
}
