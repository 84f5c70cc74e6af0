//! From words to lines: pieces of one line together, lines that go over several columns cut apart.

use unicode_width::UnicodeWidthStr;

use super::gutters::{Gutter, Gutters};
use super::{LIMITS, skew};
use crate::source::{Area, Piece, Told};

/// A line within one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where it stands on the page, made level.
    pub(super) area: Area,
    /// Where it stands in the file.
    pub(super) source: Area,
    pub(super) confidence: Option<f32>,
    /// How wide it is, in characters as wide as they are high.
    pub(super) ems: f32,
    /// The height of its characters, in the units of the file.
    height: f32,
    /// The same, in that of the page's running text.
    pub(super) size: f32,
    /// True where the file tells the place of words, not of lines.
    by_words: bool,
    /// True where the file calls it a heading.
    pub(super) heading: bool,
    /// What is said of it elsewhere.
    pub(super) told: Option<Told>,
}

/// The lines of a page, and what is usual among them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) list: Vec<Line>,
    /// The size of a character of running text, in the units of the file.
    pub(super) unit: f32,
    /// The white between two lines of running text, in that size.
    pub(super) leading: f32,
    /// How wide a column is, in the units of the file.
    pub(super) column: f32,
    /// How far a column is from the next.
    pub(super) pitch: f32,
    /// All of them together.
    pub(super) area: Area,
}

/// From so many characters on the width of a line tells their size.
const TELLING: f32 = 4.0;

/// From so many characters on its width tells that a line is smaller than its box.
const SIZED: f32 = 1.5;
/// From so many characters on the heights of words tell that of their line.
const MANY: f32 = 6.0;

/// Makes lines of `pieces`.
pub(super) fn gather(pieces: Vec<Piece>) -> Lines {
    let pieces = pieces.into_iter().filter(|piece| piece.area.is_sound()).map(without_stray);
    let pieces = pieces.filter(|piece| !piece.text.trim().is_empty() && !is_noise(piece));
    let mut pieces: Vec<Placed> = pieces.map(|piece| Placed { source: piece.area, piece }).collect();
    let whole = || pieces.chunk_by(|a, b| a.piece.line == b.piece.line);
    // The blanks of lines that go over several columns are no part of their characters.
    let width = |words: &[Placed]| words.iter().map(|word| ems(&word.piece.text)).sum();
    let unit = usual(whole().map(|words| (em(words), width(words))).collect(), 0.5).max(1.0);
    let slope = skew::slope(&whole().filter_map(|words| line(words, unit)).collect::<Vec<_>>(), unit);
    for Placed { piece, .. } in &mut pieces {
        let (x, y) = (piece.area.centre(), piece.area.middle());
        piece.area.y -= slope * x;
        piece.area.x += slope * y;
    }
    for words in pieces.chunk_by_mut(|a, b| a.piece.line == b.piece.line) {
        words.sort_by(|a, b| a.piece.area.x.total_cmp(&b.piece.area.x));
        tighten(words);
    }
    let by_words = pieces.iter().any(|piece| is_word(&piece.piece));
    let gutters = Gutters::find(&solid(&pieces, unit), unit, by_words);
    let gutters = if by_words { gutters.on_grid(unit) } else { gutters };
    // Lines stay in the order of the file, their words in that of the page.
    let mut list = Vec::new();
    for words in pieces.chunk_by_mut(|a, b| a.piece.line == b.piece.line) {
        cut(words, &gutters, unit, &mut list);
    }
    list.retain(|line| !is_speck(line));
    let lines = measured(list);
    let joined = join(lines.list, lines.unit, &gutters);
    measured(joined)
}

