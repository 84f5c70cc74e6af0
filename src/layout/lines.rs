//! From words to lines: pieces of one line together, lines that go over several columns cut apart.

use unicode_width::UnicodeWidthStr;

use super::{LIMITS, skew};
use crate::source::{Area, Piece};

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
    /// True where the file calls it a heading.
    pub(super) heading: bool,
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

/// Makes lines of `pieces`.
pub(super) fn gather(pieces: Vec<Piece>) -> Lines {
    let pieces = pieces.into_iter().filter(|piece| !piece.text.trim().is_empty() && piece.area.is_sound());
    let mut pieces: Vec<Piece> = pieces.collect();
    // Lines stay in the order of the file, their words in that of the page.
    let mut list = Vec::new();
    for words in pieces.chunk_by_mut(|a, b| a.line == b.line) {
        words.sort_by(|a, b| a.area.x.total_cmp(&b.area.x));
        cut(words, &mut list);
    }
    let mut lines = measured(list);
    let slope = skew::slope(&lines.list, lines.unit);
    for line in &mut lines.list {
        line.area.y -= slope * line.area.centre();
        line.area.x += slope * line.area.middle();
    }
    let joined = join(std::mem::take(&mut lines.list), lines.unit);
    measured(joined)
}

/// Makes lines of the words of one line of the file: more than one where wide blanks part them.
fn cut(words: &[Piece], list: &mut Vec<Line>) {
    let ems: f32 = words.iter().map(|word| ems(&word.text)).sum();
    let width: f32 = words.iter().map(|word| word.area.width).sum();
    let height = usual(words.iter().map(|word| (word.area.height, ems_of(word))).collect(), UPPER);
    let em = if ems >= TELLING { (width / ems).min(height * 1.3) } else { height };
    let mut start = 0;
    let mut right = f32::MIN;
    for (at, word) in words.iter().enumerate() {
        if at > start && word.area.x - right > LIMITS.column_gap * em {
            list.extend(line(words.get(start..at).unwrap_or_default(), em));
            start = at;
        }
        right = if at == start { word.area.right() } else { right.max(word.area.right()) };
    }
    list.extend(line(words.get(start..).unwrap_or_default(), em));
}

/// Which of all heights, from the lowest to the highest, is that of a line: words of low characters are many.
const UPPER: f32 = 0.6;

fn line(words: &[Piece], em: f32) -> Option<Line> {
    let mut line = Line::default();
    let mut sure = (0.0, 0.0);
    let mut area: Option<Area> = None;
    for word in words {
        let text = word.text.trim();
        if area.is_some_and(|area| needs_blank(&line.text, text, word.area.x - area.right(), em)) {
            line.text.push(' ');
        }
        line.text.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        let ems = ems_of(word);
        line.ems += ems;
        sure = word.confidence.map_or(sure, |value| (sure.0 + value * ems, sure.1 + ems));
        area = Some(area.map_or(word.area, |area| area.with(word.area)));
    }
    line.area = area?;
    line.source = line.area;
    line.confidence = (sure.1 > 0.0).then(|| sure.0 / sure.1);
    line.height = usual(words.iter().map(|word| (word.area.height, ems_of(word))).collect(), UPPER);
    line.heading = words.iter().all(|word| word.heading);
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
    let telling = |line: &&Line| line.ems >= TELLING;
    let height = usual(list.iter().map(|line| (line.height, line.ems)).collect(), 0.5).max(1.0);
    let width = |line: &Line| line.area.width / line.ems;
    let em = usual(list.iter().filter(telling).map(|line| (width(line), line.ems)).collect(), 0.5);
    let unit = if em > 0.0 { em } else { height };
    for line in &mut list {
        let by_height = line.height / height;
        let is_telling = line.ems >= TELLING;
        line.size = if is_telling { by_height.min(width(line) / unit) } else { by_height };
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
    let gaps: Vec<(f32, f32)> = gaps.filter(|gap| (-0.5..LIMITS.line_gap).contains(gap)).map(|gap| (gap, 1.0)).collect();
    usual(gaps, 0.5)
}

/// Joins lines that are one: beside each other, of one size, hardly apart.
fn join(list: Vec<Line>, unit: f32) -> Vec<Line> {
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
                && common > LEVEL * line.area.height.min(other.area.height)
                && line.size.min(other.size) > size * SAME
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
