//! The white between columns, where lines of the file may run across it: found from where words stand in the rows
//! above and below, so that a blank within one line is none.

use super::grid::Grid;
use crate::source::Area;

/// A cell of the page, in heights of running text.
const CELL: (f32, f32) = (0.2, 0.5);
/// How far to either side text must stand, in cells.
const NEAR: usize = 40;
/// How many rows of cells with text on both sides a gutter has at least; a line takes two or three. Where words are placed
/// roughly it is more.
const LONG: usize = 6;
const LONG_BETWEEN_WORDS: usize = 10;
/// One row of cells in so many may have something in it, that was read where nothing is.
const COVERED: usize = 4;
/// A gutter is this many cells wide at least; where words are placed roughly, what is left of one.
const WIDE: usize = 5;
const WIDE_BETWEEN_WORDS: usize = 3;
/// The first and the last line that it parts may have something in it: so many rows beyond its ends are looked at again.
const BEYOND: usize = 4;
/// The most cells that a page is looked at in, and the most for each of its texts beyond so many: a page has fifty thousand
/// or so, a large sheet five times as many. Where a few texts lie far apart, they are not where the file says.
const MOST: f32 = 4e6;
const MOST_OF_NONE: f32 = 1e5;
const MOST_OF_EACH: f32 = 2e3;

/// What is in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// Text.
    Covered,
    /// None, and text on both sides.
    Open,
    /// None, and nothing to part.
    Void,
}

/// The gutters of a page.
#[derive(Debug, Default)]
pub(super) struct Gutters {
    origin: (f32, f32),
    cell: (f32, f32),
    columns: usize,
    /// For each cell, whether a gutter goes through it, or ends near it.
    cells: Vec<Through>,
    /// How many rows with text on both sides that gutter has.
    rows: Vec<u16>,
    /// How many cells a gutter is wide at least.
    wide: usize,
    /// How far the text reaches.
    edges: (f32, f32),
}

/// Whether a gutter goes through a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Through {
    No,
    /// One ends just above or below.
    Near,
    Yes,
}

/// A gutter where it crosses a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gutter {
    pub(super) left: f32,
    pub(super) right: f32,
    /// False where it ends just above or below.
    pub(super) is_through: bool,
    /// How many rows of cells with text on both sides it parts.
    pub(super) rows: u16,
}

impl Gutters {
    /// The gutters between `texts`; `unit` is the height of running text.
    pub(super) fn find(texts: &[Area], unit: f32, by_words: bool) -> Self {
        let Some(area) = texts.iter().copied().reduce(Area::with) else { return Self::default() };
        let cell = (unit * CELL.0, unit * CELL.1);
        let size = ((area.width / cell.0).ceil() + 1.0, (area.height / cell.1).ceil() + 1.0);
        if size.0 * size.1 > MOST.min(MOST_OF_NONE + MOST_OF_EACH * texts.len() as f32) {
            return Self::default();
        }
        let (columns, rows) = (size.0 as usize, size.1 as usize);
        let mut gutters = Self {
            origin: (area.x, area.y),
            cell,
            columns,
            cells: vec![Through::No; columns * rows],
            rows: vec![0; columns * rows],
            wide: if by_words { WIDE_BETWEEN_WORDS } else { WIDE },
            edges: (area.x, area.right()),
        };
        let covered = gutters.covered(texts, rows);
        let states = states(&covered, columns);
        let long = if by_words { LONG_BETWEEN_WORDS } else { LONG };
        for column in 0..columns {
            let states: Vec<Cell> = states.iter().skip(column).step_by(columns).copied().collect();
            for (run, open) in runs(&states, long) {
                for row in run.start.saturating_sub(BEYOND)..(run.end + BEYOND).min(rows) {
                    let cell = &mut gutters.cells[row * columns + column];
                    *cell = (*cell).max(if run.contains(&row) { Through::Yes } else { Through::Near });
                    let length = &mut gutters.rows[row * columns + column];
                    *length = (*length).max(u16::try_from(open).unwrap_or(u16::MAX));
                }
            }
        }
        gutters
    }

    /// The same without strips of white that part no columns of the page: where words are placed roughly, these are many.
    pub(super) fn on_grid(mut self, unit: f32) -> Self {
        let heights: Vec<f32> = (0..self.cells.len() / self.columns.max(1))
            .map(|row| self.origin.1 + (row as f32 + 0.5) * self.cell.1)
            .collect();
        let rows: Vec<Vec<Gutter>> =
            heights.iter().map(|&y| self.across(y, self.edges.0, self.edges.1)).collect();
        let grid = Grid::of(&rows, self.edges.0, self.edges.1, unit);
        for (at, row) in rows.iter().enumerate() {
            for (gutter, _) in row.iter().zip(grid.gutters_of(row)).filter(|(_, is_kept)| !is_kept) {
                let column = |x: f32| ((x - self.origin.0) / self.cell.0).round().max(0.0) as usize;
                let range = at * self.columns + column(gutter.left)..at * self.columns + column(gutter.right);
                if let Some(cells) = self.cells.get_mut(range) {
                    cells.fill(Through::No);
                }
            }
        }
        self
    }

