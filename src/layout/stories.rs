//! From blocks to stories: a heading, and the columns under it as far as the next heading.

use std::collections::BTreeMap;

use super::LIMITS;
use super::blocks::{self, Block};
use super::cuts::{self, First};
use super::lines::Lines;
use crate::source::{Area, StoryPart};

/// What belongs together, in reading order.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) blocks: Vec<Block>,
}

/// The stories of a page whose lines are kept in their order.
pub(super) fn as_given(lines: &Lines) -> Vec<Story> {
    let mut blocks: Vec<Block> = Vec::new();
    for at in 0..lines.list.len() {
        let is_next = |block: &Block| {
            let last = block.lines.last().and_then(|&last| lines.list.get(last));
            last.zip(lines.list.get(at)).is_some_and(|(last, line)| {
                let common = line.area.right().min(last.area.right()) - line.area.x.max(last.area.x);
                line.area.y > last.area.y && common > 0.0
            })
        };
        match blocks.last_mut().filter(|block| is_next(block)) {
            Some(block) => {
                let members = block.lines.iter().copied().chain([at]).collect();
                *block = Block::of(lines, members);
            }
            None => blocks.push(Block::of(lines, vec![at])),
        }
    }
    vec![Story { blocks }]
}

/// The stories of a page where it is told which lines are of which, in the order that is told. What nothing is told of
/// goes before them where it stands above all of them, else behind.
pub(super) fn as_told(lines: &Lines) -> Vec<Story> {
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.list.iter().enumerate() {
        if let Some(told) = line.told {
            members.entry(told.order).or_default().push(at);
        }
    }
    let mut stories: Vec<(u32, Story)> = Vec::new();
    for members in members.into_values() {
        let Some(told) = members.first().and_then(|&at| lines.list.get(at)?.told) else { continue };
        let head = told.part == StoryPart::Heading;
        let read = |column: Block| Block { head, ..column };
        let columns = columns_of(blocks::blocks_of(lines, &members), lines).into_iter().map(read);
        match stories.iter_mut().find(|(story, _)| *story == told.story) {
            Some((_, story)) => story.blocks.extend(columns),
            None => stories.push((told.story, Story { blocks: columns.collect() })),
        }
    }
    let rest: Vec<usize> = (0..lines.list.len()).filter(|&at| lines.list[at].told.is_none()).collect();
    let top = |story: &Story| story.blocks.iter().map(|block| block.area.y).fold(f32::MAX, f32::min);
    let highest = stories.iter().map(|(_, story)| top(story)).fold(f32::MAX, f32::min);
    let rest = arranged(blocks::blocks_of(lines, &rest), lines);
    let (above, behind): (Vec<Story>, Vec<Story>) = rest.into_iter().partition(|story| top(story) < highest);
    above.into_iter().chain(stories.into_iter().map(|(_, story)| story)).chain(behind).collect()
}

/// The stories of a page, in reading order.
pub(super) fn stories(lines: &Lines) -> Vec<Story> {
    arranged(blocks::blocks(lines), lines)
}

fn arranged(blocks: Vec<Block>, lines: &Lines) -> Vec<Story> {
    let (heads, texts): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(|block| block.head);
    let mut claims: Vec<Area> = heads.iter().map(|head| head.area).collect();
    for (at, head) in heads.iter().enumerate() {
        claims[at] = claim(head, &heads, &texts, lines.unit);
    }
    let mut groups: Vec<Vec<Block>> = vec![Vec::new(); heads.len()];
    let mut labels: Vec<Vec<Block>> = vec![Vec::new(); heads.len()];
    let mut loose = Vec::new();
    let labelled: Vec<Option<usize>> =
        texts.iter().map(|text| labelled(text, &texts, &claims, lines)).collect();
    for (text, labelled) in texts.into_iter().zip(labelled) {
        if let Some(at) = labelled {
            labels[at].push(text);
            continue;
        }
        match owner(&text, &claims, lines.unit) {
            Some(at) => groups[at].push(text),
            None => loose.push(vec![text]),
        }
    }
    let mut stories: Vec<Story> = Vec::new();
    for ((mut head, blocks), labels) in heads.into_iter().zip(groups).zip(labels) {
        // The name of the paper is large too.
        head.head = !blocks.is_empty();
        let mut parts = rows(blocks, lines).into_iter();
        let first = parts.next().unwrap_or_default();
        stories.push(Story { blocks: labels.into_iter().chain([head]).chain(first).collect() });
        loose.extend(parts);
    }
    stories.extend(loose.into_iter().map(|blocks| Story { blocks }));
    in_order(stories, lines)
}

