//! Runs of Chinese digits: 三, 二〇二一, and pairs that mean a range.

use rust_decimal::Decimal;

use super::span::Span;
use super::{Literal, Reader};
use crate::figure::figure_words::UnitKind;
use crate::figure::pattern::Pattern;
use crate::figure::words::{Kind, digit};

/// The most digits behind a scale word that do not spell a number out.
const MOST_BEHIND_SCALE: usize = 2;

impl Reader<'_> {
    /// A run of Chinese digits.
    pub(super) fn chinese(&mut self) -> bool {
        if self.few || self.literal.is_some() || self.follows_a_fraction() {
            return false;
        }
        let start = self.at;
        let end = self.end_before_price(start, self.digits_end(start));
        if end == start {
            return false;
        }
        let formal = self.near.cells.get(start..end).unwrap_or_default();
        self.formal_digits += formal.iter().filter(|cell| cell.kind == Kind::Formal).count();
        let first = self.past_zeros(start, end);
        if first == end {
            self.at = end;
            return self.fits(Pattern::NumberGoesOn, end);
        }
        let (literal, literal_end) = self.literal_of(first, end);
        let count = end - first;
        if start > self.from && count > MOST_BEHIND_SCALE {
            if !self.spells_out(start, end) {
                return false;
            }
            self.spell_out_before();
        }
        self.leading_zero |= (start, self.value_at(start)) == (self.from, 0) && count > 1;
        self.chinese += count;
        self.literals += 1;
        self.literal = Some(literal);
        self.at = literal_end;
        true
    }

    fn value_at(&self, at: usize) -> u8 {
        digit(self.ch(at)).unwrap_or(0)
    }

    /// True where `pattern` fits at `at`.
    fn fits(&self, pattern: Pattern, at: usize) -> bool {
        self.near.fits(pattern, at..at)
    }

    /// Where the run from `start` to `end` ends, or ends in front of the one that its price is paid for: 三千五一个月.
    fn end_before_price(&self, start: usize, end: usize) -> usize {
        let priced = |one: usize| start > self.from && self.is_price(one, end);
        match end - start {
            1 if priced(start) => start,
            2 if priced(start + 1) && self.value_at(start) > 0 => end - 1,
            _ => end,
        }
    }

    /// Behind the zeros that only say that a scale is missing between two: 三千零五.
    fn past_zeros(&mut self, start: usize, end: usize) -> usize {
        if start == self.from || self.spells_out(start, end) {
            return start;
        }
        let first = (start..end).find(|&at| self.value_at(at) > 0).unwrap_or(end);
        self.zero |= first > start;
        first
    }

    /// What the digits from `first` to `end` say: one number, or the ends of a range; and where they end.
    fn literal_of(&mut self, first: usize, end: usize) -> (Literal, usize) {
        let count = end - first;
        let paused = self.paused_pair(first, end);
        let beside = Some(first + 1).filter(|&second| count == 2 && self.is_range(first, second));
        if let Some(second) = paused.or(beside) {
            self.pair = true;
            let [low, high] = [first, second].map(|at| Decimal::from(self.value_at(at)));
            return (Literal { value: Some(Span { low, high }), digits: 2 }, second + 1);
        }
        let digits = (first..end).map(|at| i128::from(self.value_at(at)));
        let value = digits.into_iter().try_fold(0_i128, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
        let value = value.and_then(|value| Decimal::try_from_i128_with_scale(value, 0).ok());
        (Literal { value: value.map(Span::of), digits: count }, end)
    }

    /// Where the run of Chinese digits ends that starts at `start`.
    fn digits_end(&self, start: usize) -> usize {
        let spaced = self.cell(start + 1).is_some_and(|cell| cell.gap);
        let apart = spaced && self.fits(Pattern::ApartYear, start);
        let digits = (start..self.near.cells.len()).take_while(|&at| self.is_of_run(start, at, apart));
        digits.last().map_or(start, |last| last + 1)
    }

    /// True where the cell at `at` goes on with the run of digits from `start`.
    fn is_of_run(&self, start: usize, at: usize, apart: bool) -> bool {
        let glued = apart || at == start || self.cell(at).is_some_and(|cell| !cell.gap);
        let digit = match self.kind(at) {
            Kind::Numeral | Kind::Formal => true,
            // 二0二三年, 一九九0年
            _ => at > start && self.fits(Pattern::ZeroInside, at),
        };
        digit && glued && !self.is_tael(start, at)
    }

    /// True for the weight 两, false for the number: 两 begins a number (两百) or a pair (一两个, 两三百).
    fn is_tael(&self, start: usize, at: usize) -> bool {
        let near = &self.near;
        match (self.ch(at), at - start) {
            ('两', 0) if start == self.from => false,
            // 三千两百, 一万两三千; but 三千两.
            ('两', 0) => !near.fits(Pattern::TwoOfScale, at..at + 1),
            // 一两个, 一两百; but 一两银子.
            ('两', 1) if (self.ch(start), self.at) == ('一', self.from) => {
                !near.fits(Pattern::OneOrTwo, at..at + 1) || self.begins_word(at + 1)
            }
            ('两', _) => true,
            _ => false,
        }
    }

    /// True where what looks like a unit at `at` begins another word.
    fn begins_word(&self, at: usize) -> bool {
        !matches!(self.kind(at), Kind::Scale | Kind::FormalScale) && self.near.begins_word(at)
    }

    /// True for the one unit at `one` that a price is paid for: 八百一吨, 14万一套. The price ends in front of it.
    fn is_price(&self, one: usize, end: usize) -> bool {
        let hundreds = self.last >= 2 && !self.zero;
        let sort = self.char_at(one, '一').filter(|_| hundreds).and_then(|_| self.near.unit_sort(end));
        sort.is_some_and(UnitKind::is_sold)
    }

    fn char_at(&self, at: usize, c: char) -> Option<usize> {
        (self.ch(at) == c).then_some(at + 1)
    }

    /// 七、八个, 二、三十斤: the second of two neighbouring digits that a pause parts and that mean a range.
    fn paused_pair(&self, first: usize, end: usize) -> Option<usize> {
        let second = self.char_at(end, '、').filter(|_| end == first + 1)?;
        let marker = (first, self.ch(first)) == (self.from, '一') && self.before_is_boundary();
        let range = self.is_range(first, second) && !marker;
        range.then_some(second).filter(|_| self.near.fits(Pattern::PausedPair, self.from..end))
    }

    /// True for two digits that together mean "from this to that": 三五, 七八, 一两.
    fn is_range(&self, first: usize, second: usize) -> bool {
        match (self.value_at(first), self.value_at(second)) {
            (0, _) => false,
            (3, 5) => true,
            (first, second) => second == first + 1,
        }
    }

    /// True for a run of four digits behind 万 that spells out what is left: 五八万六〇一九户.
    fn spells_out(&self, start: usize, end: usize) -> bool {
        (self.last, end - start, self.group_count, self.section_limit) == (4, 4, 1, 4)
    }

    /// What stands before digits that are spelled out is spelled out too: 五六万 is 56 there, no range.
    fn spell_out_before(&mut self) {
        if let Some((value, _)) = self.groups.first_mut().filter(|_| self.pair) {
            *value = Span::of(value.spelled(true));
            self.pair = false;
        }
    }
}
