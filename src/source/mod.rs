//! Where text comes from: walking paths, encodings, compression, input formats.

mod document;
mod inputs;
mod read;

pub use document::{Document, Format, Meta};
pub use inputs::{Input, Inputs};
pub use read::ReadOptions;
