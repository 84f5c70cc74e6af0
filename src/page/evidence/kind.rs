//! What a line is at first sight, and what stands beside it at first sight: rows of kinds tell more than one kind does.

use super::super::page_words::Cue;
use super::super::scan::{Ending, SHORT};
use super::around::{BESIDE, FRAMES, SLOTS, TEXT, beside};
use super::place::{GAPS, gap};
use super::shape::{ENDINGS, ending};
use super::{Fact, View};

pub(super) const FACTS: &[Fact] = &[
    Fact::names("kind", "What it is at first sight.", &KINDS, |view, i| kind(view, Some(i))).far(),
    Fact::product(
        "kinds",
        "What the line above, it and the line below are at first sight.",
        &[&KINDS, &KINDS, &KINDS],
        |view, i| {
            (kind(view, i.checked_sub(1)) * COUNT + kind(view, Some(i))) * COUNT + kind(view, Some(i + 1))
        },
    ),
    Fact::product(
        "kinds-below",
        "What it and the next two lines are at first sight.",
        &[&KINDS, &KINDS, &KINDS],
        |view, i| (kind(view, Some(i)) * COUNT + kind(view, Some(i + 1))) * COUNT + kind(view, Some(i + 2)),
    ),
    Fact::product(
        "kinds-above",
        "What the last two lines and it are at first sight.",
        &[&KINDS, &KINDS, &KINDS],
        |view, i| {
            (kind(view, i.checked_sub(2)) * COUNT + kind(view, i.checked_sub(1))) * COUNT
                + kind(view, Some(i))
        },
    ),
    Fact::product(
        "seam",
        "How it ends, what the line below is at first sight, and the gap between.",
        &[&ENDINGS, &KINDS, &GAPS],
        |view, i| {
            let between = if i + 1 < view.lines.len() { gap(view, i + 1) } else { 0 };
            (ending(view, i) * COUNT + kind(view, Some(i + 1))) * GAPS.len() as u32 + between
        },
    )
    .near(),
    Fact::product(
        "step",
        "What it is at first sight, how it ends, and what the line below is at first sight.",
        &[&KINDS, &ENDINGS, &KINDS],
        |view, i| {
            let own = kind(view, Some(i)) * ENDINGS.len() as u32 + ending(view, i);
            own * COUNT + kind(view, Some(i + 1))
        },
    )
    .near(),
    Fact::product(
        "entry",
        "The gap above it, what it is at first sight, and how the nearest text above ends.",
        &[&GAPS, &KINDS, &TEXT],
        |view, i| {
            (gap(view, i) * COUNT + kind(view, Some(i))) * TEXT.len() as u32 + view.around.text_above(i)
        },
    ),
    Fact::product(
        "slot",
        "Where in the run of lines that may be headings it stands, and what it is at first sight.",
        &[&SLOTS, &KINDS],
        |view, i| view.around.slot(i) * COUNT + kind(view, Some(i)),
    ),
    Fact::product("tight-slot", "The same of the run that no gap parts.", &[&SLOTS, &KINDS], |view, i| {
        view.around.tight_slot(i) * COUNT + kind(view, Some(i))
    }),
    Fact::product(
        "frame-kind",
        "Whether something on the page is of a site, how many lines it has, and what it is at first sight.",
        &[&FRAMES, &KINDS],
        |view, i| view.around.frame() * COUNT + kind(view, Some(i)),
    )
    .near(),
    Fact::product(
        "frame-slot",
        "The same of the page, and where in the run of lines that may be headings it stands.",
        &[&FRAMES, &SLOTS],
        |view, i| view.around.frame() * SLOTS.len() as u32 + view.around.slot(i),
    ),
    Fact::product(
        "slot-rank",
        "Where in that run it stands, and which of the page's levels of headings it has.",
        &[&SLOTS, &RANKS],
        |view, i| view.around.slot(i) * RANKS.len() as u32 + view.places.rank(view.lines[i].level),
    ),
    Fact::product(
        "slot-above",
        "Where in that run it stands, and its width beside that of the line above.",
        &[&SLOTS, &BESIDE],
        |view, i| view.around.slot(i) * BESIDE.len() as u32 + beside(view.lines, i, i.checked_sub(1)),
    ),
    Fact::product(
        "slot-below",
        "Where in that run it stands, and its width beside that of the line below.",
        &[&SLOTS, &BESIDE],
        |view, i| view.around.slot(i) * BESIDE.len() as u32 + beside(view.lines, i, Some(i + 1)),
    ),
];

