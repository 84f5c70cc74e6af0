//! The table that `tesseract … tsv` writes: a row for every page, block, paragraph, line and word.

use super::super::sheet::{Area, Piece, Sheet};
use super::{Form, Format, Read};
use crate::{Error, ErrorKind, Result};

pub(super) struct Table;

const HEADER: &str =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";
/// What `level` says of a page, a line and a word.
const PAGE: &str = "1";
const LINE: &str = "4";
const WORD: &str = "5";

impl Form for Table {
    fn format(&self) -> Format {
        Format::TesseractTsv
    }

    fn fits(&self, head: &str) -> bool {
        head.starts_with(HEADER)
    }

    fn read(&self, text: &str) -> Result<Read> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let (mut line, mut last, mut line_height) = (0, String::new(), None);
        for (number, row) in text.lines().enumerate().skip(1) {
            let cells: Vec<&str> = row.splitn(12, '\t').collect();
            if row.is_empty() {
                continue;
            }
            let &[
                level,
                page,
                block,
                paragraph,
                in_paragraph,
                _,
                left,
                top,
                width,
                height,
                confidence,
                ref rest @ ..,
            ] = cells.as_slice()
            else {
                return Err(broken(number, "a row that is cut short"));
            };
            if level == PAGE {
                sheets.push(Sheet { number: sheets.len() as u32 + 1, ..Sheet::default() });
            }
            if level == LINE {
                line_height = height.parse().ok();
            }
            let (WORD, Some(text), Some(sheet)) = (level, rest.first(), sheets.last_mut()) else { continue };
            let value =
                |cell: &str| cell.parse::<f32>().map_err(|_| broken(number, "a place that is no number"));
            let area = Area { x: value(left)?, y: value(top)?, width: value(width)?, height: value(height)? };
            let key = [page, block, paragraph, in_paragraph].join(" ");
            line += u32::from(key != last);
            last = key;
            // Its other forms tell whole percents, and all of them are to say the same.
            let confidence = confidence.parse().ok().filter(|percent| *percent >= 0.0);
            let confidence = confidence.map(|percent: f32| percent.floor() / 100.0);
            sheet.pieces.push(Piece {
                text: (*text).to_owned(),
                area,
                confidence,
                line,
                line_height,
                ..Piece::default()
            });
        }
        Ok(Read::Sheets(sheets))
    }
}

fn broken(at: usize, what: &str) -> Error {
    Error::new(ErrorKind::Unreadable(format!("no table of Tesseract: {what}"))).at_line(at as u64 + 1)
}
