//! Numbers that only identify: telephones, postal codes, house numbers, files.

use std::ops::{Range, RangeInclusive};

use rust_decimal::Decimal;

use super::Class;
use super::draft::DraftFigure;
use super::figure_words::{Cue, Set};
use super::numeral::Numeral;
use super::numeral::traits::{ARABIC, BARE, DECIMAL, LEADING_ZERO, MORE, NONE, PAIR, Traits};
use super::pattern::Pattern;
use super::text::Text;
use super::words::Kind;
use crate::page::Role;

/// The most groups of digits that dashes part in one number, so that a long row of them is not read again and again.
const MOST_DASHES: usize = 5;

/// The longest name of a file between its year and its number: (2021)浙0102民初1234号.
const FILE_NAME: usize = 20;

/// The issue number from which on 第N期 needs no other sign of being one.
const LARGE_ISSUE: i64 = 500;

/// A pattern of what a number names, what the number is like, and how many digits it has.
type Thing = (Pattern, Traits, RangeInclusive<usize>);

/// What a number names whatever else stands around it.
const THINGS: [Thing; 5] = [
    (Pattern::PageTotal, NONE, 0..=usize::MAX),
    (Pattern::CrewNumber, ARABIC, 3..=usize::MAX),
    (Pattern::BusLine, ARABIC, 0..=3),
    (Pattern::NumberedByDigits, ARABIC, 0..=usize::MAX),
    (Pattern::PageOfPaper, LEADING_ZERO, 0..=usize::MAX),
];

/// Arabic digits and the dashes among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) end: usize,
    pub(super) digits: usize,
    dashes: usize,
}