/// What a heading stands over: itself, and columns at its sides whose text begins on a level with that under it
/// while nothing is beside the heading.
fn claim(head: &Block, heads: &[Block], texts: &[Block], unit: f32) -> Area {
    /// How far the first lines of a story's columns may be off one level, in heights of running text.
    const LEVEL: f32 = 1.6;
    /// Columns of one story are not further apart.
    const APART: f32 = 3.0;
    let mut claim = head.area;
    let under = |text: &&Block| text.area.y > head.area.middle() && overlap(&text.area, &head.area) > 0.0;
    let Some(first) = texts.iter().filter(under).min_by(|a, b| a.area.y.total_cmp(&b.area.y)) else {
        return claim;
    };
    let level = first.area.y;
    if level - head.area.bottom() > APART * unit {
        return claim;
    }
    let mut rest: Vec<&Block> = texts.iter().collect();
    loop {
        let joins = |text: &&Block| {
            let gap = (text.area.x - claim.right()).max(claim.x - text.area.right());
            let beside = Area { y: head.area.y, height: head.area.height, ..text.area };
            let is_free = |other: &Block| !touch(&other.area, &beside);
            (text.area.y - level).abs() < LEVEL * unit
                && gap < APART * unit
                && heads.iter().filter(|other| other.area != head.area).all(is_free)
                && texts.iter().all(is_free)
        };
        let Some(at) = rest.iter().position(joins) else { return claim };
        let text = rest.swap_remove(at).area;
        claim = Area { y: claim.y, height: claim.height, ..claim.with(text) };
    }
}

/// The heading that `text` stands above as a label: one short line, closer to the heading than to any text.
fn labelled(text: &Block, texts: &[Block], claims: &[Area], lines: &Lines) -> Option<usize> {
    /// A label is not longer, in characters, and not further from its heading, in heights of running text.
    const SHORT: f32 = 16.0;
    const NEAR: f32 = 1.2;
    let [line] = text.lines.as_slice() else { return None };
    let is_short = lines.list.get(*line).is_some_and(|line| line.ems <= SHORT);
    let gap = |claim: &Area| (claim.y - text.area.bottom()) / lines.unit;
    let stands_on = |claim: &Area| {
        (-0.5..NEAR).contains(&gap(claim)) && overlap(claim, &text.area) > text.area.width / 2.0
    };
    let at = claims.iter().position(stands_on).filter(|_| is_short)?;
    let above =
        |other: &&Block| other.area.bottom() < text.area.middle() && overlap(&other.area, &text.area) > 0.0;
    let nearest =
        texts.iter().filter(above).map(|other| text.area.y - other.area.bottom()).fold(f32::MAX, f32::min);
    (nearest > LIMITS.line_gap * lines.unit).then_some(at)
}

/// The heading that `text` stands under: the lowest above it that reaches over half of it.
fn owner(text: &Block, claims: &[Area], unit: f32) -> Option<usize> {
    let over = |claim: &Area| {
        claim.middle() < text.area.y + unit / 2.0 && overlap(claim, &text.area) > text.area.width / 2.0
    };
    let above = claims.iter().enumerate().filter(|(_, claim)| over(claim));
    above.max_by(|a, b| a.1.bottom().total_cmp(&b.1.bottom())).map(|(at, _)| at)
}

