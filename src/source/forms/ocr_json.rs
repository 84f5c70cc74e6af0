//! JSON of OCR programs: a text, a place and a score for each line, in the shapes that are in use.
//!
//! | shape | written by |
//! | --- | --- |
//! | `[[box, text, score], …]`, `[[box, [text, score]], …]` | RapidOCR, PaddleOCR 2 |
//! | `{"rec_texts": […], "rec_polys" or "rec_boxes": […], "rec_scores": […]}` | PaddleOCR 3 |
//! | `{"data": [{"box", "text", "score"}, …]}` | Umi-OCR |
//! | `{"words_result": [{"words", "location": {left, top, width, height}}, …]}` | cloud services |
//! | `[{"type": "text", "text", "text_level", "bbox", "page_idx"}, …]` | MinerU, `content_list.json` |
//! | `{"pdf_info": [{"para_blocks": [{"type", "lines": [{"spans": [{"bbox", "content"}]}]}]}]}` | MinerU, `middle.json` |
//!
//! A box is four corners, or the left, upper, right and lower edge.

use serde_json::Value;

use super::super::sheet::{Area, Piece, Sheet};
use super::{Form, Format, Read};
use crate::{Error, ErrorKind, Result};

pub(super) struct OcrJson;

/// Keys that only such files have.
const MARKS: [&str; 6] =
    ["\"dt_polys\"", "\"rec_texts\"", "\"words_result\"", "\"pdf_info\"", "\"page_idx\"", "\"rec_polys\""];

impl Form for OcrJson {
    fn format(&self) -> Format {
        Format::OcrJson
    }

    fn fits(&self, head: &str) -> bool {
        let mut opening = head.chars().filter(|c| !c.is_whitespace());
        match (opening.next(), opening.next(), opening.next()) {
            (Some('['), Some('['), Some('[')) => true,
            (Some('{' | '['), ..) => {
                let is_umi =
                    head.contains("\"data\"") && head.contains("\"box\"") && head.contains("\"text\"");
                is_umi || MARKS.iter().any(|mark| head.contains(mark))
            }
            _ => false,
        }
    }

    fn read(&self, text: &str) -> Result<Read> {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            Error::new(ErrorKind::Unreadable(format!("no JSON: {what}"))).at_line(error.line() as u64)
        })?;
        let mut sheets = sheets(&value).ok_or_else(|| {
            Error::new(ErrorKind::Unreadable(
                "JSON, but no text with its place as OCR programs write it".into(),
            ))
        })?;
        for (at, sheet) in sheets.iter_mut().enumerate() {
            sheet.number = at as u32 + 1;
            sheet.pieces.iter_mut().zip(1..).for_each(|(piece, line)| piece.line = line);
        }
        Ok(Read::Sheets(sheets))
    }
}

fn sheets(value: &Value) -> Option<Vec<Sheet>> {
    if let Some(pages) = value.get("pdf_info").and_then(Value::as_array) {
        return Some(pages.iter().map(middle_page).collect());
    }
    match value {
        Value::Array(items) if items.iter().any(|item| item.get("page_idx").is_some()) => {
            Some(content_list(items))
        }
        // A list of pages, each of one of the shapes below.
        Value::Array(pages) if pages.iter().all(|page| one(page).is_some()) && !pages.is_empty() => {
            Some(pages.iter().filter_map(one).collect())
        }
        _ => one(value).map(|sheet| vec![sheet]),
    }
}

/// One page, in any of the shapes that hold just one.
fn one(value: &Value) -> Option<Sheet> {
    // PaddleOCR 3 wraps its result.
    let value = value.get("res").unwrap_or(value);
    let pieces = if let Some(texts) = value.get("rec_texts").and_then(Value::as_array) {
        let column = |name: &str| value.get(name).and_then(Value::as_array);
        let places = column("rec_polys").or_else(|| column("rec_boxes"));
        let scores = column("rec_scores");
        let at = |list: Option<&Vec<Value>>, index: usize| list.and_then(|list| list.get(index)).cloned();
        let piece =
            |(index, text): (usize, &Value)| piece(text, &at(places, index)?, at(scores, index).as_ref());
        texts.iter().enumerate().filter_map(piece).collect()
    } else if let Some(lines) = value.get("words_result").and_then(Value::as_array) {
        lines.iter().filter_map(located).collect()
    } else if let Some(lines) = value.get("data").and_then(Value::as_array) {
        let line = |line: &Value| piece(line.get("text")?, line.get("box")?, line.get("score"));
        lines.iter().filter_map(line).collect()
    } else {
        let lines = value.as_array()?;
        let pieces: Vec<Piece> = lines.iter().filter_map(listed).collect();
        if pieces.is_empty() && !lines.is_empty() {
            return None;
        }
        pieces
    };
    Some(Sheet { pieces, ..Sheet::default() })
}

