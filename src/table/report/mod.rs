//! A page for a browser that holds tables and shows them: one file that opens without a network.
//!
//! The tables stand in it as data, which a browser does not read as markup. What shows them is the script beside this
//! file, which sets everything as text. The page's own policy lets that script and that style run, by their hashes,
//! and nothing else; and it lets nothing out.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tempfile::SpooledTempFile;

use super::format::Encode;
use super::sink::{Sheet, Sink};
use super::{About, Cell, Columns, Destination, Field, Format, Table, Type, packed};
use crate::Result;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");
/// What the page says, in each language.
const WORDS: &str = include_str!("../../../data/report.json");

/// Hashes of what may run; a test says what they must be.
const STYLE_HASH: &str = "sha256-WOoTpkfqLs8cz3QKofvB/qz8DDk2d8ghrjmGfUdrQN0=";
const SCRIPT_HASH: &str = "sha256-Ibjp0udOzCGh5xxS9hYSozkLXuj+WOW2DI+Ra9ikVCc=";

/// The language in which a report opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// That of the browser.
    #[default]
    Browser,
    /// Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    fn tag(self) -> &'static str {
        match self {
            Self::Browser => "",
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A page of tables, one after the other, in the order in which they are finished.
///
/// ```
/// use zjgr::table::{About, Column, Destination, Language, Memory, Report, Row};
///
/// struct Word(&'static str);
///
/// impl Row for Word {
///     type At<'p> = Word;
/// }
///
/// let columns = [Column::<Word>::text("word", "The word", |word| word.0.into())];
/// let memory = Memory::default();
/// let report = Report::new(Destination::stream(memory.clone()), Language::Chinese)?;
/// let mut table = report.table("words", &columns)?;
/// table.push(&columns, &Word("工会"))?;
/// table.finish()?;
/// report.finish(&About::named("a survey"))?;
/// assert!(memory.text().starts_with("<!doctype html>"));
/// # Ok::<(), zjgr::Error>(())
/// ```
pub struct Report {
    page: Arc<Mutex<Destination>>,
}

impl Report {
    /// Starts a page that opens in `language`.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn new(destination: Destination, language: Language) -> Result<Self> {
        let page = Arc::new(Mutex::new(destination));
        let policy = format!(
            "default-src 'none'; script-src '{SCRIPT_HASH}'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'"
        );
        let setup = json!({ "language": language.tag(), "version": format!("zjgr {VERSION}") });
        let head = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"generator\" content=\"zjgr {VERSION}\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>zjgr</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main></main>\n<dialog></dialog>\n{}{}",
            if language == Language::English { "en" } else { "zh-CN" },
            data("words", &serde_json::from_str(WORDS).unwrap_or(Value::Null)),
            data("setup", &setup),
        );
        write(&page, head.as_bytes())?;
        Ok(Self { page })
    }

    /// A table called `name`; others may be written at the same time.
    ///
    /// # Errors
    /// Where its rows cannot be put aside.
    pub fn table(&self, name: &str, columns: impl Into<Columns>) -> Result<Table> {
        let begin = |sheet: Sheet<'_>| {
            let embedded: Box<dyn Sink> = Box::new(Embedded::begin(&self.page, sheet)?);
            Ok(embedded)
        };
        Table::into_sink(name, Format::new(&Rows), columns.into(), begin)
    }

    /// Writes what shows the tables, and what `about` says of them, and brings the page to its place. No table of it may
    /// be open any more.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn finish(self, about: &About) -> Result<()> {
        let facts: Vec<Value> = about.facts.iter().map(|(what, value)| json!([what, value])).collect();
        let foot = format!("{}<script>{SCRIPT}</script>\n</body>\n</html>\n", data("about", &facts.into()));
        write(&self.page, foot.as_bytes())?;
        match Arc::into_inner(self.page) {
            Some(page) => page.into_inner().unwrap_or_else(PoisonError::into_inner).finish(),
            None => Ok(()),
        }
    }
}

fn lock(page: &Arc<Mutex<Destination>>) -> MutexGuard<'_, Destination> {
    page.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(page: &Arc<Mutex<Destination>>, bytes: &[u8]) -> Result<()> {
    let mut page = lock(page);
    page.write_all(bytes).map_err(|error| page.blame(error.into()))
}

/// A piece of data in the page.
fn data(id: &str, value: &Value) -> String {
    format!("<script type=\"application/json\" id=\"{id}\">{}</script>\n", inert(&value.to_string()))
}

/// JSON in which nothing ends or begins a piece of markup. Outside of its strings it has no such sign.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// Rows on their way into a page.
struct Rows;

impl Encode for Rows {
    fn name(&self) -> &'static str {
        "report"
    }

    fn about(&self) -> &'static str {
        "Data of a page"
    }
}

/// Rows of a table that stay in memory, in bytes; others are put aside in a temporary file.
const IN_MEMORY: usize = 1 << 20;
/// How much of them is handed on at a time.
const CHUNK: u64 = 64 << 10;

