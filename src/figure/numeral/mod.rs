//! Numerals: from cells to exact decimals.
//!
//! One pass from left to right, for Arabic, Chinese and mixed numerals alike: a literal (a run of digits), then a
//! scale word, and so on. Every cell is looked at a constant number of times. [`span`] holds what is added up;
//! each of the other modules reads one kind of part.

mod arabic;
mod chinese;
mod decimal;
mod scales;
mod span;
pub(super) mod traits;

use rust_decimal::Decimal;

pub(super) use self::span::Span;
use self::span::power;
use self::traits::Traits;
use super::cells::Cell;
use super::figure_words::Set;
use super::pattern::Pattern;
use super::text::{TEN, Text};
use super::words::{Kind, digit, scale};
use crate::page::Role;

/// A numeral that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// What it is like.
    traits: Traits,
    /// The cell after its last one.
    pub(super) end: usize,
    /// Its value; none where it is too long for an exact decimal.
    pub(super) value: Option<Span>,
    /// How many digits a literal has that stands alone (2021, 二〇二一); 0 where there is more than a literal.
    pub(super) digits: usize,
}

/// What scale words make of a numeral. Asked for where two numbers share them, and seldom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scaling {
    /// The value in front of the closing 万 or 亿, and that scale, where the numeral ends with one.
    pub(super) tail: Option<(Span, Decimal)>,
    /// The one digit in front of scale words and nothing else, and what those multiply it by: 三百, 3千万.
    pub(super) lead: Option<(Decimal, Decimal)>,
}

/// What was read of late. The readers of dates, ordinals and quantities all ask for the same numerals.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    slots: [Slot; 8],
}

/// Where a numeral was asked for, and what was read there.
type Slot = std::cell::Cell<Option<(usize, Option<Numeral>)>>;

impl Memo {
    /// Forgets everything: another text begins.
    pub(super) fn clear(&self) {
        self.slots.iter().for_each(|slot| slot.set(None));
    }

    /// The numeral that starts at cell `from`, read once; none where the cells there make no number.
    #[inline]
    pub(super) fn read(&self, text: &Text<'_>, from: usize) -> Option<Numeral> {
        match self.slots.get(from % self.slots.len())?.get() {
            Some((at, numeral)) if at == from => numeral,
            _ => self.read_anew(text, from),
        }
    }

    #[inline(never)]
    fn read_anew(&self, text: &Text<'_>, from: usize) -> Option<Numeral> {
        let mut reader = Reader::new(text, from);
        reader.read();
        let numeral = reader.finish();
        self.slots.get(from % self.slots.len())?.set(Some((from, numeral)));
        numeral
    }
}

/// What scale words make of the numeral that starts at cell `from`.
pub(super) fn scaling(text: &Text<'_>, from: usize) -> Scaling {
    let mut reader = Reader::new(text, from);
    reader.read();
    reader.scaling()
}

/// Where a run of numeric cells ends: what to skip where no number is found.
pub(super) fn run_end(cells: &[Cell], from: usize) -> usize {
    let run = cells.get(from..).unwrap_or_default().iter().take_while(|cell| cell.kind.is_numeric()).count();
    from + run.max(1)
}

/// A run of digits.
#[derive(Debug, Clone, Copy)]
struct Literal {
    value: Option<Span>,
    digits: usize,
}

struct Reader<'c> {
    /// The text around the numeral, whose figures are not known yet.
    near: Text<'c>,
    from: usize,
    at: usize,
    /// Finished parts, each with the scale it was multiplied by, falling.
    groups: [(Span, u32); 6],
    group_count: usize,
    /// What was read since the last 万 or 亿.
    section: Span,
    /// The scale that may follow in this section must be below this.
    section_limit: u32,
    literal: Option<Literal>,
    /// The exponent of the last scale word.
    last: u32,
    zero: bool,
    too_long: bool,
    more: bool,
    about: bool,
    few: bool,
    decimal: bool,
    grouped: bool,
    bare: bool,
    pair: bool,
    scales: usize,
    /// How many runs of digits were read.
    literals: usize,
    chinese: usize,
    formal_digits: usize,
    formal_scales: usize,
    tail: Option<(Span, Decimal)>,
    leading_zero: bool,
    broken: bool,
}

