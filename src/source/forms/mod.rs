//! Files that are more than text: a file here for each form. Most say where each word stands.

mod alto;
#[cfg(feature = "archives")]
mod docx;
mod hocr;
mod html;
mod ocr_json;
mod page_xml;
#[cfg(feature = "pdf")]
mod pdf;
mod tesseract;
pub(super) mod xml;

use std::sync::Arc;

use self::xml::Markup;
use super::{Document, Format, Meta, Sheet};
use crate::{ErrorKind, Result};

/// What a file of some form holds.
pub(super) enum Read {
    /// Pages on which the place of each word is known.
    Sheets(Vec<Sheet>),
    /// Text, how it is laid out, and what the file says of it.
    Text(String, Format, Meta),
}

/// One form of file that is written in characters.
pub(super) trait Form: Sync {
    /// The format it reads.
    fn format(&self) -> Format;

    /// True where a file that begins with `head` is of this form.
    fn fits(&self, head: &str) -> bool;

    /// What a file holds.
    ///
    /// # Errors
    /// Where the file is not well-formed, or is not what it seems to be.
    fn read(&self, text: &str) -> Result<Read>;
}

/// One form of file that is not.
pub(super) trait Packed: Sync {
    /// The format it reads.
    fn format(&self) -> Format;

    /// True where a file that begins with `head` is of this form.
    fn fits(&self, head: &[u8]) -> bool;

    /// What a file holds.
    ///
    /// # Errors
    /// Where it is damaged, or holds no text.
    fn read(&self, bytes: &[u8]) -> Result<Read>;
}

/// All of them, in the order in which a file is held against them.
const FORMS: [&dyn Form; 6] = [
    &Markup::<alto::Alto>::NEW,
    &Markup::<page_xml::PageXml>::NEW,
    &hocr::Hocr,
    &html::Html,
    &tesseract::Table,
    &ocr_json::OcrJson,
];

const PACKED: &[&dyn Packed] = &[
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
    #[cfg(feature = "archives")]
    &docx::Docx,
];

/// The form of a file that begins with `head`.
pub(super) fn detect(head: &str) -> Option<&'static dyn Form> {
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    FORMS.into_iter().find(|form| form.fits(head))
}

/// The form that `format` names, where it names one.
pub(super) fn of(format: Format) -> Option<&'static dyn Form> {
    FORMS.into_iter().find(|form| form.format() == format)
}

/// The form that a file of such bytes is of, or the one that `format` names, where it is not written in characters.
pub(super) fn packed(format: Option<Format>, bytes: &[u8]) -> Option<&'static dyn Packed> {
    PACKED
        .iter()
        .copied()
        .find(|form| format.map_or_else(|| form.fits(bytes), |format| form.format() == format))
}

/// The pages of the file `name`, each a document of its own; those with places are without text until these are
/// made use of.
///
/// # Errors
/// Where there is no page.
pub(super) fn documents(name: &Arc<str>, format: Format, read: Read) -> Result<Vec<Document>> {
    let empty = Document { file: Arc::clone(name), first_line: 1, ..Document::default() };
    match read {
        Read::Sheets(sheets) if sheets.is_empty() => {
            Err(ErrorKind::Unreadable(format!("no page in this file, which was read as {}", format.name()))
                .into())
        }
        Read::Sheets(sheets) => {
            Ok(sheets.into_iter().map(|sheet| Document { sheet: Some(sheet), ..empty.clone() }).collect())
        }
        Read::Text(text, format, meta) => Ok(vec![Document { text, format, meta, ..empty }]),
    }
}

#[cfg(test)]
mod tests;
