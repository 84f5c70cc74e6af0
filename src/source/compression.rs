//! Compressed files, known by their first bytes whatever they are called.

use std::io::{self, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compression {
    /// gzip; several members, one after the other, are one text.
    Gzip,
    /// Zstandard; several frames, one after the other, are one text.
    Zstd,
}

impl Compression {
    /// The compression that the first bytes of a file show, if it is compressed.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            // A frame that holds no data, as some writers put first.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// What `head` and then `rest` hold, unpacked.
    pub(super) fn unpack<R: Read + Send + 'static>(
        self,
        head: Vec<u8>,
        rest: R,
    ) -> io::Result<Box<dyn Read + Send>> {
        let packed: Chain<Cursor<Vec<u8>>, R> = Cursor::new(head).chain(rest);
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Self::Zstd => Box::new(zstd::stream::read::Decoder::new(packed)?),
        })
    }
}