/// Makes the boxes of words no wider than their text: those of some programs reach into the next word, or over the white
/// between columns.
fn tighten(words: &mut [Placed]) {
    /// The widest that a character of justified text is set, in the usual width of its line.
    const WIDEST: f32 = 1.5;
    if !words.iter().any(|word| is_word(&word.piece)) {
        return;
    }
    let em = em(words);
    let starts: Vec<f32> = words.iter().skip(1).map(|word| word.piece.area.x).chain([f32::MAX]).collect();
    for (word, next) in words.iter_mut().zip(starts) {
        let room = (next - word.piece.area.x).max(em * 0.3);
        let most = ems_of(&word.piece) * em * WIDEST;
        word.piece.area.width = word.piece.area.width.min(room).min(most);
    }
}

/// A piece whose place was made level, with its place in the file.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) piece: Piece,
    pub(super) source: Area,
}

/// Where `pieces` stand, for finding the white between them: characters of a heading are as far apart as columns
/// are, so that its lines count as a whole.
fn solid(pieces: &[Placed], unit: f32) -> Vec<Area> {
    let mut areas = Vec::with_capacity(pieces.len());
    for words in pieces.chunk_by(|a, b| a.piece.line == b.piece.line) {
        let em = em(words);
        let mut last: Option<Area> = None;
        // Marks are read in the white between columns where nothing is, and leave no white where they are.
        let is_mark = |piece: &Piece| is_word(piece) && !piece.text.chars().any(char::is_alphanumeric);
        for Placed { piece, .. } in words.iter().filter(|word| !is_mark(&word.piece)) {
            // What is further apart than words of a heading are is white all the same.
            let is_near =
                |last: &Area| is_large(em, unit) && piece.area.x - last.right() < LIMITS.column_gap * em;
            match last.filter(is_near) {
                Some(before) => last = Some(before.with(piece.area)),
                None => areas.extend(last.replace(piece.area)),
            }
        }
        areas.extend(last);
    }
    areas
}

fn is_large(em: f32, unit: f32) -> bool {
    em > LIMITS.head * unit
}

/// What is read with less confidence than this may not be there.
const CREDIBLE: f32 = 0.5;

/// Marks that a program itself hardly believes in are specks, and the white between columns.
fn is_noise(piece: &Piece) -> bool {
    /// Such marks are read with less confidence.
    const HARDLY: f32 = 0.4;
    piece.confidence.is_some_and(|sure| sure < HARDLY) && !piece.text.chars().any(char::is_alphanumeric)
}

/// Characters that a program hardly believes in and that stand alone were read in a picture, or in the white between
/// columns.
fn is_speck(line: &Line) -> bool {
    /// So many characters are a speck where they are read with less confidence.
    const SPECKS: [(f32, f32); 2] = [(2.0, 0.5), (6.0, 0.3)];
    let sure = line.confidence.unwrap_or(1.0);
    line.by_words && SPECKS.iter().any(|&(ems, least)| line.ems <= ems && sure < least)
}

/// A piece without a closing quote before its text: no word begins with one, but programs that read on across the
/// white between columns see such a thing there.
fn without_stray(piece: Piece) -> Piece {
    const CLOSING: [char; 5] = ['”', '’', '"', '\'', '|'];
    let text = piece.text.trim_start_matches(CLOSING);
    if text.len() == piece.text.len() || piece.confidence.is_none_or(|sure| sure >= CREDIBLE) {
        return piece;
    }
    let lost = piece.area.width * (1.0 - ems(text) / ems(&piece.text).max(ems(text)));
    let area = Area { x: piece.area.x + lost, width: piece.area.width - lost, ..piece.area };
    Piece { text: text.to_owned(), area, ..piece }
}

/// True where the file tells the place of this word within its line: such places are rough.
fn is_word(piece: &Piece) -> bool {
    piece.line_height.is_some()
}

/// In widths of a character: the widest blank between words whose places are rough, a blank that may be the end of a
/// gutter, and how far a word that begins a column is off its edge.
const WIDEST_BLANK: f32 = 2.2;
const BLANK: f32 = 0.8;
const ALIGNED: f32 = 0.4;

