//! One file per analysis: its options, a partial that merges, the row it prints.

pub mod articles;
pub mod collocates;
pub mod concordance;
pub mod discover;
pub mod figures;
pub mod finder;
pub mod group;
pub mod keyness;
pub mod layout;
pub mod lengths;
pub mod pages;
pub mod period;
pub mod pinyin;
pub mod place;
pub mod rising;
pub mod sample;
pub mod scope;
pub mod slogans;
pub mod stats;
pub mod tally;
pub mod trends;
pub mod words;

/// `value` to so many decimal places.
fn round(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (value * scale).round() / scale
}