/// A table in a page. Others may be written at the same time, so that it comes into the page as a whole.
struct Embedded {
    page: Arc<Mutex<Destination>>,
    fields: Vec<Field>,
    /// The texts of the row above.
    above: Vec<String>,
    is_first: bool,
    json: SpooledTempFile,
}

impl Embedded {
    fn begin(page: &Arc<Mutex<Destination>>, sheet: Sheet<'_>) -> Result<Self> {
        let columns = super::describe::schema(sheet.fields).to_string();
        let head = format!(
            "<script type=\"application/json\" id=\"table-{}\">{{\"columns\":{},\"rows\":[\n",
            sheet.name,
            inert(&columns)
        );
        let mut json = SpooledTempFile::new(IN_MEMORY);
        json.write_all(head.as_bytes())?;
        let above = vec![String::new(); sheet.fields.len()];
        Ok(Self { page: Arc::clone(page), fields: sheet.fields.to_vec(), above, is_first: true, json })
    }
}

impl Sink for Embedded {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        let Self { fields, above, is_first, .. } = self;
        let mut json = String::new();
        packed::each_row(rows, fields.len(), |cells| {
            json.push_str(if std::mem::take(is_first) { "[" } else { ",\n[" });
            for (at, (cell, (field, above))) in cells.iter().zip(fields.iter().zip(&mut *above)).enumerate() {
                if at > 0 {
                    json.push(',');
                }
                json.push_str(&value(cell, field, above).to_string());
            }
            json.push(']');
            Ok(())
        })?;
        Ok(self.json.write_all(inert(&json).as_bytes())?)
    }

    fn finish(mut self: Box<Self>, _about: &About) -> Result<()> {
        self.json.write_all(b"]}</script>\n")?;
        self.json.seek(SeekFrom::Start(0))?;
        let mut chunk = Vec::new();
        while (&mut self.json).take(CHUNK).read_to_end(&mut chunk)? > 0 {
            write(&self.page, &chunk)?;
            chunk.clear();
        }
        Ok(())
    }
}

/// A cell as data. In a column of texts 0 stands for the text `above`: most rows are of the same file.
fn value(cell: &Cell<'_>, field: &Field, above: &mut String) -> Value {
    let mut scratch = String::new();
    match cell {
        Cell::Empty => {
            above.clear();
            Value::Null
        }
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Flag(flag) => (*flag).into(),
        Cell::Decimal(number) => rust_decimal::prelude::ToPrimitive::to_f64(number).into(),
        cell => {
            let text = cell.flat(&mut scratch);
            if field.kind() == Type::Text && text == above {
                return 0.into();
            }
            text.clone_into(above);
            text.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::{Known, column};

    /// The page of a table of texts.
    fn page(rows: &[[&'static str; 2]]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.html");
        let columns = [column(0, "file", Type::Text), column(1, "headline", Type::Text)];
        let report = Report::new(Destination::file(&path).unwrap(), Language::Chinese).unwrap();
        let mut table = report.table("articles", &columns).unwrap();
        for row in rows {
            table.push(&columns, &Known(&row.map(Cell::from))).unwrap();
        }
        table.finish().unwrap();
        report.finish(&About::default()).unwrap();
        std::fs::read_to_string(path).unwrap()
    }

    /// The rows as they stand in a page.
    fn rows(page: &str) -> Value {
        let (_, rest) = page.split_once("id=\"table-articles\">").unwrap();
        let (json, _) = rest.split_once("</script>").unwrap();
        serde_json::from_str::<Value>(json).unwrap()["rows"].clone()
    }

    #[test]
    fn what_runs_is_what_its_hash_says() {
        for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
            assert_eq!(hash, format!("sha256-{}", base64(&<sha2::Sha256 as sha2::Digest>::digest(text))));
        }
    }

    /// Base64 as RFC 4648 has it.
    fn base64(bytes: &[u8]) -> String {
        const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let word = three
                .iter()
                .enumerate()
                .fold(0_u32, |word, (at, &byte)| word | u32::from(byte) << (16 - 8 * at));
            for at in 0..4 {
                let sign = SIGNS[(word >> (18 - 6 * at)) as usize & 63] as char;
                text.push(if at <= three.len() { sign } else { '=' });
            }
        }
        text
    }

    #[test]
    fn a_text_like_the_one_above_is_not_told_again() {
        let page = page(&[["a.txt", "甲"], ["a.txt", "乙"], ["b.txt", "乙"], ["", "乙"], ["b.txt", ""]]);
        let expected = json!([["a.txt", "甲"], [0, "乙"], ["b.txt", 0], [null, 0], ["b.txt", null]]);
        assert_eq!(rows(&page), expected);
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        let evil = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>";
        let page = page(&[[evil, "]]>"]]);
        assert_eq!(rows(&page), json!([[evil, "]]>"]]));
        let plain = self::page(&[["a", "b"]]);
        for sign in ["<script", "</script", "<!--", "<img"] {
            assert_eq!(page.matches(sign).count(), plain.matches(sign).count(), "{sign}");
        }
    }

    #[test]
    fn both_languages_say_everything() {
        let words: Value = serde_json::from_str(WORDS).unwrap();
        let keys = |language: &str| words[language].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("zh"), keys("en"));
    }
}
