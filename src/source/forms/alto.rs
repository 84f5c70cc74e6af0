//! ALTO 2 to 4 (Library of Congress): `Page`, `TextLine`, `String` with `HPOS VPOS WIDTH HEIGHT CONTENT WC`.

use super::super::sheet::{Area, Piece, Sheet};
use super::xml::{self, Part, Tag};
use super::{Form, Format, Read};
use crate::Result;

pub(super) struct Alto;

impl Form for Alto {
    fn format(&self) -> Format {
        Format::Alto
    }

    fn fits(&self, head: &str) -> bool {
        head.starts_with('<') && xml::root(head).is_some_and(|root| root == "alto")
    }

    fn read(&self, text: &str) -> Result<Read> {
        let mut reading = Reading::default();
        xml::read(text, |part| {
            match part {
                Part::Open(tag) => reading.open(&tag),
                Part::Close(_) | Part::Text(_) => {}
            }
            Ok(())
        })?;
        Ok(Read::Sheets(reading.sheets))
    }
}

#[derive(Default)]
struct Reading {
    sheets: Vec<Sheet>,
    line: u32,
    /// Where the running line stands, for words whose own place is not told.
    area: Area,
}

impl Reading {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name().as_str() {
            "Page" => {
                let number = self.sheets.len() as u32 + 1;
                self.sheets.push(Sheet { number, ..Sheet::default() });
            }
            "TextLine" => {
                self.line += 1;
                self.area = area(tag).unwrap_or_default();
            }
            "String" => self.word(tag),
            // A hyphen at the end of a line is printed there.
            "HYP" => {
                let text = tag.get("CONTENT").unwrap_or_else(|| "-".into());
                let place = area(tag).filter(|area| area.width > 0.0);
                let end = Area { x: self.area.right(), width: 0.0, ..self.area };
                self.push(Piece { text, area: place.unwrap_or(end), ..Piece::default() });
            }
            _ => {}
        }
    }

    fn word(&mut self, tag: &Tag<'_>) {
        let Some(text) = tag.get("CONTENT") else { return };
        let place = area(tag).unwrap_or(self.area);
        self.push(Piece { text, area: place, confidence: tag.number("WC"), ..Piece::default() });
    }

    fn push(&mut self, piece: Piece) {
        if let Some(sheet) = self.sheets.last_mut() {
            let line_height = Some(self.area.height).filter(|height| *height > 0.0);
            sheet.pieces.push(Piece { line: self.line, line_height, ..piece });
        }
    }
}

fn area(tag: &Tag<'_>) -> Option<Area> {
    let (x, y) = (tag.number("HPOS")?, tag.number("VPOS")?);
    Some(Area { x, y, width: tag.number("WIDTH")?, height: tag.number("HEIGHT")? })
}
