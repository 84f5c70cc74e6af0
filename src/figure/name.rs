//! Numerals that count nothing: ordinary words, fixed names, quoted labels.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Class;
use super::chars::Kind;
use super::figure_words::{Cue, Set, UnitKind, Word};
use super::text::Text;

/// What the numeral at some place turned out to be part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// An ordinary word that ends at this cell.
    Ordinary(usize),
    /// A name that covers these cells.
    Named(Range<usize>),
}

/// How far in front of its first numeral a word may begin.
const BEFORE: usize = 4;

impl Text<'_> {
    /// The word of the lists that covers the numeral at `at`: the longest one decides.
    pub(super) fn word(&self, at: usize) -> Option<Name> {
        let mut best: Option<(usize, Range<usize>, Word)> = None;
        let formal = self.kind(at).is_formal();
        let words = if formal { &self.lexicon.formal_words } else { &self.lexicon.words };
        for back in 0..=BEFORE {
            let Some(start) = at.checked_sub(back).filter(|&start| start >= self.floor) else { break };
            let Some((end, word)) = words.longest(self.cells, start) else { continue };
            // 统一六国 ends its word inside the run of numerals, 一点五 and 一块二 are numbers after all.
            let splits = self.kind(end - 1).is_numeric()
                && self.kind(end).is_numeric()
                && !(start < at && end == at + 1 && self.closes(start));
            let number = start == at
                && end == at + 2
                && self.kind(end).is_numeric()
                && self.one_of(at + 1, Set::SplitUnits);
            let ordinal = self.ch_before(at) == '第' && start == at;
            let unbroken = !self.cells.get(start + 1..end).unwrap_or_default().iter().any(|cell| cell.gap);
            if end > at
                && !(splits || number || ordinal)
                && unbroken
                && best.as_ref().is_none_or(|(length, ..)| end - start > *length)
            {
                best = Some((end - start, start..end, word));
            }
        }
        let (_, cells, word) = best?;
        let counted = match word {
            Word::Named => self.counts_after_all(at, &cells),
            _ => self.joins_another(at, &cells),
        };
        if counted {
            return None;
        }
        match word {
            Word::Ordinary => Some(Name::Ordinary(cells.end)),
            Word::Named => Some(Name::Named(cells)),
            Word::Plain => None,
        }
    }

    /// 五小时, 三公里, 八一年: a name whose last part begins a longer unit, or a spelled number with a unit behind.
    fn counts_after_all(&self, at: usize, name: &Range<usize>) -> bool {
        let end = super::numeral::run_end(self.cells, at);
        if name.start != at || end > name.end {
            return false;
        }
        let unit = self.lexicon.unit_at(self.cells, end);
        let longer = unit.is_some_and(|(unit, _)| end < name.end && unit > name.end);
        let sort = unit.and_then(|(_, id)| self.sort(id));
        let spelled = end == name.end
            && (matches!(sort, Some(UnitKind::Money | UnitKind::Percent))
                || self.ch(end) == '年' && !self.is(end, "年计划"));
        longer || spelled || self.joins_another(at, name)
    }

    /// 三农场, 两会场, 四清点: the last character of the word begins another.
    fn joins_another(&self, at: usize, word: &Range<usize>) -> bool {
        let end = super::numeral::run_end(self.cells, at);
        word.start == at && end + 1 == word.end && self.behind_word(Cue::JoinsName, end)
    }

    /// 张百发, 王洪九部: a person whose name holds a numeral: where the name ends.
    pub(super) fn person(&self, at: usize) -> Option<usize> {
        if !self.kind(at).is_chinese() {
            return None;
        }
        let surname = |name: usize| {
            let start = self.lexicon.cue_before(Cue::Surname, self.cells, self.floor, name)?;
            let free = start == self.floor
                || self.kind(start - 1) != Kind::Han
                || self.before_word(Cue::SurnameLead, start);
            free.then_some(start)
        };
        let scale =
            matches!(self.kind(at), Kind::Scale | Kind::FormalScale) && self.kind(at + 1) == Kind::Han;
        if scale && self.ch(at) != '十' && surname(at).is_some() {
            return Some(at + 2);
        }
        let troops = self.one_of(at + 1, Set::Troops) && self.kind(at) == Kind::Numeral;
        // 王洪九部, 匪首张九部
        let named = at.checked_sub(1).filter(|_| troops).and_then(|given| {
            surname(given).or_else(|| self.before_word(Cue::Leader, given).then(|| surname(at)).flatten())
        });
        named.map(|_| at + 1)
    }

    /// 三元区, 五里铺站, 鞍山三村: a place whose name holds a numeral: where to go on.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        if !self.kind(at).is_chinese() || self.ch_before(at) == '第' {
            return None;
        }
        let middle = super::numeral::run_end(self.cells, at);
        let within = middle - at <= 2 && self.behind_word(Cue::PlaceMiddle, middle);
        let inner = if within { middle + 1 } else { middle };
        if within && self.behind_word(Cue::PlaceEnd, inner) && !self.measures_way(middle, inner) {
            return Some(inner + 1);
        }
        if let Some(end) = self.lexicon.cue_at(Cue::PlaceName, self.cells, at)
            && (self.before_word(Cue::PlaceLead, at) || self.one_of(end, Set::BehindPlace))
        {
            return Some(end);
        }
        // The numbered villages of workers in Shanghai and other towns.
        let village =
            middle == at + 1 && self.ch(middle) == '村' && self.behind_word(Cue::PlaceBehind, middle + 1);
        let named = self.kind(at.checked_sub(1)?) == Kind::Han && !self.before_word(Cue::NoPlace, at);
        (village && named).then_some(middle + 1)
    }

    /// 十里路, 两元店, 八里地: the middle measures what follows.
    fn measures_way(&self, middle: usize, end: usize) -> bool {
        let way = self.ch(middle) == '里' && self.one_of(end, Set::NoWay);
        let shop = self.ch(middle) == '元' && self.one_of(end, Set::NoShop);
        way || shop
    }

    /// True for words that end in 一 and go on with no number: 统一六国, but 前一百名.
    fn closes(&self, start: usize) -> bool {
        !self.one_of(start, Set::OpenWords)
    }

    /// A slogan of four: 一县一策, 两学一做, 六治六提.
    pub(super) fn four(&self, at: usize) -> Option<Range<usize>> {
        let cells = self.cells.get(at..at + 4)?;
        let [first, one, second, two] = cells else { return None };
        let numeral =
            |cell: &super::cells::Cell| cell.kind == Kind::Numeral && !self.lexicon.has(Set::Zeros, cell.ch);
        let shape = numeral(first) && numeral(second) && one.kind == Kind::Han && two.kind == Kind::Han;
        if !shape
            || cells.iter().skip(1).any(|cell| cell.gap)
            || one.ch == two.ch
            || self.kind(at + 1 + 3).is_numeric()
        {
            return None;
        }
        let unit = |k: usize| {
            self.lexicon.unit_at(self.cells, k).is_some() || self.lexicon.ordinal_at(self.cells, k).is_some()
        };
        if first.ch == '一' && second.ch == '一' {
            let stop = self.behind_word(Cue::ObjectEnd, at + 3);
            return (!stop && !self.lexicon.has(Set::NoSlogan, one.ch)).then_some(at..at + 4);
        }
        if (unit(at + 1) && unit(at + 3)) || self.word(at + 2).is_some() {
            return None;
        }
        // A place or a person with a number counts: 三省一市 above, 两男一女 here.
        if self.lexicon.has(Set::NoSloganFirst, one.ch)
            || self.lexicon.has(Set::NoSloganSecond, two.ch)
            || unit(at + 1)
        {
            return None;
        }
        if self.lexicon.unit_at(self.cells, at + 3).is_some_and(|(end, _)| end > at + 4) {
            return None;
        }
        Some(at..at + 4)
    }

    /// 5·12, 9·11: a day that stands for what happened on it.
    pub(super) fn anniversary(&self, at: usize) -> Option<Range<usize>> {
        let (dot, ..) =
            self.digits(at).filter(|&(end, month, _)| self.ch(end) == '·' && (1..=12).contains(&month))?;
        let (end, day, _) = self.digits(dot + 1)?;
        let alone = !self.one_of(end, Set::NoAnniversary)
            && self.kind(end) != Kind::Letter
            && self.lexicon.unit_at(self.cells, end).is_none();
        (alone && (1..=31).contains(&day)).then_some(at..end)
    }

    /// “4050”人员, “315”体系: nothing but three or four digits, no year and no number to dial.
    fn is_nickname(&self, label: &Range<usize>) -> bool {
        let Some((end, number, digits)) = self.digits(label.start) else { return false };
        let year = digits == 4 && (1800..2100).contains(&number);
        let dialled = self.lexicon.cue_at(Cue::Dialled, self.cells, label.start) == Some(end);
        let called = end == label.end && self.kind(end + 1) == Kind::Han;
        (3..=4).contains(&digits) && called && !dialled && !year
    }

    /// True for the number of “雪龙2”号, a part of the name of a ship.
    pub(super) fn is_vessel(&self, at: usize) -> bool {
        let label = self.labels.iter().find(|label| label.contains(&at) && label.start < at);
        label.is_some_and(|label| {
            self.digits(at).is_some_and(|(end, ..)| end == label.end) && self.ch(label.end + 1) == '号'
        })
    }

    /// The quoted label that the numeral at `at` makes a name, where no ordinary word covers it.
    pub(super) fn named_label(&self, at: usize) -> Option<Range<usize>> {
        let label = self.label(at)?;
        let word = matches!(self.word(at), Some(Name::Ordinary(_)));
        (!word || self.four(at).is_some()).then_some(label)
    }

    /// The quoted label that the numeral at `at` makes a name: “八大战略”, “说一件、干一件、成一件”.
    pub(super) fn label(&self, at: usize) -> Option<Range<usize>> {
        let label = self.labels.iter().find(|label| label.contains(&at))?.clone();
        let inside = self.cells.get(label.clone())?;
        if label.start < self.floor {
            return None;
        }
        let plus = inside.iter().any(|cell| cell.ch == '+');
        let arabic = self.kind(at) == Kind::Digit;
        if arabic {
            return ((plus && label.len() <= 8) || self.is_nickname(&label)).then_some(label);
        }
        let zero = self.one_of(at, Set::Zeros) && !self.kind(at + 1).is_numeric();
        if self.ch_before(at) == '第' || zero {
            return None;
        }
        let numeral = self.numeral(at);
        if let Some(numeral) = &numeral {
            // “八五”, “五一”: numerals and nothing else.
            if numeral.end == label.end && at == label.start && (2..=3).contains(&numeral.digits) {
                return Some(label);
            }
            let large = numeral.value.is_some_and(|value| value.low > Decimal::from(20)) && !numeral.bare;
            if (large || numeral.decimal) && !plus {
                return None;
            }
        }
        if let Some(found) = self.date(at)
            && (found.start == label.start && found.end == label.end || found.from.year.is_some())
        {
            return None;
        }
        if let Some(draft) = self.quantity(at) {
            let whole = draft.cells.start <= label.start && draft.cells.end >= label.end;
            let weighed = !matches!(draft.class, Class::Count | Class::Duration);
            // “百亿镇” is what such a town is called.
            let bare = numeral.as_ref().is_some_and(|numeral| numeral.bare && numeral.end < label.end);
            if whole && bare && draft.class == Class::Count && at == label.start {
                return Some(label);
            }
            // “两节”, “三座大山”: few things of one kind, in Chinese numerals, are a name in quotation marks.
            let few = numeral.as_ref().is_some_and(|numeral| numeral.digits == 1 && !numeral.pair);
            let called = draft.class == Class::Count && few && at == label.start && !draft.article;
            if !called && (whole || (weighed && draft.cells.start <= label.start)) {
                return None;
            }
        }
        Some(label)
    }
}
