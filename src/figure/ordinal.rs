//! Numbers that only tell a place in an order: 第二批, 八届, 一级.

use std::ops::Range;

use super::date::Match;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitId, UnitKind};
use super::numeral::Numeral;
use super::numeral::traits::{ARABIC, BARE, DECIMAL, FEW, LEADING_ZERO, MORE, PAIR, SINGLE, STARTS_ARABIC};
use super::pattern::Pattern;
use super::scan::Step;
use super::text::Text;
use super::words::Kind;
use super::{Class, Value};

/// The most places of a list that share the word behind the last.
const SHARED: usize = 4;

/// How far behind 十九届 the 六次 of its assembly may stand.
const SESSION: usize = 6;

/// The longest name of an institution behind its number, up to the word that ends it.
const INSTITUTION: usize = 8;

impl Text<'_> {
    /// What stands behind 第: an institution's name, a number that identifies, a quarter, a place in an order.
    pub(super) fn placed(&self, at: usize, last: Option<&DraftFigure>) -> Option<Step> {
        if let Some(end) = self.institution(at) {
            return Some(Step::Skip(end));
        }
        let quarter = || self.date(at).filter(|found| found.from.quarter.is_some()).map(Match::draft);
        let numbered = self.announced(at, last).or_else(quarter).or_else(|| self.ordinal(at, last));
        numbered.map(Step::Found)
    }

    /// 第二批, 第一, 右三, 八届, 一级.
    pub(super) fn ordinal(&self, at: usize, last: Option<&DraftFigure>) -> Option<DraftFigure> {
        let numeral = self.numeral(at)?;
        let cells = at..numeral.end;
        if self.ch_before(at) == '第' && numeral.lacks(DECIMAL) {
            return self.told_place(place_of(cells, &numeral), &numeral);
        }
        if let Some(side) = self.around(Pattern::Side, cells.clone()).filter(|_| numeral.digits == 1) {
            return Some(place_of(side, &numeral));
        }
        if !numeral.lacks(MORE | DECIMAL | PAIR | FEW) {
            return None;
        }
        // 排名前三, 跻身世界前十
        let front = self.around(Pattern::FrontRank, cells).map(|cells| cells.start);
        if let Some(start) = front.or_else(|| self.shares_place(at, &numeral).then_some(at)) {
            return Some(place_of(start..numeral.end, &numeral));
        }
        self.grades(at, &numeral).or_else(|| self.placed_by_word(at, &numeral, last))
    }

    /// 八届, 一级: a place by the word behind the number.
    fn placed_by_word(
        &self,
        at: usize,
        numeral: &Numeral,
        last: Option<&DraftFigure>,
    ) -> Option<DraftFigure> {
        let (end, _) = self.ordinal_at(numeral.end)?;
        let place = Place { at, numeral: *numeral, end };
        if !self.is_placed(&place, last) || !numeral.lacks(LEADING_ZERO | BARE) {
            return None;
        }
        let mut draft = place_of(at..numeral.end, numeral);
        self.ordinal_unit(&mut draft, numeral.end);
        Some(draft)
    }

    /// A place that 第 tells.
    fn told_place(&self, mut draft: DraftFigure, numeral: &Numeral) -> Option<DraftFigure> {
        draft.cells.start -= 1;
        draft.value_max = numeral.value.filter(|_| numeral.has(PAIR)).map(|value| value.high);
        self.ordinal_unit(&mut draft, numeral.end);
        self.ordinal_range(&mut draft, numeral.end);
        (!self.is(numeral.end, "方")).then_some(draft)
    }

    /// True where the number is a place in an order by the word behind it, or by what stands before it: 八届, 一级,
    /// 三等奖.
    fn is_placed(&self, place: &Place, last: Option<&DraftFigure>) -> bool {
        let &Place { at, numeral, end } = place;
        let cells = at..end;
        let fits = |pattern| self.fits(pattern, cells.clone());
        let listed = last.filter(|last| self.lists_place(last, at));
        let word = self.ch(numeral.end);
        if listed.is_some_and(|last| self.is_unnamed(last, place)) {
            return true;
        }
        let spelled = numeral.lacks(STARTS_ARABIC);
        match (word, numeral.digits) {
            ('届', _) => !fits(Pattern::Lasting),
            ('次', _) => self.meets(&cells, last),
            // 2013级: the year of a class
            ('级', 4) if numeral.has(ARABIC) => true,
            // Degrees of wind and earthquakes are measures: 东南风3~4级, 5.2级地震.
            ('级', 1 | 2) => !fits(if spelled { Pattern::NaturalDegree } else { Pattern::LeastDegree }),
            // 二奖3.5注中, but 连获三奖.
            ('奖', 1) if spelled => fits(Pattern::BeginsPhrase),
            ('等', _) if spelled => fits(Pattern::GradedOrPrize),
            ('等', _) => self.is(end, "奖"),
            // 一类地区, 二类地区; two kinds are 两类.
            ('类', 1) if spelled => ['一', '二'].contains(&self.ch(at)),
            // 两期 are two.
            ('期', _) if self.ch(at) == '两' => false,
            ('期' | '版' | '楼', _) if end > numeral.end + 1 => false,
            ('期', 1 | 2) if spelled => fits(Pattern::Stage),
            ('版', _) => !fits(Pattern::PageCount),
            ('年', _) => self.is(numeral.end, "年级"),
            ('楼', 1 | 2) => !self.is(end, "楼"),
            ('位' | '名', _) if fits(Pattern::RankLed) => {
                last.is_some_and(|last| last.class == Class::Ordinal)
            }
            ('位' | '名', _) => false,
            ('章', 0 | 2..) if spelled => !fits(Pattern::HasChapters),
            ('级' | '奖' | '期' | '楼' | '章' | '阶', _) => false,
            _ => listed.and_then(DraftFigure::unit_cells).is_some_and(|unit| self.ch(unit.start) == word),
        }
    }

    /// 第21、22集: `last`, which stands first in the list, says 第 for all of it.
    fn is_unnamed(&self, last: &DraftFigure, place: &Place) -> bool {
        let alike = self.kind(last.cells.end - 1).is_chinese() == self.kind(place.at).is_chinese();
        let alone = last.unit == UnitText::None && (1..=2).contains(&place.numeral.digits);
        alone && alike && !self.one_of(place.numeral.end, Set::NoPlaceUnits)
    }

    /// True where `last` is a place in an order and the number at `at` the next of the list.
    fn lists_place(&self, last: &DraftFigure, at: usize) -> bool {
        let beside = match at.checked_sub(last.cells.end) {
            Some(0) => true,
            Some(1) => self.one_of(at - 1, Set::OrdinalListSigns),
            _ => false,
        };
        beside && last.class == Class::Ordinal
    }

    /// N次 for a meeting of a congress: 十九届六次全会, 第三次代表大会.
    fn meets(&self, cells: &Range<usize>, last: Option<&DraftFigure>) -> bool {
        let congress =
            last.filter(|last| last.class == Class::Ordinal && self.ch(last.cells.end - 1) == '届');
        match congress.map(|last| cells.start - last.cells.end) {
            Some(0) => true,
            Some(..=SESSION) if self.is(cells.end, "会议") => true,
            _ => self.fits(Pattern::Assembly, cells.clone()),
        }
    }

    /// 一至六年级: the unit comes with the second number.
    fn grades(&self, at: usize, numeral: &Numeral) -> Option<DraftFigure> {
        let right = self.past_pattern(Pattern::SpanSign, numeral.end).filter(|_| numeral.has(SINGLE))?;
        let high = self.numeral(right).filter(|high| high.is(SINGLE, PAIR))?;
        let rises = high.value?.low > numeral.value?.low;
        let mut draft = place_of(at..high.end, numeral);
        draft.value_max = Some(high.value?.low);
        self.ordinal_unit(&mut draft, high.end);
        (rises && self.is(high.end, "年级")).then_some(draft)
    }

    /// 一、二年级; 一、二、三等奖: the place that the last of a short list names is that of all of them.
    fn shares_place(&self, at: usize, numeral: &Numeral) -> bool {
        let next = |&at: &usize| {
            let next = self.numeral(self.char_at(at, '、')?)?;
            ((1..=2).contains(&next.digits) && next.lacks(PAIR)).then_some(next.end)
        };
        let list = std::iter::successors(next(&numeral.end), next).take(SHARED);
        let shared = list.last().is_some_and(|end| self.fits(Pattern::SharedPlace, at..end));
        shared && (1..=2).contains(&numeral.digits)
    }

    /// Gives `draft` the word of an order at `at`. Behind 第 whatever classifies can be put in order: 第一炉.
    fn ordinal_unit(&self, draft: &mut DraftFigure, at: usize) {
        let placed = self.ch(draft.cells.start) == '第';
        let word = self.ordinal_at(at).or_else(|| self.classifier(at).filter(|_| placed));
        if let Some((end, id)) = word.filter(|&(end, _)| self.is_whole_word(at, end)) {
            draft.cells.end = end;
            draft.unit = UnitText::Cells(at..end);
            draft.canonical = Some(id);
            draft.sort = Some(UnitKind::Count);
        }
    }

    fn classifier(&self, at: usize) -> Option<(usize, UnitId)> {
        self.unit_at(at).filter(|&(_, id)| self.sort(id) == Some(UnitKind::Count))
    }

    /// False for a character that begins another word, and behind a blank.
    fn is_whole_word(&self, at: usize, end: usize) -> bool {
        let begins = end == at + 1 && self.begins_word(at);
        self.glued(at) && !begins
    }

    /// 第9—12版, 第三至五名.
    fn ordinal_range(&self, draft: &mut DraftFigure, at: usize) -> Option<()> {
        let numeral = self.numeral(self.past_pattern(Pattern::OrdinalSpan, at)?)?;
        let Some(Value::Number(first)) = draft.value else { return None };
        let high = numeral.value.map(|value| value.low).filter(|&high| high > first)?;
        let end = std::mem::replace(&mut draft.cells.end, numeral.end);
        self.ordinal_unit(draft, numeral.end);
        if draft.cells.end == numeral.end || !numeral.lacks(DECIMAL) {
            draft.cells.end = end;
            return None;
        }
        draft.value_max = Some(high);
        Some(())
    }

    /// 第二棉纺厂, 第三中学, 第二十工程局二处: the number is part of an institution's name: where to go on.
    pub(super) fn institution(&self, at: usize) -> Option<usize> {
        let end = self.numeral(at)?.end;
        if self.ordinal_at(end).is_some() && !self.is(end, "人民") {
            return None;
        }
        // 第一、第二棉纺厂
        let from = self.past_pattern(Pattern::NextPlace, end).unwrap_or(end);
        let name = (from..from + INSTITUTION).take_while(|&k| self.kind(k) == Kind::Han);
        let mut name = name.take_while(|&k| self.ch(k) != '的');
        let body = name.find_map(|k| self.word_at(Cue::Institution, k))?;
        // Its offices are numbered too.
        Some(self.past_pattern(Pattern::OfficeNumber, body).unwrap_or(end.max(at + 1)))
    }
}

/// The place in an order that `numeral` tells.
fn place_of(cells: Range<usize>, numeral: &Numeral) -> DraftFigure {
    let mut draft = DraftFigure::new(cells, Class::Ordinal);
    draft.value = numeral.value.map(|value| Value::Number(value.low));
    draft
}

/// A number and the word of an order behind it.
struct Place {
    at: usize,
    numeral: Numeral,
    /// Behind the word.
    end: usize,
}
