//! Where text comes from: walking paths, encodings, compression, input formats.

mod batch;
mod compression;
mod document;
mod encoding;
mod fields;
mod format;
mod forms;
mod inputs;
mod read;
mod sheet;

pub use batch::{Batch, Batches};
pub use compression::Compression;
pub use document::{Document, Format, Meta, RecordLayout};
pub use encoding::Encoding;
pub use fields::{FIELDS, Fields};
pub use inputs::{Input, Inputs};
pub use read::{Buffers, Chunk, Finding, Opened, ReadOptions, Unread};
pub use sheet::{Area, Piece, Placement, Sheet};
