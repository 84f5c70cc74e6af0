//! Numbers that only identify: telephones, postal codes, house numbers, files.

use rust_decimal::Decimal;

use super::Class;
use super::chars::Kind;
use super::draft::DraftFigure;
use super::figure_words::{Cue, Set};
use super::text::Text;
use crate::page::Role;

impl Text<'_> {
    pub(super) fn glued(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| !cell.gap)
    }

    /// Arabic digits and dashes from `at`: where they end, how many digits, whether a dash is among them.
    pub(super) fn run(&self, at: usize) -> (usize, usize, bool) {
        let (mut end, mut digits, mut dashed, mut dashes) = (at, 0, false, 0);
        while let Some(cell) = self.cells.get(end) {
            // 0571-8806 5678: a telephone number in groups of four.
            let group = cell.gap && dashed && self.ch(at) == '0' && digits == 8;
            if end > at && cell.gap && !group {
                break;
            }
            match cell.kind {
                Kind::Digit => digits += 1,
                _ if self.lexicon.has(Set::Dashes, cell.ch)
                    && self.kind(end + 1) == Kind::Digit
                    && self.glued(end + 1)
                    && digits > 0 =>
                {
                    // No number has more groups, and a long row of them is not read again and again.
                    dashes += 1;
                    if dashes > 5 {
                        break;
                    }
                    dashed = true;
                }
                _ => break,
            }
            end += 1;
        }
        (end, digits, dashed)
    }

    /// Where the words in front of `at` end, colons and the like left out.
    pub(super) fn cue_end(&self, at: usize) -> usize {
        let mut end = at;
        while end > self.floor && at - end < 2 && self.one_of(end - 1, Set::BehindCue) {
            end -= 1;
        }
        end
    }

    /// Phone numbers, postal codes, and whatever its own words announce.
    pub(super) fn announced(&self, at: usize, last: Option<&DraftFigure>) -> Option<DraftFigure> {
        if let Some(found) = self.bracketed(at) {
            return Some(found);
        }
        if self.kind(at) != Kind::Digit {
            // 电话：五五五三一
            let spelled = self.numeral(at).filter(|numeral| numeral.digits >= 3 && !numeral.pair);
            let cue = self.lexicon.cue_before(Cue::Identifier, self.cells, self.floor, self.cue_end(at));
            if let (Some(numeral), Some(_)) = (spelled, cue) {
                let number = usize::from(self.ch(numeral.end) == '号');
                return Some(DraftFigure::new(at..numeral.end + number, Class::Identifier));
            }
            return self.numbered(at);
        }
        let (end, digits, dashed) = self.run(at);
        let found = Some(DraftFigure::new(at..end, Class::Identifier));
        let unit = self.one_of(end, Set::NoIdentifier) || self.lexicon.unit_at(self.cells, end).is_some();
        let cue = self.before_word(Cue::Identifier, self.cue_end(at));
        let announced = cue && (!unit || digits >= 7) && (digits >= 3 || dashed);
        let first = self.ch(at);
        let area = first == '0' && dashed && (8..=16).contains(&digits);
        let mobile = !dashed && digits == 11 && first == '1' && matches!(self.ch(at + 1), '3'..='9') && !unit;
        let toll_free = dashed && digits == 10 && (self.is(at, "400-") || self.is(at, "800-"));
        let listed = last.is_some_and(|last| {
            last.class == Class::Identifier
                && last.cells.end + 1 == at
                && self.one_of(at - 1, Set::NumberListSigns)
        });
        let extension = last.is_some_and(|last| {
            last.class == Class::Identifier && last.cells.end + 1 == at && self.ch(at - 1) == '转'
        });
        // 红球03、08、17: what is listed with a number that identifies does so too, where it looks the same.
        let alike = listed
            && (!unit || self.ch(end) == ',')
            && !dashed
            && last.is_some_and(|last| {
                last.cells.len() == digits && last.cells.clone().all(|at| self.kind(at) == Kind::Digit)
            });
        let also = (listed && digits >= 5 && !unit) || alike || extension;
        if announced || area || mobile || toll_free || also {
            return found;
        }
        let dialled = self.lexicon.cue_at(Cue::Dialled, self.cells, at) == Some(end)
            && (!unit || self.behind_word(Cue::DialledBehind, end));
        if dialled && !dashed {
            let quote = usize::from(self.kind(end) == Kind::Close);
            let start = at - usize::from(quote == 1 && self.kind(at - 1) == Kind::Open);
            let before = self.before_word(Cue::Dialling, start);
            let behind = self.behind_word(Cue::DialledBehind, end + quote);
            if before || behind || digits >= 5 {
                return found;
            }
        }
        self.numbered(at).or_else(|| self.address_tail(at, last))
    }

    /// 7号楼1单元, 2号院3幢: a number with a part of a house right behind an address.
    fn address_tail(&self, at: usize, last: Option<&DraftFigure>) -> Option<DraftFigure> {
        let last = last.filter(|last| last.class == Class::Identifier)?;
        let beside =
            last.cells.end == at || (last.cells.end + 1 == at && self.one_of(at - 1, Set::HouseParts));
        let numeral = self.numeral(at).filter(|numeral| beside && numeral.arabic && !numeral.decimal)?;
        let part =
            ["单元", "幢", "栋", "座", "层", "楼"].into_iter().find(|part| self.is(numeral.end, part))?;
        Some(DraftFigure::new(at..numeral.end + part.chars().count(), Class::Identifier))
    }

    /// 〔2021〕3号, (2021)浙0102民初1234号.
    fn bracketed(&self, at: usize) -> Option<DraftFigure> {
        let open = at.checked_sub(1).filter(|&k| k >= self.floor)?;
        if !self.one_of(open, Set::YearOpen) || self.kind(at) != Kind::Digit {
            return None;
        }
        let (year_end, digits, dashed) = self.run(at);
        // (02)5550-1688
        if (2..=4).contains(&digits) && self.ch(at) == '0' && self.ch(year_end) == ')' {
            let (end, digits, _) = self.run(year_end + 1);
            return (digits >= 6).then(|| DraftFigure::new(open..end, Class::Identifier));
        }
        if digits != 4 || dashed || !self.one_of(year_end, Set::YearClose) {
            return None;
        }
        let mut end = year_end + 1;
        let limit = end + 20;
        let mut number = false;
        while end < limit {
            let cell = self.cells.get(end)?;
            match cell.kind {
                Kind::Digit => number = true,
                Kind::Han if cell.ch == '号' => {
                    return number.then(|| DraftFigure::new(open..end + 1, Class::Identifier));
                }
                Kind::Han => {}
                _ => return None,
            }
            end += 1;
        }
        None
    }

    /// 总第12266号, 107号, 23路, 501室, 00001版.
    fn numbered(&self, at: usize) -> Option<DraftFigure> {
        let numeral = self.numeral(at)?;
        if numeral.more || numeral.decimal || numeral.pair || numeral.bare {
            return None;
        }
        let end = numeral.end;
        let value = numeral.value.map(|value| value.low);
        let masthead = self.role == Role::Masthead;
        if self.ch_before(at) == '第' {
            let total = at >= self.floor + 2 && self.ch(at - 2) == '总';
            let issue = self.one_of(end, Set::Issues);
            let large = value.is_some_and(|value| value >= Decimal::from(500));
            if issue
                && (total
                    || masthead
                    || (large && self.ch(end) == '期')
                    || self.ch(end) == '号' && numeral.digits >= 3)
            {
                return Some(DraftFigure::new(at - 1 - usize::from(total)..end + 1, Class::Identifier));
            }
            return None;
        }
        let arabic = numeral.arabic;
        let next = self.ch(end);
        // 8至12号窗口, and 机组 that a number names.
        if arabic && numeral.digits >= 3 && self.is(end, "机组") {
            return Some(DraftFigure::new(at..end, Class::Identifier));
        }
        // 第 2 页 共 8 页
        if self.ch(end) == '页' && self.is_page_total(at) {
            return Some(DraftFigure::new(at..end + 1, Class::Identifier));
        }
        if arabic
            && self.lexicon.has(Set::NumberSpan, next)
            && self.ch_before(at) != '月'
            && self.kind(end + 1) == Kind::Digit
        {
            let right = self.numeral(end + 1)?;
            if self.ch(right.end) == '号' && right.arabic && !right.decimal {
                return Some(DraftFigure::new(at..right.end + 1, Class::Identifier));
            }
        }
        match next {
            '号' if !self.dated_day(at) => {
                let total = self.ch_before(at) == '总';
                let line = usize::from(self.ch(end + 1) == '线');
                let spelled = numeral.digits >= 3;
                let names = self.behind_word(Cue::HaoName, end + 1);
                if !(arabic || self.in_address(at) || line == 1 || spelled || names) {
                    return None;
                }
                Some(DraftFigure::new(at - usize::from(total)..end + 1 + line, Class::Identifier))
            }
            '路' if arabic && numeral.digits <= 3 && !self.one_of(end + 1, Set::NoBus) => {
                Some(DraftFigure::new(at..end + 1, Class::Identifier))
            }
            // 104国道
            '国' | '省' | '县' if arabic && self.ch(end + 1) == '道' => {
                Some(DraftFigure::new(at..end + 2, Class::Identifier))
            }
            '室' if arabic => Some(DraftFigure::new(at..end + 1, Class::Identifier)),
            '版' if numeral.leading_zero => Some(DraftFigure::new(at..end + 1, Class::Identifier)),
            '弄' if arabic && self.in_address(at) => Some(DraftFigure::new(at..end + 1, Class::Identifier)),
            '次' if arabic && self.is(end, "次列车") => {
                Some(DraftFigure::new(at..end + 1, Class::Identifier))
            }
            _ => None,
        }
    }

    /// True for the number behind 第2页共, which says how many pages a document has.
    fn is_page_total(&self, at: usize) -> bool {
        let led = self.ch_before(at) == '共' || self.ch_before(at) == '/';
        let page = (1..=3).map_while(|back| at.checked_sub(back)).any(|k| self.ch(k) == '页');
        led && page
    }

    fn in_address(&self, at: usize) -> bool {
        self.before_word(Cue::Address, at)
    }

    /// True where N号 is a day.
    fn dated_day(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| self.is_day_number(&number))
    }
}
