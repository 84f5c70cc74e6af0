//! hOCR 1.0 to 1.2: HTML in which `ocr_page`, `ocr_line` and `ocrx_word` say their `bbox` and `x_wconf` in `title`.

use html5gum::{StartTag, Token, Tokenizer};

use super::super::sheet::{Area, Piece, Sheet};
use super::{Form, Format, Read};
use crate::Result;

pub(super) struct Hocr;

/// Classes of elements that are one line of text.
const LINES: [&str; 5] = ["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"];

impl Form for Hocr {
    fn format(&self) -> Format {
        Format::Hocr
    }

    fn fits(&self, head: &str) -> bool {
        let is_markup = head.starts_with('<');
        is_markup && ["'ocr_page'", "\"ocr_page\"", "ocr-capabilities"].iter().any(|mark| head.contains(mark))
    }

    fn read(&self, text: &str) -> Result<Read> {
        let mut reading = Reading::default();
        for Ok(token) in Tokenizer::new(text) {
            match token {
                Token::StartTag(tag) => reading.open(&tag),
                Token::EndTag(tag) => reading.close(&tag.name),
                Token::String(text) => reading.text.push_str(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        reading.end_word();
        Ok(Read::Sheets(reading.sheets))
    }
}

#[derive(Default)]
struct Reading {
    sheets: Vec<Sheet>,
    /// The names of the elements that are open, each with whether it is a word.
    open: Vec<(Vec<u8>, bool)>,
    lines: u32,
    line_height: Option<f32>,
    /// What is gathered: a line, or a word of it.
    word: Option<Piece>,
    text: String,
}

impl Reading {
    fn open(&mut self, tag: &StartTag<()>) {
        /// HTML's elements that have no end.
        const EMPTY: [&[u8]; 5] = [b"br", b"meta", b"img", b"link", b"hr"];
        let get = |name: &[u8]| {
            let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == name);
            value.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
        };
        let (class, title) = (get(b"class"), get(b"title"));
        let has = |name: &str| class.split_whitespace().any(|class| class == name);
        let is_word = has("ocrx_word");
        let is_line = LINES.iter().any(|name| has(name));
        if has("ocr_page") {
            self.end_word();
            let number = self.sheets.len() as u32 + 1;
            self.sheets.push(Sheet { number, ..Sheet::default() });
        }
        if is_line || is_word {
            self.end_word();
            self.lines += u32::from(is_line);
            let confidence = property(&title, "x_wconf").next().map(|percent| percent / 100.0);
            let area = bounding_box(&title).unwrap_or_default();
            if is_line {
                self.line_height = Some(area.height).filter(|height| *height > 0.0);
            }
            let line_height = self.line_height;
            let piece = Piece { area, confidence, line: self.lines, line_height, ..Piece::default() };
            self.text.clear();
            self.word = Some(piece);
        }
        if !tag.self_closing && !EMPTY.contains(&tag.name.as_slice()) {
            self.open.push((tag.name.to_vec(), is_line || is_word));
        }
    }

    fn close(&mut self, name: &[u8]) {
        // What was left open inside is closed with it.
        let Some(at) = self.open.iter().rposition(|(open, _)| open.as_slice() == name) else { return };
        if self.open.drain(at..).any(|(_, is_word)| is_word) {
            self.end_word();
        }
    }

    fn end_word(&mut self) {
        let Some(mut word) = self.word.take() else { return };
        word.text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        if let Some(sheet) = self.sheets.last_mut().filter(|_| !word.text.is_empty()) {
            sheet.pieces.push(word);
        }
    }
}

fn bounding_box(title: &str) -> Option<Area> {
    let mut edges = property(title, "bbox");
    let (x0, y0, x1, y1) = (edges.next()?, edges.next()?, edges.next()?, edges.next()?);
    Some(Area::between(x0, y0, x1, y1))
}

/// The numbers behind `name` in a `title`.
fn property<'t>(title: &'t str, name: &str) -> impl Iterator<Item = f32> + use<'t> {
    let said = title.split(';').find_map(|property| property.trim().strip_prefix(name));
    said.into_iter().flat_map(|said| said.split_whitespace().map_while(|number| number.parse().ok()))
}
