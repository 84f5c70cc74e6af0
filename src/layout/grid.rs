//! Which of the white strips between words are gutters: columns of one page are as wide as each other, so that a gutter
//! has others, or an edge of the page, one column away.

use super::gutters::Gutter;

/// The narrowest and the widest column, in heights of running text.
const COLUMN: std::ops::Range<f32> = 5.0..45.0;
/// Widths are one where they differ by this part of them.
const ALIKE: f32 = 0.05;
/// A width that is found this many times as often as the most frequent one is one of the page's too.
const FREQUENT: f32 = 0.5;
/// No two gutters are nearer to each other than this part of the narrowest column.
const APART: f32 = 0.8;
/// A gutter that is narrower than this, in heights of running text, needs a column at both its sides.
const NARROW: f32 = 0.99;
/// What has more columns beside each other is no page of a newspaper.
const MOST_COLUMNS: usize = 64;
/// The most widths that are compared.
const MOST: usize = 20_000;

/// The widths of the columns of a page.
#[derive(Debug, Default)]
pub(super) struct Grid {
    widths: Vec<f32>,
    left: f32,
    right: f32,
    /// The height of running text.
    unit: f32,
}

impl Grid {
    /// What the rows of a page that reaches from `left` to `right` have in common; `unit` is the height of running text.
    pub(super) fn of(rows: &[Vec<Gutter>], left: f32, right: f32, unit: f32) -> Self {
        let mut grid = Self { widths: Vec::new(), left, right, unit };
        let mut found: Vec<f32> = rows.iter().flat_map(|row| grid.distances(row)).collect();
        found.retain(|width| COLUMN.contains(&(width / unit)));
        found.sort_by(f32::total_cmp);
        let every = found.len().div_ceil(MOST).max(1);
        let found: Vec<f32> = found.into_iter().step_by(every).collect();
        let count = |width: f32| {
            let from = found.partition_point(|other| *other < width * (1.0 - ALIKE));
            found.partition_point(|other| *other <= width * (1.0 + ALIKE)) - from
        };
        let mut counted: Vec<(usize, f32)> = found.iter().map(|&width| (count(width), width)).collect();
        counted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
        let most = counted.first().map_or(0, |first| first.0);
        for (count, width) in counted {
            if (count as f32) < FREQUENT * most as f32 {
                break;
            }
            if grid.widths.iter().all(|known| !are_alike(*known, width)) {
                grid.widths.push(width);
            }
        }
        grid
    }

    /// All widths that any two of the gutters of a row, or one and an edge of the page, have between them.
    fn distances(&self, row: &[Gutter]) -> Vec<f32> {
        if row.len() > MOST_COLUMNS {
            return Vec::new();
        }
        let lefts = || std::iter::once(self.left).chain(row.iter().map(|gutter| gutter.right));
        let rights = || row.iter().map(|gutter| gutter.left).chain([self.right]);
        lefts()
            .flat_map(|left| rights().map(move |right| right - left).filter(|width| *width > 0.0))
            .collect()
    }

    /// The gutters among those found in a row.
    pub(super) fn gutters_of(&self, row: &[Gutter]) -> Vec<bool> {
        let Some(narrowest) = self.widths.iter().copied().reduce(f32::min) else {
            return vec![true; row.len()];
        };
        let is_column = |width: f32| self.widths.iter().any(|known| are_alike(*known, width));
        let support = |gutter: &Gutter| {
            let mut lefts = std::iter::once(self.left).chain(row.iter().map(|other| other.right));
            let mut rights = row.iter().map(|other| other.left).chain([self.right]);
            let left = lefts.any(|left| is_column(gutter.left - left));
            u8::from(left) + u8::from(rights.any(|right| is_column(right - gutter.right)))
        };
        let mut order: Vec<usize> = (0..row.len()).collect();
        let key = |at: &usize| (support(&row[*at]), row[*at].rows);
        order.sort_by_key(|at| std::cmp::Reverse(key(at)));
        let mut kept = vec![false; row.len()];
        for at in order {
            let gutter = &row[at];
            let is_free = |left: f32, right: f32| {
                (right < gutter.left + 1.0 && gutter.left - right > APART * narrowest)
                    || (left > gutter.right - 1.0 && left - gutter.right > APART * narrowest)
            };
            let others = row.iter().zip(&kept).filter(|(_, kept)| **kept);
            let mut all = others.map(|(other, _)| (other.left, other.right));
            // What is left of a gutter between rough places needs both its columns.
            let is_told = gutter.right - gutter.left > NARROW * self.unit || support(gutter) == 2;
            kept[at] = is_told && all.all(|(left, right)| is_free(left, right));
        }
        kept
    }
}

fn are_alike(a: f32, b: f32) -> bool {
    (a - b).abs() <= ALIKE * a.max(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gutter(left: f32, right: f32) -> Gutter {
        Gutter { left, right, is_through: true, rows: 10 }
    }

    #[test]
    fn a_gutter_is_a_column_away_from_others() {
        let row: Vec<Gutter> =
            [(200.0, 220.0), (310.0, 330.0), (420.0, 440.0), (500.0, 540.0), (640.0, 660.0)]
                .map(|(l, r)| gutter(l, r))
                .into();
        let grid = Grid::of(&vec![row.clone(); 20], 0.0, 860.0, 20.0);
        assert_eq!(grid.gutters_of(&row), [true, false, true, false, true]);
    }

    #[test]
    fn where_nothing_repeats_all_are_kept() {
        let row = vec![gutter(200.0, 221.0)];
        let grid = Grid::of(std::slice::from_ref(&row), 0.0, 900.0, 20.0);
        assert_eq!(grid.gutters_of(&row), [true]);
        assert_eq!(Grid::default().gutters_of(&row), [true]);
    }
}
