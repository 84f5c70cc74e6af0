//! Where text comes from: walking paths, encodings, compression, input formats.

#[cfg(feature = "archives")]
mod archive;
mod batch;
mod compression;
mod content;
mod document;
mod encoding;
mod fields;
mod fingerprint;
mod format;
mod forms;
mod gauge;
mod identity;
mod inputs;
mod kind;
mod look;
mod mets;
mod own;
mod provenance;
mod read;
mod sheet;
#[cfg(feature = "archives")]
mod slice;
mod tables;

pub use compression::Compression;
pub use content::Content;
pub use document::{DateFrom, Document, Format, Meta, RecordLayout};
pub use encoding::Encoding;
pub use fields::{FIELDS, Fields};
pub use fingerprint::{Fingerprint, Fingerprints, ListPrint};
pub use identity::Identity;
pub use inputs::{Input, Inputs, PassedOver, Reason};
pub use kind::endings;
pub use look::Oddity;
pub use own::may_be_replaced;
pub use provenance::{PathPattern, Provenance, Said, page_number};
pub use read::{Buffers, Chunk, Finding, Opened, ReadOptions, Supply, Unread};
pub use sheet::{Area, Piece, Placement, Sheet, Stories, StoryPart, Told};
