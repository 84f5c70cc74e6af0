//! What a file holds that is no page of text, as its first bytes and its name show it: told by name, so that nobody
//! takes markup or a container for newspaper text.

use std::fmt;
use std::path::Path;

use super::kind::COMPRESSED;

/// A format that is no plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Content {
    /// Portable Document Format.
    Pdf,
    /// A word processor's file: .docx.
    Docx,
    /// A word processor's file: .odt.
    Odt,
    /// A spreadsheet: .xlsx.
    Xlsx,
    /// An electronic book.
    Epub,
    /// An archive of files.
    Zip,
    /// Word, Excel or PowerPoint as they wrote until 2003.
    OldOffice,
    /// Rich Text Format.
    Rtf,
    /// A picture: the scan of a page, say.
    Picture,
    /// A packed archive that is not read: 7z, RAR, xz, bzip2.
    Archive,
    /// A web page, hOCR too.
    Html,
    /// Any other markup: ALTO, PAGE, TEI.
    Xml,
    /// JSON that has no record with `text` in it.
    Json,
    /// A table, as its name says.
    Csv,
}

impl Content {
    /// Its name, as people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word (docx)",
            Self::Odt => "OpenDocument (odt)",
            Self::Xlsx => "Excel (xlsx)",
            Self::Epub => "EPUB",
            Self::Zip => "zip",
            Self::OldOffice => "Office 97 (doc, xls, ppt)",
            Self::Rtf => "RTF",
            Self::Picture => "a picture",
            Self::Archive => "a packed archive",
            Self::Html => "HTML",
            Self::Xml => "XML",
            Self::Json => "JSON without records that have `text`",
            Self::Csv => "a table (CSV, TSV)",
        }
    }

    /// True for what is written in characters, so that somebody may want to read it as plain text all the same.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Html | Self::Xml | Self::Json | Self::Csv | Self::Rtf)
    }

    /// What the file is that begins with these bytes (unpacked); none for text, and for what nobody knows.
    pub(super) fn of_signature(head: &[u8]) -> Option<Self> {
        let signature = |&(bytes, _): &&(&[u8], Self)| head.starts_with(bytes);
        match SIGNATURES.iter().find(signature)?.1 {
            Self::Zip => Some(Self::in_zip(head)),
            other => Some(other),
        }
    }

    /// What an archive holds whose first entries stand in `head`.
    fn in_zip(head: &[u8]) -> Self {
        let holds = |name: &&(&str, Self)| memchr::memmem::find(head, name.0.as_bytes()).is_some();
        ZIPPED.iter().find(holds).map_or(Self::Zip, |&(_, content)| content)
    }

    /// What the file `name` with this text is, if it is no page.
    pub(super) fn of_text(name: &str, text: &str) -> Option<Self> {
        let text = text.trim_start();
        match text.chars().next()? {
            _ if has_ending(name, &["csv", "tsv", "tab"]) => Some(Self::Csv),
            '<' => Self::of_tags(text),
            '{' | '[' => is_json(text).then_some(Self::Json),
            _ => None,
        }
    }

    fn of_tags(text: &str) -> Option<Self> {
        let is_open = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?'));
        // What OCR takes for an angle bracket is never closed like a tag.
        if !is_open || !(text.starts_with("<?xml") || text.starts_with("<!") || text.contains("</")) {
            return None;
        }
        let lower: String = text.chars().take(SHOWN).map(|c| c.to_ascii_lowercase()).collect();
        let is_html = HTML.iter().any(|tag| lower.contains(tag));
        // OCR programs set pictures and tables among the lines of a page as elements, and what they know of it as comments.
        let may_be_set = is_html || lower.starts_with("<!--");
        let is_whole = WHOLE.iter().any(|tag| lower.starts_with(tag));
        if may_be_set && !is_whole && is_set_among_lines(text) {
            return None;
        }
        Some(if is_html { Self::Html } else { Self::Xml })
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How formats begin (most of them as in the list of the command `file`).
const SIGNATURES: &[(&[u8], Content)] = &[
    (b"%PDF-", Content::Pdf),
    (b"PK\x03\x04", Content::Zip),
    (b"PK\x05\x06", Content::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content::OldOffice),
    (b"{\\rtf", Content::Rtf),
    (b"\xff\xd8\xff", Content::Picture),
    (b"\x89PNG", Content::Picture),
    (b"GIF8", Content::Picture),
    (b"II*\0", Content::Picture),
    (b"MM\0*", Content::Picture),
    (b"\0\0\0\x0cjP  ", Content::Picture),
    (b"AT&TFORM", Content::Picture),
    (b"7z\xbc\xaf\x27\x1c", Content::Archive),
    (b"Rar!", Content::Archive),
    (b"\xfd7zXZ", Content::Archive),
    (b"BZh", Content::Archive),
];

/// The names by which archives of certain kinds are known.
const ZIPPED: &[(&str, Content)] = &[
    ("application/epub+zip", Content::Epub),
    ("opendocument.text", Content::Odt),
    ("word/", Content::Docx),
    ("xl/", Content::Xlsx),
];

/// Where one of these stands near its beginning, markup is a web page.
const HTML: [&str; 5] = ["<!doctype html", "<html", "<head", "<body", "<div"];
/// How far that is, in characters.
const SHOWN: usize = 1024;

/// What begins with one of these is markup from end to end.
const WHOLE: [&str; 5] = ["<!doctype", "<?", "<html", "<head", "<body"];

/// True where fewer lines of `text` open with a tag than with something else.
fn is_set_among_lines(text: &str) -> bool {
    let lines = || text.lines().take(SHOWN).filter(|line| !line.trim().is_empty());
    lines().filter(|line| line.trim_start().starts_with('<')).count() * 2 < lines().count()
}

/// True where `text` is an object or an array, or the beginning of one that goes on.
fn is_json(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    let is_first = match values.next() {
        Some(Ok(value)) => value.is_object() || value.as_array().is_some_and(|values| !values.is_empty()),
        Some(Err(error)) => error.is_eof() && text.contains('"'),
        None => false,
    };
    // `[1]` begins a page that numbers its paragraphs so.
    is_first && !values.next().is_some_and(|next| next.is_err_and(|error| !error.is_eof()))
}

/// True where `name` ends in one of `endings`, compressed or not.
pub(super) fn has_ending(name: &str, endings: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    let packed = COMPRESSED.iter().find_map(|ending| lower.strip_suffix(ending)?.strip_suffix('.'));
    let ending = Path::new(packed.unwrap_or(&lower)).extension();
    ending.is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, head: &str) -> Option<Content> {
        Content::of_signature(head.as_bytes()).or_else(|| Content::of_text(name, head))
    }

    #[test]
    fn formats_are_known_by_how_they_begin() {
        for (head, content) in [
            ("%PDF-1.7\n", Content::Pdf),
            ("PK\u{3}\u{4}\u{14}....[Content_Types].xml....word/document.xml", Content::Docx),
            ("PK\u{3}\u{4}\u{14}....[Content_Types].xml....xl/workbook.xml", Content::Xlsx),
            ("PK\u{3}\u{4}\u{14}....1.txt", Content::Zip),
            ("{\\rtf1\\ansi", Content::Rtf),
            ("\n<!DOCTYPE html><title>报", Content::Html),
            ("<html><body><p>工会</p>", Content::Html),
            ("<?xml version=\"1.0\"?>\n<alto><Page>", Content::Xml),
            ("<TEI><text>工会</text>", Content::Xml),
            ("{\"title\": \"无文\"}\n{\"title\": \"二\"}\n", Content::Json),
            ("[\n  {\"text\": \"工会\"", Content::Json),
        ] {
            assert_eq!(of("-", head), Some(content), "{head}");
        }
        assert_eq!(of("a.CSV.gz", "文,件"), Some(Content::Csv));
    }

    #[test]
    fn a_page_that_begins_with_a_bracket_is_text() {
        for head in [
            "<工会之窗>\n昨天",
            "<a 昨天",
            "<div><img src=\"1.png\" /></div>\n江岸职工报\n昨天",
            "<!-- page 1 -->\n江岸职工报\n昨天",
            "{花边}\n昨天",
            "[1] 昨天",
            "[1]\n昨天",
            "[本报讯]",
            "{",
            "[",
            "",
        ] {
            assert_eq!(of("page.txt", head), None, "{head}");
        }
    }
}
