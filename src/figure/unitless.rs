//! Numbers without a known unit: nouns that no list has, money that is spent, prices, and great numbers alone.

use std::ops::Range;

use rust_decimal::Decimal;

use super::draft::DraftFigure;
use super::figure_words::{Cue, UnitKind};
use super::numeral::Numeral;
use super::numeral::traits::{
    ARABIC, BARE, CLOSED, COMPOSED, DECIMAL, FEW, LEADING_ZERO, MORE, PAIR, SINGLE, STARTS_ARABIC,
};
use super::object::is_verb;
use super::pattern::{Beside, Pattern};
use super::quantity::{Amount, Unit, Vague};
use super::text::Text;
use super::words::Kind;
use super::{Bound, Class, Value};

/// How far back in its clause an amount of money looks for the word that says so: 补偿款共计1.2亿.
const MONEY_REACH: usize = 12;

/// The four digits that are a year, whatever stands in front of them.
const YEARS: Range<i32> = 1900..2100;

/// The longest word in front of a number that says what each it is of: 每平方米.
const EACH: usize = 5;

impl Text<'_> {
    /// What a number is that no known unit follows.
    pub(super) fn unitless(&self, at: usize, amount: &Amount, vague: Vague) -> Option<DraftFigure> {
        self.spent(at, amount, vague)
            .or_else(|| self.counted_noun(at, amount))
            .or_else(|| self.great_age(at, &amount.numeral))
            .or_else(|| self.arabic_alone(at, amount))
            .or_else(|| self.great_number(at, amount, vague))
            .or_else(|| self.threshold(at, &amount.numeral, vague))
    }

    fn counted_noun(&self, at: usize, amount: &Amount) -> Option<DraftFigure> {
        let unit = self.unknown(amount).filter(|unit| !self.names_model(unit.cells.start))?;
        let mut draft = self.with_unit(&unit, at..unit.cells.end);
        amount.fill(&mut draft);
        Some(draft)
    }

    /// 3000型 is a model.
    fn names_model(&self, at: usize) -> bool {
        self.ch(at) == '型'
    }

    /// A noun that no list knows, counted directly: 2380旅客.
    pub(super) fn unknown(&self, amount: &Amount) -> Option<Unit> {
        let cells = self.noun(amount.end, true).filter(|_| self.glued(amount.end))?;
        if !counts_nouns(&amount.numeral) {
            return None;
        }
        Some(self.people(&cells).unwrap_or(Unit { sort: UnitKind::Noun, id: None, cells, noun: None }))
    }

    /// 十四万犹太人: what a people is called, in `name`, stands in front of 人.
    fn people(&self, name: &Range<usize>) -> Option<Unit> {
        let end = self.past_pattern(Pattern::People, name.end).filter(|_| name.len() == 2)?;
        let (_, id) = self.unit_at(name.end)?;
        Some(Unit { sort: UnitKind::Noun, id: Some(id), cells: name.end..end, noun: Some(name.start) })
    }

    /// Two characters that may be a noun, or more where a known noun goes on; `strict` where no blank may be in it.
    pub(super) fn noun(&self, at: usize, strict: bool) -> Option<Range<usize>> {
        let pattern = if strict { Pattern::GluedNoun } else { Pattern::Noun };
        let end = self.past_pattern(pattern, at)?;
        // 三万出头: what says how the number is meant is no noun.
        if self.bound_behind(at).is_some() || self.is_no_noun(at) {
            return None;
        }
        // 11.8万农村人口: the noun goes on where a known one follows.
        let head = self.past_pattern(Pattern::NounHead, end).filter(|&head| head > end + 1);
        Some(at..head.unwrap_or(end))
    }

    /// True where another word than a noun begins at `at`. 八千日本人: a people may be called by a word that is no unit.
    fn is_no_noun(&self, at: usize) -> bool {
        let people = self.fits(Pattern::OfPeople, at..at);
        let pattern = if people { Pattern::NoPeople } else { Pattern::NoNoun };
        self.fits(pattern, at..at)
    }

    /// 投资3个亿, 斥资5亿建设新厂: an amount of money that says no unit.
    fn spent(&self, at: usize, amount: &Amount, vague: Vague) -> Option<DraftFigure> {
        let numeral = &amount.numeral;
        let great = numeral.has(CLOSED) || numeral.has(PAIR);
        let told = match great {
            true => self.is_sum(at, amount),
            false => self.is_small_sum(at, amount),
        };
        let mut draft = DraftFigure::new(at..amount.end, Class::Money);
        amount.fill(&mut draft);
        if numeral.has(MORE) {
            draft.bound = Bound::Over;
        }
        if vague.few {
            draft.value = None;
        }
        Some(draft).filter(|_| told)
    }

    /// 投资三千万; 几百万货款: an amount of money by the word in front, or by what it is a sum of.
    fn is_sum(&self, at: usize, amount: &Amount) -> bool {
        self.fits(Pattern::SumBehind, at..amount.end)
            || self.tells_money(at..amount.end) && !self.spent_on_things(amount)
    }

    /// 人均三千八, 工资由1500涨到2200: less than 万, where the phrase, or what it was before, ends with it.
    fn is_small_sum(&self, at: usize, amount: &Amount) -> bool {
        let ends = self.fits(Pattern::EndsAmount, amount.end..amount.end);
        match amount.numeral.has(STARTS_ARABIC) {
            _ if !ends => false,
            true if amount.numeral.lacks(COMPOSED) => {
                is_wage(&amount.numeral) && self.glued(at) && self.fits(Pattern::Spent, at..amount.end)
            }
            _ => amount.numeral.is(COMPOSED, BARE) && self.tells_money(at..amount.end),
        }
    }

    /// True where a noun follows that is no verb: 投入2000民工, but 中奖500万后.
    fn spent_on_things(&self, amount: &Amount) -> bool {
        let verb = |at: usize| is_verb([self.ch(at), self.ch(at + 1)]);
        self.unknown(amount).is_some() && ![amount.end, amount.end + 1].into_iter().any(verb)
    }

    /// True where a word of money stands in front of the number: at once, or earlier in its clause.
    fn tells_money(&self, cells: Range<usize>) -> bool {
        let Range { start: at, end } = cells;
        let each = Some(self.before_each(at)).filter(|&each| each < at);
        let mut starts = std::iter::once(at).chain(each);
        starts.any(|at| self.fits(Pattern::Spent, at..end) || self.is_said_of_money(at))
    }

    /// 补偿款共计1.2亿: a word of money earlier in the clause, with nothing between that is no money.
    fn is_said_of_money(&self, at: usize) -> bool {
        let clause =
            (1..=MONEY_REACH).map_while(|steps| at.checked_sub(steps)).take_while(|&k| k >= self.floor);
        let clause = clause.take_while(|&k| self.kind(k) == Kind::Han);
        let mut clause = clause.take_while(|&k| !self.behind_word(Cue::OtherThanMoney, k));
        let word = |k: usize| self.word_before(Cue::Spent, k);
        clause.any(|k| word(k).is_some_and(|start| k - start >= 2))
    }

    /// Where 每人 starts in front of `at`, or `at` itself: 奖励每人五千.
    fn before_each(&self, at: usize) -> usize {
        let near = (2..=EACH).map_while(|back| at.checked_sub(back)).take_while(|&k| k >= self.floor);
        near.into_iter().find(|&k| self.word_at(Cue::Per, k) == Some(at)).unwrap_or(at)
    }

    /// 八百一吨, 14万一套: a price, and what it is paid for.
    pub(super) fn price(&self, at: usize, numeral: &Numeral, behind: &Beside<'_>) -> Option<DraftFigure> {
        let sold = numeral.end + 1;
        let end = behind.past(Pattern::SoldFor).filter(|_| is_price(numeral))?;
        self.unit_sort(sold)?;
        let mut draft = DraftFigure::new(at..numeral.end, Class::Money);
        draft.set_span(numeral.value);
        draft.per = Some(sold..end);
        draft.each = true;
        Some(draft)
    }

    /// 八十有六, as one says of the old.
    fn great_age(&self, at: usize, tens: &Numeral) -> Option<DraftFigure> {
        let number = tens.value.filter(|_| self.is(tens.end - 1, "十有"))?.low;
        let ones = self.numeral(tens.end + 1).filter(|ones| ones.is(SINGLE, ARABIC))?;
        let mut draft = DraftFigure::new(at..ones.end, Class::Measure);
        draft.value = number.checked_add(ones.value?.low).map(Value::Number);
        self.kind(ones.end).ends_phrase().then_some(draft)
    }

    /// Arabic digits with nothing behind them that they count.
    fn arabic_alone(&self, at: usize, amount: &Amount) -> Option<DraftFigure> {
        let numeral = amount.numeral;
        let alone = numeral.has(STARTS_ARABIC) && !self.names_model(numeral.end);
        let measured = self.before_word(Cue::Magnitude, at);
        let class = if measured { Class::Measure } else { Class::Count };
        let mut draft = DraftFigure::new(at..numeral.end, class);
        draft.set_span(amount.value);
        if numeral.has(MORE) {
            draft.bound = Bound::Over;
        }
        draft.bare = true;
        alone.then_some(draft)
    }

    /// 人口二千三百余万, 三万出头, 票房过亿: a great number stands for itself where the phrase ends with it.
    fn great_number(&self, at: usize, amount: &Amount, vague: Vague) -> Option<DraftFigure> {
        let numeral = &amount.numeral;
        let round = self.behind_word(Cue::Rounded, amount.end);
        let reached = vague.above || self.fits(Pattern::Reached, at..at);
        let stands_alone = match (round, numeral.has(BARE)) {
            (true, false) => true,
            (_, true) if !reached => false,
            _ => !vague.few && is_great(amount) && self.closes_number(amount.end),
        };
        let aged = round && self.fits(Pattern::OfAge, at..at);
        let class = if aged { Class::Measure } else { Class::Count };
        let mut draft = DraftFigure::new(at..amount.end, class);
        draft.set_span(numeral.value);
        if amount.more {
            draft.bound = Bound::Over;
        }
        Some(draft).filter(|_| stands_alone)
    }

    /// True for what may follow a number that stands for itself.
    pub(super) fn closes_number(&self, at: usize) -> bool {
        self.bound_behind(at).is_some() || self.fits(Pattern::ClosesNumber, at..at)
    }

    /// 突破一万大关
    fn threshold(&self, at: usize, numeral: &Numeral, vague: Vague) -> Option<DraftFigure> {
        let mut draft = DraftFigure::new(at..numeral.end, Class::Count);
        draft.value = numeral.value.map(|value| Value::Number(value.low));
        let plain = !vague.few && self.fits(Pattern::Threshold, at..numeral.end);
        plain.then_some(draft)
    }
}

