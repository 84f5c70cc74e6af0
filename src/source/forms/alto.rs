//! ALTO 2 to 4 (Library of Congress): `Page`, `TextLine`, `String` with `HPOS VPOS WIDTH HEIGHT CONTENT WC`.

use super::super::sheet::{Area, Piece, Sheet};
use super::Format;
use super::xml::{Gather, Tag};

/// What reads ALTO.
#[derive(Default)]
pub(super) struct Alto {
    sheets: Vec<Sheet>,
    line: u32,
    /// Where the running line stands, for words whose own place is not told.
    area: Area,
    /// The blocks that are open, each with its name and where its pieces begin.
    blocks: Vec<(Option<String>, usize)>,
    /// True within the name of the program that wrote the file.
    is_name: bool,
    /// True where that writes a confidence of 3 percent as 0.3.
    has_short_percents: bool,
}

/// The program that does.
const SHORT_PERCENTS: &str = "tesseract";

impl Gather for Alto {
    const ROOT: &'static str = "alto";
    const FORMAT: Format = Format::Alto;

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "String" => self.word(tag),
            "TextLine" => {
                self.line += 1;
                self.area = Place::of(tag).area().unwrap_or_default();
            }
            "TextBlock" | "ComposedBlock" => {
                let from = self.sheets.last().map_or(0, |sheet| sheet.pieces.len());
                self.blocks.push((tag.get("ID"), from));
            }
            // A hyphen at the end of a line is printed there.
            "HYP" => {
                let place = Place::of(tag);
                let end = Area { x: self.area.right(), width: 0.0, ..self.area };
                let area = place.area().filter(|area| area.width > 0.0).unwrap_or(end);
                self.push(place.content.unwrap_or_else(|| "-".into()), area, None);
            }
            "Page" => {
                let number = self.sheets.len() as u32 + 1;
                self.sheets.push(Sheet { number, ..Sheet::default() });
            }
            "softwareName" => self.is_name = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "TextBlock" | "ComposedBlock")
            && let (Some((Some(name), from)), Some(sheet)) = (self.blocks.pop(), self.sheets.last_mut())
        {
            sheet.blocks.push((name, from..sheet.pieces.len()));
        }
        self.is_name &= name != "softwareName";
    }

    fn text(&mut self, text: &str) {
        self.has_short_percents |= self.is_name && text.trim_start().starts_with(SHORT_PERCENTS);
    }

    fn sheets(self) -> Vec<Sheet> {
        self.sheets
    }
}

impl Alto {
    fn word(&mut self, tag: &Tag<'_>) {
        let place = Place::of(tag);
        let area = place.area().unwrap_or(self.area);
        let tenth = if self.has_short_percents && place.has_short_confidence { 0.1 } else { 1.0 };
        if let Some(text) = place.content {
            self.push(text, area, place.confidence.map(|sure| sure * tenth));
        }
    }

    fn push(&mut self, text: String, area: Area, confidence: Option<f32>) {
        if let Some(sheet) = self.sheets.last_mut() {
            let line_height = Some(self.area.height).filter(|height| *height > 0.0);
            let line = self.line;
            sheet.pieces.push(Piece { text, area, confidence, line, line_height, ..Piece::default() });
        }
    }
}

/// What the attributes of an element say.
#[derive(Default)]
struct Place {
    /// `HPOS`, `VPOS`, `WIDTH`, `HEIGHT`.
    edges: [Option<f32>; 4],
    content: Option<String>,
    confidence: Option<f32>,
    /// True for a confidence with one digit behind the point.
    has_short_confidence: bool,
}

impl Place {
    fn of(tag: &Tag<'_>) -> Self {
        let mut place = Self::default();
        let number = |value: &str| value.trim().parse().ok();
        for (name, value) in tag.attributes() {
            match name {
                "HPOS" => place.edges[0] = number(&value),
                "VPOS" => place.edges[1] = number(&value),
                "WIDTH" => place.edges[2] = number(&value),
                "HEIGHT" => place.edges[3] = number(&value),
                "CONTENT" => place.content = Some(value.into_owned()),
                "WC" => {
                    place.confidence = number(&value);
                    place.has_short_confidence = value.len() == "0.1".len();
                }
                _ => {}
            }
        }
        place
    }

    fn area(&self) -> Option<Area> {
        let [x, y, width, height] = self.edges;
        Some(Area { x: x?, y: y?, width: width?, height: height? })
    }
}
