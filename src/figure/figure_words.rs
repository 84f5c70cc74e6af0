//! What is asked of the words that figures are told by.

use std::sync::Arc;

use super::Class;
use super::cells::Cell;
pub(super) use super::words::{
    Cue, DayPart, Era, FigureWords, Months, Relative, Set, Step, Unit, UnitId, UnitKind, Word,
};
use crate::error::Result;

/// The lists that are compiled in, as `build.rs` packs them.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/figure_words"));

impl UnitKind {
    pub(super) fn class(self) -> Class {
        match self {
            Self::Money => Class::Money,
            Self::Percent => Class::Percent,
            Self::Ratio => Class::Ratio,
            Self::Measure => Class::Measure,
            Self::Duration => Class::Duration,
            Self::Count | Self::Noun | Self::Part => Class::Count,
        }
    }
}

impl FigureWords {
    /// The lists that are compiled in, and on top of them the units of `more`, in the form of `units.toml`.
    ///
    /// # Errors
    /// Where a unit file is no TOML of that form or names a class that does not exist.
    pub(super) fn with(more: &[&str]) -> Result<Arc<Self>> {
        let packed = if more.is_empty() { postcard::from_bytes(PACKED).ok() } else { None };
        packed.map_or_else(|| Ok(Self::new(more)?), Ok).map(Arc::new)
    }

    /// True for a character of the list `set`.
    #[inline]
    pub(super) fn has(&self, set: Set, c: char) -> bool {
        self.characters.has(set, c)
    }

    /// The longest unit that starts at cell `at`: where it ends, and which it is.
    pub(super) fn unit_at(&self, cells: &[Cell], at: usize) -> Option<(usize, UnitId)> {
        self.unit_words.longest(cells, at)
    }

    /// The longest ordinal suffix that starts at cell `at`.
    pub(super) fn ordinal_at(&self, cells: &[Cell], at: usize) -> Option<(usize, UnitId)> {
        self.ordinals.longest(cells, at)
    }

    /// The unit that `id` names.
    pub(super) fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(usize::from(id.0))
    }

    /// The unit of that canonical name.
    pub(super) fn unit_named(&self, name: &str) -> Option<UnitId> {
        let at = self.units.iter().position(|unit| &*unit.canonical == name)?;
        u16::try_from(at).ok().map(UnitId)
    }

    /// The kind of the unit at cell `at`.
    pub(super) fn sort_at(&self, cells: &[Cell], at: usize) -> Option<UnitKind> {
        self.unit_at(cells, at).and_then(|(_, id)| self.unit(id)).map(|unit| unit.sort)
    }

    /// True where money stands at cell `at`.
    pub(super) fn money_at(&self, cells: &[Cell], at: usize) -> bool {
        self.sort_at(cells, at) == Some(UnitKind::Money)
    }

    /// True for the unit that also ends a time of day: 分.
    pub(super) fn is_clock(&self, id: UnitId) -> bool {
        self.unit(id).is_some_and(|unit| &*unit.canonical == "分")
    }

    /// The longest word of `cue` that starts at `at`: where it ends. For cues that are read forwards.
    pub(super) fn cue_at(&self, cue: Cue, cells: &[Cell], at: usize) -> Option<usize> {
        self.cues.get(cue as usize)?.longest_unbroken(cells, at).map(|(end, ())| end)
    }

    /// False where no word of `cue` begins with `cell`, or ends with it for a cue that is read backwards.
    #[inline]
    pub(super) fn may_begin(&self, cue: Cue, cell: &Cell) -> bool {
        self.cues.get(cue as usize).is_some_and(|words| cell.lists & words.bit != 0)
    }

    /// True for a cue that is read from a number backwards.
    pub(super) fn is_read_backwards(&self, cue: Cue) -> bool {
        self.backwards >> cue as u32 & 1 == 1
    }

    /// True where what looks like a one-character unit at cell `at` begins a longer word: 支部, but not 支部队.
    pub(super) fn begins_word(&self, cells: &[Cell], at: usize) -> bool {
        let end = |cue| self.cue_at(cue, cells, at);
        end(Cue::NotUnit)
            .is_some_and(|word| word > at + 1 && end(Cue::UnitKeep).is_none_or(|kept| kept < word))
    }

    /// The longest word of `cue` that ends before `end`: where it starts. For cues that are read backwards.
    pub(super) fn cue_before(&self, cue: Cue, cells: &[Cell], floor: usize, end: usize) -> Option<usize> {
        self.cues.get(cue as usize)?.longest_before(cells, floor, end).map(|(start, ())| start)
    }
}
