//! What `build.rs` packs.

use std::sync::LazyLock;

use super::entry::Slogan;
use super::fold::Fold;

const FOLDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fold"));
const SLOGANS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/slogans"));
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/slogan_words"));

impl Fold {
    /// The fold that is compiled in.
    pub(crate) fn get() -> &'static Self {
        // build.rs packs it: it cannot fail for a user when it does not fail in the tests.
        static FOLD: LazyLock<Fold> =
            LazyLock::new(|| postcard::from_bytes(FOLDED).expect("build.rs packs the fold well"));
        &FOLD
    }
}

/// The slogans of `data/slogans.toml`.
pub(super) fn slogans() -> Vec<Slogan> {
    postcard::from_bytes(SLOGANS).expect("build.rs packs the slogans well")
}

/// Those of their forms that are words: see [`words`](super::entry::words).
pub(crate) fn words() -> Vec<&'static str> {
    postcard::from_bytes(WORDS).expect("build.rs packs the words well")
}
