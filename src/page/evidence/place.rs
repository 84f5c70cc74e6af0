//! Where a line stands: the gap above it, its indent, how it fills its column, how far from the page's ends.

use super::super::scan::{Ending, Raw, SHORT};
use super::super::setting::{NARROWEST, SLACK, Setting, WIDEST};
use super::shape::{ENDINGS, ending};
use super::{Fact, View};

pub(super) const FACTS: &[Fact] = &[
    Fact::steps("gap", "How many blank lines stand above it.", &[1, 2, 3, 4], |view, i| view.lines[i].blanks)
        .near(),
    Fact::names(
        "spacing",
        "The gap above it beside the page's usual one.",
        &["less", "usual", "more"],
        |view, i| view.places.spacing(view.lines, i),
    )
    .near(),
    Fact::names(
        "indent",
        "Whether it is set in, on a page whose paragraphs are or are not.",
        &INDENTS,
        indent,
    )
    .near(),
    Fact::names("fill", "How its width stands to that of the wrapped lines around it.", &FILLS, |view, i| {
        view.places.fill(view.lines, i)
    })
    .near(),
    Fact::product("break", "How it ends, and whether it fills its column.", &[&ENDINGS, &FILLED], break_of)
        .near(),
    Fact::product(
        "joint",
        "The gap above it, and how the line above ends and fills its column.",
        &[&GAPS, &ENDINGS, &FILLED],
        joint,
    )
    .near(),
    Fact::product(
        "left",
        "How it ends, how long it is, and whether a comma or a full stop stands inside.",
        &[&ENDINGS, &LENGTHS, &TOLD],
        left,
    )
    .near(),
    Fact::names(
        "wrap",
        "Whether the line above, the line and the line below fill their column.",
        &WRAPS,
        wrap,
    ),
    Fact::flag("alone", "The gaps above and below it are wider than usual.", |view, i| {
        let more = |i: usize| i < view.lines.len() && view.places.spacing(view.lines, i) == 2;
        (more(i) & (more(i + 1) | (i + 1 == view.lines.len()))).into()
    }),
    Fact::within("from-top", "How many lines stand above it.", &[0, 1, 2, 3, 5, 8, 12], |_, i| i as u32),
    Fact::within("from-foot", "How many lines stand below it.", &[0, 1, 2, 3, 5, 8], |view, i| {
        (view.lines.len() - 1 - i) as u32
    }),
    Fact::names(
        "rank",
        "Which of the page's levels of headings it has.",
        &["", "top", "second", "deeper"],
        |view, i| view.places.rank(view.lines[i].level),
    )
    .near(),
    Fact::names(
        "common-level",
        "Whether its level is one that many headings of the page have.",
        &["", "rare", "some", "many"],
        |view, i| view.places.common(view.lines[i].level),
    ),
];

const INDENTS: [&str; 4] = ["", "in-flush", "in-indented", "flush-indented"];

pub(super) fn indent(view: &View<'_>, i: usize) -> u32 {
    let indented = view.setting.indented;
    u32::from(view.lines[i].indent) + 2 * u32::from(indented) - u32::from(indented & view.lines[i].indent)
        + u32::from(indented & !view.lines[i].indent)
}

const FILLS: [&str; 8] = ["none", "third", "half", "most", "nearly", "full", "over", "far-over"];

/// The gap above a line beside the page's usual one.
pub(super) const GAPS: [&str; 4] = ["first", "less", "usual", "more"];
const FILLED: [&str; 4] = ["none", "short", "full", "over"];
const LENGTHS: [&str; 4] = ["scrap", "short", "middle", "long"];
const TOLD: [&str; 2] = ["bare", "told"];

/// The gap above line `i`.
pub(super) fn gap(view: &View<'_>, i: usize) -> u32 {
    if i == 0 { 0 } else { 1 + view.places.spacing(view.lines, i) }
}

fn left(view: &View<'_>, i: usize) -> u32 {
    let length = match view.lines[i].width {
        ..=12 => 0,
        13..=44 => 1,
        45..=SHORT => 2,
        _ => 3,
    };
    let told = view.lines[i].inner_stop | (view.lines[i].commas > 0);
    (ending(view, i) * LENGTHS.len() as u32 + length) * 2 + u32::from(told)
}

/// Whether a line fills its column: 0 where there is none, 1 for a short line, 2 for a full one, 3 for one far wider.
pub(super) fn filled(view: &View<'_>, i: usize) -> u32 {
    match view.places.fill(view.lines, i) {
        0 => 0,
        1..=3 => 1,
        4..=6 => 2,
        _ => 3,
    }
}

fn break_of(view: &View<'_>, i: usize) -> u32 {
    ending(view, i) * FILLED.len() as u32 + filled(view, i)
}

fn joint(view: &View<'_>, i: usize) -> u32 {
    let Some(above) = i.checked_sub(1) else { return 0 };
    gap(view, i) * (ENDINGS.len() * FILLED.len()) as u32 + break_of(view, above)
}

const WRAPS: [&str; 8] =
    ["", "below", "own", "own+below", "above", "above+below", "above+own", "above+own+below"];

