//! What `build.rs` makes of a pattern.

use serde::{Deserialize, Serialize};

/// Where in a line a pattern must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Anchor {
    Start,
    End,
    Whole,
}

/// A pattern as an automaton that reads a line byte by byte, from its end where the pattern stands there.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PackedPattern<A> {
    pub(crate) anchor: Anchor,
    /// True where the blanks of the line do not count.
    pub(crate) compact: bool,
    /// A sparse automaton of `regex-automata`: as bytes where it is packed.
    pub(crate) automaton: A,
}
