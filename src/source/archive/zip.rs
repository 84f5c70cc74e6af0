//! Zip archives: by the list of members at their end.

use std::io::{self, BufReader, Read};
use std::path::PathBuf;

use zip::CompressionMethod;
use zip::read::ZipArchive;
use zip::result::ZipError;

use super::super::kind::Kind;
use super::super::slice::{Shared, Slice};
use super::{Entry, Place, decoded};

/// Where a member stands, and how it is packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zipped {
    start: u64,
    packed: u64,
    size: u64,
    method: CompressionMethod,
    checksum: u32,
}

/// The members of the archive in `file`, in the order in which it lists them.
pub(super) fn entries(file: &Shared) -> Result<Vec<Entry>, ZipError> {
    let mut archive = ZipArchive::new(BufReader::new(file.whole()?))?;
    if archive.has_overlapping_files()? {
        return Err(ZipError::InvalidArchive(
            "its members overlap, as those of no archive of texts do".into(),
        ));
    }
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let listed = archive.by_index_data(index)?;
        let path = PathBuf::from(decoded(listed.name_raw()));
        let (is_file, is_encrypted) = (listed.is_file(), listed.encrypted());
        if !is_file {
            continue;
        }
        let place = match archive.by_index_raw(index) {
            _ if is_encrypted => Place::Never("it is encrypted; unpack it with its password".into()),
            Err(error) => Place::Never(error.to_string()),
            Ok(member) => match member.data_start() {
                None => Place::Never("its place in the archive is not told".into()),
                Some(start) => Place::Zipped(Zipped {
                    start,
                    packed: member.compressed_size(),
                    size: member.size(),
                    method: member.compression(),
                    checksum: member.crc32(),
                }),
            },
        };
        let kind = Kind::of(&path, || match &place {
            Place::Zipped(zipped) => zipped.unpack(zipped.packed(file)),
            _ => Ok(Box::new(io::empty())),
        });
        entries.push(Entry { path, kind, place });
    }
    Ok(entries)
}

impl Zipped {
    /// The member as it stands in the archive.
    pub(super) fn packed(self, file: &Shared) -> Slice {
        file.slice(self.start, self.packed)
    }

    /// The member, unpacked and held against its checksum.
    pub(super) fn unpack(self, packed: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
        let unpacked: Box<dyn Read + Send> = match self.method {
            CompressionMethod::STORE => Box::new(packed),
            CompressionMethod::DEFLATE => {
                Box::new(flate2::bufread::DeflateDecoder::new(BufReader::new(packed)))
            }
            CompressionMethod::BZIP2 => Box::new(bzip2::read::BzDecoder::new(packed)),
            CompressionMethod::ZSTD => Box::new(zstd::stream::read::Decoder::new(packed)?),
            other => {
                let what = format!("it is packed in a way that is not read ({other}); pack it with deflate");
                return Err(io::Error::other(what));
            }
        };
        Ok(Box::new(Checked { source: unpacked, crc: flate2::Crc::new(), size: 0, wanted: self }))
    }
}

/// A member whose checksum is looked at when it is at its end.
struct Checked<R> {
    source: R,
    crc: flate2::Crc,
    size: u64,
    wanted: Zipped,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.crc.update(buffer.get(..read).unwrap_or_default());
        self.size += read as u64;
        let is_over = read == 0 && !buffer.is_empty();
        if self.size > self.wanted.size || is_over && self.size < self.wanted.size {
            return Err(io::Error::other("it is not as long as the archive says"));
        }
        if is_over && self.crc.sum() != self.wanted.checksum {
            return Err(io::Error::other("its checksum does not fit"));
        }
        Ok(read)
    }
}
