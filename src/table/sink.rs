//! What brings rows, once they are encoded, to the destination of a table.

use std::io::{self, Write};

use super::{About, Destination, Field};
use crate::{Error, ErrorKind, Result};

/// A table that is being written: what a sink needs to know of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'t> {
    /// What the table is called, where the format has names of tables.
    pub(super) name: &'t str,
    pub(super) fields: &'t [Field],
    /// Whether the names of the columns are written.
    pub(super) header: bool,
}

/// Takes encoded rows, in order.
pub(super) trait Sink {
    /// Takes whole rows.
    fn append(&mut self, rows: &[u8]) -> Result<()>;
    /// Brings everything to its place.
    fn finish(self: Box<Self>, about: &About) -> Result<()>;
}

/// Writes rows as they were encoded.
pub(super) struct Plain(pub(super) Destination);

impl Plain {
    /// Starts with `header`.
    pub(super) fn start(destination: Destination, header: &[u8]) -> Result<Box<dyn Sink>> {
        let mut plain = Self(destination);
        plain.append(header)?;
        Ok(Box::new(plain))
    }
}

impl Sink for Plain {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        self.0.write_all(rows).map_err(|error| self.0.blame(error.into()))
    }

    fn finish(self: Box<Self>, _about: &About) -> Result<()> {
        self.0.finish()
    }
}

/// What went wrong in a library that writes a format; of the kind of what the system said, where that is behind it.
#[cfg_attr(
    not(any(feature = "xlsx", feature = "parquet", feature = "sqlite")),
    allow(dead_code, reason = "every format is text")
)]
pub(super) fn failed(error: impl std::error::Error + 'static) -> Error {
    let first: &(dyn std::error::Error + 'static) = &error;
    let mut causes = std::iter::successors(Some(first), |cause| cause.source());
    let system = causes.find_map(|cause| cause.downcast_ref::<io::Error>().map(io::Error::kind));
    let kind = system.unwrap_or(io::ErrorKind::Other);
    Error::new(ErrorKind::Io(io::Error::new(kind, error.to_string())))
}