fn wrap(view: &View<'_>, i: usize) -> u32 {
    let full = |i: usize| u32::from(i < view.lines.len() && filled(view, i) == 2);
    full(i.wrapping_sub(1)) * 4 + full(i) * 2 + full(i + 1)
}

/// What is found out of a page's lines together: columns, gaps, levels.
#[derive(Debug, Clone, Default)]
pub(in crate::page) struct Places {
    /// For each line, the width of the column it stands in; 0 where lines are not wrapped.
    edges: Vec<u32>,
    /// The gap that most lines have above them.
    usual: u32,
    /// How many headings have each level.
    levels: [u32; 7],
}

/// How many lines above and below are looked at to tell how wide a column is.
const REACH: usize = 6;
/// By how many columns lines of one column differ.
const RAGGED: u32 = 2;
/// How many lines of one width make a column.
const ENOUGH: u32 = 3;

impl Places {
    pub(super) fn of(lines: &[Raw], setting: &Setting) -> Self {
        let mut gaps = [0u32; 4];
        let mut levels = [0; 7];
        for line in lines {
            gaps[line.blanks.min(3) as usize] += 1;
            levels[usize::from(line.level.min(6))] += 1;
        }
        let usual = (0..4).rev().max_by_key(|&gap| gaps[gap]).unwrap_or(0) as u32;
        let edges = (0..lines.len()).map(|i| edge(lines, i).unwrap_or(setting.width)).collect();
        Self { edges, usual, levels }
    }

    pub(super) fn spacing(&self, lines: &[Raw], i: usize) -> u32 {
        match lines[i].blanks.cmp(&self.usual) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        }
    }

    fn fill(&self, lines: &[Raw], i: usize) -> u32 {
        let (edge, width) = (self.edges[i], lines[i].width);
        match width {
            _ if edge == 0 => 0,
            _ if width * 3 < edge => 1,
            _ if width * 3 < edge * 2 => 2,
            _ if width + SLACK < edge => 3,
            _ if width + RAGGED < edge => 4,
            _ if width <= edge + RAGGED => 5,
            _ if width <= edge + 2 * SLACK => 6,
            _ => 7,
        }
    }

    /// True where line `i` reaches the edge of its column.
    pub(in crate::page) fn is_full(&self, lines: &[Raw], i: usize) -> bool {
        (4..=6).contains(&self.fill(lines, i))
    }

    pub(super) fn rank(&self, level: u8) -> u32 {
        if level == 0 {
            return 0;
        }
        let above = (1..usize::from(level.min(6))).filter(|&level| self.levels[level] > 0).count();
        1 + above.min(2) as u32
    }

    fn common(&self, level: u8) -> u32 {
        if level == 0 {
            return 0;
        }
        match self.levels[usize::from(level.min(6))] {
            0..=1 => 1,
            2..=4 => 2,
            _ => 3,
        }
    }
}

/// The width that most wrapped lines around line `i` have.
fn edge(lines: &[Raw], i: usize) -> Option<u32> {
    let near = &lines[i.saturating_sub(REACH)..lines.len().min(i + REACH + 1)];
    let wrapped = |line: &&Raw| {
        (line.width >= NARROWEST) & (line.ending != Ending::Stop) & (line.level == 0) & (line.width < WIDEST)
    };
    let alike = |width: u32| {
        near.iter().filter(wrapped).filter(|line| line.width.abs_diff(width) <= RAGGED).count() as u32
    };
    let votes = near.iter().filter(wrapped).map(|line| (alike(line.width), line.width));
    votes.max().filter(|&(votes, _)| votes >= ENOUGH).map(|(_, width)| width)
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    const COLUMN: &str = "　　本报讯昨天下午在城\n南的工地上有许多人在\n干活他们说今年要把大\n楼盖起来给新来的人住\n在里面。\n\n住房";

    #[test]
    fn gaps() {
        assert_eq!(said("gap", "甲\n\n乙\n丙"), "<1 >=1 <1");
        assert_eq!(said("spacing", "甲\n乙\n丙\n\n丁"), "usual usual usual more");
        assert_eq!(said("alone", "甲\n乙\n丙\n\n丁"), "- - - x");
        assert_eq!(said("from-top", "甲\n乙"), "<=0 <=1");
        assert_eq!(said("from-foot", "甲\n乙"), "<=1 <=0");
    }

    #[test]
    fn columns() {
        assert_eq!(said("indent", "　　工会昨天在城里开会。\n甲"), "in-flush -");
        assert_eq!(said("fill", COLUMN), "full full full full half half".replace("half half", "half third"));
        assert_eq!(said("break", COLUMN), "bare,full bare,full bare,full bare,full stop,short bare,short");
        assert_eq!(
            said("joint", COLUMN),
            "first,stop,none usual,bare,full usual,bare,full usual,bare,full usual,bare,full more,stop,short"
        );
        assert_eq!(said("left", "开会。\n会议，"), "stop,scrap,bare open,scrap,told");
        assert_eq!(said("wrap", COLUMN), "own+below above+own+below above+own+below above+own above -");
    }

    #[test]
    fn levels() {
        assert_eq!(said("rank", "# 甲\n## 乙\n丙"), "top second -");
        assert_eq!(said("common-level", "# 甲\n## 乙\n## 丙"), "rare some some");
    }
}
