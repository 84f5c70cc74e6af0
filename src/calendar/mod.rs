//! Calendars: the eras by which years are counted, the lunar year, and a day as papers print it.
//!
//! Everything here is about days and years alone; what a day on a page says of the page is for others to decide.

mod era;
mod lunisolar;
mod printed;

pub(crate) use era::era_at;
pub(crate) use era::era_openings;
pub(crate) use lunisolar::Day as LunarDay;
pub use printed::compact_date;
pub(crate) use printed::digit;
pub(crate) use printed::{Glyphs, number};

/// The characters that Chinese numbers are written with today, 0 and what stands for 2 with things apart.
pub(crate) const NUMERALS: [char; 13] =
    ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万'];