/// True for a mark in the middle of the white of one of `gutters`: it was read where nothing is.
fn is_stray(piece: &Piece, gutters: &[Gutter], em: f32) -> bool {
    let middle = piece.area.centre();
    let within = |gutter: &Gutter| gutter.left + em * 0.3 < middle && middle < gutter.right;
    let is_mark = !piece.text.chars().any(char::is_alphanumeric);
    let is_doubtful = is_mark || piece.confidence.is_some_and(|sure| sure < CREDIBLE);
    is_doubtful && piece.area.width < em && gutters.iter().any(within)
}

/// Makes lines of the words of one line of the file: more than one where wide blanks, rules or gutters part them.
fn cut(words: &[Placed], gutters: &Gutters, unit: f32, list: &mut Vec<Line>) {
    let em = em(words);
    let Some(area) = words.iter().map(|word| word.piece.area).reduce(Area::with) else { return };
    let row = gutters.row(area.middle());
    let gutters = gutters.across(area.middle(), area.x, area.right());
    let is_large = is_large(em, unit);
    let words: Vec<Placed> = words
        .iter()
        .filter(|word| !is_stray(&word.piece, &gutters, em))
        .flat_map(|word| {
            if is_large { vec![word.clone()] } else { halves(word, &welded(word, &gutters, &row, em), em) }
        })
        .collect();
    let parts = |at: usize, right: f32| {
        let (before, after) = (&words[at - 1], &words[at]);
        if is_rule(&before.piece) || is_rule(&after.piece) {
            return true;
        }
        let gap = after.piece.area.x - right;
        let near = words.get(at.saturating_sub(NEAR)..at).zip(words.get(at..words.len().min(at + NEAR)));
        let sizes = near.and_then(|(before, after)| size_near(before, em).zip(size_near(after, em)));
        let is_heading = sizes.map_or(is_large, |(before, after)| before.min(after) > LIMITS.head * unit);
        let crosses = |gutter: &Gutter| {
            let middle = f32::midpoint(gutter.left, gutter.right);
            let goes = before.piece.area.centre() < middle && middle < after.piece.area.centre();
            // Near its ends a gutter needs a sign of it in the line itself; a heading may stand across one.
            let is_wide = gap > BLANK * em;
            let is_aligned = || (after.piece.area.x - gutter.right).abs() < ALIGNED * em;
            goes && !is_heading && (gutter.is_through || is_wide || is_aligned())
        };
        let widest = if is_word(&after.piece) { WIDEST_BLANK } else { LIMITS.column_gap };
        gap > widest * em || gutters.iter().any(crosses)
    };
    // A few characters do not tell their height: it is that of the line which they are cut from.
    let whole = height(&words);
    let part = |range: std::ops::Range<usize>| {
        let mut part =
            line(words.get(range)?, em).filter(|line| !line.text.chars().all(|c| RULES.contains(&c)))?;
        part.height = if part.ems < MANY { whole } else { part.height };
        Some(part)
    };
    let mut start = 0;
    let mut right = f32::MIN;
    for (at, word) in words.iter().enumerate() {
        if at > start && parts(at, right) {
            list.extend(part(start..at));
            start = at;
        }
        let edge = word.piece.area.right();
        right = if at == start { edge } else { right.max(edge) };
    }
    list.extend(part(start..words.len()));
}

/// What a rule between two columns is read as.
const RULES: [char; 4] = ['|', '│', '｜', '¦'];

/// True for the rule between two columns, which programs read as a sign.
fn is_rule(piece: &Piece) -> bool {
    is_word(piece) && piece.text.chars().all(|c| RULES.contains(&c))
}

/// So many words tell the size of what stands at one side of a place in a line.
const NEAR: usize = 5;

/// The height of words that stand beside each other in a line whose characters are `em` wide; none where too few tell it.
fn size_near(words: &[Placed], em: f32) -> Option<f32> {
    /// Low characters (一) tell nothing; nor do words that the program did not find in the line, whose boxes are as high as
    /// that.
    const TELLING: std::ops::Range<f32> = 0.6..1.75;
    let is_text = |word: &&Placed| word.piece.text.chars().any(char::is_alphanumeric) && is_word(&word.piece);
    let mut heights: Vec<f32> = words.iter().filter(is_text).map(|word| word.piece.area.height).collect();
    heights.retain(|height| TELLING.contains(&(height / em)));
    heights.sort_by(f32::total_cmp);
    (heights.len() > 1).then(|| heights[(heights.len() - 1) / 2])
}

