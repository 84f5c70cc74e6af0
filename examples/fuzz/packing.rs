//! How a file can be packed.

use std::io::Write;

/// One way.
pub(crate) struct Packing {
    pub(crate) ending: &'static str,
    pub(crate) pack: fn(&str, &[u8]) -> Vec<u8>,
}

pub(crate) const PACKINGS: &[Packing] = &[
    Packing { ending: "gz", pack: |_, bytes| gzip(bytes) },
    Packing { ending: "zst", pack: |_, bytes| zstd::encode_all(bytes, 1).unwrap() },
    #[cfg(feature = "archives")]
    Packing { ending: "bz2", pack: |_, bytes| bzip2(bytes) },
    #[cfg(feature = "archives")]
    Packing { ending: "xz", pack: |_, bytes| xz(bytes) },
    #[cfg(feature = "archives")]
    Packing { ending: "zip", pack: zipped },
    #[cfg(feature = "archives")]
    Packing { ending: "tar", pack: tarred },
    #[cfg(feature = "archives")]
    Packing { ending: "tar.gz", pack: |name, bytes| gzip(&tarred(name, bytes)) },
    #[cfg(feature = "archives")]
    Packing { ending: "tar.bz2", pack: |name, bytes| bzip2(&tarred(name, bytes)) },
    #[cfg(feature = "archives")]
    Packing { ending: "zip", pack: |name, bytes| zipped("inner.zip", &zipped(name, bytes)) },
];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[cfg(feature = "archives")]
fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[cfg(feature = "archives")]
fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut options = lzma_rust2::XzOptions::with_preset(0);
    options.lzma_options.dict_size = 1 << 16;
    let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// An archive with `bytes` in it, twice.
#[cfg(feature = "archives")]
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in [name, "1.txt"] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same as a tape.
#[cfg(feature = "archives")]
fn tarred(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = tar::Builder::new(Vec::new());
    for name in [name, "1.txt"] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        writer.append_data(&mut header, name, bytes).unwrap();
    }
    writer.into_inner().unwrap()
}
