//! Where the characters of a page stand: the operators of text, one after the other.

use std::sync::Arc;

use lopdf::Object;

use super::super::super::sheet::{Area, Piece};
use super::font::Font;

/// `[a b c d e f]`, as in the file: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    pub(super) fn of(numbers: &[Object]) -> Option<Self> {
        let mut matrix = [0.0; 6];
        if numbers.len() != matrix.len() {
            return None;
        }
        for (to, from) in matrix.iter_mut().zip(numbers) {
            *to = from.as_float().ok()?;
        }
        Some(Self(matrix))
    }

    /// First this one, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    fn moved(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

/// What the graphics state says of text.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Arc<Font>>,
    size: f32,
    character_gap: f32,
    word_gap: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// The characters of a page.
pub(super) struct Glyphs {
    /// From points of the page to points from its upper left corner.
    frame: Matrix,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// What is marked as said by the drawings within, for each mark that is open; taken by the first character.
    marked: Vec<Option<String>>,
    pieces: Vec<Piece>,
    /// Where the running piece's last character ends, and how large it is.
    end: Option<(f32, f32, f32)>,
}

/// The deepest that states are saved.
const MOST_SAVED: usize = 256;

impl Glyphs {
    pub(super) fn new(frame: Matrix) -> Self {
        let state = State {
            matrix: Matrix::default(),
            font: None,
            size: 0.0,
            character_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let (saved, marked, pieces) = (Vec::new(), Vec::new(), Vec::new());
        let (text, line) = (Matrix::default(), Matrix::default());
        Self { frame, state, saved, text, line, marked, pieces, end: None }
    }

    pub(super) fn begin(&mut self, matrix: Matrix) {
        self.save();
        self.state.matrix = matrix;
    }

    pub(super) fn end(&mut self) {
        self.restore();
    }

    pub(super) fn current(&self) -> Matrix {
        self.state.matrix
    }

    pub(super) fn set_font(&mut self, font: Option<Arc<Font>>, size: f32) {
        (self.state.font, self.state.size) = (font, size);
    }

    pub(super) fn begin_marked(&mut self, text: Option<String>) {
        self.marked.push(text);
    }

    pub(super) fn end_marked(&mut self) {
        self.marked.pop();
    }

    /// The page's pieces of text.
    pub(super) fn pieces(self) -> Vec<Piece> {
        self.pieces.into_iter().filter(|piece| piece.area.is_sound()).collect()
    }

    fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.saved.push(self.state.clone());
        }
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    pub(super) fn operate(&mut self, operator: &str, operands: &[Object]) {
        let number = |at: usize| operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        match operator {
            "q" => self.save(),
            "Q" => self.restore(),
            "cm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            "BT" => (self.text, self.line) = (Matrix::default(), Matrix::default()),
            "Tc" => self.state.character_gap = number(0),
            "Tw" => self.state.word_gap = number(0),
            "Tz" => self.state.stretch = number(0) / 100.0,
            "TL" => self.state.leading = number(0),
            "Ts" => self.state.rise = number(0),
            "Td" => self.new_line(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.new_line(number(0), number(1));
            }
            "Tm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            "T*" => self.new_line(0.0, -self.state.leading),
            "Tj" => self.show(operands),
            "TJ" => {
                if let Some(Object::Array(parts)) = operands.first() {
                    self.show(parts);
                }
            }
            "'" => {
                self.new_line(0.0, -self.state.leading);
                self.show(operands);
            }
            "\"" => {
                (self.state.word_gap, self.state.character_gap) = (number(0), number(1));
                self.new_line(0.0, -self.state.leading);
                self.show(operands.get(2..).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn new_line(&mut self, x: f32, y: f32) {
        self.line = self.line.moved(x, y);
        self.text = self.line;
    }

    /// Strings, and numbers that move back by thousandths.
    fn show(&mut self, parts: &[Object]) {
        let Some(font) = self.state.font.clone() else { return };
        for part in parts {
            if let Object::String(string, _) = part {
                for glyph in font.glyphs(string) {
                    let gap =
                        self.state.character_gap + if glyph.is_blank { self.state.word_gap } else { 0.0 };
                    let said = self.marked.iter_mut().rev().find_map(|mark| mark.as_mut());
                    // What the mark says stands for all characters within it.
                    let text = said.map_or(glyph.text, std::mem::take);
                    self.place(&text, glyph.width, font.vertical);
                    self.advance(
                        if font.vertical { 1.0 } else { glyph.width } * self.state.size + gap,
                        font.vertical,
                    );
                }
            } else if let Ok(back) = part.as_float() {
                self.advance(-back / 1000.0 * self.state.size, font.vertical);
            }
        }
    }

    fn advance(&mut self, by: f32, vertical: bool) {
        self.text = match vertical {
            true => self.text.moved(0.0, -by),
            false => self.text.moved(by * self.state.stretch, 0.0),
        };
    }

    /// Puts `text` where the next character stands.
    fn place(&mut self, text: &str, width: f32, vertical: bool) {
        /// How far a character reaches above its line, in its size.
        const ABOVE: f32 = 0.88;
        if text.is_empty() {
            return;
        }
        let State { size, stretch, rise, .. } = self.state;
        let whole = Matrix([size * stretch, 0.0, 0.0, size, 0.0, rise])
            .then(self.text)
            .then(self.state.matrix)
            .then(self.frame);
        let [a, b, c, d, x, y] = whole.0;
        let em = c.hypot(d);
        let wide = a.hypot(b) * width;
        let area = match vertical {
            true => Area { x: x - em / 2.0, y, width: em, height: em },
            // Text that is turned on its side is placed by where it starts.
            false => Area { x, y: y - em * ABOVE, width: wide, height: em },
        };
        self.push(text, area, vertical);
    }

    fn push(&mut self, text: &str, area: Area, vertical: bool) {
        /// Characters of one piece are not further apart, nor back any further, in their size.
        const APART: std::ops::Range<f32> = -0.5..0.6;
        /// A blank is at least this wide, in sizes of the font.
        const BLANK: f32 = 0.2;
        let (along, across, em) = match vertical {
            true => (area.y, area.x, area.width),
            false => (area.x, area.y, area.height),
        };
        let ends = if vertical { area.bottom() } else { area.right() };
        let goes_on = self.end.is_some_and(|(end, level, size)| {
            let is_level = (across - level).abs() < em * 0.2 && (size - em).abs() < em * 0.1;
            is_level && APART.contains(&((along - end) / em.max(f32::MIN_POSITIVE)))
        });
        let gap = self.end.map_or(0.0, |(end, ..)| along - end);
        let is_blank = text.trim().is_empty();
        match self.pieces.last_mut().filter(|_| goes_on) {
            Some(piece) => {
                if gap > BLANK * em && piece.text.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    piece.text.push(' ');
                }
                piece.text.push_str(text);
                // A blank at the end of a line hangs into the white beside the column.
                if !is_blank {
                    piece.area = piece.area.with(area);
                }
            }
            None if is_blank => return,
            None => {
                let line = self.pieces.len() as u32 + 1;
                self.pieces.push(Piece { text: text.to_owned(), area, line, ..Piece::default() });
            }
        }
        self.end = Some((ends, across, em));
    }
}
