//! Numerals: from cells to exact decimals.
//!
//! One pass from left to right, for Arabic, Chinese and mixed numerals alike: a literal (a run of digits), then a
//! scale word, and so on. Every cell is looked at a constant number of times.

use rust_decimal::Decimal;

use super::cells::Cell;
use super::chars::{Kind, digit, scale};
use super::lexicon::Lexicon;

/// A number and the one it runs up to: the same where no range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

impl Span {
    const ZERO: Self = Self { low: Decimal::ZERO, high: Decimal::ZERO };
    const ONE: Self = Self { low: Decimal::ONE, high: Decimal::ONE };

    fn of(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// True where it is one number. Two ends of one value that are written differently count as two.
    fn is_point(self) -> bool {
        self.low.mantissa() == self.high.mantissa() && self.low.scale() == self.high.scale()
    }

    fn plus(self, other: Self) -> Option<Self> {
        // Most of what is added up is one number and nothing before it.
        if self.is_zero() {
            return Some(other);
        }
        if other.is_zero() {
            return Some(self);
        }
        let low = self.low.checked_add(other.low)?;
        let point = self.is_point() && other.is_point();
        Some(Self { low, high: if point { low } else { self.high.checked_add(other.high)? } })
    }

    pub(super) fn times(self, factor: Decimal) -> Option<Self> {
        let low = self.low.checked_mul(factor)?;
        Some(Self { low, high: if self.is_point() { low } else { self.high.checked_mul(factor)? } })
    }

    fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }
}

/// A numeral that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// The cell after its last one.
    pub(super) end: usize,
    /// Its value; none where it is too long for an exact decimal.
    pub(super) value: Option<Span>,
    /// True where 余, 多 or 几 stands inside: 500余万, 二十几.
    pub(super) more: bool,
    /// True where 几 stands inside.
    pub(super) few: bool,
    /// True where it is Arabic digits and nothing else.
    pub(super) arabic: bool,
    /// True where it starts with Arabic digits.
    pub(super) starts_arabic: bool,
    /// True where it starts with a scale word that has no digit in front: 百, 千万.
    pub(super) bare: bool,
    /// How many digits a literal has that stands alone (2021, 二〇二一); 0 where there is more than a literal.
    pub(super) digits: usize,
    /// True where the literal starts with a zero.
    pub(super) leading_zero: bool,
    /// True where a decimal point was read.
    pub(super) decimal: bool,
    /// True where thousands separators were read.
    pub(super) grouped: bool,
    /// True for two neighbouring digits that mean a range: 三五, 七八.
    pub(super) pair: bool,
    /// The value in front of the closing 万 or 亿, and that scale, where the numeral ends with one.
    pub(super) tail: Option<(Span, Decimal)>,
    /// True where nothing but formal digits without a formal scale was read.
    pub(super) weak: bool,
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

    /// What [`read`] says, read once.
    pub(super) fn read(&self, cells: &[Cell], from: usize, lexicon: &Lexicon) -> Option<Numeral> {
        let slot = self.slots.get(from % self.slots.len())?;
        match slot.get() {
            Some((at, numeral)) if at == from => numeral,
            _ => {
                let numeral = read(cells, from, lexicon);
                slot.set(Some((from, numeral)));
                numeral
            }
        }
    }
}

/// Reads the numeral that starts at cell `from`; none where the cells there make no number.
fn read(cells: &[Cell], from: usize, lexicon: &Lexicon) -> Option<Numeral> {
    Reader::new(cells, from, lexicon).read()
}

/// Where a run of numeric cells ends: what to skip where [`read`] finds no number.
pub(super) fn run_end(cells: &[Cell], from: usize) -> usize {
    let run = cells.get(from..).unwrap_or_default().iter().take_while(|cell| cell.kind.is_numeric()).count();
    from + run.max(1)
}

/// Ten to the `exponent`, which is at most 20, that of 垓.
fn power(exponent: u32) -> Decimal {
    10_u128
        .checked_pow(exponent)
        .map_or(Decimal::MAX, |p| Decimal::from_parts(p as u32, (p >> 32) as u32, (p >> 64) as u32, false, 0))
}

