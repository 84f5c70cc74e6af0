//! What figures of one text have to do with each other and with the words between them.

use std::ops::Range;

use super::cells::{Cell, Cells};
use super::chars::Kind;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, FigureWords, Set, Step, UnitKind};
use super::numeral::Memo;
use super::resolve::{Memory, Place, iso};
use super::text::{Text, taels};
use super::{Bound, Change, Class, Context, End};

/// How far back in its clause a figure looks for 每, for a bound or for what it is said of.
const REACH: usize = 32;

/// The longest verb between a bound and its number.
const VERB: usize = 4;

/// Drops what was no count after all, and fills in bounds from afar, objects, `per`, changes and ISO dates.
pub(super) fn relate(
    cells: &Cells,
    drafts: &mut Vec<DraftFigure>,
    lexicon: &FigureWords,
    memo: &Memo,
    context: &Context,
) {
    let text = Text {
        cells: &cells.list,
        labels: &cells.labels,
        lexicon,
        role: context.role,
        floor: 0,
        memo,
        taels: taels(context),
    };
    articles(&text, drafts);
    let mut memory = Memory::default();
    for k in 0..drafts.len() {
        let floor =
            k.checked_sub(1).and_then(|before| drafts.get(before)).map_or(0, |before| before.cells.end);
        let before =
            k.checked_sub(1).and_then(|before| drafts.get(before)).map(|before| before.cells.clone());
        let Some(draft) = drafts.get_mut(k) else { break };
        draft.object = text.object(draft);
        far_bound(&text, draft, floor);
        draft.per = per(&text, draft, floor, before);
        if let Some((from, to)) = draft.point.as_deref() {
            let place = place(&text, draft.cells.clone(), floor, from.quarter == Some(1));
            draft.iso = iso(from, to.as_ref(), context.date, place, &mut memory);
        }
    }
    changes(&text, drafts);
}

/// 一个 and its like count only beside another count (三省一市) or where each of something has one (每季度一次).
fn articles(text: &Text<'_>, drafts: &mut Vec<DraftFigure>) {
    let mut keep = Vec::with_capacity(drafts.len());
    for (k, draft) in drafts.iter().enumerate() {
        if !draft.article {
            keep.push(true);
            continue;
        }
        let start = draft.cells.start;
        let near = |other: &DraftFigure, from: usize, to: usize| {
            let between = text.cells.get(from..to).unwrap_or_default();
            let quiet = between.iter().all(|cell| cell.kind == Kind::Han || cell.kind == Kind::Pause);
            let close =
                between.len() <= 5 && between.iter().filter(|cell| cell.kind == Kind::Pause).count() <= 1;
            // 一家三口 is one family of three.
            let members = text.is(start, "一家")
                && matches!(&other.unit, UnitText::Cells(unit) if text.ch(unit.start) == '口');
            let joined = between.is_empty()
                || between.iter().any(|cell| cell.kind == Kind::Pause || text.lexicon.has(Set::And, cell.ch));
            other.class == Class::Count && !other.article && quiet && close && joined && !members
        };
        let previous = k.checked_sub(1).and_then(|before| drafts.get(before));
        let beside = previous.is_some_and(|other| near(other, other.cells.end, start))
            || drafts.get(k + 1).is_some_and(|other| near(other, draft.cells.end, other.cells.start));
        let bounded = draft.bound != Bound::Exact;
        keep.push(
            beside
                || bounded
                || each(text, start)
                || counts_one(text, draft, previous.map_or(0, |last| last.cells.end)),
        );
    }
    let mut keep = keep.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(true));
}

/// 致一人死亡, 新增病例一例, 活捉一名: one that is counted.
fn counts_one(text: &Text<'_>, draft: &DraftFigure, floor: usize) -> bool {
    let (start, end) = (draft.cells.start, draft.cells.end);
    if text.before_word(Cue::OneCounts, start) || text.behind_word(Cue::Harmed, end) {
        return true;
    }
    // Behind what is counted, at the end of its phrase.
    let led = start > floor && text.kind(start - 1) == Kind::Han && !text.before_word(Cue::NoArticle, start);
    let closes = text.kind(end).ends_phrase() || end >= text.cells.len();
    let UnitText::Cells(unit) = &draft.unit else { return false };
    led && closes && !text.behind_word(Cue::VerbalUnit, unit.start)
}

