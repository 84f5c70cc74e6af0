//! What figures of one text have to do with each other and with the words between them.

use std::ops::Range;

use super::cells::{Cell, Cells};
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, FigureWords, Set, Step};
use super::numeral::Memo;
use super::pattern::Pattern;
use super::resolve::{Memory, Place, iso};
use super::text::Text;
use super::words::Kind;
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
    let text = Text::new(cells, lexicon, memo, context);
    articles(&text, drafts);
    let mut memory = Memory::default();
    let mut before: Option<Range<usize>> = None;
    for draft in drafts.iter_mut() {
        let floor = before.as_ref().map_or(0, |before| before.end);
        draft.object = text.object(draft);
        far_bound(&text, draft, floor);
        draft.per = per(&text, draft, floor, before);
        if let Some((from, to)) = draft.point.as_deref() {
            if text.cells.get(floor..draft.cells.start).is_some_and(ends_sentence) {
                memory.end_sentence();
            }
            let place = place(&text, draft.cells.clone(), floor, from.quarter == Some(1));
            draft.iso = iso(from, to.as_ref(), context.date, place, &mut memory);
        }
        before = Some(draft.cells.clone());
    }
    changes(&text, drafts);
    shared_money(&text, drafts);
}

/// True where a sentence ends in `between`.
fn ends_sentence(between: &[Cell]) -> bool {
    between.iter().any(|cell| cell.kind == Kind::Stop)
}

/// 净利润8300万、5100万; 产值 2.6亿 8100万: of great numbers beside each other, what is said of one holds for the next.
fn shared_money(text: &Text<'_>, drafts: &mut [DraftFigure]) {
    for k in 1..drafts.len() {
        let pair = drafts.get(k - 1).zip(drafts.get(k));
        let shared = pair.is_some_and(|(a, b)| {
            let said = (a.class, &a.unit) == (Class::Money, &UnitText::None);
            let behind = || text.past_pattern(Pattern::NextSum, a.cells.end).unwrap_or(a.cells.end);
            said && b.is_great_number() && behind() == b.cells.start
        });
        if let Some(draft) = drafts.get_mut(k).filter(|_| shared) {
            draft.class = Class::Money;
        }
    }
}

/// 一个 and its like count only beside another count (三省一市) or where each of something has one (每季度一次).
fn articles(text: &Text<'_>, drafts: &mut Vec<DraftFigure>) {
    if !drafts.iter().any(|draft| draft.article) {
        return;
    }
    let keep: Vec<_> = (0..drafts.len()).map(|k| is_counted(text, drafts, k)).collect();
    let mut keep = keep.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(true));
}

/// False for an article that counts nothing.
fn is_counted(text: &Text<'_>, drafts: &[DraftFigure], k: usize) -> bool {
    let Some(draft) = drafts.get(k).filter(|draft| draft.article) else { return true };
    let Range { start, end } = draft.cells;
    let previous = k.checked_sub(1).and_then(|before| drafts.get(before));
    let before = previous.map(|other| (other, other.cells.end..start));
    let behind = drafts.get(k + 1).map(|other| (other, end..other.cells.start));
    let mut beside = before.into_iter().chain(behind);
    if beside.any(|(other, between)| contrasts(text, other, between)) {
        return true;
    }
    match draft.bound {
        Bound::Exact => {
            each(text, start) || counts_one(text, draft, previous.map_or(0, |last| last.cells.end))
        }
        _ => true,
    }
}

/// The widest gap between an article and the count beside it.
const CONTRAST: usize = 5;

/// True where the article and the count `other`, with `between` them, count together: 三省一市.
fn contrasts(text: &Text<'_>, other: &DraftFigure, between: Range<usize>) -> bool {
    if (other.class, other.article) != (Class::Count, false) {
        return false;
    }
    let Some(gap) = text.cells.get(between.clone()).filter(|gap| gap.len() <= CONTRAST) else { return false };
    // 一家三口 is one family of three.
    if other.unit_cells().is_some_and(|unit| text.one_of(unit.start, Set::Members)) {
        return false;
    }
    let pauses = gap.iter().filter(|cell| cell.kind == Kind::Pause).count();
    let others = gap.iter().filter(|cell| ![Kind::Han, Kind::Pause].contains(&cell.kind)).count();
    match (gap.len(), pauses, others) {
        (0, ..) | (_, 1, 0) => true,
        (_, 0, 0) => between.into_iter().any(|at| text.one_of(at, Set::And)),
        _ => false,
    }
}