    /// Where gutters cross the row at height `y` between `from` and `to`: the edges of each.
    pub(super) fn across(&self, y: f32, from: f32, to: f32) -> Vec<Gutter> {
        if self.cells.is_empty() {
            return Vec::new();
        }
        let row = ((y - self.origin.1) / self.cell.1).max(0.0) as usize;
        let column = |x: f32| (((x - self.origin.0) / self.cell.0).max(0.0) as usize).min(self.columns);
        let range = row * self.columns..(row + 1) * self.columns;
        let lengths = self.rows.get(range.clone()).unwrap_or_default();
        let row = self.cells.get(range).unwrap_or_default();
        let is_in = |at: usize| row.get(at).is_some_and(|cell| *cell != Through::No);
        let x = |column: usize| self.origin.0 + column as f32 * self.cell.0;
        let (mut found, mut at, end) = (Vec::new(), column(from), column(to));
        while at <= end {
            let first = (0..at).rev().take_while(|&at| is_in(at)).last().unwrap_or(at);
            let next = (at..row.len()).find(|&at| !is_in(at)).unwrap_or(row.len()).max(at + 1);
            if is_in(at) && next - first >= self.wide {
                let firm = row[first..next].iter().filter(|cell| **cell == Through::Yes).count();
                let is_through = firm * 2 > next - first;
                let rows = lengths.get(first..next).unwrap_or_default().iter().copied().max().unwrap_or(0);
                found.push(Gutter { left: x(first), right: x(next), is_through, rows });
            }
            at = next;
        }
        found
    }

    /// Where gutters cross all of the row at height `y`; the edges of the page are some, that are no wider than nothing.
    pub(super) fn row(&self, y: f32) -> Vec<Gutter> {
        let edge = |x: f32| Gutter { left: x, right: x, is_through: true, rows: 0 };
        let (left, right) = self.edges;
        std::iter::once(edge(left)).chain(self.across(y, left, right)).chain([edge(right)]).collect()
    }

    fn covered(&self, texts: &[Area], rows: usize) -> Vec<bool> {
        let mut covered = vec![false; self.columns * rows];
        for area in texts {
            let (x, y) = (area.x - self.origin.0, area.y - self.origin.1);
            // A cell is covered where its middle is.
            let index = |at: f32, size: f32| ((at / size) - 0.5).ceil().max(0.0) as usize;
            let (left, right) = (index(x, self.cell.0), index(x + area.width, self.cell.0));
            // Boxes are often drawn too high.
            let lower = y + area.height * 0.85;
            let (top, bottom) = (index(y + area.height * 0.15, self.cell.1), index(lower, self.cell.1));
            for row in top..bottom.max(top + 1).min(rows) {
                let row = row * self.columns;
                if let Some(cells) = covered.get_mut(row + left..row + right.min(self.columns).max(left)) {
                    cells.fill(true);
                }
            }
        }
        covered
    }
}

fn states(covered: &[bool], columns: usize) -> Vec<Cell> {
    let mut states = Vec::with_capacity(covered.len());
    for row in covered.chunks(columns.max(1)) {
        // How far the next text is at the left and at the right of each cell.
        let mut left = usize::MAX;
        let mut lefts = Vec::with_capacity(row.len());
        for &is_covered in row {
            left = if is_covered { 0 } else { left.saturating_add(1) };
            lefts.push(left);
        }
        let mut right = usize::MAX;
        let mut rights = vec![0; row.len()];
        for (at, &is_covered) in row.iter().enumerate().rev() {
            right = if is_covered { 0 } else { right.saturating_add(1) };
            rights[at] = right;
        }
        states.extend(lefts.into_iter().zip(rights).map(|near| match near {
            (0, _) => Cell::Covered,
            (left, right) if left <= NEAR && right <= NEAR => Cell::Open,
            _ => Cell::Void,
        }));
    }
    states
}

/// The stretches of a column of cells that a gutter goes through, each with how many rows it parts: `long` at least.
fn runs(states: &[Cell], long: usize) -> Vec<(std::ops::Range<usize>, usize)> {
    let mut runs = Vec::new();
    let (mut start, mut end) = (0, 0);
    let (mut open, mut covered, mut since) = (0, 0, 0);
    let mut close = |start: usize, end: usize, open: usize| {
        if open >= long {
            runs.push((start..end, open));
        }
    };
    for (at, &state) in states.iter().enumerate() {
        match state {
            Cell::Void => {}
            Cell::Open => {
                if open == 0 {
                    (start, covered) = (at, 0);
                }
                open += 1;
                covered += std::mem::take(&mut since);
                end = at + 1;
            }
            // Two lines in a row that go across end it.
            Cell::Covered => {
                since += 1;
                if open > 0 && (since > 3 || (covered + since) * COVERED > open + COVERED * 2) {
                    close(start, end, open);
                    open = 0;
                    since = 0;
                }
            }
        }
    }
    close(start, end, open);
    runs
}