impl Text<'_> {
    pub(super) fn glued(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| !cell.gap)
    }

    /// The digits and dashes from `at` on.
    pub(super) fn run(&self, at: usize) -> Run {
        let mut run = Run { end: at, digits: 0, dashes: 0 };
        while run.dashes <= MOST_DASHES {
            match self.part_of_run(&run, at) {
                Some(Kind::Digit) => run.digits += 1,
                Some(_) => run.dashes += 1,
                None => break,
            }
            run.end += 1;
        }
        run
    }

    /// What goes on with `run`, which starts at `start`: a digit, or a dash between two.
    fn part_of_run(&self, run: &Run, start: usize) -> Option<Kind> {
        let parted = run.end > start && !self.glued(run.end);
        match (self.kind(run.end), parted) {
            (Kind::Digit, false) => Some(Kind::Digit),
            // 0571-8806 5678: a telephone number in groups of four.
            (Kind::Digit, true) => match (self.ch(start), run.dashes, run.digits) {
                ('0', 1.., 8) => Some(Kind::Digit),
                _ => None,
            },
            (_, true) => None,
            (kind, false) => {
                self.past_pattern(Pattern::Joint, run.end).filter(|_| run.digits > 0).map(|_| kind)
            }
        }
    }

    /// Phone numbers, postal codes, and whatever its own words announce.
    pub(super) fn announced(&self, at: usize, last: Option<&DraftFigure>) -> Option<DraftFigure> {
        let last = last.filter(|last| last.class == Class::Identifier);
        let cells = match self.kind(at) {
            Kind::Digit => self.digits_announced(at, last),
            _ => self.spelled_out(at).or_else(|| self.numbered(at)),
        };
        cells.map(|cells| DraftFigure::new(cells, Class::Identifier))
    }

    fn digits_announced(&self, at: usize, last: Option<&DraftFigure>) -> Option<Range<usize>> {
        let run = self.run(at);
        self.bracketed(at)
            .or_else(|| self.identifying_run(at, run, last))
            .or_else(|| self.dialled(at, run))
            .or_else(|| self.numbered(at))
            .or_else(|| self.address_tail(at, last))
    }

    /// 电话：五五五三一
    fn spelled_out(&self, at: usize) -> Option<Range<usize>> {
        let numeral = self.numeral(at).filter(|numeral| numeral.digits >= 3)?;
        let cells = at..self.char_at(numeral.end, '号').unwrap_or(numeral.end);
        Some(cells).filter(|cells| numeral.lacks(PAIR) && self.fits(Pattern::Announced, cells.clone()))
    }

    /// Digits that a word announces, that have the form of a telephone number, or that go on with a list of such.
    fn identifying_run(&self, at: usize, run: Run, last: Option<&DraftFigure>) -> Option<Range<usize>> {
        let number = self.beside(at..run.end);
        let counts = || number.fits(Pattern::NoIdentifier);
        let long = || match (run.dashes, run.digits) {
            (_, 7..) => true,
            (_, 3..) | (1.., _) => !counts(),
            _ => false,
        };
        let announced = || number.fits(Pattern::Announced) && long();
        let telephone = || match (self.ch(at), run.dashes, run.digits) {
            ('0', 1.., 8..=16) => true,
            ('1', 0, 11) => ('3'..='9').contains(&self.ch(at + 1)) && !counts(),
            ('4' | '8', 1.., 10) => self.fits(Pattern::TollFree, at..at),
            _ => false,
        };
        (announced() || telephone() || self.is_listed(at, run, last)).then_some(at..run.end)
    }

    /// 红球03、08、17: what is listed with the number `last` that identifies does so too, where it is as long or long.
    fn is_listed(&self, at: usize, run: Run, last: Option<&DraftFigure>) -> bool {
        let Some(last) = last.filter(|last| last.cells.end + 1 == at) else { return false };
        let alike =
            || last.cells.len() == run.digits && last.cells.clone().all(|at| self.kind(at) == Kind::Digit);
        let sign = self.ch(at - 1);
        let counts = self.fits(Pattern::NoIdentifier, at..run.end);
        match (self.one_of(at - 1, Set::NumberListSigns), counts, run.digits) {
            // An extension.
            (false, ..) => sign == '转',
            (true, false, 5..) => true,
            (true, true, _) if self.ch(run.end) != ',' => false,
            _ => alike(),
        }
    }

    /// 拨打110, “119”: a number that everyone dials.
    fn dialled(&self, at: usize, run: Run) -> Option<Range<usize>> {
        const NEEDS_NO_WORD: usize = 5;
        let cells = at..self.word_at(Cue::Dialled, at).filter(|&end| end == run.end)?;
        let free =
            !self.fits(Pattern::NoIdentifier, cells.clone()) || self.behind_word(Cue::DialledBehind, run.end);
        let told = run.digits >= NEEDS_NO_WORD || self.fits(Pattern::Dialled, cells.clone());
        Some(cells).filter(|_| free && told)
    }

    /// 7号楼1单元, 2号院3幢: a number with a part of a house right behind an address.
    fn address_tail(&self, at: usize, last: Option<&DraftFigure>) -> Option<Range<usize>> {
        let beside = match at.checked_sub(last?.cells.end)? {
            0 => true,
            1 => self.one_of(at - 1, Set::HouseParts),
            _ => false,
        };
        let numeral = self.numeral(at).filter(|numeral| beside && numeral.is(ARABIC, DECIMAL))?;
        self.around(Pattern::HousePart, at..numeral.end)
    }

    /// 〔2021〕3号, (2021)浙0102民初1234号, (02)5550-1688.
    fn bracketed(&self, at: usize) -> Option<Range<usize>> {
        let open = at.checked_sub(1).filter(|_| self.one_before(at, Set::YearOpen))?;
        let inside = self.run(at);
        let number = || {
            let number = self.run(self.past_pattern(Pattern::AreaCode, inside.end)?);
            (number.digits >= 6).then_some(open..number.end)
        };
        let file = || {
            let name = self.past_pattern(Pattern::YearClose, inside.end)?;
            Some(open..self.past_file_number(name)?)
        };
        match (inside.digits, inside.dashes) {
            (4, 0) => number().or_else(file),
            (2..=4, _) => number(),
            _ => None,
        }
    }

    /// Behind the 号 of a file whose name and number start at `at`.
    fn past_file_number(&self, at: usize) -> Option<usize> {
        let inside = |at: &usize| [Kind::Digit, Kind::Han].contains(&self.kind(*at));
        let mut name = (at..at + FILE_NAME).take_while(inside);
        let end = name.find(|&at| self.ch(at) == '号')?;
        (at..end).any(|at| self.kind(at) == Kind::Digit).then_some(end + 1)
    }

    /// 总第12266号, 107号, 23路, 501室, 00001版.
    fn numbered(&self, at: usize) -> Option<Range<usize>> {
        let numeral = self.numeral(at).filter(|numeral| numeral.lacks(MORE | DECIMAL | PAIR | BARE))?;
        if self.ch_before(at) == '第' {
            return self.issue(at, &numeral);
        }
        self.row_of_numbers(at, &numeral).or_else(|| self.numbered_thing(at, &numeral))
    }

    /// 总第12266号, 第812期: the number of an issue.
    fn issue(&self, at: usize, numeral: &Numeral) -> Option<Range<usize>> {
        let large = numeral.value.is_some_and(|value| value.low >= Decimal::from(LARGE_ISSUE));
        let told = match self.ch(numeral.end) {
            _ if self.role == Role::Masthead => true,
            '期' => large,
            _ => numeral.digits >= 3,
        };
        let cells = at..numeral.end;
        let total = self.around(Pattern::TotalIssue, cells.clone());
        total.or_else(|| self.around(Pattern::Issue, cells).filter(|_| told))
    }

    /// 8至12号窗口: numbers of one row.
    fn row_of_numbers(&self, at: usize, numeral: &Numeral) -> Option<Range<usize>> {
        let right_at = self.past_pattern(Pattern::NumberSpan, numeral.end).filter(|_| numeral.has(ARABIC))?;
        let right = self.numeral(right_at).filter(|right| right.is(ARABIC, DECIMAL))?;
        let end = self.char_at(right.end, '号').filter(|_| self.ch_before(at) != '月')?;
        Some(at..end)
    }

    /// A number whose own words say that it names a thing.
    fn numbered_thing(&self, at: usize, numeral: &Numeral) -> Option<Range<usize>> {
        let number = self.beside(at..numeral.end);
        let fits = |thing: &&Thing| numeral.has(thing.1) && thing.2.contains(&numeral.digits);
        let listed = THINGS.iter().filter(fits).find_map(|thing| number.covers(thing.0));
        listed.or_else(|| self.house_number(at, numeral))
    }

    /// 107号, 总3号, 2号线, 甲路三号; no day.
    fn house_number(&self, at: usize, numeral: &Numeral) -> Option<Range<usize>> {
        let number = self.beside(at..numeral.end);
        let told = || numeral.has(ARABIC) || numeral.digits >= 3 || number.fits(Pattern::HaoNames);
        number.covers(Pattern::Hao).filter(|_| told() && !self.dated_day(at))
    }

    /// True where N号 is a day.
    fn dated_day(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| self.is_day_number(&number))
    }
}