/// `[box, text, score]` or `[box, [text, score]]`
fn listed(line: &Value) -> Option<Piece> {
    let line = line.as_array()?;
    match line.as_slice() {
        [place, Value::Array(said), ..] => piece(said.first()?, place, said.get(1)),
        [place, text, rest @ ..] => piece(text, place, rest.first()),
        _ => None,
    }
}

/// `{"words", "location": {"left", "top", "width", "height"}, "probability": {"average"}}`
fn located(line: &Value) -> Option<Piece> {
    let location = line.get("location")?;
    let edge = |name: &str| location.get(name).and_then(number);
    let area = Area { x: edge("left")?, y: edge("top")?, width: edge("width")?, height: edge("height")? };
    let confidence =
        line.get("probability").and_then(|probability| probability.get("average")).and_then(number);
    Some(Piece { text: line.get("words")?.as_str()?.to_owned(), area, confidence, ..Piece::default() })
}

fn piece(text: &Value, place: &Value, score: Option<&Value>) -> Option<Piece> {
    let confidence = score.and_then(score_of);
    Some(Piece { text: text.as_str()?.to_owned(), area: area(place)?, confidence, ..Piece::default() })
}

/// RapidOCR has written scores as text, too.
fn score_of(value: &Value) -> Option<f32> {
    number(value).or_else(|| value.as_str()?.parse().ok())
}

fn area(value: &Value) -> Option<Area> {
    let value = value.as_array()?;
    if let [x0, y0, x1, y1] = value.as_slice()
        && let (Some(x0), Some(y0), Some(x1), Some(y1)) = (number(x0), number(y0), number(x1), number(y1))
    {
        return Some(Area::between(x0, y0, x1, y1));
    }
    let corner = |corner: &Value| {
        let [x, y, ..] = corner.as_array()?.as_slice() else { return None };
        Some((number(x)?, number(y)?))
    };
    Area::around(value.iter().filter_map(corner))
}

fn number(value: &Value) -> Option<f32> {
    value.as_f64().map(|number| number as f32)
}

/// A page of `middle.json`: its blocks hold lines, or other blocks (a picture with its caption).
fn middle_page(page: &Value) -> Sheet {
    let mut sheet = Sheet { ordered: true, ..Sheet::default() };
    let blocks = page.get("para_blocks").or_else(|| page.get("preproc_blocks")).and_then(Value::as_array);
    blocks.into_iter().flatten().for_each(|block| middle_block(block, false, &mut sheet.pieces));
    sheet
}

fn middle_block(block: &Value, within_title: bool, pieces: &mut Vec<Piece>) {
    let list = |name: &str| block.get(name).and_then(Value::as_array).into_iter().flatten();
    let heading = within_title || block.get("type").and_then(Value::as_str) == Some("title");
    for line in list("lines") {
        let spans = line.get("spans").and_then(Value::as_array).into_iter().flatten();
        let texts: String = spans.filter_map(|span| span.get("content")?.as_str()).collect();
        let place = line.get("bbox").and_then(area);
        if let Some(area) = place.filter(|_| !texts.is_empty()) {
            pieces.push(Piece { text: texts, area, heading, ..Piece::default() });
        }
    }
    // One block within another is as deep as the program nests them.
    for inner in list("blocks") {
        if inner.get("blocks").is_none() {
            middle_block(inner, heading, pieces);
        }
    }
}

/// `content_list.json`: paragraphs of all pages in reading order.
fn content_list(items: &[Value]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for item in items {
        let page = item.get("page_idx").and_then(Value::as_u64).unwrap_or(0);
        // A file may skip pages without text; a number out of all bounds is none.
        let Some(page) = usize::try_from(page).ok().filter(|page| *page < items.len().max(LARGEST_GAP))
        else {
            continue;
        };
        while sheets.len() <= page {
            sheets.push(Sheet { ordered: true, ..Sheet::default() });
        }
        let text = |name: &str| item.get(name).and_then(Value::as_str);
        let captions = ["image_caption", "img_caption", "table_caption", "list_items"];
        let captions = captions.into_iter().filter_map(|name| item.get(name)?.as_array()).flatten();
        let said = text("text").into_iter().chain(captions.filter_map(Value::as_str));
        let heading = item.get("text_level").and_then(Value::as_u64).is_some_and(|level| level > 0);
        let place = item.get("bbox").and_then(area).unwrap_or_default();
        let Some(sheet) = sheets.get_mut(page) else { continue };
        sheet.pieces.extend(said.filter(|said| !said.trim().is_empty()).map(|said| Piece {
            text: said.to_owned(),
            area: place,
            heading,
            ..Piece::default()
        }));
    }
    sheets
}

/// How many pages without text a list may pass over.
const LARGEST_GAP: usize = 1000;
