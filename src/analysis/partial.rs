//! What was counted, as a file: to add up what several machines counted, or last year and this month.
//!
//! A file says which analysis it belongs to and under which options it was counted; only what was counted alike adds
//! up. It is compressed and carries a checksum; its first line has the version of the form.
//!
//! ```
//! use zjgr::analysis::partial::{Kept, read, write};
//! use zjgr::analysis::slogans::Slogans;
//! use zjgr::analysis::Analysis;
//! use zjgr::page::{Duplicates, Reader, Selection};
//! use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
//!
//! let slogans = Slogans::new(SloganFinder::new(Lexicon::builtin()?, Overlap::default()));
//! let count = |text: &str| {
//!     let mut partial = slogans.start();
//!     let page = Reader::default().read(zjgr::Document::of(text));
//!     slogans.add(&mut partial, &Selection::all(&page, Duplicates::Skip));
//!     partial
//! };
//!
//! // Last year is kept in a file, and added to what is counted now.
//! let mut file = Vec::new();
//! write(&slogans, &mut Kept { partial: count("“浙工惠”平台上线。"), documents: 1 }, "all parts", &mut file)?;
//! let mut whole = count("职工都说浙工惠好。");
//! slogans.merge(&mut whole, read(&slogans, "all parts", &file)?.partial);
//! assert!(read(&slogans, "headlines only", &file).is_err());
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::io::Write;

use serde::{Deserialize, Serialize};

use super::Analysis;
use crate::{Error, ErrorKind, Result};

/// The first line of a file.
const FORM: &[u8] = b"zjgr partial 2\n";

/// An analysis whose partials can be kept.
pub trait Portable: Analysis {
    /// The partial as bytes: the same, in whatever order its pages were counted.
    ///
    /// # Errors
    /// Where what was put aside while counting cannot be read again.
    fn pack(&self, partial: &mut Self::Partial) -> Result<Vec<u8>>;

    /// The partial that was packed into `bytes`.
    ///
    /// # Errors
    /// Where they are none.
    fn unpack(&self, bytes: &[u8]) -> Result<Self::Partial>;
}

/// What a file says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    analysis: String,
    options: String,
    documents: u64,
}

/// A partial with what it was counted from.
#[derive(Debug)]
pub struct Kept<P> {
    /// What was counted.
    pub partial: P,
    /// In how many documents.
    pub documents: u64,
}

/// Writes what was counted; `options` says how, in a form that is the same for all that may be added up.
///
/// # Errors
/// Where it cannot be written.
pub fn write<A: Portable>(
    analysis: &A,
    kept: &mut Kept<A::Partial>,
    options: &str,
    mut out: impl Write,
) -> Result<()> {
    let head = Head { analysis: A::NAME.into(), options: options.into(), documents: kept.documents };
    let packed = analysis.pack(&mut kept.partial)?;
    out.write_all(FORM)?;
    let mut out = zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?;
    out.include_checksum(true)?;
    // As `(head, packed)` is encoded, without a copy of what may be much.
    out.write_all(&encode(&(head, packed.len()))?)?;
    out.write_all(&packed)?;
    out.finish()?.flush()?;
    Ok(())
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// Where `bytes` are none of these, of another version, damaged, of another analysis, or counted with other options.
pub fn read<A: Portable>(analysis: &A, options: &str, bytes: &[u8]) -> Result<Kept<A::Partial>> {
    let rest = bytes.strip_prefix(FORM).ok_or_else(|| wrong("no partial of this version of zjgr"))?;
    let body = zstd::decode_all(rest).map_err(|error| ErrorKind::Compression(error.to_string()))?;
    let (head, packed): (Head, &[u8]) = decode(&body)?;
    if head.analysis != A::NAME {
        return Err(wrong(format!("a partial of `{}`, and this is `{}`", head.analysis, A::NAME)));
    }
    if head.options != options {
        return Err(wrong(format!("counted with other options: {}; here: {options}", head.options)));
    }
    Ok(Kept { partial: analysis.unpack(packed)?, documents: head.documents })
}

/// Encodes `value` in as few bytes as it needs.
pub(super) fn encode(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| wrong(format!("cannot be kept: {error}")))
}

/// Decodes what [`encode`] gave.
pub(super) fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T> {
    postcard::from_bytes(bytes).map_err(|error| wrong(format!("a damaged partial: {error}")))
}

fn wrong(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Partial(what.into()))
}
