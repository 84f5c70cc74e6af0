//! Weights as `build.rs` packs them: nothing is parsed, and no fact is named, when a program starts.
//!
//! A table of weights is, all numbers little-endian: how many states there are and how many facts (`u32` each), a row
//! for each [succession](super::Model::step), the [`Key`] of each fact (`u64`), and a row for each fact. A row is a weight for
//! each state, in hundredths (`i16`).

use rustc_hash::FxHashMap;

use super::key::Key;
use super::{Facts, Model, Names};

/// The number of a fact that weighs nothing.
const UNKNOWN: u32 = u32::MAX >> 1;

/// The numbers of facts by their keys.
#[derive(Debug)]
pub(crate) struct Keys(FxHashMap<Key, u32>);

impl Names for Keys {
    fn number(&mut self, parts: &[&str]) -> u32 {
        self.0.get(&Key::of(parts.iter().copied())).copied().unwrap_or(UNKNOWN)
    }
}

/// Reads the first table of weights in `tables`, for these states, and leaves the rest there: a model that does not know what
/// its facts are called, and their numbers. None where there is no such table.
pub(crate) fn unpack<S: Into<String>>(
    states: impl IntoIterator<Item = S>,
    tables: &mut &[u8],
) -> Option<(Model, Keys)> {
    let model = Model::new(states, Facts::default());
    let (count, width) = (model.states().len(), model.width());
    let head = tables.split_off(..8)?;
    let number = |at: usize| Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?) as usize);
    let facts = number(4).filter(|_| number(0) == Some(count))?;
    let successions = tables.split_off(..model.rows() * count * 2)?;
    let keys = tables.split_off(..facts * 8)?;
    let rows = tables.split_off(..facts * count * 2)?;
    let mut weights = Vec::with_capacity((model.rows() + facts) * width);
    for row in successions.chunks_exact(count * 2).chain(rows.chunks_exact(count * 2)) {
        let hundredths = row.chunks_exact(2).map(|weight| i16::from_le_bytes([weight[0], weight[1]]));
        weights.extend(hundredths.map(|weight| f32::from(weight) / 100.0));
        weights.resize(weights.len().next_multiple_of(width), 0.0);
    }
    let keys =
        keys.chunks_exact(8).map(|key| Key(key.iter().rfold(0, |key, &byte| key << 8 | u64::from(byte))));
    Some((model.weighing(weights), Keys(keys.zip(0..).collect())))
}
