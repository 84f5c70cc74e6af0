//! DOCX (ECMA-376): the paragraphs of `word/document.xml`. Headings and the rows of tables are marked as in
//! Markdown.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::super::Meta;
use super::xml::{self, Part, Tag};
use super::{Format, Packed, Read};
use crate::{Error, ErrorKind, Result};

pub(super) struct Docx;

/// The part of the file that holds its text, and the most that it is unpacked to.
const TEXT: &str = "word/document.xml";
const LARGEST: u64 = 256 << 20;

impl Packed for Docx {
    fn format(&self) -> Format {
        Format::Docx
    }

    fn fits(&self, head: &[u8]) -> bool {
        head.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, b"word/").is_some()
    }

    fn read(&self, bytes: &[u8]) -> Result<Read> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let part = archive.by_name(TEXT).map_err(|error| broken(&error))?;
        let mut text = String::new();
        part.take(LARGEST + 1).read_to_string(&mut text).map_err(|error| broken(&error))?;
        if text.len() as u64 > LARGEST {
            return Err(broken(&"its text is too large"));
        }
        let mut reading = Reading::default();
        xml::read(&text, |part| {
            match part {
                Part::Open(tag) => reading.open(&tag),
                Part::Close(name) => reading.close(name),
                Part::Text(text) if reading.in_text => reading.write(&text),
                Part::Text(_) => {}
            }
            Ok(())
        })?;
        Ok(Read::Text(reading.text, Format::Page, Meta::default()))
    }
}

fn broken(what: &dyn std::fmt::Display) -> Error {
    ErrorKind::Unreadable(format!("no DOCX that can be read: {what}")).into()
}

#[derive(Default)]
struct Reading {
    text: String,
    /// The paragraphs that are open, one in a frame that hangs on another, each with the level of the heading that it
    /// is: 1 for the first, 0 for none.
    paragraphs: Vec<(String, usize)>,
    in_text: bool,
    /// The cells of the running row, for each table that is open.
    rows: Vec<Vec<String>>,
    /// How deep in elements whose text is none: what was deleted, what stands there once more for older programs, the
    /// places of tabulators.
    skipped: usize,
}

impl Reading {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "del" | "Fallback" | "tabs" => self.skipped += 1,
            _ if self.skipped > 0 => {}
            "p" => self.paragraphs.push(Default::default()),
            "pStyle" => {
                if let Some((_, level)) = self.paragraphs.last_mut() {
                    *level = level_of(&tag.get("val").unwrap_or_default());
                }
            }
            "t" => self.in_text = true,
            "tab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "tbl" => {
                self.blank();
                self.rows.push(Vec::new());
            }
            "tr" => {
                if let Some(row) = self.rows.last_mut() {
                    row.clear();
                }
            }
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "del" | "Fallback" | "tabs" => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tr" => {
                let row = self.rows.last_mut().map(std::mem::take).unwrap_or_default();
                self.say(&format!("| {} |", row.join(" | ")));
            }
            "tbl" => {
                self.rows.pop();
                self.blank();
            }
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        if let Some((paragraph, _)) = self.paragraphs.last_mut().filter(|_| self.skipped == 0) {
            paragraph.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        let Some((paragraph, level)) = self.paragraphs.pop() else { return };
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push_str(&paragraph.replace(['\t', '\n', '|'], " "));
            return;
        }
        match level > 0 && !paragraph.trim().is_empty() {
            true => {
                self.blank();
                let heading = format!("{} {}", "#".repeat(level), paragraph.replace('\n', " ").trim());
                self.say(&heading);
                self.blank();
            }
            false => self.say(&paragraph),
        }
    }

    fn say(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// The level of the heading that a paragraph of this style is; Chinese versions number their styles.
fn level_of(style: &str) -> usize {
    let style = style.to_ascii_lowercase();
    if style == "title" || style == "a3" {
        return 1;
    }
    let number = style.strip_prefix("heading").unwrap_or(&style).trim();
    number.parse().ok().filter(|level| (1..=6).contains(level)).unwrap_or(0)
}