impl<'c> Reader<'c> {
    fn new(text: &Text<'c>, from: usize) -> Self {
        Self {
            near: Text { labels: &[], role: Role::Body, floor: 0, taels: TEN, ..*text },
            from,
            at: from,
            groups: [(Span::ZERO, 0); 6],
            group_count: 0,
            section: Span::ZERO,
            section_limit: 4,
            literal: None,
            last: 0,
            zero: false,
            too_long: false,
            more: false,
            about: false,
            few: false,
            decimal: false,
            grouped: false,
            bare: false,
            pair: false,
            scales: 0,
            literals: 0,
            chinese: 0,
            formal_digits: 0,
            formal_scales: 0,
            tail: None,
            leading_zero: false,
            broken: false,
        }
    }

    fn cell(&self, at: usize) -> Option<&'c Cell> {
        self.near.cells.get(at)
    }

    fn ch(&self, at: usize) -> char {
        self.near.ch(at)
    }

    /// True where a character of `set` stands at `at`.
    fn one_of(&self, at: usize, set: Set) -> bool {
        self.near.one_of(at, set)
    }

    fn kind(&self, at: usize) -> Kind {
        self.near.kind(at)
    }

    /// Reads the numeral to its end.
    fn read(&mut self) {
        while let Some(cell) = self.cell(self.at).filter(|_| !self.is_next_cell()) {
            let goes_on = match cell.kind {
                Kind::Digit => self.arabic(),
                // .5
                Kind::Other if (cell.ch, self.at) == ('.', self.from) => self.arabic(),
                Kind::Numeral | Kind::Formal => self.chinese(),
                Kind::Scale | Kind::FormalScale => self.scale(cell),
                _ => self.word(cell),
            };
            if !goes_on {
                break;
            }
        }
    }

    /// True where a blank parts a number that is whole from the next one of a table: 1.2亿 3500万. In a text whose
    /// characters all stand apart, the scale word does too.
    fn is_next_cell(&self) -> bool {
        let closed = self.literal.is_none() && self.last >= scales::MYRIAD;
        closed && self.near.fits(Pattern::NextCell, self.at..self.at)
    }

    /// 点, 几, 余 and 多 inside a numeral, ×10^4 behind it, and 干 that was 千.
    pub(super) fn word(&mut self, cell: &Cell) -> bool {
        let [literal, inside] = [self.literal.is_some(), self.at > self.from];
        let fits = |pattern| self.near.fits(pattern, self.at..self.at);
        match cell.ch {
            _ if !inside => false,
            '点' => self.fraction(),
            '×' | '^' => self.power_of_ten(),
            // 京 and 垓 are scales only between numerals: 南京市 has none.
            '京' | '垓' => literal && fits(Pattern::RareScale) && self.rare_scale(cell.ch),
            // 3个亿, 5个多亿; but 3个亿元项目 are three.
            '个' if literal || self.section_limit < scales::MYRIAD => self.piece(),
            // 万儿八千: eight or ten thousand.
            '儿' if self.bare => self.or_eight(),
            '几' if !literal && fits(Pattern::FewMore) => {
                self.few = true;
                self.more_behind()
            }
            // 500余万, 三十万多亿; in front of anything else it belongs to the unit.
            '余' | '多' | '来' if !self.more && fits(Pattern::MoreMyriads) => {
                self.about = cell.ch == '来';
                self.more_behind()
            }
            '干' => fits(Pattern::MisreadThousand) && self.misread_thousand(),
            _ => false,
        }
    }

    /// Reads a word that says that there are more.
    fn more_behind(&mut self) -> bool {
        self.more = true;
        self.at += 1;
        true
    }

    fn rare_scale(&mut self, c: char) -> bool {
        let exponent = scale(c).unwrap_or(0);
        let done = self.big(exponent);
        self.past_scale(exponent);
        done
    }

    /// 3干 that was 3千.
    fn misread_thousand(&mut self) -> bool {
        const THOUSAND: u32 = 3;
        let short = self.literal.is_some_and(|literal| literal.digits <= 2);
        if !short || !self.small(THOUSAND) {
            return false;
        }
        self.last = THOUSAND;
        self.scales += 1;
        self.at += 1;
        true
    }

    /// 个 between a number and 亿.
    fn piece(&mut self) -> bool {
        let pattern = if self.decimal { Pattern::DecimalPiece } else { Pattern::Piece };
        let Some(scale) = self.near.past_pattern(pattern, self.at) else { return false };
        self.more |= scale > self.at + 1;
        self.at = scale;
        true
    }

    /// 儿八千 behind 万, 儿八百 behind 千: from eight tenths of the scale up to it.
    fn or_eight(&mut self) -> bool {
        let Some(end) = self.near.past_pattern(Pattern::OrEight, self.from) else { return false };
        let Some(exponent) = scale(self.ch(end - 1)) else { return false };
        let eight = Decimal::from(8) * power(exponent);
        self.group_count = 0;
        self.section = Span { low: eight, high: power(exponent + 1) };
        self.section_limit = 0;
        self.bare = false;
        self.scales += 1;
        self.at = end;
        true
    }

    /// The sum of all that was read. A last digit with no scale stands for the scale below: 三万二, 四百五.
    pub(super) fn total(&self) -> Option<Span> {
        let mut sum = self.section;
        if let Some(literal) = self.literal {
            let open = self.last >= 2 && !self.zero;
            let value = literal.value?;
            sum = sum.plus(match (literal.digits, self.pair, self.decimal) {
                (1, _, false) | (2, true, _) if open => value.times(power(self.last - 1))?,
                // 0.0 is 0.
                _ if value.is_zero() => Span::ZERO,
                _ => value,
            })?;
        }
        for &(value, _) in self.groups.get(..self.group_count)? {
            sum = sum.plus(value)?;
        }
        Some(sum)
    }

    /// The one digit in front of scale words, and what those multiply it by.
    fn lead(&self, total: Option<Span>) -> Option<(Decimal, Decimal)> {
        let single = !self.kind(self.from + 1).is_digit()
            && (self.literals, self.pair, self.decimal) == (1, false, false);
        let first = digit(self.ch(self.from)).filter(|&first| first > 0 && single && self.scales > 0)?;
        let first = Decimal::from(first);
        let factor = total?.low.checked_div(first).filter(|factor| *factor >= Decimal::ONE_HUNDRED)?;
        Some((first, factor))
    }

    /// What was read; none where that is no number.
    fn finish(&self) -> Option<Numeral> {
        if self.at == self.from {
            return None;
        }
        let alone = self.literal.filter(|_| (self.scales, self.decimal) == (0, false));
        let digits = alone.map_or(0, |literal| literal.digits);
        let total = self.total();
        let starts_arabic = self.kind(self.from) == Kind::Digit || self.ch(self.from) == '.';
        let weak = match (self.formal_digits, self.formal_scales + self.scales) {
            (1.., 0) => self.chinese < 2,
            _ => false,
        };
        let traits = Traits::of([
            (traits::MORE, self.more),
            (traits::ABOUT, self.about),
            (traits::FEW, self.few),
            (traits::ARABIC, self.chinese + self.scales == 0),
            (traits::STARTS_ARABIC, starts_arabic),
            (traits::BARE, self.bare),
            (traits::LEADING_ZERO, self.leading_zero),
            (traits::DECIMAL, self.decimal),
            (traits::GROUPED, self.grouped),
            (traits::PAIR, self.pair),
            (traits::WEAK, weak),
            (traits::BROKEN, self.broken),
            (traits::SINGLE, digits == 1),
            (traits::COMPOSED, digits == 0),
            (traits::CLOSED, self.tail().is_some()),
        ]);
        Some(Numeral {
            traits,
            end: self.at,
            value: total.filter(|_| !(self.too_long || self.broken)),
            digits,
        })
    }

    /// What its scale words make of the numeral.
    fn scaling(&self) -> Scaling {
        Scaling { tail: self.tail(), lead: self.lead(self.total()) }
    }

    /// The value in front of the closing 万 or 亿, and that scale.
    fn tail(&self) -> Option<(Span, Decimal)> {
        self.tail.filter(|_| self.literal.is_none() && self.section.is_zero())
    }
}