/// Those of the `gutters` at which a piece may be two lines that were read as one: such as go through its line, and such as end
/// just above or below where the piece fills the columns at both their sides, as a heading in the middle above two columns does
/// not. `row` has all that cross its line.
fn welded(word: &Placed, gutters: &[Gutter], row: &[Gutter], em: f32) -> Vec<Gutter> {
    /// How far the first line of a paragraph may be from the edge of its column, and any line from the other edge.
    const EDGES: (f32, f32) = (3.2, 1.6);
    let area = word.piece.area;
    let left =
        row.iter().map(|gutter| gutter.right).filter(|right| *right < area.x + em).fold(f32::MIN, f32::max);
    let right = row
        .iter()
        .map(|gutter| gutter.left)
        .filter(|left| *left > area.right() - em)
        .fold(f32::MAX, f32::min);
    let fills = area.x - left < EDGES.0 * em && right - area.right() < EDGES.1 * em;
    gutters.iter().filter(|gutter| gutter.is_through || (fills && !is_word(&word.piece))).copied().collect()
}

/// A piece that goes across a gutter, cut there: its characters are taken to be of one width.
fn halves(word: &Placed, gutters: &[Gutter], em: f32) -> Vec<Placed> {
    let area = word.piece.area;
    let reaches = |gutter: &&Gutter| gutter.left > area.x + em && gutter.right < area.right() - em;
    let Some(gutter) = gutters.iter().find(reaches) else { return vec![word.clone()] };
    let set = area.width - (gutter.right - gutter.left);
    let share = (gutter.left - area.x) / set.max(1.0);
    let whole = ems(&word.piece.text);
    let mut width = 0.0;
    let place = word.piece.text.char_indices().find(|(_, c)| {
        width += ems(c.encode_utf8(&mut [0; 4]));
        width > whole * share + 0.5
    });
    let (left, right) = word.piece.text.split_at(place.map_or(word.piece.text.len(), |(at, _)| at));
    let part = |text: &str, from: f32, to: f32| {
        let within = |area: Area| Area { x: area.x + from - word.piece.area.x, width: to - from, ..area };
        let piece = Piece { text: text.to_owned(), area: within(area), ..word.piece.clone() };
        Placed { piece, source: within(word.source) }
    };
    let first = part(left, area.x, gutter.left);
    let rest = part(right, gutter.right, area.right());
    let mut all = vec![first];
    all.extend(halves(&rest, gutters, em));
    all
}

/// The width of a character of a line.
fn em(words: &[Placed]) -> f32 {
    let ems: f32 = words.iter().map(|word| ems(&word.piece.text)).sum();
    let width: f32 = words.iter().map(|word| word.piece.area.width).sum();
    let height = height(words);
    if ems >= TELLING { (width / ems).min(height * 1.3) } else { height }
}

fn height(words: &[Placed]) -> f32 {
    let of_words =
        usual(words.iter().map(|word| (word.piece.area.height, ems_of(&word.piece))).collect(), UPPER);
    // Where a program does not find a character in its line, it draws a box that is too high.
    let of_line = words.iter().filter_map(|word| word.piece.line_height).reduce(f32::min);
    of_line.map_or(of_words, |height| height.min(of_words))
}

/// Which of all heights, from the lowest to the highest, is that of a line: words of low characters are many.
const UPPER: f32 = 0.5;