/// 致一人死亡, 新增病例一例, 活捉一名: one that is counted.
fn counts_one(text: &Text<'_>, draft: &DraftFigure, floor: usize) -> bool {
    let near = Text { floor, ..*text };
    if text.fits(Pattern::OneCounts, draft.cells.clone()) {
        return true;
    }
    // Behind what is counted, at the end of its phrase.
    let unit = draft.unit_cells().filter(|unit| !text.behind_word(Cue::VerbalUnit, unit.start));
    unit.is_some_and(|_| near.fits(Pattern::OneBehindNoun, draft.cells.clone()))
}

/// True where 每 stands in the clause before `start`, or 各, 仅, 共 directly before it.
fn each(text: &Text<'_>, start: usize) -> bool {
    let clause = (0..start).rev().take(REACH).take_while(|&at| !text.kind(at).ends_clause());
    clause.into_iter().any(|at| {
        let Some(end) = text.word_at(Cue::Each, at) else { return false };
        let reach = match text.ch(at) {
            // 每个人都有一个梦想 counts nothing.
            '每' => return !text.fits(Pattern::EachOfAll, at..at),
            '各' => EACH_OF,
            _ => ONLY,
        };
        end + reach >= start && text.ch(start - 1) != '的'
    })
}

/// How far in front of 一 with its classifier 各 may stand.
const EACH_OF: usize = 4;

/// How far in front of it 仅 and 共 may stand.
const ONLY: usize = 1;

/// 不低于当年…总额的20%: the words that bound a number may stand well before it.
fn far_bound(text: &Text<'_>, draft: &mut DraftFigure, floor: usize) {
    let start = draft.cells.start;
    let open = Class::QUANTITIES.contains(&draft.class) && draft.bound == Bound::Exact;
    if !open || draft.suffixed || start <= floor {
        return;
    }
    let bound = turned_bound(text, start, floor)
        .or_else(|| bound_before_verb(text, start, floor))
        .or_else(|| bound_of_phrase(text, start, floor));
    draft.bound = bound.unwrap_or(draft.bound);
}

/// The bound that a word earlier in the clause sets, with the last character in front of the number linking it.
fn bound_of_phrase(text: &Text<'_>, start: usize, floor: usize) -> Option<Bound> {
    let link = Some(text.ch(start - 1)).filter(|_| text.one_of(start - 1, Set::BoundLinks))?;
    let clause = (floor + 1..start).rev().take_while(|&end| !text.kind(end).ends_clause()).take(REACH);
    let near = Text { floor, ..*text };
    let bound_at = |end| {
        let (from, bound) = near.longest_before(&text.lexicon.before, end)?;
        Some((end, end - from, bound?))
    };
    let words = clause.into_iter().filter_map(bound_at);
    let (end, length, bound) =
        words.into_iter().find(|&(end, length, _)| length > 1 || beside(end, start, link))?;
    let holds = match bound {
        Bound::AtLeast | Bound::AtMost | Bound::LessThan => {
            (length > 1 && link == '的') || beside(end, start, link)
        }
        Bound::Over | Bound::Nearly => false,
        Bound::About | Bound::Exact => beside(end, start, link),
    };
    holds.then_some(bound)
}

/// True for a word that ends at `end`, one character before the number at `start`, which is no 的.
fn beside(end: usize, start: usize, link: char) -> bool {
    end + 1 == start && link != '的'
}

/// 至少安排1次, 最多可容纳500人: a short verb between the bound and the number.
fn bound_before_verb(text: &Text<'_>, start: usize, floor: usize) -> Option<Bound> {
    let between = |end: &usize| text.kind(*end) == Kind::Han;
    let ends = (floor + 1..start).rev().take_while(between).take(VERB);
    let near = Text { floor, ..*text };
    let bound_at = |end| {
        let (from, bound) = near.longest_before(&text.lexicon.before, end)?;
        Some((from..end, bound?))
    };
    let (word, bound) = ends.into_iter().find_map(bound_at)?;
    // 不下车三次 and 不超载 bound nothing.
    let least = if text.ch(word.start) == '不' { 3 } else { 2 };
    // 单日最多接待了198人 tells of a day that had 198.
    let bounds = match bound {
        Bound::AtLeast => true,
        Bound::AtMost => !(word.end..start).any(|at| text.one_of(at, Set::Done)),
        _ => false,
    };
    (bounds && word.len() >= least).then_some(bound)
}