/// True for a number that may count a noun without a classifier. Things are whole: 1.8豪华版 counts none.
fn counts_nouns(numeral: &Numeral) -> bool {
    let whole = numeral.lacks(DECIMAL) || numeral.has(CLOSED);
    match numeral.has(STARTS_ARABIC) {
        _ if !whole || numeral.has(LEADING_ZERO) => false,
        true => true,
        false if !numeral.is(COMPOSED, BARE) => false,
        false => numeral.value.is_some_and(|value| value.low >= Decimal::ONE_HUNDRED),
    }
}

/// True for digits that may be what somebody is paid, and are no year.
fn is_wage(numeral: &Numeral) -> bool {
    let year =
        numeral.value.and_then(|value| i32::try_from(value.low).ok()).filter(|&value| YEARS.contains(&value));
    (3..=4).contains(&numeral.digits) && numeral.lacks(DECIMAL | LEADING_ZERO) && year.is_none()
}

/// True for a number that may be what one of something costs.
fn is_price(numeral: &Numeral) -> bool {
    let printed = match numeral.digits {
        0 => numeral.lacks(DECIMAL) || numeral.has(CLOSED),
        3..=5 => numeral.is(ARABIC, LEADING_ZERO),
        _ => false,
    };
    printed && numeral.lacks(BARE | FEW)
}

/// True for a number with 万 or 亿, or with a scale and 余, or a pair with one: 少则七八百, 多则一两千.
fn is_great(amount: &Amount) -> bool {
    let scaled = amount.more || amount.numeral.has(PAIR);
    amount.numeral.has(CLOSED) || scaled && amount.numeral.has(COMPOSED)
}
