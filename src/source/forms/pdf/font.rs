//! What the codes of a font mean, and how wide they are.

use std::collections::HashMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The most that a table of a font is unpacked to, in bytes.
const LARGEST_TABLE: usize = 16 << 20;
/// The most codes that a table may tell of.
const MOST_CODES: usize = 1 << 17;

/// The fonts of a file, each looked at once.
#[derive(Default)]
pub(super) struct Fonts(HashMap<ObjectId, Option<Arc<Font>>>);

impl Fonts {
    pub(super) fn get(
        &mut self,
        document: &Document,
        id: Option<ObjectId>,
        font: &Dictionary,
    ) -> Option<Arc<Font>> {
        let Some(id) = id else { return Font::of(document, font).map(Arc::new) };
        self.0.entry(id).or_insert_with(|| Font::of(document, font).map(Arc::new)).clone()
    }
}

/// How codes are cut out of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codes {
    One,
    Two,
    /// One byte for ASCII, two for the rest.
    Mixed,
}

/// What codes mean where no table tells.
enum Meaning {
    Unknown,
    /// The code is UTF-16.
    Unicode,
    /// The code is text in an encoding of Chinese.
    Encoded(&'static encoding_rs::Encoding),
    /// A text for each byte.
    Bytes(Vec<String>),
}

/// A font.
pub(super) struct Font {
    codes: Codes,
    table: HashMap<u32, String>,
    meaning: Meaning,
    widths: HashMap<u32, f32>,
    default_width: f32,
    /// True where text goes from top to bottom.
    pub(super) vertical: bool,
}

/// A code of a string.
pub(super) struct Glyph {
    /// What it says; empty where that is not known.
    pub(super) text: String,
    /// How far it moves on, in sizes of the font.
    pub(super) width: f32,
    /// True for the code 32 of one byte, which word spacing widens.
    pub(super) is_blank: bool,
}

impl Font {
    fn of(document: &Document, font: &Dictionary) -> Option<Self> {
        let name = |key: &[u8]| font.get_deref(key, document).and_then(Object::as_name).ok();
        let table = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok();
        let table = table.and_then(|stream| stream.get_plain_content_with_limit(LARGEST_TABLE).ok());
        let (table, length) = table.map(|table| to_unicode(&table)).unwrap_or_default();
        if name(b"Subtype") != Some(b"Type0") {
            let widths = simple_widths(document, font);
            let meaning =
                if table.is_empty() { Meaning::Bytes(bytes(document, font)) } else { Meaning::Unknown };
            return Some(Self {
                codes: Codes::One,
                table,
                meaning,
                widths,
                default_width: 0.5,
                vertical: false,
            });
        }
        let encoding =
            name(b"Encoding").map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
        let (codes, meaning) = predefined(&encoding);
        let codes = if length == 1 && codes == Codes::Two { Codes::One } else { codes };
        let descendant =
            font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok()?.first()?;
        let descendant = document.dereference(descendant).ok()?.1.as_dict().ok()?;
        let default = descendant.get_deref(b"DW", document).and_then(Object::as_float);
        let by_number = matches!(meaning, Meaning::Unknown);
        Some(Self {
            codes,
            table,
            // The widths are those of glyphs, whose numbers are the codes only in `Identity`.
            widths: if by_number { composite_widths(document, descendant) } else { HashMap::new() },
            default_width: default.unwrap_or(1000.0) / 1000.0,
            vertical: encoding.ends_with("-V"),
            meaning,
        })
    }

