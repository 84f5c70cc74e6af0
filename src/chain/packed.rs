//! Weights as `build.rs` packs them: nothing is parsed, and no fact is named, when a program starts.

use super::{Facts, Model, Name, Names, Part};
use crate::packed::{Key, PackedWeights, Table};

/// The number of a fact that weighs nothing.
pub(crate) const UNKNOWN: u32 = u32::MAX >> 1;

impl Name for Key {
    fn of(part: &str) -> Self {
        Self::of(part)
    }

    fn known(part: Part<'_>) -> Self {
        part.key
    }

    fn and(&self, more: &Self) -> Self {
        Self::and(*self, *more)
    }
}

impl Names for Table {
    type Name = Key;

    fn number(&mut self, name: &Key) -> u32 {
        self.get(name.hash).unwrap_or(UNKNOWN)
    }
}

impl Model {
    /// A model for these states, which does not know what its facts are called, and their numbers; none where the weights
    /// are those of other states. What is `forbidden` is said as to [`Model::forbid`].
    pub(crate) fn unpack<S: Into<String>>(
        states: impl IntoIterator<Item = S>,
        packed: PackedWeights,
        forbidden: impl Fn(Option<usize>, Option<usize>) -> bool,
    ) -> Option<(Self, Table)> {
        let mut model = Self::new(states, Facts::default());
        let (count, width) = (model.states().len(), model.width());
        let is_whole = packed.states == count && packed.rows.len() >= model.rows() * count * 2;
        let rows = packed.rows.chunks_exact(count * 2);
        let mut weights = vec![0.0; rows.len() * width];
        for (to, row) in weights.chunks_exact_mut(width).zip(rows) {
            for (to, weight) in to.iter_mut().zip(row.chunks_exact(2)) {
                *to = f32::from(i16::from_le_bytes([weight[0], weight[1]])) / 100.0;
            }
        }
        model.forbidden = model.forbidden.filled(forbidden);
        is_whole.then(|| (model.weighing(weights), packed.facts))
    }
}
