//! The text layer of a PDF, with the place of each character.
//!
//! Fonts tell what their codes mean by a `ToUnicode` table, by one of the predefined encodings of Chinese (GB, Big5,
//! Unicode), or by names of characters. A font that tells nothing is no text: a page of such fonts is taken for a
//! scan.

mod font;
mod glyphs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use self::font::Fonts;
use self::glyphs::{Glyphs, Matrix};
use super::super::sheet::Sheet;
use super::{Format, Packed, Read};
use crate::{Error, ErrorKind, Result};

pub(super) struct Pdf;

/// The most that a page's content is unpacked to, in bytes; a page of text has some hundred thousand.
const LARGEST_CONTENT: usize = 64 << 20;
/// How deep drawings are looked for in each other.
const DEEPEST: usize = 8;
/// How far into a file its mark may stand.
const MARK_WITHIN: usize = 1024;

impl Packed for Pdf {
    fn format(&self) -> Format {
        Format::Pdf
    }

    fn fits(&self, head: &[u8]) -> bool {
        // Some programs write a line of their own before it.
        let head = head.get(..MARK_WITHIN).unwrap_or(head);
        head.starts_with(b"%PDF-")
            || head.starts_with(b"%") && memchr::memmem::find(head, b"\n%PDF-").is_some()
    }

    fn read(&self, bytes: &[u8]) -> Result<Read> {
        // Files that are damaged in ways nobody thought of have made the library panic.
        let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes)));
        let sheets = sheets.unwrap_or_else(|_| Err(broken("damaged in a way that cannot be read")))?;
        if sheets.iter().all(|sheet| sheet.pieces.is_empty()) {
            let what = "no text layer in this PDF, it is a scan; give what an OCR program made of it";
            return Err(ErrorKind::Unreadable(what.into()).into());
        }
        Ok(Read::Sheets(sheets))
    }
}

fn broken(what: impl std::fmt::Display) -> Error {
    ErrorKind::Unreadable(format!("no PDF that can be read: {what}")).into()
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let document = Document::load_mem(bytes).map_err(broken)?;
    if document.is_encrypted() {
        return Err(broken("it is encrypted; save it without a password"));
    }
    let mut fonts = Fonts::default();
    let mut sheets = Vec::new();
    for (page, number) in document.page_iter().zip(1..) {
        let mut glyphs = Glyphs::new(frame(&document, page));
        let content = document.get_page_content_with_limit(page, LARGEST_CONTENT).map_err(broken)?;
        let resources = resources(&document, page);
        let mut drawing = Drawing { document: &document, fonts: &mut fonts, glyphs: &mut glyphs };
        drawing.draw(&content, &resources, Matrix::default(), 0);
        sheets.push(Sheet { number, pieces: glyphs.pieces(), ..Sheet::default() });
    }
    Ok(sheets)
}

/// The dictionaries in which the names that a page uses are looked up.
fn resources(document: &Document, page: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, inherited)) = document.get_page_resources(page) else { return Vec::new() };
    let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
    own.into_iter().chain(inherited).collect()
}

/// The matrix that takes points of a page to points from its upper left corner, as it is looked at.
fn frame(document: &Document, page: ObjectId) -> Matrix {
    /// How many nodes of the tree of pages are asked for what they hand down.
    const ANCESTORS: usize = 32;
    let mut node = document.get_dictionary(page).ok();
    let (mut media, mut rotation) = (None, None);
    for _ in 0..ANCESTORS {
        let Some(dictionary) = node else { break };
        let array = dictionary.get_deref(b"MediaBox", document).and_then(Object::as_array).ok();
        media = media.or(array.filter(|array| array.len() == 4));
        rotation = rotation.or(dictionary.get_deref(b"Rotate", document).and_then(Object::as_i64).ok());
        node = dictionary.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    let edge = |at: usize, or: f32| media.and_then(|array| array.get(at)?.as_float().ok()).unwrap_or(or);
    let (x0, y0, x1, y1) = (edge(0, 0.0), edge(1, 0.0), edge(2, 595.0), edge(3, 842.0));
    match rotation.unwrap_or(0).rem_euclid(360) {
        90 => Matrix([0.0, 1.0, 1.0, 0.0, -y0, -x0]),
        180 => Matrix([-1.0, 0.0, 0.0, 1.0, x1, -y0]),
        270 => Matrix([0.0, -1.0, -1.0, 0.0, y1, x1]),
        _ => Matrix([1.0, 0.0, 0.0, -1.0, -x0, y1]),
    }
}

/// What is drawn on a page.
struct Drawing<'d, 'g> {
    document: &'d Document,
    fonts: &'g mut Fonts,
    glyphs: &'g mut Glyphs,
}

impl<'d> Drawing<'d, '_> {
    fn draw(&mut self, content: &[u8], resources: &[&'d Dictionary], outer: Matrix, depth: usize) {
        let Ok(content) = Content::decode(content) else { return };
        self.glyphs.begin(outer);
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            match (operation.operator.as_str(), operands) {
                ("Tf", [Object::Name(name), size]) => {
                    let font = self.named(resources, b"Font", name);
                    let font = font.and_then(|(id, font)| self.fonts.get(self.document, id, font));
                    self.glyphs.set_font(font, size.as_float().unwrap_or(0.0));
                }
                ("Do", [Object::Name(name)]) if depth < DEEPEST => self.form(resources, name, depth),
                ("BDC", [_, Object::Dictionary(properties)]) => {
                    let actual = properties.get(b"ActualText").and_then(Object::as_str).ok();
                    self.glyphs.begin_marked(actual.map(font::text_string));
                }
                ("BDC" | "BMC", _) => self.glyphs.begin_marked(None),
                ("EMC", _) => self.glyphs.end_marked(),
                (operator, operands) => self.glyphs.operate(operator, operands),
            }
        }
        self.glyphs.end();
    }

    /// A drawing within the page.
    fn form(&mut self, resources: &[&'d Dictionary], name: &[u8], depth: usize) {
        let found = resources.iter().find_map(|resources| {
            let list = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict).ok()?;
            list.get_deref(name, self.document).and_then(Object::as_stream).ok()
        });
        let is_form = |form: &&lopdf::Stream| {
            form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Form")
        };
        let Some(form) = found.filter(is_form) else { return };
        let Ok(content) = form.get_plain_content_with_limit(LARGEST_CONTENT) else { return };
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let inner: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        let matrix = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let matrix = matrix.and_then(|matrix| Matrix::of(matrix)).unwrap_or_default();
        let outer = matrix.then(self.glyphs.current());
        self.draw(&content, &inner, outer, depth + 1);
    }

    /// The dictionary that `name` stands for, with its number where it has one.
    fn named(
        &self,
        resources: &[&'d Dictionary],
        kind: &[u8],
        name: &[u8],
    ) -> Option<(Option<ObjectId>, &'d Dictionary)> {
        resources.iter().find_map(|resources| {
            let list = resources.get_deref(kind, self.document).and_then(Object::as_dict).ok()?;
            let (id, object) = self.document.dereference(list.get(name).ok()?).ok()?;
            Some((id, object.as_dict().ok()?))
        })
    }
}