    /// The codes of `string`, one after the other.
    pub(super) fn glyphs<'f>(&'f self, string: &'f [u8]) -> impl Iterator<Item = Glyph> + 'f {
        let mut rest = string;
        std::iter::from_fn(move || {
            let length = match (self.codes, rest.first()?) {
                (Codes::One, _) | (Codes::Mixed, 0..0x80) => 1,
                _ => 2,
            };
            let (code, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            Some(self.glyph(code))
        })
    }

    fn glyph(&self, bytes: &[u8]) -> Glyph {
        let code = bytes.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
        let text = match (self.table.get(&code), &self.meaning) {
            (Some(text), _) => text.clone(),
            (None, Meaning::Unknown) => String::new(),
            (None, Meaning::Unicode) => char::from_u32(code).map(String::from).unwrap_or_default(),
            (None, Meaning::Encoded(encoding)) => encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .unwrap_or_default()
                .into_owned(),
            (None, Meaning::Bytes(texts)) => texts.get(code as usize).cloned().unwrap_or_default(),
        };
        let by_text = matches!(self.meaning, Meaning::Unicode | Meaning::Encoded(_)) && text.is_ascii();
        let width = self.widths.get(&code).copied();
        let width = width.unwrap_or(if by_text { self.default_width / 2.0 } else { self.default_width });
        Glyph { is_blank: bytes == b" ", text, width }
    }
}

/// How a predefined encoding cuts codes, and what they mean (PDF 1.7, table 118).
fn predefined(name: &str) -> (Codes, Meaning) {
    let is_gb = name.starts_with("GB");
    match name {
        _ if name.contains("UCS2") || name.contains("UTF16") => (Codes::Two, Meaning::Unicode),
        _ if is_gb => (Codes::Mixed, Meaning::Encoded(encoding_rs::GB18030)),
        _ if name.contains("B5") => (Codes::Mixed, Meaning::Encoded(encoding_rs::BIG5)),
        _ => (Codes::Two, Meaning::Unknown),
    }
}

/// What the bytes of a font without a table say, by their names.
fn bytes(document: &Document, font: &Dictionary) -> Vec<String> {
    let Ok(encoding) = font.get_font_encoding_with_limit(document, LARGEST_TABLE) else { return Vec::new() };
    let text = |byte: u8| Document::decode_text(&encoding, &[byte]).unwrap_or_default();
    (0..=u8::MAX).map(text).collect()
}

fn simple_widths(document: &Document, font: &Dictionary) -> HashMap<u32, f32> {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
    let widths = font.get_deref(b"Widths", document).and_then(Object::as_array).ok();
    // Type 3 fonts measure in units of their own.
    let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
    let unit = matrix.and_then(|matrix| matrix.first()?.as_float().ok()).unwrap_or(0.001);
    let codes = u32::try_from(first).unwrap_or(0)..=u32::from(u8::MAX);
    let width = |width: &Object| document.dereference(width).ok()?.1.as_float().ok();
    codes
        .zip(widths.into_iter().flatten())
        .filter_map(|(code, value)| Some((code, width(value)? * unit)))
        .collect()
}

/// `W`: `first [width …]` or `first last width`
fn composite_widths(document: &Document, font: &Dictionary) -> HashMap<u32, f32> {
    let mut widths = HashMap::new();
    let Ok(list) = font.get_deref(b"W", document).and_then(Object::as_array) else { return widths };
    let mut list = list.iter().filter_map(|object| Some(document.dereference(object).ok()?.1));
    while let (Some(first), Some(second)) = (list.next(), list.next()) {
        let Ok(first) = first.as_float() else { break };
        let first = first as u32;
        if let Ok(each) = second.as_array() {
            let each = each.iter().filter_map(|width| width.as_float().ok());
            widths.extend((first..).zip(each.map(|width| width / 1000.0)));
        } else if let (Ok(last), Some(Ok(width))) = (second.as_float(), list.next().map(Object::as_float)) {
            let last = (last as u32).min(first.saturating_add(u32::from(u16::MAX)));
            widths.extend((first..=last).map(|code| (code, width / 1000.0)));
        }
        if widths.len() > MOST_CODES {
            break;
        }
    }
    widths
}

/// What a `ToUnicode` table says, and how many bytes its codes have.
fn to_unicode(table: &[u8]) -> (HashMap<u32, String>, usize) {
    let tokens = tokens(table);
    let (mut said, mut length) = (HashMap::new(), 2);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let Token::Word(word) = token else { continue };
        match word.as_slice() {
            b"begincodespacerange" => {
                if let Some(Token::Hex(low)) = tokens.get(at) {
                    length = low.len();
                }
            }
            b"beginbfchar" => {
                while let (Some(Token::Hex(code)), Some(Token::Hex(text))) =
                    (tokens.get(at), tokens.get(at + 1))
                {
                    said.insert(number(code), utf16(text));
                    at += 2;
                }
            }
            b"beginbfrange" => {
                while let (Some(Token::Hex(low)), Some(Token::Hex(high))) =
                    (tokens.get(at), tokens.get(at + 1))
                {
                    at = range(&tokens, at + 2, number(low), number(high), &mut said);
                }
            }
            _ => {}
        }
        if said.len() > MOST_CODES {
            break;
        }
    }
    (said, length)
}

/// One range: a text that is counted up, or a list of texts. Returns where the next token is.
fn range(tokens: &[Token], at: usize, low: u32, high: u32, said: &mut HashMap<u32, String>) -> usize {
    let high = high.min(low.saturating_add(u32::from(u16::MAX)));
    match tokens.get(at) {
        Some(Token::Hex(first)) => {
            for (code, more) in (low..=high).zip(0_u16..) {
                let mut text = first.clone();
                if let Some(end) = text.last_chunk_mut::<2>() {
                    *end = u16::from_be_bytes(*end).wrapping_add(more).to_be_bytes();
                }
                said.insert(code, utf16(&text));
            }
            at + 1
        }
        Some(Token::Word(open)) if open == b"[" => {
            let texts = tokens.iter().skip(at + 1).map_while(|token| match token {
                Token::Hex(text) => Some(utf16(text)),
                Token::Word(_) => None,
            });
            let before = said.len();
            said.extend((low..=high).zip(texts));
            at + 2 + (said.len() - before)
        }
        _ => at + 1,
    }
}

enum Token {
    Hex(Vec<u8>),
    Word(Vec<u8>),
}

fn tokens(table: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = table;
    while let Some((&first, after)) = rest.split_first() {
        match first {
            b'<' if after.first() != Some(&b'<') => {
                let end = memchr::memchr(b'>', after).unwrap_or(after.len());
                let digits: Vec<u8> = after[..end]
                    .iter()
                    .filter_map(|&byte| (byte as char).to_digit(16))
                    .map(|d| d as u8)
                    .collect();
                tokens.push(Token::Hex(
                    digits
                        .chunks(2)
                        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
                        .collect(),
                ));
                rest = after.get(end + 1..).unwrap_or_default();
            }
            b'[' | b']' => {
                tokens.push(Token::Word(vec![first]));
                rest = after;
            }
            _ if first.is_ascii_alphabetic() => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_vec()));
                rest = &rest[end..];
            }
            _ => rest = after,
        }
    }
    tokens
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| number(pair) as u16).collect();
    String::from_utf16_lossy(&units)
}

/// A text string of the file: UTF-16 behind a mark, else bytes as in Latin 1.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => utf16(wide),
        None => bytes.iter().map(|&byte| byte as char).collect(),
    }
}