/// The blocks under a heading in reading order, in as many parts as white goes across all its columns.
fn rows(blocks: Vec<Block>, lines: &Lines) -> Vec<Vec<Block>> {
    let areas: Vec<Area> = blocks.iter().map(|block| block.area).collect();
    let mut all: Vec<usize> = (0..areas.len()).collect();
    let parts = cuts::split(&areas, &mut all, |area| (area.y, area.bottom()), LIMITS.story_gap * lines.unit);
    let columns =
        |part: &Vec<usize>| cuts::split(&areas, &mut part.clone(), |area| (area.x, area.right()), 0.0).len();
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for part in parts {
        // White within a single column may be a picture with its caption, or a line that was not read.
        let first =
            part.first().and_then(|&at| Some((&blocks[at], lines.list.get(*blocks[at].lines.first()?)?)));
        let goes_on =
            first.is_some_and(|(block, line)| block.size < SMALL || line.area.x - block.area.x < lines.unit);
        match rows.last_mut().filter(|row| goes_on && columns(row).max(columns(&part)) < 2) {
            Some(row) => row.extend(part),
            None => rows.push(part),
        }
    }
    rows.into_iter()
        .map(|row| columns_of(row.into_iter().map(|at| blocks[at].clone()).collect(), lines))
        .map(|row| captions_last(row, lines))
        .collect()
}

/// Captions are smaller than this, in heights of running text.
const SMALL: f32 = 0.92;

/// What stands in small characters below the white of a picture goes behind the text, which is read past it.
fn captions_last(blocks: Vec<Block>, lines: &Lines) -> Vec<Block> {
    /// Of the lowest picture, in heights of running text.
    const PICTURE: f32 = 2.5;
    let top = blocks.iter().map(|block| block.area.y).fold(f32::MAX, f32::min);
    let is_caption = |block: &Block| {
        let above = blocks.iter().filter(|other| overlap(&other.area, &block.area) > 0.0);
        let bottoms = above.map(|other| other.area.bottom()).filter(|bottom| *bottom < block.area.middle());
        block.size < SMALL && block.area.y - bottoms.fold(top, f32::max) > PICTURE * lines.unit
    };
    let (captions, mut text): (Vec<Block>, Vec<Block>) = blocks.iter().cloned().partition(is_caption);
    text.extend(captions);
    text
}

/// Blocks column by column, each told the edges of its column.
fn columns_of(blocks: Vec<Block>, lines: &Lines) -> Vec<Block> {
    let areas: Vec<Area> = blocks.iter().map(|block| block.area).collect();
    let order = cuts::order(&areas, First::Columns, 0.0);
    let mut blocks: Vec<Block> = order.into_iter().map(|at| blocks[at].clone()).collect();
    for at in 0..blocks.len() {
        let area = blocks[at].area;
        let same = |other: &&Block| {
            overlap(&area, &other.area) > 0.5 * area.width
                && other.area.width < 1.2 * lines.column.max(area.width)
        };
        let edges = blocks.iter().filter(same).map(|other| (other.area.x, other.area.right()));
        let (left, right) =
            edges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((area.x, area.right()));
        (blocks[at].left, blocks[at].right) = (left, right);
    }
    blocks
}

/// Stories row by row.
fn in_order(stories: Vec<Story>, lines: &Lines) -> Vec<Story> {
    /// Boxes are often drawn a little too high.
    const TOO_HIGH: f32 = 0.2;
    let area = |story: &Story| {
        let area = story.blocks.iter().map(|block| block.area).reduce(Area::with).unwrap_or_default();
        let less = TOO_HIGH * lines.unit.min(area.height);
        Area { y: area.y + less, height: area.height - 2.0 * less, ..area }
    };
    let areas: Vec<Area> = stories.iter().map(area).collect();
    let mut stories: Vec<Option<Story>> = stories.into_iter().map(Some).collect();
    cuts::order(&areas, First::Rows, 0.0).into_iter().filter_map(|at| stories[at].take()).collect()
}

/// How wide the part is that stands in both, seen from above.
fn overlap(a: &Area, b: &Area) -> f32 {
    a.right().min(b.right()) - a.x.max(b.x)
}

fn touch(a: &Area, b: &Area) -> bool {
    overlap(a, b) > 0.0 && a.bottom().min(b.bottom()) > a.y.max(b.y)
}
