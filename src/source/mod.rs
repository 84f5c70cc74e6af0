//! Where text comes from: walking paths, encodings, compression, input formats.

mod document;

pub use document::{Document, Format, Meta};