/// How far in front of a number 每 may stand.
const PER: usize = 14;

/// The longest row of words that say of what each: 每人每天.
const PER_PHRASE: usize = 6;

/// What each the number is said of: 每人每天400元, 每平方米补贴120元, 每2公里一处, 5元/公斤.
fn per(
    text: &Text<'_>,
    draft: &mut DraftFigure,
    floor: usize,
    before: Option<Range<usize>>,
) -> Option<Range<usize>> {
    let of_each = [Class::Money, Class::Measure, Class::Count, Class::Duration].contains(&draft.class);
    if draft.per.is_some() || !of_each {
        return draft.per.clone();
    }
    let end = draft.cells.end;
    if let Some(unit_end) = text.past_pattern(Pattern::PerSign, end) {
        return Some(end + 1..unit_end);
    }
    if let Some(sold) = sold_by(text, draft) {
        draft.each = true;
        return Some(sold);
    }
    if let Some(unit_end) = text.past_pattern(Pattern::PerBehind, end) {
        return Some(end..unit_end);
    }
    let start = draft.cells.start;
    for (at, cell) in text.backwards(floor.max(start.saturating_sub(PER))..start) {
        if cell.kind.ends_phrase() {
            return None;
        }
        // 每 begins words of that list too.
        let word = text.may_start(Cue::Per, cell).then(|| per_word(text, at)).flatten();
        if let Some(found) = word.filter(|&found| found <= start) {
            return Some(per_phrase(text, at..found, floor));
        }
    }
    per_figure(text, start, before?)
}

/// 每人每天 is one phrase: its beginning may lie further back than that of `last`, the last word of it.
fn per_phrase(text: &Text<'_>, last: Range<usize>, floor: usize) -> Range<usize> {
    let earlier = (floor.max(last.start.saturating_sub(PER_PHRASE))..last.start).rev();
    let touches = |at: usize, from: usize| per_word(text, at).is_some_and(|end| end >= from);
    let start = earlier.fold(last.start, |from, at| if touches(at, from) { at } else { from });
    start..last.end
}

/// 每2公里一处: the figure before is what each the number is said of.
fn per_figure(text: &Text<'_>, start: usize, before: Range<usize>) -> Option<Range<usize>> {
    let each = before.start.checked_sub(1).filter(|&each| text.ch(each) == '每')?;
    let between = text.cells.get(before.end..start).filter(|between| between.len() <= REACH)?;
    between.iter().all(|cell| !cell.kind.ends_clause()).then_some(each..before.end)
}

/// 三毛钱一个, 2元5一斤: what the price in front is paid for.
fn sold_by(text: &Text<'_>, draft: &DraftFigure) -> Option<Range<usize>> {
    let unit = draft.cells.end + 1;
    let end =
        text.past_pattern(Pattern::SoldByPhrase, draft.cells.end).filter(|_| draft.class == Class::Money)?;
    text.unit_sort(unit).map(|_| unit..end)
}

/// What each is said of that begins at `at`, 人均 or 每 with any classifier: where it ends.
fn per_word(text: &Text<'_>, at: usize) -> Option<usize> {
    text.word_at(Cue::Per, at).max(text.past_pattern(Pattern::PerBehind, at))
}

/// 未超过 is at most, 未低于 at least, 上限 and 下限 are what they say.
fn turned_bound(text: &Text<'_>, start: usize, floor: usize) -> Option<Bound> {
    let (_, bound) = Text { floor, ..*text }.longest_before(&text.lexicon.limits, start)?;
    Some(bound)
}

/// What the words around the date in `cells` tell of its place in time; `quarter` where 上 and 下 count quarters.
fn place(text: &Text<'_>, cells: Range<usize>, floor: usize, quarter: bool) -> Place {
    let start = cells.start;
    let near = Text { floor, ..*text };
    let end = near.around(Pattern::Of, start..start).map_or(start, |of| of.start);
    let relative = near.longest_before(&text.lexicon.relative, end).map(|(_, relative)| relative);
    if let Some(relative) = relative.filter(|relative| quarter || relative.step != Step::Quarters) {
        return Place::Off(relative);
    }
    let clause = text.backwards(floor.max(start.saturating_sub(REACH))..start);
    let mut clause = clause.take_while(|(_, cell)| !cell.kind.ends_clause());
    if text.behind_word(Cue::Effective, cells.end) {
        Place::Effective
    } else if clause.any(|(at, _)| is_ahead(text, at, start)) {
        Place::Ahead
    } else if near.fits(Pattern::ReportedDay, cells) {
        Place::Page
    } else {
        Place::Near
    }
}

