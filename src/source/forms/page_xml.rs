//! PAGE XML 2013 to 2019 (PRImA): `TextRegion`, `TextLine` with `Coords points` and `TextEquiv/Unicode`.
//!
//! Only the text of lines is read: that of words repeats it, and so does that of regions. Where the file says in
//! which order its regions are read (`ReadingOrder`), that order is kept.

use std::collections::HashMap;

use super::super::sheet::{Area, Piece, Sheet};
use super::Format;
use super::xml::{Gather, Tag};

/// What reads PAGE XML.
#[derive(Default)]
pub(super) struct PageXml {
    sheets: Vec<Sheet>,
    /// The regions in the order in which they are read, as the file says it.
    order: HashMap<String, usize>,
    /// The regions in which the running one stands, each with its place in that order and whether it is a heading.
    regions: Vec<(Option<usize>, bool)>,
    /// The pieces of the running page, each with the place of its region.
    pieces: Vec<(Option<usize>, Piece)>,
    line: Option<Piece>,
    lines: u32,
    /// True within a word or a character of a line.
    within: usize,
    is_unicode: bool,
    text: String,
}

impl Gather for PageXml {
    const ROOT: &'static str = "PcGts";
    const FORMAT: Format = Format::PageXml;

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "Page" => {
                let number = self.sheets.len() as u32 + 1;
                self.sheets.push(Sheet { number, ..Sheet::default() });
                self.order.clear();
            }
            "RegionRef" | "RegionRefIndexed" | "OrderedGroupIndexed" | "UnorderedGroupIndexed" => {
                if let Some(region) = tag.get("regionRef") {
                    let next = self.order.len();
                    self.order.entry(region).or_insert(next);
                }
            }
            "TextRegion" => {
                let place = tag.get("id").and_then(|id| self.order.get(&id).copied());
                let is_heading = tag.get("type").is_some_and(|kind| matches!(&*kind, "heading" | "header"));
                self.regions.push((place, is_heading));
            }
            "TextLine" => {
                self.lines += 1;
                let heading = self.regions.last().is_some_and(|region| region.1);
                self.line = Some(Piece { line: self.lines, heading, ..Piece::default() });
            }
            "Word" | "Glyph" => self.within += 1,
            "Coords" if self.within == 0 => {
                if let (Some(line), Some(points)) = (&mut self.line, tag.get("points")) {
                    line.area = Area::around(points_of(&points)).unwrap_or_default();
                }
            }
            "TextEquiv" if self.within == 0 => {
                if let Some(line) = self.line.as_mut().filter(|line| line.confidence.is_none()) {
                    line.confidence = tag.get("conf").and_then(|sure| sure.trim().parse().ok());
                }
            }
            // Where there are several readings, the first is the best.
            "Unicode" if self.within == 0 => {
                self.is_unicode = self.line.as_ref().is_some_and(|line| line.text.is_empty());
                self.text.clear();
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Word" | "Glyph" => self.within = self.within.saturating_sub(1),
            "Unicode" if self.is_unicode => {
                self.is_unicode = false;
                if let Some(line) = &mut self.line {
                    line.text = std::mem::take(&mut self.text);
                }
            }
            "TextLine" => {
                let place = self.regions.iter().rev().find_map(|region| region.0);
                self.pieces.extend(self.line.take().map(|line| (place, line)));
            }
            "TextRegion" => {
                self.regions.pop();
            }
            "Page" => self.end_page(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_unicode {
            self.text.push_str(text);
        }
    }

    fn sheets(self) -> Vec<Sheet> {
        self.sheets
    }
}

impl PageXml {
    fn end_page(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        let Some(sheet) = self.sheets.last_mut() else { return };
        sheet.ordered = self.order.len() > 1 && pieces.iter().all(|piece| piece.0.is_some());
        if sheet.ordered {
            pieces.sort_by_key(|piece| piece.0);
        }
        sheet.pieces = pieces.into_iter().map(|(_, piece)| piece).collect();
    }
}

/// `x,y x,y …`
fn points_of(text: &str) -> impl Iterator<Item = (f32, f32)> {
    text.split_whitespace().filter_map(|point| {
        let (x, y) = point.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    })
}
