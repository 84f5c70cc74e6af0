//! Files in which OCR programs say where each word stands: a file here for each form.

mod alto;
mod hocr;
mod ocr_json;
mod page_xml;
mod tesseract;
mod xml;

use super::{Document, Format, Sheet};
use crate::{ErrorKind, Result};

/// One form of file.
pub(super) trait Form: Sync {
    /// The format it reads.
    fn format(&self) -> Format;

    /// True where a file that begins with `head` is of this form.
    fn fits(&self, head: &str) -> bool;

    /// The pages of a file.
    ///
    /// # Errors
    /// Where the file is not well-formed, or is not what it seems to be.
    fn read(&self, text: &str) -> Result<Vec<Sheet>>;
}

/// All of them, in the order in which a file is held against them.
const FORMS: [&dyn Form; 5] =
    [&alto::Alto, &page_xml::PageXml, &hocr::Hocr, &tesseract::Table, &ocr_json::OcrJson];

/// The form of a file that begins with `head`.
pub(super) fn detect(head: &str) -> Option<&'static dyn Form> {
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    FORMS.into_iter().find(|form| form.fits(head))
}

/// The form that `format` names, where it names one.
pub(super) fn of(format: Format) -> Option<&'static dyn Form> {
    FORMS.into_iter().find(|form| form.format() == format)
}

/// The pages of `document`, whose text is a whole file: each a document of its own, without text until its places
/// are made use of.
///
/// # Errors
/// Where the file is not well-formed, or has no page.
pub(super) fn documents(form: &dyn Form, document: Document) -> Result<Vec<Document>> {
    let sheets = form.read(&document.text)?;
    if sheets.is_empty() {
        let what = format!("no page in this file, which was read as {}", form.format().name());
        return Err(ErrorKind::Format(what).into());
    }
    let page = |sheet| Document {
        file: document.file.clone(),
        format: Format::Page,
        first_line: 1,
        sheet: Some(sheet),
        ..Document::default()
    };
    Ok(sheets.into_iter().map(page).collect())
}

#[cfg(test)]
mod tests;