const RANKS: [&str; 4] = ["no", "top", "second", "deeper"];

/// What a line is at first sight.
const KINDS: [&str; 13] = [
    "edge",
    "data",
    "furniture",
    "marked",
    "byline",
    "credit",
    "caption",
    "long",
    "stop",
    "open",
    "text",
    "label",
    "short",
];

const COUNT: u32 = KINDS.len() as u32;

/// How many of a hundred characters are data of a masthead where a line is that at first sight.
pub(super) const DATA: u32 = 60;

/// What line `i` is at first sight; an edge of the page where there is no such line.
fn kind(view: &View<'_>, i: Option<usize>) -> u32 {
    let Some((i, line)) = i.and_then(|i| Some((i, view.lines.get(i)?))) else { return 0 };
    let (said, named) = (&view.said[i], &view.named[i]);
    let label = line.has(Cue::ColumnWord) | line.has(Cue::ColumnEnding) | line.has(Cue::Notice);
    let told = [
        said.is_data(DATA) | line.has(Cue::Edition),
        said.is_furniture() | line.markup,
        line.level > 0,
        named.lead > 0,
        named.is_credit(),
        line.has(Cue::CaptionOpener),
        line.width > SHORT,
        line.ending == Ending::Stop,
        line.ending == Ending::Open,
        line.inner_stop | (line.commas > 1) | view.places.is_full(view.lines, i),
        label,
    ];
    told.iter().position(|&holds| holds).map_or(COUNT - 1, |at| 1 + at as u32)
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    const PAGE: &str = "东海日报 2021年2月25日 第3版\n职工有了新家园\n本报讯 昨天，大楼盖好了。\n丁一平 摄";

    #[test]
    fn kinds() {
        assert_eq!(said("kind", PAGE), "data short byline credit");
        assert_eq!(
            said("kinds", PAGE),
            "edge,data,short data,short,byline short,byline,credit byline,credit,edge"
        );
        assert_eq!(
            said("kinds-below", "# 甲\n图为会场。\n会议，"),
            "marked,caption,open caption,open,edge open,edge,edge"
        );
        assert_eq!(
            said("kinds-above", "工会论坛\n责任编辑：王二\n开会。"),
            "edge,edge,label edge,label,furniture label,furniture,stop"
        );
    }

    #[test]
    fn kinds_beside_gaps_and_runs() {
        assert_eq!(said("seam", "开会。\n工会"), "stop,short,usual bare,edge,first");
        assert_eq!(said("step", "开会，\n工会"), "open,open,short short,bare,edge");
        assert_eq!(said("entry", "开会，\n工会"), "first,open, usual,short,open");
        assert_eq!(
            said("slot", PAGE),
            "no,data 1/1,short no,byline no,credit"
                .replace("no,data", "1/2,data")
                .replace("1/1,short", "2/2,short")
        );
        assert_eq!(said("tight-slot", "盖了新楼\n\n开了大会"), "1/1,short 1/1,short");
        assert_eq!(said("frame-kind", "职工家园\n上一篇 下一篇"), "site<=3,short site<=3,furniture");
        assert_eq!(said("frame-slot", "职工家园\n昨天，开会。"), "print<=3,1/1 print<=3,no");
        assert_eq!(said("slot-rank", "# 甲\n乙丙"), "1/2,top 2/2,no");
    }
}