/// True where the word at `at` says that what follows is still to come.
fn is_ahead(text: &Text<'_>, at: usize, start: usize) -> bool {
    let word = text.word_at(Cue::Ahead, at).filter(|&end| end <= start);
    // 将军, 将近 and 麻将 are other words.
    word.is_some_and(|end| end > at + 1 || text.fits(Pattern::AloneAhead, at..end))
}

/// Ties the two ends of a change: 由400元提高到600元, 由1978年的152元增加到1986年的768元.
fn changes(text: &Text<'_>, drafts: &mut [DraftFigure]) {
    for k in 1..drafts.len() {
        let before = |back: usize| k.checked_sub(back).and_then(|k| drafts.get(k));
        let date = before(1).filter(|draft| draft.class == Class::Date).map(|date| date.cells.clone());
        let distance = if date.is_some() { 2 } else { 1 };
        let pair = before(distance).zip(drafts.get(k)).filter(|(a, b)| is_change(text, a, b, date));
        if pair.is_none() {
            continue;
        }
        let money = pair.is_some_and(|(a, _)| a.class == Class::Money);
        let change = |end| Some(Change { end, distance: distance as u32 });
        if let Some(a) = drafts.get_mut(k - distance) {
            a.change = change(End::From);
        }
        if let Some(b) = drafts.get_mut(k) {
            // 从8千涨到2万: what money became is money.
            b.class = if money { Class::Money } else { b.class };
            b.change = change(End::To);
        }
    }
}

/// The widest gap between the two ends of a change, a date between them left out.
const CHANGE: usize = 14;

/// The longest words between the verb of a change and what became of it: 攀升至去年的日均800人次.
const CHANGE_LEAD: usize = 6;

/// True where `b` is what `a` became; `date` stands between them.
fn is_change(text: &Text<'_>, a: &DraftFigure, b: &DraftFigure, date: Option<Range<usize>>) -> bool {
    let date = date.map_or(0, |date| date.len());
    let (from, to) = (a.cells.end, b.cells.start);
    let gap = to.saturating_sub(from + date);
    if !are_comparable(text, a, b) || !(1..=CHANGE).contains(&gap) {
        return false;
    }
    let spread = leads_change(text, a.cells.start);
    // 减少300人,降至2000人: the first is how much it changed.
    if !spread && text.fits(Pattern::ChangeAmount, a.cells.clone()) {
        return false;
    }
    let reach = if date > 0 { CHANGE_LEAD + date + 1 } else { CHANGE_LEAD };
    let verb = |at: usize| text.word_at(Cue::Change, at).filter(|&end| end > at + 1 || spread);
    let leads = |end: usize| to.checked_sub(end).is_some_and(|gap| gap <= reach);
    let stops = |at: usize| text.fits(Pattern::EndsChange, at..at);
    (from..to).any(|at| verb(at).is_some_and(leads)) && !(from..to).any(stops)
}

/// True for two quantities of one kind and unit, of which the first is no end of a change yet.
fn are_comparable(text: &Text<'_>, a: &DraftFigure, b: &DraftFigure) -> bool {
    let bare = [a, b].iter().all(|draft| draft.unit == UnitText::None);
    let kind = match (a.class, b.class) {
        (Class::Money, Class::Count) => bare,
        (first, second) => first == second && Class::QUANTITIES.contains(&first),
    };
    kind && a.change.is_none() && alike(text.cells, a, b)
}

/// True where 从 or 由 leads to the figure at `start`, at once or over a date: 由1978年的152元.
fn leads_change(text: &Text<'_>, start: usize) -> bool {
    let mut clause = (0..start).rev().take(CHANGE).take_while(|&at| !text.kind(at).ends_phrase());
    clause.any(|at| text.fits(Pattern::FromFigure, at..at)) || text.fits(Pattern::ChangeFrom, start..start)
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
