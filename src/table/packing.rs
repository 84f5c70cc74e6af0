//! Tables that are compressed on their way: the last ending of a file says how.

use std::io::{self, Write};
use std::path::Path;

use flate2::write::GzEncoder;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// The compression that the ending of `path` names, and `path` without it.
    pub(super) fn of(path: &Path) -> Option<(Self, &Path)> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        let packing = match ending.as_str() {
            "gz" => Self::Gzip,
            "zst" => Self::Zstd,
            _ => return None,
        };
        Some((packing, Path::new(path.file_stem()?)))
    }
}

/// What compresses, or leaves as it is, what is written into it.
pub(super) enum Packed<W: Write> {
    Plain(W),
    Gzip(GzEncoder<W>),
    Zstd(zstd::Encoder<'static, W>),
}

impl<W: Write> Packed<W> {
    pub(super) fn new(packing: Option<Packing>, writer: W) -> io::Result<Self> {
        Ok(match packing {
            None => Self::Plain(writer),
            // Without a time and a name, so that the same table is the same bytes.
            Some(Packing::Gzip) => Self::Gzip(GzEncoder::new(writer, flate2::Compression::default())),
            Some(Packing::Zstd) => {
                let mut encoder = zstd::Encoder::new(writer, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                encoder.include_checksum(true)?;
                Self::Zstd(encoder)
            }
        })
    }

    pub(super) fn get_ref(&self) -> &W {
        match self {
            Self::Plain(writer) => writer,
            Self::Gzip(encoder) => encoder.get_ref(),
            Self::Zstd(encoder) => encoder.get_ref(),
        }
    }

    /// Writes what is still to come, and gives what it was made of back.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(writer) => Ok(writer),
            Self::Gzip(encoder) => encoder.finish(),
            Self::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(writer) => writer.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.flush(),
            Self::Gzip(encoder) => encoder.flush(),
            Self::Zstd(encoder) => encoder.flush(),
        }
    }
}
