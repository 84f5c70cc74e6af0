//! One file per analysis: its options, a partial that merges, the row it prints.

pub mod articles;
pub mod layout;
pub mod pages;