fn line(words: &[Placed], em: f32) -> Option<Line> {
    let mut line = Line { height: height(words), ..Line::default() };
    let mut sure = (0.0, 0.0);
    let mut places: Option<(Area, Area)> = None;
    // Where places are rough, only wide blanks are some.
    let blank = if words.iter().any(|word| is_word(&word.piece)) { 2.0 * em } else { em };
    for Placed { piece, source } in words {
        let text = piece.text.trim();
        if places.is_some_and(|(area, _)| needs_blank(&line.text, text, piece.area.x - area.right(), blank)) {
            line.text.push(' ');
        }
        line.text.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        let ems = ems_of(piece);
        line.ems += ems;
        sure = piece.confidence.map_or(sure, |value| (sure.0 + value * ems, sure.1 + ems));
        places = Some(places.map_or((piece.area, *source), |(a, b)| (a.with(piece.area), b.with(*source))));
    }
    (line.area, line.source) = places.filter(|_| !line.text.is_empty())?;
    line.confidence = (sure.1 > 0.0).then(|| sure.0 / sure.1);
    line.by_words = words.iter().any(|word| word.piece.line_height.is_some());
    line.told = words.iter().find_map(|word| word.piece.told);
    line.heading = words.iter().all(|word| word.piece.heading);
    if line.by_words {
        // Boxes of single words are often drawn too high, or too low.
        let edge = |of: fn(&Area) -> f32| {
            usual(words.iter().map(|word| (of(&word.piece.area), ems_of(&word.piece))).collect(), 0.5)
        };
        let (top, bottom) = (edge(|area| area.y), edge(Area::bottom));
        (line.area.y, line.area.height) = (top, (bottom - top).max(1.0));
    }
    Some(line)
}

/// True where a blank belongs between what ends in `before` and `after`, `gap` apart.
fn needs_blank(before: &str, after: &str, gap: f32, em: f32) -> bool {
    /// Chinese words that are further apart are set with a blank; in heights of their line.
    const WIDE: f32 = 0.45;
    let (Some(last), Some(first)) = (before.chars().last(), after.chars().next()) else { return false };
    if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() {
        return gap > 0.0;
    }
    last.is_alphanumeric() && first.is_alphanumeric() && gap > WIDE * em
}

/// How wide text is, in characters as wide as they are high.
fn ems(text: &str) -> f32 {
    text.width() as f32 / 2.0
}

fn ems_of(piece: &Piece) -> f32 {
    ems(piece.text.trim()).max(0.5)
}

/// Of values with weights, the one below which `share` of the weight is.
pub(super) fn usual(mut values: Vec<(f32, f32)>, share: f32) -> f32 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f32 = values.iter().map(|value| value.1).sum();
    let mut below = 0.0;
    for (value, weight) in &values {
        below += weight;
        if below >= whole * share {
            return *value;
        }
    }
    values.last().map_or(0.0, |value| value.0)
}

/// The lines with their sizes.
fn measured(mut list: Vec<Line>) -> Lines {
    /// The share of lines that a column's full lines are not wider than.
    const FULL: f32 = 0.7;
    /// Boxes of words are drawn so unevenly that these sizes are those of running text.
    const LIKE_TEXT: std::ops::Range<f32> = 0.6..1.2;
    let telling = |line: &&Line| line.ems >= TELLING;
    let height = usual(list.iter().map(|line| (line.height, line.ems)).collect(), 0.5).max(1.0);
    let width = |line: &Line| line.area.width / line.ems;
    let em = usual(list.iter().filter(telling).map(|line| (width(line), line.ems)).collect(), 0.5);
    let unit = if em > 0.0 { em } else { height };
    for line in &mut list {
        let by_height = line.height / height;
        let is_telling = line.ems >= SIZED;
        line.size = if is_telling { by_height.min(width(line) / unit) } else { by_height };
        // Boxes of single words tell too little: what is cut from a line, and a speck, would be taken for a heading.
        line.size = if line.by_words && line.ems < TELLING { line.size.min(1.0) } else { line.size };
        line.size = if line.by_words && LIKE_TEXT.contains(&line.size) { 1.0 } else { line.size };
        line.size = if line.heading { line.size.max(LIMITS.head) } else { line.size };
    }
    let text: Vec<&Line> = list.iter().filter(|line| line.size < LIMITS.large).collect();
    let column = usual(text.iter().map(|line| (line.area.width, line.ems)).collect(), FULL).max(unit);
    let area = list.iter().map(|line| line.area).reduce(Area::with).unwrap_or_default();
    let leading = leading(&text, unit);
    // Columns stand about two characters apart.
    Lines { unit, leading, column, pitch: column + 2.0 * unit, area, list }
}