/// A run of digits.
#[derive(Debug, Clone, Copy)]
struct Literal {
    value: Option<Span>,
    digits: usize,
}

struct Reader<'c> {
    cells: &'c [Cell],
    lexicon: &'c Lexicon,
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
    few: bool,
    decimal: bool,
    grouped: bool,
    bare: bool,
    pair: bool,
    scales: usize,
    chinese: usize,
    formal_digits: usize,
    formal_scales: usize,
    tail: Option<(Span, Decimal)>,
    leading_zero: bool,
}

impl<'c> Reader<'c> {
    fn new(cells: &'c [Cell], from: usize, lexicon: &'c Lexicon) -> Self {
        Self {
            cells,
            lexicon,
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
            few: false,
            decimal: false,
            grouped: false,
            bare: false,
            pair: false,
            scales: 0,
            chinese: 0,
            formal_digits: 0,
            formal_scales: 0,
            tail: None,
            leading_zero: false,
        }
    }

    fn cell(&self, at: usize) -> Option<&'c Cell> {
        self.cells.get(at)
    }

    fn ch(&self, at: usize) -> char {
        self.cells.get(at).map_or('\0', |cell| cell.ch)
    }

    fn kind(&self, at: usize) -> Kind {
        self.cells.get(at).map_or(Kind::Other, |cell| cell.kind)
    }

    fn read(mut self) -> Option<Numeral> {
        while let Some(cell) = self.cell(self.at) {
            let goes_on = match cell.kind {
                Kind::Digit => self.arabic(),
                Kind::Other if cell.ch == '.' && self.at == self.from => self.arabic(),
                Kind::Numeral | Kind::Formal => self.chinese(),
                Kind::Scale | Kind::FormalScale => self.scale(cell),
                _ => self.word(cell),
            };
            if !goes_on {
                break;
            }
        }
        self.finish()
    }

    /// Arabic digits with separators and a decimal point.
    fn arabic(&mut self) -> bool {
        if self.literal.is_some() || (self.few && self.at > self.from) {
            return false;
        }
        let start = self.at;
        let (mut mantissa, mut fits, mut digits, mut fraction) = (0_i128, true, 0_usize, 0_u32);
        let mut point = false;
        let mut at = start;
        let mut wide = true;
        while let Some(cell) = self.cell(at) {
            if at > start && cell.gap && !(fraction == 0 && point) && !self.parted(start, at) {
                break;
            }
            match cell.kind {
                Kind::Digit => {
                    let value = i128::from(digit(cell.ch).unwrap_or(0));
                    wide &= cell.length > 1;
                    // No decimal holds more than 29 digits; leading zeros are none.
                    fits &= mantissa < 10_i128.pow(29);
                    if fits {
                        mantissa = mantissa * 10 + value;
                    }
                    digits += 1;
                    fraction += u32::from(point);
                    at += 1;
                }
                Kind::Clause if cell.ch == ',' && !point && self.thousands(at, start, digits, wide) => {
                    self.grouped = true;
                    at += 1;
                }
                Kind::Other if matches!(cell.ch, '.' | '·') && !point && self.point(at) => {
                    point = true;
                    self.decimal = true;
                    at += 1;
                }
                _ => break,
            }
        }
        if digits == 0 {
            return false;
        }
        self.leading_zero |=
            start == self.from && self.ch(start) == '0' && digits > 1 && self.kind(start + 1) == Kind::Digit;
        let value = if fits && fraction <= 28 {
            Decimal::try_from_i128_with_scale(mantissa, fraction).ok()
        } else {
            None
        };
        self.literal = Some(Literal { value: value.map(Span::of), digits });
        self.at = at;
        true
    }

    /// True for a comma with exactly three digits behind it and one to three, or such a group, before.
    fn thousands(&self, comma: usize, start: usize, digits: usize, wide: bool) -> bool {
        let digit_at = |at: usize| self.cell(at).is_some_and(|cell| cell.kind == Kind::Digit && !cell.gap);
        let three = (1..=3).all(|k| digit_at(comma + k)) && !digit_at(comma + 4);
        let first = self.grouped || comma - start <= 3;
        // A full-width comma between half-width digits parts two numbers, unless a decimal point follows.
        let narrow = self.cell(comma).is_some_and(|cell| cell.length == 1);
        let point = self.ch(comma + 4) == '.' && digit_at(comma + 5);
        let more = self.ch(comma + 4) == ',' && self.thousands_tail(comma + 4);
        three
            && first
            && digits > 0
            && self.ch(start) != '0'
            && (narrow || wide || point || more || self.grouped)
    }

    fn thousands_tail(&self, comma: usize) -> bool {
        let digit_at = |at: usize| self.cell(at).is_some_and(|cell| cell.kind == Kind::Digit && !cell.gap);
        (1..=3).all(|k| digit_at(comma + k)) && self.ch(comma + 4) == '.' && digit_at(comma + 5)
    }

    /// True for a decimal point: a digit behind it, and no second point behind that.
    fn point(&self, at: usize) -> bool {
        let Some(next) = self.cell(at + 1) else { return false };
        if next.kind != Kind::Digit {
            return false;
        }
        let Some(this) = self.cell(at) else { return false };
        // 1. 5月 is a list marker and a month; 14. 48% a number that the OCR parted.
        if next.gap && at - self.from < 2 && at == self.from + 1 && self.before_is_boundary() {
            return false;
        }
        let after = self
            .cells
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take(8)
            .position(|cell| cell.kind != Kind::Digit);
        let end = after.map_or(at + 9, |n| at + 1 + n);
        let second = self.ch(end) == '.' && self.kind(end + 1) == Kind::Digit;
        if this.ch == '·' {
            // A raised point is a decimal point only in front of a unit: 3·5%, but 9·11.
            let unit =
                matches!(self.ch(end), '%' | '万' | '亿') || self.lexicon.unit_at(self.cells, end).is_some();
            return unit && !second;
        }
        !second
    }

    /// True for a blank at `at` that the OCR program put into a number: 5 000 元 with three digits behind it, or
    /// 增长1 2.5% where no blank stands before the number and a unit behind.
    fn parted(&self, start: usize, at: usize) -> bool {
        // 达 1 2 8 万元: where every character stands apart, so do the digits of one number.
        let apart = |k: usize| self.cell(k).is_some_and(|cell| cell.gap);
        let last = (at..at + 8).find(|&k| !(self.kind(k) == Kind::Digit && apart(k))).unwrap_or(at);
        if (start..at).all(apart) && apart(last) && self.counted(last) {
            return true;
        }
        let digits = |from: usize| {
            let run = self.cells.get(from..).unwrap_or_default().iter().take(8);
            run.enumerate().take_while(|(k, cell)| cell.kind == Kind::Digit && (*k == 0 || !cell.gap)).count()
        };
        let behind = digits(at);
        let mut end = at + behind;
        if self.ch(end) == '.' && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        let unit = self.counted(end);
        let groups = behind == 3 && at - start <= 3 && end == at + 3;
        let before = start.checked_sub(1).and_then(|k| self.cell(k));
        let glued = before.is_some_and(|cell| cell.kind == Kind::Han && cell.ch != '第')
            && self.cell(start).is_some_and(|cell| !cell.gap);
        // In a table, 甲 12 300元 are two columns.
        let led = glued || before.is_none_or(|cell| "为约共达超近逾计".contains(cell.ch));
        unit && ((groups && led) || (glued && at - start <= 2 && behind <= 3))
    }

    /// True where a unit stands at `at`, or what may stand between a number and its unit.
    fn counted(&self, at: usize) -> bool {
        matches!(self.ch(at), '万' | '亿' | '余' | '多') || self.lexicon.unit_at(self.cells, at).is_some()
    }

    fn before_is_boundary(&self) -> bool {
        self.from.checked_sub(1).and_then(|k| self.cell(k)).is_none_or(|cell| cell.kind.ends_clause())
    }

    /// A run of Chinese digits.
    fn chinese(&mut self) -> bool {
        if self.literal.is_some() || self.few {
            return false;
        }
        let start = self.at;
        let mut end = start;
        while let Some(cell) = self.cell(end) {
            let zero_between = cell.ch == '0' || cell.ch == 'O' || cell.ch == 'o';
            let digit_like = matches!(cell.kind, Kind::Numeral | Kind::Formal)
                || (zero_between && end > start && self.kind(end + 1) == Kind::Numeral);
            // 两 begins a number or a pair (一两个) and else is the weight: 二两.
            let weight = cell.ch == '两' && end > start && !(end == start + 1 && self.ch(start) == '一');
            if !digit_like || weight || (end > start && cell.gap) {
                break;
            }
            self.formal_digits += usize::from(cell.kind == Kind::Formal);
            end += 1;
        }
        let cells = self.cells;
        let value_at = |at: usize| cells.get(at).and_then(|cell| digit(cell.ch)).unwrap_or(0);
        let mut first = start;
        if start > self.from {
            // 零 between two scales only says that one is missing.
            while first < end && value_at(first) == 0 {
                first += 1;
                self.zero = true;
            }
            if first == end {
                if !matches!(self.kind(end), Kind::Digit | Kind::Scale | Kind::FormalScale)
                    && self.ch(end) != '几'
                {
                    return false;
                }
                self.at = end;
                return true;
            }
        }
        let count = end - first;
        // 两 counts and never spells out: 一两 may be a pair, 二〇两 is nothing.
        let literal = if count == 1 {
            Literal { value: Some(Span::of(Decimal::from(value_at(first)))), digits: 1 }
        } else if count == 2 && is_pair(value_at(first), value_at(first + 1)) {
            self.pair = true;
            let span = Span { low: Decimal::from(value_at(first)), high: Decimal::from(value_at(first + 1)) };
            Literal { value: Some(span), digits: 2 }
        } else {
            let mut value = Some(0_i128);
            for at in first..end {
                value = value.and_then(|v| v.checked_mul(10)?.checked_add(i128::from(value_at(at))));
            }
            let value = value.and_then(|v| Decimal::try_from_i128_with_scale(v, 0).ok());
            Literal { value: value.map(Span::of), digits: count }
        };
        if start > self.from && count > 2 {
            return false;
        }
        self.leading_zero |= start == self.from && value_at(start) == 0 && count > 1;
        self.chinese += count;
        self.literal = Some(literal);
        self.at = end;
        true
    }

    /// 十 百 千, 廿 卅 卌, 万 亿 兆.
    fn scale(&mut self, cell: &Cell) -> bool {
        let multiplies = matches!(cell.ch, '百' | '千' | '兆');
        if multiplies && self.lexicon.unit_at(self.cells, self.at).is_some_and(|(end, _)| end > self.at + 1) {
            return false;
        }
        let tens = match cell.ch {
            '廿' => 2,
            '卅' => 3,
            '卌' => 4,
            _ => 0,
        };
        self.formal_scales += usize::from(cell.kind == Kind::FormalScale);
        if tens > 0 {
            if self.literal.is_some() || self.section_limit <= 1 {
                return false;
            }
            self.add(Span::of(Decimal::from(tens * 10)));
            self.section_limit = 1;
            self.last = 1;
            self.scales += 1;
            self.chinese += 1;
            self.at += 1;
            return true;
        }
        let Some(exponent) = scale(cell.ch) else { return false };
        // A bare 兆 measures memory; it is a number only among numerals or in front of money.
        if cell.ch == '兆' && !self.trillion() {
            return false;
        }
        let done = if exponent < 4 { self.small(exponent) } else { self.big(exponent) };
        if done {
            self.last = exponent;
            self.zero = false;
            self.scales += 1;
            self.chinese += 1;
            self.at += 1;
        }
        done
    }

    fn trillion(&self) -> bool {
        let next = self.at + 1;
        self.kind(next).is_numeric() || self.lexicon.money_at(self.cells, next) || self.ch(next) == '个'
    }

    fn small(&mut self, exponent: u32) -> bool {
        if self.few || (self.more && self.literal.is_none()) {
            return false;
        }
        let coefficient = match self.literal.take() {
            Some(literal) => match literal.value {
                Some(value) => value,
                None => {
                    self.too_long = true;
                    Span::ZERO
                }
            },
            None if self.at == self.from => {
                self.bare = exponent > 1;
                Span::ONE
            }
            // 一百十六, 一万零百一十一; but 百千 is no number.
            None if exponent < self.section_limit && (exponent == 1 || self.zero) => Span::ONE,
            None => return false,
        };
        if exponent >= self.section_limit {
            return false;
        }
        match coefficient.times(power(exponent)) {
            Some(value) => self.add(value),
            None => self.too_long = true,
        }
        self.section_limit = exponent;
        true
    }

    fn big(&mut self, exponent: u32) -> bool {
        let mut sum = self.section;
        let mut any = self.section_limit < 4;
        if let Some(literal) = self.literal.take() {
            any = true;
            match literal.value.and_then(|value| sum.plus(value)) {
                Some(value) => sum = value,
                None => self.too_long = true,
            }
        }
        // What stands under a smaller scale is multiplied too: 一万五千亿, 万万.
        while let Some(&(value, below)) =
            self.group_count.checked_sub(1).and_then(|last| self.groups.get(last))
        {
            let again = below == exponent && !any;
            if below > exponent || (below == exponent && !again) {
                break;
            }
            match sum.plus(value) {
                Some(value) => sum = value,
                None => self.too_long = true,
            }
            any = true;
            self.group_count -= 1;
        }
        if !any {
            if self.at > self.from {
                return false;
            }
            self.bare = true;
            sum = Span::ONE;
        }
        let factor = power(exponent);
        let Some(product) = sum.times(factor) else {
            self.too_long = true;
            return self.group_count < self.groups.len();
        };
        self.tail = Some((sum, factor));
        if let Some(slot) = self.groups.get_mut(self.group_count) {
            *slot = (product, exponent);
            self.group_count += 1;
        } else {
            return false;
        }
        self.section = Span::ZERO;
        self.section_limit = 4;
        true
    }

    fn add(&mut self, value: Span) {
        match self.section.plus(value) {
            Some(sum) => self.section = sum,
            None => self.too_long = true,
        }
    }

    /// 点, 几, 余 and 多 inside a numeral, and 干 that was 千.
    fn word(&mut self, cell: &Cell) -> bool {
        if self.at == self.from {
            return false;
        }
        match cell.ch {
            '点' => self.fraction(),
            // 京 and 垓 are scales only between numerals: 南京市 has none.
            '京' | '垓'
                if self.literal.is_some()
                    && (self.kind(self.at + 1).is_numeric() || self.ch(self.at + 1) == '个') =>
            {
                let exponent = scale(cell.ch).unwrap_or(0);
                let done = self.big(exponent);
                self.last = exponent;
                self.scales += 1;
                self.chinese += 1;
                self.at += 1;
                done
            }
            '几' => {
                let behind = self.at.checked_sub(1).map_or('\0', |k| self.ch(k));
                if self.literal.is_some() || !(behind == '十' || behind == '零' || behind == '〇') {
                    return false;
                }
                self.few = true;
                self.more = true;
                self.at += 1;
                true
            }
            // 500余万, 三十万多亿; in front of anything else it belongs to the unit.
            '余' | '多' | '来' if !self.more && matches!(self.ch(self.at + 1), '万' | '亿') => {
                self.more = true;
                self.at += 1;
                true
            }
            '干' if self.literal.is_some_and(|literal| literal.digits <= 2) => {
                let next = self.at + 1;
                let unit = self.lexicon.unit_at(self.cells, next).is_some();
                if !(unit || matches!(self.ch(next), '余' | '多' | '万')) || !self.small(3) {
                    return false;
                }
                self.last = 3;
                self.scales += 1;
                self.at += 1;
                true
            }
            _ => false,
        }
    }

    /// 点 and the digits behind it.
    fn fraction(&mut self) -> bool {
        if self.decimal || self.more || self.pair {
            return false;
        }
        let start = self.at + 1;
        let (mut mantissa, mut digits) = (0_i128, 0_u32);
        let mut at = start;
        let arabic = self.kind(start) == Kind::Digit;
        while let Some(cell) = self.cell(at) {
            let fits = if arabic {
                cell.kind == Kind::Digit
            } else {
                matches!(cell.kind, Kind::Numeral | Kind::Formal)
            };
            if !fits || cell.ch == '两' {
                break;
            }
            let value = i128::from(digit(cell.ch).unwrap_or(0));
            match mantissa.checked_mul(10).and_then(|m| m.checked_add(value)) {
                Some(m) => mantissa = m,
                None => self.too_long = true,
            }
            digits += 1;
            at += 1;
        }
        let next = self.ch(at);
        let after = self.ch(at + 1);
        // 八点三十分, 八点五分, 八点一刻 are times of day; 五点五分钟 is a length of time.
        let minutes = next == '分' && after != '钟' && after != '之' && after != '米';
        if digits == 0 || next == '十' || next == '刻' || minutes {
            return false;
        }
        let scaled = matches!(next, '万' | '亿' | '百' | '千' | '余' | '多');
        let unit = self.lexicon.unit_at(self.cells, at).is_some_and(|(_, unit)| !self.lexicon.is_clock(unit));
        let starts_arabic = self.kind(self.from) == Kind::Digit;
        if (starts_arabic || arabic) && !(scaled || unit) {
            let zero = self.at == self.from + 1 && digit(self.ch(self.from)) == Some(0);
            if !zero {
                return false;
            }
        }
        let Some(whole) = self.total() else {
            self.too_long = true;
            self.at = at;
            return true;
        };
        let fraction =
            if digits <= 28 { Decimal::try_from_i128_with_scale(mantissa, digits).ok() } else { None };
        let value = fraction.and_then(|f| whole.plus(Span::of(f)));
        self.too_long |= value.is_none();
        self.group_count = 0;
        self.section = Span::ZERO;
        self.section_limit = 4;
        self.tail = None;
        self.literal = Some(Literal { value, digits: 0 });
        self.decimal = true;
        self.last = 0;
        self.chinese += 1;
        self.at = at;
        true
    }

    /// The sum of all that was read. A last digit with no scale stands for the scale below: 三万二, 四百五.
    fn total(&mut self) -> Option<Span> {
        let mut sum = self.section;
        if let Some(literal) = self.literal {
            let mut value = literal.value?;
            let short = literal.digits == 1 && !self.zero && self.last >= 2 && !self.decimal;
            let pair = self.pair && literal.digits == 2 && !self.zero && self.last >= 2;
            if short || pair {
                value = value.times(power(self.last - 1))?;
            }
            sum = sum.plus(value)?;
        }
        for &(value, _) in self.groups.get(..self.group_count)? {
            sum = sum.plus(value)?;
        }
        Some(sum)
    }

    fn finish(mut self) -> Option<Numeral> {
        if self.at == self.from {
            return None;
        }
        let alone = self.scales == 0 && !self.decimal;
        let digits = if alone { self.literal.map_or(0, |literal| literal.digits) } else { 0 };
        let total = self.total();
        let tail = if self.literal.is_none() && self.section.is_zero() { self.tail } else { None };
        let starts_arabic = matches!(self.kind(self.from), Kind::Digit) || self.ch(self.from) == '.';
        Some(Numeral {
            end: self.at,
            value: if self.too_long { None } else { total },
            more: self.more,
            few: self.few,
            arabic: self.chinese == 0 && self.scales == 0,
            starts_arabic,
            bare: self.bare,
            digits,
            leading_zero: self.leading_zero,
            decimal: self.decimal,
            grouped: self.grouped,
            pair: self.pair,
            tail,
            weak: self.formal_digits > 0 && self.formal_scales == 0 && self.scales == 0 && self.chinese < 2,
        })
    }
}

/// True for two digits that together mean "from this to that": 三五, 七八, 一两.
fn is_pair(first: u8, second: u8) -> bool {
    first > 0 && (second == first + 1 || (first, second) == (3, 5))
}
