//! From boxes to text: what an OCR program or a PDF says of the place of each word becomes lines in reading order.
//!
//! ```text
//! pieces ─lines→ lines within one column ─blocks→ columns of text and headings ─stories→ a heading and what is under it ─cuts→ order
//! ```
//!
//! The heights of characters tell headings from text. A heading claims the columns under it, as far as the next
//! heading below; the columns of a story are read from left to right, and stories row by row. Text set from top
//! to bottom is the same page turned by a quarter: columns of characters from right to left are lines, and the
//! bands that they stand in are columns.

mod blocks;
mod cuts;
mod grid;
mod gutters;
mod lines;
mod skew;
mod stories;
mod turn;

use self::blocks::Block;
use self::lines::Line;
use self::stories::Story;
use crate::source::{Document, Placement, Sheet};

/// Sizes are in heights of the page's running text, unless something else is said.
struct Limits {
    /// A blank between words that is wider parts columns; in heights of the line itself.
    column_gap: f32,
    /// From this size on a line is no running text.
    large: f32,
    /// From this size on a line heads a story.
    head: f32,
    /// Lines that are further apart do not stand in one block.
    line_gap: f32,
    /// White that goes across several columns of a story, and from which on something else begins below.
    story_gap: f32,
    /// So much more white than between lines sets a line off from the one above.
    set_off: f32,
}

const LIMITS: Limits =
    Limits { column_gap: 1.1, large: 1.1, head: 1.25, line_gap: 1.3, story_gap: 1.3, set_off: 0.3 };

/// The most lines that are put in order by their places; a page has a thousand or two.
const MOST_LINES: usize = 20_000;

/// Turns the sheet of `document` into its text, with a placement for each line; a document that has none stays
/// as it is.
///
/// ```
/// use zjgr::layout::arrange;
/// use zjgr::source::{Area, Document, Piece, Sheet};
///
/// let piece = |text: &str, x, y| {
///     let mut piece = Piece::default();
///     (piece.text, piece.area) = (text.to_owned(), Area::between(x, y, x + 160.0, y + 20.0));
///     piece
/// };
/// // Two columns, which the file has line by line.
/// let mut sheet = Sheet::default();
/// for (at, (left, right)) in [("昨天上午东浦机床", "职工说日子一天比"), ("厂的新楼已经盖好", "一天更好大家都来"), ("了大家都来看热闹", "看热闹说起从前来")].into_iter().enumerate() {
///     let y = at as f32 * 25.0;
///     sheet.pieces.extend([piece(left, 0.0, y), piece(right, 300.0, y)]);
/// }
/// let mut document = Document::default();
/// document.sheet = Some(sheet);
/// arrange(&mut document);
/// let (left, right) = (document.text.find("看热闹").unwrap(), document.text.find("职工说").unwrap());
/// assert!(left < right, "one column after the other");
/// ```
pub fn arrange(document: &mut Document) {
    let Some(sheet) = document.sheet.take() else { return };
    document.text.clear();
    document.placements.clear();
    let number = sheet.number;
    let mut page = Written { document, number };
    let turned = turn::is_vertical(&sheet.pieces);
    let Sheet { pieces, ordered, .. } = sheet;
    let extent = pieces.iter().map(|piece| piece.area).reduce(|a, b| a.with(b)).unwrap_or_default();
    let pieces = if turned { turn::to_horizontal(pieces, extent) } else { pieces };
    let lines = lines::gather(pieces);
    let stories = match ordered || lines.list.len() > MOST_LINES {
        true => stories::as_given(&lines),
        false if lines.list.iter().any(|line| line.told.is_some()) => stories::as_told(&lines),
        false => stories::stories(&lines),
    };
    page.write(&lines, &stories);
    if turned {
        page.document.placements.iter_mut().for_each(|placement| turn::back(placement, extent));
    }
}

/// The document while it is written.
struct Written<'d> {
    document: &'d mut Document,
    number: u32,
}

impl Written<'_> {
    fn write(&mut self, lines: &lines::Lines, stories: &[Story]) {
        for story in stories {
            // What is above and below stands apart.
            if !self.document.text.is_empty() {
                self.blank();
                self.blank();
            }
            let mut last: Option<&Line> = None;
            for block in &story.blocks {
                self.block(lines, block, &mut last);
            }
        }
    }

    fn block<'l>(&mut self, lines: &'l lines::Lines, block: &Block, last: &mut Option<&'l Line>) {
        for line in block.lines.iter().filter_map(|&at| lines.list.get(at)) {
            if last.is_some_and(|last| is_set_off(last, line, lines)) {
                self.blank();
            }
            let placement = self.placement(lines, block, line, *last);
            self.document.text.push_str(&line.text);
            self.document.text.push('\n');
            self.document.placements.push(placement);
            *last = Some(line);
        }
    }

    fn blank(&mut self) {
        self.document.text.push('\n');
        self.document.placements.push(Placement::default());
    }

    fn placement(&self, lines: &lines::Lines, block: &Block, line: &Line, last: Option<&Line>) -> Placement {
        let unit = lines.unit;
        let (left, right) = (line.area.x - block.left, block.right - line.area.right());
        let above = last.filter(|last| last.area.bottom() <= line.area.middle());
        let gap = above.map_or(line.area.y - lines.area.y, |above| line.area.y - above.area.bottom());
        let column = ((line.area.x - lines.area.x) / lines.pitch).floor().clamp(0.0, 99.0);
        Placement {
            sheet: self.number,
            area: line.source,
            confidence: line.confidence,
            size: line.size,
            opens: last.is_none(),
            head: block.head && line.size >= block.size * NEARLY,
            column: column as u16 + 1,
            columns: line.area.width / lines.column,
            gap: (gap / unit).max(0.0),
            indent: left / unit,
            centred: left > unit && (left - right).abs() < unit,
            told: line.told,
        }
    }
}

/// Two sizes are one where the smaller is this part of the larger, at least.
const NEARLY: f32 = 0.9;

/// True where white, or another size, sets `line` off from the one before it.
fn is_set_off(last: &Line, line: &Line, lines: &lines::Lines) -> bool {
    let is_below = line.area.middle() > last.area.bottom();
    let gap = (line.area.y - last.area.bottom()) / lines.unit;
    let is_large = |line: &Line| line.size >= LIMITS.large;
    if is_large(last) != is_large(line) {
        return true;
    }
    // A heading's own lines are set with more white, as they are larger.
    let usual = lines.leading * if is_large(line) { line.size } else { 1.0 };
    is_below && gap > usual + LIMITS.set_off * if is_large(line) { line.size } else { 1.0 }
}

#[cfg(test)]
mod tests;
