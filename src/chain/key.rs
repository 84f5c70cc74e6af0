//! The key of a name: by it `build.rs` sorts the facts of a table of weights, and by it they are found.

/// A hash of a name that is given in parts: FNV-1a, 64 bits. <http://www.isthe.com/chongo/tech/comp/fnv/>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) u64);

impl Key {
    pub(crate) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let bytes = parts.into_iter().flat_map(str::bytes);
        let add = |key: u64, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(bytes.fold(0xcbf2_9ce4_8422_2325, add))
    }
}