/// True where 每 stands in the clause before `start`, or 各, 仅, 共 directly before it.
fn each(text: &Text<'_>, start: usize) -> bool {
    for at in (0..start).rev().take(REACH) {
        let Some(cell) = text.cells.get(at) else { break };
        if cell.kind.ends_clause() {
            break;
        }
        let Some(end) = text.lexicon.cue_at(Cue::Each, text.cells, at) else { continue };
        // 每个人都有一个梦想 counts nothing.
        let every = cell.ch == '每' && text.ch(at + 1) != '一' && !text.is(at + 1, "个人");
        let near = cell.ch != '每'
            && text.ch(start - 1) != '的'
            && (end + 1 >= start || (cell.ch == '各' && end + 4 >= start));
        if every || near {
            return true;
        }
    }
    false
}

/// 不低于当年…总额的20%: the words that bound a number may stand well before it.
fn far_bound(text: &Text<'_>, draft: &mut DraftFigure, floor: usize) {
    let quantity = Class::QUANTITIES.contains(&draft.class);
    let start = draft.cells.start;
    if !quantity || draft.bound != Bound::Exact || draft.suffixed || start <= floor {
        return;
    }
    if let Some(bound) = turned_bound(text, start, floor) {
        draft.bound = bound;
        return;
    }
    if let Some(bound) = bound_before_verb(text, start, floor) {
        draft.bound = bound;
        return;
    }
    let last = text.ch(start - 1);
    if !text.lexicon.has(Set::BoundLinks, last) {
        return;
    }
    for end in (floor + 1..start).rev().take(REACH) {
        if text.kind(end).ends_clause() {
            break;
        }
        if let Some((from, Some(bound))) = text.lexicon.before.longest_before(text.cells, floor, end) {
            let adjacent = end + 1 == start && last != '的';
            let wordy = end - from >= 2
                && last == '的'
                && matches!(bound, Bound::AtLeast | Bound::AtMost | Bound::LessThan);
            if adjacent && !matches!(bound, Bound::Over | Bound::Nearly) || wordy {
                draft.bound = bound;
            }
            if end - from >= 2 || adjacent {
                return;
            }
        }
    }
}

/// 至少安排1次, 最多可容纳500人: a short verb between the bound and the number.
fn bound_before_verb(text: &Text<'_>, start: usize, floor: usize) -> Option<Bound> {
    let between = |end: &usize| text.kind(*end) == Kind::Han;
    for end in (floor + 1..start).rev().take_while(between).take(VERB) {
        let Some((from, Some(bound))) = text.lexicon.before.longest_before(text.cells, floor, end) else {
            continue;
        };
        // 不下车三次 and 不超载 bound nothing.
        let clear = if text.ch(from) == '不' { end - from >= 3 } else { end - from >= 2 };
        // 单日最多接待了198人 tells of a day that had 198.
        let done = (end..start).any(|at| text.one_of(at, Set::Done));
        let bounds = bound == Bound::AtLeast || (bound == Bound::AtMost && !done);
        return (clear && bounds).then_some(bound);
    }
    None
}