/// The white between two lines of one column, in heights of running text.
fn leading(text: &[&Line], unit: f32) -> f32 {
    let mut sorted = text.to_vec();
    sorted.sort_by(|a, b| a.area.x.total_cmp(&b.area.x).then(a.area.y.total_cmp(&b.area.y)));
    // Full lines of one column begin at nearly the same place.
    sorted.sort_by_key(|line| ((line.area.x / unit / 2.0) as i32, line.area.y as i32));
    let gaps = sorted.windows(2).map(|pair| (pair[1].area.y - pair[0].area.bottom()) / unit);
    let gaps: Vec<(f32, f32)> =
        gaps.filter(|gap| (-0.5..LIMITS.line_gap).contains(gap)).map(|gap| (gap, 1.0)).collect();
    usual(gaps, 0.5)
}

/// Joins lines that are one: beside each other, of one size, hardly apart.
fn join(list: Vec<Line>, unit: f32, gutters: &Gutters) -> Vec<Line> {
    /// The widest blank within a line, in heights of running text, and how far words may overlap.
    const WITHIN: (f32, f32) = (-0.5, 0.8);
    /// The share of the lower line's height that both have in common.
    const LEVEL: f32 = 0.6;
    let mut by_left: Vec<Option<Line>> = list.into_iter().map(Some).collect();
    let mut order: Vec<usize> = (0..by_left.len()).collect();
    let key = |line: &Option<Line>| line.as_ref().map_or(0.0, |line| line.area.x);
    order.sort_by(|&a, &b| key(&by_left[a]).total_cmp(&key(&by_left[b])));
    // What ends where the next begins, in rows of half a line, so that only neighbours are compared.
    let row = |line: &Line| (line.area.middle() / unit).round() as i64;
    let mut ends: std::collections::HashMap<i64, Vec<usize>> = std::collections::HashMap::new();
    for at in order {
        let Some(line) = by_left[at].take() else { continue };
        let fits = |other: &Line| {
            let size = line.size.max(other.size);
            let gap = (line.area.x - other.area.right()) / (unit * size);
            let common = line.area.bottom().min(other.area.bottom()) - line.area.y.max(other.area.y);
            (WITHIN.0..WITHIN.1).contains(&gap)
                && line.told == other.told
                && common > LEVEL * line.area.height.min(other.area.height)
                && line.size.min(other.size) > size * SAME
                && gutters
                    .across(line.area.middle(), other.area.right() - unit, line.area.x + unit)
                    .is_empty()
        };
        let near = (-1..=1).flat_map(|step| ends.get(&(row(&line) + step)).into_iter().flatten());
        let found = near.copied().find(|&other| by_left[other].as_ref().is_some_and(fits));
        match found.and_then(|other| by_left[other].as_mut()) {
            Some(other) => {
                let gap = line.area.x - other.area.right();
                if needs_blank(&other.text, &line.text, gap, unit * line.size) {
                    other.text.push(' ');
                }
                other.text.push_str(&line.text);
                other.area = other.area.with(line.area);
                other.source = other.source.with(line.source);
                other.confidence = weighted(other, &line);
                other.ems += line.ems;
                other.height = other.height.max(line.height);
            }
            None => {
                ends.entry(row(&line)).or_default().push(at);
                by_left[at] = Some(line);
            }
        }
    }
    by_left.into_iter().flatten().collect()
}

/// Lines whose sizes differ more are two.
const SAME: f32 = 0.75;

fn weighted(a: &Line, b: &Line) -> Option<f32> {
    match (a.confidence, b.confidence) {
        (Some(x), Some(y)) => Some((x * a.ems + y * b.ems) / (a.ems + b.ems)),
        (x, y) => x.or(y),
    }
}
