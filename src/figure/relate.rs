//! What figures of one text have to do with each other and with the words between them.

use std::ops::Range;

use super::cells::{Cell, Cells};
use super::chars::Kind;
use super::lexicon::{Cue, Lexicon};
use super::numeral::Memo;
use super::resolve::{Memory, Relative, iso};
use super::scan::{Draft, Text, UnitText};
use super::{Bound, Change, Class, Context, End};

/// How far back in its clause a figure looks for 每, for a bound or for what it is said of.
const REACH: usize = 32;

/// The longest verb between a bound and its number.
const VERB: usize = 4;

/// Drops what was no count after all, and fills in bounds from afar, objects, `per`, changes and ISO dates.
pub(super) fn relate(
    cells: &Cells,
    drafts: &mut Vec<Draft>,
    lexicon: &Lexicon,
    memo: &Memo,
    context: &Context,
) {
    let text =
        Text { cells: &cells.list, labels: &cells.labels, lexicon, role: context.role, floor: 0, memo };
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
            let relative = relative(&text, draft.cells.start, floor);
            draft.iso = iso(from, to.as_ref(), context.date, relative, &mut memory);
        }
    }
    changes(&text, drafts);
}

/// 一个 and its like count only beside another count (三省一市) or where each of something has one (每季度一次).
fn articles(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let mut keep = Vec::with_capacity(drafts.len());
    for (k, draft) in drafts.iter().enumerate() {
        if !draft.article {
            keep.push(true);
            continue;
        }
        let start = draft.cells.start;
        let near = |other: &Draft, from: usize, to: usize| {
            let between = text.cells.get(from..to).unwrap_or_default();
            let quiet = between.iter().all(|cell| cell.kind == Kind::Han || cell.kind == Kind::Pause);
            let close =
                between.len() <= 5 && between.iter().filter(|cell| cell.kind == Kind::Pause).count() <= 1;
            // 一家三口 is one family of three.
            let members = text.is(start, "一家")
                && matches!(&other.unit, UnitText::Cells(unit) if text.ch(unit.start) == '口');
            let joined = between.is_empty()
                || between.iter().any(|cell| cell.kind == Kind::Pause || matches!(cell.ch, '和' | '与'));
            other.class == Class::Count && !other.article && quiet && close && joined && !members
        };
        let previous = k.checked_sub(1).and_then(|before| drafts.get(before));
        let beside = previous.is_some_and(|other| near(other, other.cells.end, start))
            || drafts.get(k + 1).is_some_and(|other| near(other, draft.cells.end, other.cells.start));
        let bounded = draft.bound != Bound::Exact;
        keep.push(beside || bounded || each(text, start));
    }
    let mut keep = keep.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(true));
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
fn far_bound(text: &Text<'_>, draft: &mut Draft, floor: usize) {
    let quantity = Class::QUANTITIES.contains(&draft.class);
    let start = draft.cells.start;
    if !quantity || draft.bound != Bound::Exact || draft.suffixed || start <= floor {
        return;
    }
    if let Some(bound) = bound_before_verb(text, start, floor) {
        draft.bound = bound;
        return;
    }
    let last = text.ch(start - 1);
    if !matches!(last, '的' | '有' | '为' | '要' | '达' | '占' | '合') {
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
        let done = (end..start).any(|at| matches!(text.ch(at), '了' | '过' | '曾'));
        let bounds = bound == Bound::AtLeast || (bound == Bound::AtMost && !done);
        return (clear && bounds).then_some(bound);
    }
    None
}

/// What each the number is said of: 每人每天400元, 每平方米补贴120元, 每2公里一处, 5元/公斤.
fn per(text: &Text<'_>, draft: &Draft, floor: usize, before: Option<Range<usize>>) -> Option<Range<usize>> {
    if !matches!(draft.class, Class::Money | Class::Measure | Class::Count | Class::Duration) {
        return None;
    }
    let end = draft.cells.end;
    if text.ch(end) == '/' {
        let (unit_end, _) = text.lexicon.unit_at(text.cells, end + 1)?;
        return Some(end + 1..unit_end);
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
        if let Some(found) = text.lexicon.cue_at(Cue::Per, text.cells, at)
            && found <= start
        {
            // 每人每天 is one phrase: its beginning may lie further back.
            let mut from = at;
            for earlier in (floor.max(at.saturating_sub(6))..at).rev() {
                if text.lexicon.cue_at(Cue::Per, text.cells, earlier).is_some_and(|end| end >= from) {
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

/// 今年, 去年 and the like in front of a date.
fn relative(text: &Text<'_>, start: usize, floor: usize) -> Relative {
    let end = if start > floor && text.ch(start - 1) == '的' { start - 1 } else { start };
    let years =
        [("今年", 0), ("本年", 0), ("去年", -1), ("上年", -1), ("前年", -2), ("明年", 1), ("后年", 2)];
    for (word, offset) in years {
        if end >= floor + 2 && text.is(end - 2, word) {
            return Relative::Years(offset);
        }
    }
    Relative::Nearest
}

/// Ties the two ends of a change: 由400元提高到600元, 从3.2万人增至4.5万人.
fn changes(text: &Text<'_>, drafts: &mut [Draft]) {
    for k in 1..drafts.len() {
        let (left, right) = drafts.split_at_mut(k);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let same = a.class == b.class && Class::QUANTITIES.contains(&a.class) && a.change.is_none();
        let gap = b.cells.start.checked_sub(a.cells.end).filter(|&gap| (1..=14).contains(&gap));
        let Some(gap) = gap.filter(|_| same && alike(text.cells, a, b)) else { continue };
        let from = a.cells.end;
        let spread = text.lexicon.cue_before(Cue::ChangeFrom, text.cells, 0, a.cells.start).is_some();
        let said = (from..from + gap).find_map(|at| {
            let end = text.lexicon.cue_at(Cue::Change, text.cells, at)?;
            let bare = end == at + 1;
            (end <= b.cells.start && b.cells.start - end <= 4 && (!bare || spread)).then_some(())
        });
        let stopped = text
            .cells
            .get(from..from + gap)
            .unwrap_or_default()
            .iter()
            .any(|cell| cell.kind == Kind::Stop || cell.ch == ';');
        if said.is_some() && !stopped {
            a.change = Some(Change { end: End::From, distance: 1 });
            b.change = Some(Change { end: End::To, distance: 1 });
        }
    }
}

/// True for the same unit, whichever way it is written.
fn alike(cells: &[Cell], a: &Draft, b: &Draft) -> bool {
    let printed = |draft: &Draft| match &draft.unit {
        UnitText::Cells(range) => cells.get(range.clone()).unwrap_or_default(),
        UnitText::Fixed(_) | UnitText::None => &[],
    };
    let fixed = |draft: &Draft| match draft.unit {
        UnitText::Fixed(unit) => unit,
        _ => "",
    };
    let text = |draft| printed(draft).iter().map(|cell| cell.ch).chain(fixed(draft).chars());
    a.canonical.is_some() && a.canonical == b.canonical || text(a).eq(text(b))
}