/// What each the number is said of: 每人每天400元, 每平方米补贴120元, 每2公里一处, 5元/公斤.
fn per(
    text: &Text<'_>,
    draft: &mut DraftFigure,
    floor: usize,
    before: Option<Range<usize>>,
) -> Option<Range<usize>> {
    if draft.per.is_some()
        || !matches!(draft.class, Class::Money | Class::Measure | Class::Count | Class::Duration)
    {
        return draft.per.clone();
    }
    let end = draft.cells.end;
    if text.ch(end) == '/' {
        let (unit_end, _) = text.lexicon.unit_at(text.cells, end + 1)?;
        return Some(end + 1..unit_end);
    }
    if let Some(sold) = sold_by(text, draft) {
        draft.each = true;
        return Some(sold);
    }
    if text.ch(end) == '每' {
        let (unit_end, _) = text.lexicon.unit_at(text.cells, end + 1)?;
        return Some(end..unit_end);
    }
    let start = draft.cells.start;
    for at in (floor..start).rev().take(14) {
        let cell = text.cells.get(at)?;
        if cell.kind.ends_clause() || cell.kind == Kind::Pause {
            return None;
        }
        if let Some(found) = per_word(text, at).filter(|&found| found <= start) {
            // 每人每天 is one phrase: its beginning may lie further back.
            let mut from = at;
            for earlier in (floor.max(at.saturating_sub(6))..at).rev() {
                if per_word(text, earlier).is_some_and(|end| end >= from) {
                    from = earlier;
                }
            }
            return Some(from..found);
        }
    }
    let before = before?;
    let each = before.start.checked_sub(1)?;
    let quiet = text.cells.get(before.end..start)?.iter().all(|cell| !cell.kind.ends_clause());
    (text.ch(each) == '每' && quiet && start - before.end <= REACH).then_some(each..before.end)
}

/// 三毛钱一个, 2元5一斤: what the price in front is paid for.
fn sold_by(text: &Text<'_>, draft: &DraftFigure) -> Option<Range<usize>> {
    let unit = draft.cells.end + 1;
    let (end, _) = text.lexicon.unit_at(text.cells, unit).filter(|_| text.ch(unit - 1) == '一')?;
    let closes = text.kind(end).ends_phrase() || end >= text.cells.len();
    let price = draft.class == Class::Money && text.unit_sort(unit).is_some_and(UnitKind::is_sold);
    (price && closes).then_some(unit..end)
}

/// What each is said of that begins at `at`, 人均 or 每 with any classifier: where it ends.
fn per_word(text: &Text<'_>, at: usize) -> Option<usize> {
    let classifier = || {
        let (end, _) = text.lexicon.unit_at(text.cells, at + 1).filter(|_| text.ch(at) == '每')?;
        Some(end)
    };
    text.lexicon.cue_at(Cue::Per, text.cells, at).max(classifier())
}

/// 未超过 is at most, 未低于 at least, 上限 and 下限 are what they say.
fn turned_bound(text: &Text<'_>, start: usize, floor: usize) -> Option<Bound> {
    let (_, bound) = text.lexicon.limits.longest_before(text.cells, floor, start)?;
    Some(bound)
}

/// What the words around the date in `cells` tell of its place in time; `quarter` where 上 and 下 count quarters.
fn place(text: &Text<'_>, cells: Range<usize>, floor: usize, quarter: bool) -> Place {
    let start = cells.start;
    let of = start > floor && text.ch(start - 1) == '的';
    let end = start - usize::from(of);
    let relative = text.lexicon.relative.longest_before(text.cells, floor, end).map(|(_, relative)| relative);
    if let Some(relative) = relative.filter(|relative| quarter || relative.step != Step::Quarters) {
        return Place::Off(relative);
    }
    if text.lexicon.cue_at(Cue::Effective, text.cells, cells.end).is_some() {
        return Place::Effective;
    }
    let clause = (floor..start).rev().take(REACH).take_while(|&at| !text.kind(at).ends_clause());
    if clause.into_iter().any(|at| is_ahead(text, at, start)) {
        return Place::Ahead;
    }
    let reported = text.lexicon.cue_before(Cue::Reported, text.cells, floor, start).is_some()
        || text.lexicon.cue_at(Cue::ReportedBehind, text.cells, cells.end).is_some();
    if reported { Place::Page } else { Place::Near }
}

/// True where the word at `at` says that what follows is still to come.
fn is_ahead(text: &Text<'_>, at: usize, start: usize) -> bool {
    let Some(end) = text.lexicon.cue_at(Cue::Ahead, text.cells, at).filter(|&end| end <= start) else {
        return false;
    };
    // 将军, 将近 and 麻将 are other words.
    let alone = end == at + 1;
    !alone || (!text.one_of(end, Set::BehindJiang) && !text.one_before(at, Set::BeforeJiang))
}

