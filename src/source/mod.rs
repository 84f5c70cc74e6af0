//! Where text comes from: walking paths, encodings, compression, input formats.

mod batch;
mod compression;
mod document;
mod encoding;
mod format;
mod forms;
mod inputs;
mod provenance;
mod read;
mod sheet;

pub use batch::{Batch, Batches};
pub use compression::Compression;
pub use document::{DateFrom, Document, Format, Meta};
pub use encoding::Encoding;
pub use inputs::{Input, Inputs};
pub use provenance::{PathPattern, Provenance, Said, page_number};
pub use read::{Buffers, Chunk, Finding, Opened, ReadOptions, Unread};
pub use sheet::{Area, Piece, Placement, Sheet};
