//! Numbers that only tell a place in an order: 第二批, 八届, 一级.

use super::chars::Kind;
use super::date::Match;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitKind};
use super::numeral::Numeral;
use super::scan::Step;
use super::text::Text;
use super::{Class, Value};

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
        let before = self.ch_before(at);
        let mut draft = DraftFigure::new(at..numeral.end, Class::Ordinal);
        draft.value = numeral.value.map(|value| Value::Number(value.low));
        if before == '第' && !numeral.decimal {
            return self.told_place(draft, &numeral);
        }
        if self.lexicon.has(Set::Sides, before) && numeral.digits == 1 && self.closes_side(numeral.end) {
            draft.cells.start = at - 1;
            return Some(draft);
        }
        if numeral.more || numeral.decimal || numeral.pair || numeral.few {
            return None;
        }
        if self.shares_place(at, &numeral) {
            return Some(draft);
        }
        // 排名前三, 跻身世界前十
        if before == '前' && self.is_front_rank(at, numeral.end) {
            draft.cells.start = at - 1;
            return Some(draft);
        }
        if let Some(range) = self.grades(&numeral, &draft) {
            return Some(range);
        }
        let (end, _) = self.lexicon.ordinal_at(self.cells, numeral.end)?;
        if !self.is_placed(at, &numeral, end, last) || numeral.leading_zero || numeral.bare {
            return None;
        }
        self.ordinal_unit(&mut draft, numeral.end);
        Some(draft)
    }

    /// A place that 第 tells.
    fn told_place(&self, mut draft: DraftFigure, numeral: &Numeral) -> Option<DraftFigure> {
        draft.cells.start -= 1;
        if numeral.pair {
            draft.value_max = numeral.value.map(|value| value.high);
        }
        self.ordinal_unit(&mut draft, numeral.end);
        self.ordinal_range(&mut draft, numeral.end);
        (!self.is(numeral.end, "方")).then_some(draft)
    }

    /// True where what a place to the left or right in a picture says ends at `end`.
    fn closes_side(&self, end: usize) -> bool {
        self.kind(end).ends_phrase()
            || self.kind(end) == Kind::Bracket
            || end >= self.cells.len()
            || self.one_of(end, Set::BehindSide)
    }

    /// True where the number is a place in an order by the word behind it, which ends at `end`, or by what stands
    /// before it: 八届, 一级, 三等奖.
    fn is_placed(&self, at: usize, numeral: &Numeral, end: usize, last: Option<&DraftFigure>) -> bool {
        let small = (1..=2).contains(&numeral.digits);
        let (before, behind, word) = (self.ch_before(at), self.ch(end), self.ch(numeral.end));
        let single = end == numeral.end + 1;
        let listed = last.filter(|last| self.lists_place(last, at));
        // 第21、22集: what stands first in the list says 第 for all of it.
        let unnamed = listed.is_some_and(|last| {
            last.unit == UnitText::None
                && self.kind(last.cells.end - 1).is_chinese() == self.kind(at).is_chinese()
        });
        if unnamed && small && !self.lexicon.has(Set::NoPlaceUnits, word) {
            return true;
        }
        match word {
            '届' => !self.lasting(at),
            '次' => self.meets(at, end, last),
            // 2013级: the year of a class
            '级' if numeral.digits == 4 && numeral.arabic => true,
            '级' => small && !self.windy(at, end) && !(numeral.starts_arabic && self.is(end, "以上")),
            // 二奖3.5注中, but 连获三奖.
            '奖' => {
                numeral.digits == 1
                    && !numeral.starts_arabic
                    && at.checked_sub(1).is_none_or(|k| self.kind(k).ends_phrase())
            }
            '等' => self.lexicon.has(Set::Graded, behind) && !numeral.starts_arabic || behind == '奖',
            '期' => {
                let stage = single && small && !numeral.starts_arabic && self.ch(at) != '两';
                stage && !self.lasting(at) && before != '分' && !self.lexicon.has(Set::NoStage, behind)
            }
            '版' => single && !self.pages(at),
            '年' => self.is(numeral.end, "年级"),
            '楼' => single && small && !self.is(end, "楼"),
            '位' | '名' => {
                self.before_word(Cue::RankBefore, at) && last.is_some_and(|last| last.class == Class::Ordinal)
            }
            '章' => {
                !numeral.starts_arabic
                    && !self.lexicon.has(Set::BeforeChapters, before)
                    && numeral.digits != 1
            }
            '阶' => false,
            _ => listed.is_some_and(
                |last| matches!(&last.unit, UnitText::Cells(unit) if self.ch(unit.start) == word),
            ),
        }
    }

    /// True where the number at `at` goes on with a list of places that `last` is in.
    fn lists_place(&self, last: &DraftFigure, at: usize) -> bool {
        let joined = last.cells.end + 1 == at && self.one_of(at - 1, Set::OrdinalListSigns);
        last.class == Class::Ordinal && (last.cells.end == at || joined)
    }

    /// N次 for a meeting of a congress: 十九届六次全会, 第三次代表大会.
    fn meets(&self, at: usize, end: usize, last: Option<&DraftFigure>) -> bool {
        let congress =
            last.filter(|last| last.class == Class::Ordinal && self.ch(last.cells.end - 1) == '届');
        let (beside, near) =
            congress.map_or((false, false), |last| (last.cells.end == at, at - last.cells.end <= 6));
        let assembly = ["党代会", "全会", "代表大会"].iter().any(|word| self.is(end, word));
        beside || (near && self.is(end, "会议")) || assembly
    }

    /// 一至六年级: the unit comes with the second number.
    fn grades(&self, numeral: &Numeral, draft: &DraftFigure) -> Option<DraftFigure> {
        let right = Some(numeral.end + 1).filter(|_| self.one_of(numeral.end, Set::Span))?;
        let high =
            self.numeral(right).filter(|high| high.digits == 1 && numeral.digits == 1 && !high.pair)?;
        let rises = high.value?.low > numeral.value?.low;
        let mut draft = DraftFigure { value_max: Some(high.value?.low), ..draft.clone() };
        draft.cells.end = high.end;
        self.ordinal_unit(&mut draft, high.end);
        (rises && self.is(high.end, "年级")).then_some(draft)
    }

    /// 一、二年级; 一、二、三等奖: the place that the last of a short list names is that of all of them.
    fn shares_place(&self, at: usize, numeral: &Numeral) -> bool {
        let mut end = numeral.end;
        let mut behind = 0;
        while self.ch(end) == '、' && behind < 4 && end - at < 12 {
            let Some(next) = self.numeral(end + 1) else { return false };
            if next.digits == 0 || next.digits > 2 || next.pair {
                return false;
            }
            end = next.end;
            behind += 1;
        }
        let placed = ["年级", "等奖", "等功", "期"].iter().any(|word| self.is(end, word));
        behind > 0 && placed && (1..=2).contains(&numeral.digits)
    }

    /// 前三 with nothing behind it that it counts.
    fn is_front_rank(&self, at: usize, end: usize) -> bool {
        let closes =
            self.kind(end).ends_phrase() || end >= self.cells.len() || self.one_of(end, Set::BehindRank);
        closes && self.before_word(Cue::PlaceRank, at - 1)
    }

    fn ordinal_unit(&self, draft: &mut DraftFigure, at: usize) {
        // Whatever classifies can be put in order: 第一炉.
        let classifier = || {
            let unit = self.lexicon.unit_at(self.cells, at)?;
            (self.ch(draft.cells.start) == '第' && self.sort(unit.1) == Some(UnitKind::Count)).then_some(unit)
        };
        if let Some((end, id)) = self.lexicon.ordinal_at(self.cells, at).or_else(classifier) {
            if self.cells.get(at).is_some_and(|cell| cell.gap)
                || (end == at + 1 && self.lexicon.begins_word(self.cells, at))
            {
                return;
            }
            draft.cells.end = end;
            draft.unit = UnitText::Cells(at..end);
            draft.canonical = Some(id);
            draft.sort = Some(UnitKind::Count);
        }
    }

    /// 第9—12版, 第三至五名.
    fn ordinal_range(&self, draft: &mut DraftFigure, at: usize) {
        if !self.one_of(at, Set::Span) {
            return;
        }
        let right = at + 1 + usize::from(self.ch(at + 1) == '第');
        if !self.kind(right).is_numeric() {
            return;
        }
        let Some(numeral) = self.numeral(right) else { return };
        let first = match draft.value {
            Some(Value::Number(first)) => first,
            _ => return,
        };
        let Some(high) =
            numeral.value.map(|value| value.low).filter(|&high| high > first && !numeral.decimal)
        else {
            return;
        };
        let end = draft.cells.end;
        draft.cells.end = numeral.end;
        self.ordinal_unit(draft, numeral.end);
        if draft.cells.end == numeral.end {
            draft.cells.end = end;
        } else {
            draft.value_max = Some(high);
        }
    }

    /// 第二棉纺厂, 第三中学, 第二十工程局二处: the number is part of an institution's name: where to go on.
    pub(super) fn institution(&self, at: usize) -> Option<usize> {
        let numeral = self.numeral(at)?;
        if self.lexicon.ordinal_at(self.cells, numeral.end).is_some() && !self.is(numeral.end, "人民") {
            return None;
        }
        // 第一、第二棉纺厂
        let listed = self.ch(numeral.end) == '、'
            && self.ch(numeral.end + 1) == '第'
            && self.kind(numeral.end + 2).is_chinese();
        let from = if listed { numeral.end + 3 } else { numeral.end };
        let body = (from..from + 8)
            .take_while(|&k| self.kind(k) == Kind::Han && self.ch(k) != '的')
            .find_map(|k| self.lexicon.cue_at(Cue::Institution, self.cells, k))?;
        // Its offices are numbered too.
        let office = self.kind(body) == Kind::Numeral && self.one_of(body + 1, Set::Offices);
        Some(if office { body + 1 } else { numeral.end.max(at + 1) })
    }

    fn lasting(&self, at: usize) -> bool {
        self.before_word(Cue::Lasting, at)
    }

    /// Degrees of wind and earthquakes are measures: 东南风3~4级, 5.2级地震.
    fn windy(&self, at: usize, end: usize) -> bool {
        let before = (1..=4).any(|back| at >= self.floor + back && self.one_of(at - back, Set::Natural));
        before || ["大风", "地震", "阵风", "风", "左右", "台风", "强风"].iter().any(|word| self.is(end, word))
    }

    /// 今日8版, 共四版: how many pages, not which.
    fn pages(&self, at: usize) -> bool {
        ["今日", "今天", "本期", "共", "每期", "对开", "出", "四开", "增出", "扩为", "增至", "计", "今"]
            .iter()
            .any(|word| {
                at.checked_sub(word.chars().count())
                    .is_some_and(|start| start >= self.floor && self.is(start, word))
            })
    }
}