/// Ties the two ends of a change: 由400元提高到600元, 由1978年的152元增加到1986年的768元.
fn changes(text: &Text<'_>, drafts: &mut [DraftFigure]) {
    for k in 1..drafts.len() {
        let before = |back: usize| k.checked_sub(back).and_then(|k| drafts.get(k));
        let dated = before(1).is_some_and(|draft| draft.class == Class::Date);
        let distance = if dated { 2 } else { 1 };
        let (Some(a), Some(b)) = (before(distance), drafts.get(k)) else { continue };
        let date = before(1).filter(|_| dated).map(|date| date.cells.clone());
        if !is_change(text, a, b, date) {
            continue;
        }
        let distance = distance as u32;
        if let Some(a) = drafts.get_mut(k - distance as usize) {
            a.change = Some(Change { end: End::From, distance });
        }
        let money = drafts.get(k - distance as usize).is_some_and(|a| a.class == Class::Money);
        if let Some(b) = drafts.get_mut(k) {
            // 从8千涨到2万: what money became is money.
            b.class = if money { Class::Money } else { b.class };
            b.change = Some(Change { end: End::To, distance });
        }
    }
}

/// The widest gap between the two ends of a change, a date between them left out.
const CHANGE: usize = 14;

/// The longest words between the verb of a change and what became of it: 攀升至去年的日均800人次.
const CHANGE_LEAD: usize = 6;

/// True where `b` is what `a` became; `date` stands between them.
fn is_change(text: &Text<'_>, a: &DraftFigure, b: &DraftFigure, date: Option<Range<usize>>) -> bool {
    let bare = |draft: &DraftFigure| draft.unit == UnitText::None;
    let money = (a.class, b.class) == (Class::Money, Class::Count) && bare(a) && bare(b);
    let same = (a.class == b.class || money) && Class::QUANTITIES.contains(&a.class) && a.change.is_none();
    let (from, to) = (a.cells.end, b.cells.start);
    let gap = to.saturating_sub(from + date.as_ref().map_or(0, ExactSizeIterator::len));
    if !same || !(1..=CHANGE).contains(&gap) || !alike(text.cells, a, b) {
        return false;
    }
    let spread = leads_change(text, a.cells.start);
    // 减少300人,降至2000人: the first is how much it changed.
    let amount = text.lexicon.cue_before(Cue::ChangeAmount, text.cells, 0, a.cells.start).is_some();
    let reach = CHANGE_LEAD + date.as_ref().map_or(0, |date| date.len() + 1);
    let said = (from..to).any(|at| {
        let end = text.lexicon.cue_at(Cue::Change, text.cells, at);
        end.is_some_and(|end| end <= to && to - end <= reach && (end > at + 1 || spread))
    });
    let between = text.cells.get(from..to).unwrap_or_default();
    let stopped = between.iter().any(|cell| cell.kind == Kind::Stop || cell.ch == ';');
    said && !stopped && (spread || !amount)
}

/// True where 从 or 由 leads to the figure at `start`, at once or over a date: 由1978年的152元.
fn leads_change(text: &Text<'_>, start: usize) -> bool {
    let led = |end| text.lexicon.cue_before(Cue::ChangeFrom, text.cells, 0, end).is_some();
    let clause = (0..start).rev().take(CHANGE).take_while(|&at| !text.kind(at).ends_phrase());
    led(start) || clause.into_iter().any(|at| text.one_of(at, Set::From) && text.kind(at + 1) != Kind::Han)
}

/// True for the same unit, whichever way it is written.
fn alike(cells: &[Cell], a: &DraftFigure, b: &DraftFigure) -> bool {
    let printed = |draft: &DraftFigure| match &draft.unit {
        UnitText::Cells(range) => cells.get(range.clone()).unwrap_or_default(),
        UnitText::Parted(..) | UnitText::Fixed(_) | UnitText::None => &[],
    };
    let fixed = |draft: &DraftFigure| match draft.unit {
        UnitText::Fixed(unit) => unit,
        _ => "",
    };
    let text = |draft| printed(draft).iter().map(|cell| cell.ch).chain(fixed(draft).chars());
    a.canonical.is_some() && a.canonical == b.canonical || text(a).eq(text(b))
}
