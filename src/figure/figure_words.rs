//! What is asked of the words that figures are told by.

use std::sync::Arc;

use super::Class;
pub use super::words::Fact;
pub(super) use super::words::{
    Cue, DayPart, Era, FigureWords, Months, Relative, Set, Step, Unit, UnitId, UnitKind, View, Word,
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

    /// The unit that `id` names.
    pub(super) fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(usize::from(id.0))
    }

    /// The unit of that canonical name.
    pub(super) fn unit_named(&self, name: &str) -> Option<UnitId> {
        let at = self.units.iter().position(|unit| &*unit.canonical == name)?;
        u16::try_from(at).ok().map(UnitId)
    }

    /// True for the unit that also ends a time of day: 分.
    pub(super) fn is_clock(&self, id: UnitId) -> bool {
        self.unit(id).is_some_and(|unit| &*unit.canonical == "分")
    }

    /// True for a cue that is read from a number backwards.
    pub(super) fn is_read_backwards(&self, cue: Cue) -> bool {
        self.backwards >> cue as u32 & 1 == 1
    }
}
