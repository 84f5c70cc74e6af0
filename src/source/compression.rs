//! Compressed files, known by their first bytes whatever they are called.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::bufread::GzDecoder;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// gzip; several members, one after the other, are one text, and zeros between and behind them are none.
    Gzip,
    /// Zstandard; several frames, one after the other, are one text.
    Zstd,
    /// bzip2; several streams, one after the other, are one text.
    #[cfg(feature = "archives")]
    Bzip2,
    /// xz; several streams, one after the other, are one text.
    #[cfg(feature = "archives")]
    Xz,
}

/// The most memory that xz is given, in KiB; its largest preset asks for 65 MiB.
#[cfg(feature = "archives")]
const XZ_MEMORY: u32 = 256 << 10;

impl Compression {
    /// The compression that the first bytes of a file show, if it is compressed.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            // A frame that holds no data, as some writers put first.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            #[cfg(feature = "archives")]
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Some(Self::Bzip2),
            #[cfg(feature = "archives")]
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            #[cfg(feature = "archives")]
            Self::Bzip2 => "bzip2",
            #[cfg(feature = "archives")]
            Self::Xz => "xz",
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
            Self::Gzip => Box::new(Members(Some(GzDecoder::new(BufReader::new(packed))))),
            Self::Zstd => Box::new(zstd::stream::read::Decoder::new(packed)?),
            #[cfg(feature = "archives")]
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(packed)),
            #[cfg(feature = "archives")]
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY)),
        })
    }
}

/// The members of a gzip file, one after the other; none when the last is read.
struct Members<R>(Option<GzDecoder<R>>);

impl<R: BufRead> Members<R> {
    /// Goes on to the next member, if there is one.
    fn next(&mut self) -> io::Result<()> {
        let Some(member) = self.0.take() else { return Ok(()) };
        let mut packed = member.into_inner();
        // Tapes and block devices fill the last block up with zeros.
        loop {
            let ready = packed.fill_buf()?;
            let padding = ready.iter().take_while(|&&byte| byte == 0).count();
            let is_over = ready.is_empty();
            if padding == 0 {
                self.0 = (!is_over).then(|| GzDecoder::new(packed));
                return Ok(());
            }
            packed.consume(padding);
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.next()?;
        }
        Ok(0)
    }
}
