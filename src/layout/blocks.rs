//! From lines to blocks: lines of one column, one below the other; and headings with all their lines.

use super::LIMITS;
use super::lines::{Line, Lines};
use crate::source::Area;

/// Lines that stand below each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Indices into the page's lines, from top to bottom.
    pub(super) lines: Vec<usize>,
    pub(super) area: Area,
    /// The size of its largest line.
    pub(super) size: f32,
    /// True where it is the heading of a story.
    pub(super) head: bool,
    /// The edges of the column that it stands in.
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Block {
    pub(super) fn of(lines: &Lines, members: Vec<usize>) -> Self {
        let all = || members.iter().filter_map(|&at| lines.list.get(at));
        let area = all().map(|line| line.area).reduce(Area::with).unwrap_or_default();
        let size = all().map(|line| line.size).fold(0.0, f32::max);
        let (left, right) = (area.x, area.right());
        Self { area, size, head: size >= LIMITS.head, left, right, lines: members }
    }
}

/// The blocks of some of the lines, as if there were no others.
pub(super) fn blocks_of(lines: &Lines, members: &[usize]) -> Vec<Block> {
    let list = members.iter().filter_map(|&at| lines.list.get(at)).cloned().collect();
    let own = Lines { list, ..*lines };
    let mut blocks = blocks(&own);
    for at in blocks.iter_mut().flat_map(|block| &mut block.lines) {
        *at = members.get(*at).copied().unwrap_or_default();
    }
    blocks
}

/// The blocks of a page.
pub(super) fn blocks(lines: &Lines) -> Vec<Block> {
    let above = links(lines);
    let mut chain: Vec<usize> = (0..lines.list.len()).collect();
    let mut order = chain.clone();
    order.sort_by(|&a, &b| lines.list[a].area.y.total_cmp(&lines.list[b].area.y));
    // Each line is of the block of the line above, which is known by then.
    for &at in &order {
        if let Some(above) = above[at] {
            chain[at] = chain[above];
        }
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); lines.list.len()];
    for at in order {
        members[chain[at]].push(at);
    }
    members
        .into_iter()
        .filter(|members| !members.is_empty())
        .map(|members| Block::of(lines, members))
        .collect()
}

/// For each line the one that it stands below in the same block.
fn links(lines: &Lines) -> Vec<Option<usize>> {
    let list = &lines.list;
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by(|&a, &b| list[a].area.y.total_cmp(&list[b].area.y));
    let mut above: Vec<Option<usize>> = vec![None; list.len()];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); list.len()];
    let reach = reach(lines);
    for (place, &at) in order.iter().enumerate() {
        let line = &list[at];
        let near = order[..place].iter().rev().take_while(|&&other| line.area.y - list[other].area.y < reach);
        let found: Vec<usize> =
            near.copied().filter(|&other| is_below(line, &list[other], lines.unit)).collect();
        // A line under two columns belongs to neither.
        let is_under_two = found.iter().any(|&a| found.iter().any(|&b| are_beside(&list[a], &list[b])));
        let nearest =
            found.into_iter().max_by(|&a, &b| list[a].area.bottom().total_cmp(&list[b].area.bottom()));
        if let Some(nearest) = nearest.filter(|_| !is_under_two) {
            above[at] = Some(nearest);
            below[nearest].push(at);
        }
    }
    // Nor does a line over two.
    for under in below {
        if under.iter().any(|&a| under.iter().any(|&b| are_beside(&list[a], &list[b]))) {
            under.iter().for_each(|&at| above[at] = None);
        }
    }
    above
}

/// How far above a line the one that it stands below may begin, in the units of the file.
fn reach(lines: &Lines) -> f32 {
    let highest = lines.list.iter().map(|line| line.area.height).fold(0.0, f32::max);
    highest + 2.0 * LIMITS.line_gap * lines.unit * lines.list.iter().map(|line| line.size).fold(1.0, f32::max)
}

fn is_below(line: &Line, above: &Line, unit: f32) -> bool {
    /// How far lines may overlap, in their heights: boxes are often drawn too high.
    const OVERLAP: f32 = 0.6;
    /// The share of the narrower line that must stand under the wider one.
    const UNDER: f32 = 0.5;
    let is_large = |line: &Line| line.size >= LIMITS.large;
    let size = if is_large(line) { line.size.min(above.size) * LARGE_GAP } else { LIMITS.line_gap };
    let gap = (line.area.y - above.area.bottom()) / unit;
    let common = line.area.right().min(above.area.right()) - line.area.x.max(above.area.x);
    let is_telling = line.ems.min(above.ems) >= TELLING && !is_large(line);
    let other_size = is_telling && line.size.min(above.size) < OTHER_SIZE * line.size.max(above.size);
    is_large(line) == is_large(above)
        && !other_size
        && gap < size
        && line.area.middle() > above.area.middle() + OVERLAP * unit * line.size.min(above.size)
        && common > UNDER * line.area.width.min(above.area.width)
}

/// Lines of so many characters tell their size, and lines whose sizes differ more stand in blocks of their own.
const TELLING: f32 = 5.0;
const OTHER_SIZE: f32 = 0.9;
/// Lines of one heading are not further apart, in heights of the smaller.
const LARGE_GAP: f32 = 0.7;

fn are_beside(a: &Line, b: &Line) -> bool {
    let (first, second) = if a.area.x <= b.area.x { (a, b) } else { (b, a) };
    let common = a.area.bottom().min(b.area.bottom()) - a.area.y.max(b.area.y);
    second.area.x >= first.area.right() && common > 0.0
}
