//! The weights of a chain.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Table;

/// A table of weights whose facts have numbers and no names.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PackedWeights {
    /// How many states there are.
    pub(crate) states: usize,
    /// The numbers of facts by the [`Key`](super::Key)s of their names.
    pub(crate) facts: Table,
    /// A row for each succession and each fact: a weight for each state, in hundredths (`i16`, little-endian).
    #[serde(borrow)]
    pub(crate) rows: Cow<'static, [u8]>,
}
