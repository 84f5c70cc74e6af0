//! What `build.rs` makes of the files in `data/`: nothing of it is parsed or built again when a program starts.
//!
//! A file that people edit is checked once, at build time, and made into what the program asks of it; that is written
//! in the form of [postcard](https://postcard.jamesmunns.com/wire-format). What is large in it is a row of bytes, and
//! stays where it is when it is read: a [`Table`] and [`Records`] are looked into as they stand in the program's file.
//!
//! `build.rs` takes this folder as a module of its own, so that both sides have the same types.

mod key;
mod problem;
mod records;
mod table;
mod weights;

pub(crate) use key::Key;
pub(crate) use problem::{Problem, parse};
pub(crate) use records::Records;
pub(crate) use table::Table;
pub(crate) use weights::PackedWeights;
