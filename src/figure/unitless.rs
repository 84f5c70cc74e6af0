//! Numbers without a known unit: nouns that no list has, money that is spent, prices, and great numbers alone.

use std::ops::Range;

use rust_decimal::Decimal;

use super::chars::Kind;
use super::draft::DraftFigure;
use super::figure_words::{Cue, Set, UnitKind};
use super::numeral::Numeral;
use super::object::is_verb;
use super::quantity::{Amount, Unit, Vague};
use super::text::Text;
use super::{Bound, Class, Value};

/// How far back in its clause an amount of money looks for the word that says so: 补偿款共计1.2亿.
const MONEY_REACH: usize = 12;

/// How far back a round number looks for the age that it is: 平均年龄三十出头.
const AGE_REACH: usize = 6;

/// The most words of one character between what is spent and how much: 投资了近3个亿.
const LINKS: usize = 3;

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
        if !self.glued(amount.end) || !counts_nouns(&amount.numeral) {
            return None;
        }
        let cells = self.noun(amount.end, true)?;
        Some(self.people(&cells).unwrap_or(Unit { sort: UnitKind::Noun, id: None, cells, noun: None }))
    }

    /// 十四万犹太人: what a people is called, in `name`, stands in front of 人.
    fn people(&self, name: &Range<usize>) -> Option<Unit> {
        let man = Some(name.end).filter(|&man| name.len() == 2 && self.ch(man) == '人')?;
        let (end, id) = self.lexicon.unit_at(self.cells, man).filter(|_| self.counted(man))?;
        Some(Unit { sort: UnitKind::Noun, id: Some(id), cells: man..end, noun: Some(name.start) })
    }

    /// Two characters that may be a noun, or more where a known noun goes on; `strict` where no blank may be in it.
    pub(super) fn noun(&self, at: usize, strict: bool) -> Option<Range<usize>> {
        let han = |k: usize| self.kind(k) == Kind::Han && (self.glued(k) || !strict);
        // 三万出头: what says how the number is meant is no noun.
        let meant = self.lexicon.after.longest(self.cells, at).is_some() || self.one_of(at, Set::More);
        if meant || !(at..at + 2).all(han) || self.is_no_noun(at) || self.behind_word(Cue::NounStop, at + 1) {
            return None;
        }
        // 11.8万农村人口: the noun goes on where a known one follows.
        let head = self.lexicon.unit_at(self.cells, at + 2).filter(|&(end, id)| {
            end >= at + 4 && self.sort(id) == Some(UnitKind::Noun) && self.glued(at + 2)
        });
        Some(at..head.map_or(at + 2, |(end, _)| end))
    }

    /// True where another word than a noun begins at `at`.
    fn is_no_noun(&self, at: usize) -> bool {
        // 八千日本人: a people may be called by a word that is no unit.
        let man = at + 2;
        let people = self.ch(man) == '人' && self.kind(man + 1) != Kind::Numeral && self.counted(man);
        let no_unit = if people { Cue::ObjectEnd } else { Cue::NotUnit };
        let mut ends = [Cue::ObjectEnd, no_unit, Cue::Verb, Cue::Change, Cue::Currency].into_iter();
        ends.any(|cue| self.behind_word(cue, at))
    }

    /// 投资3个亿, 斥资5亿建设新厂: an amount of money that says no unit.
    fn spent(&self, at: usize, amount: &Amount, vague: Vague) -> Option<DraftFigure> {
        let numeral = &amount.numeral;
        // 人均三千八: less than 万 only where the phrase, or what it was before, ends with it.
        let ends = self.kind(amount.end).ends_phrase() || self.behind_word(Cue::Change, amount.end);
        let round = numeral.digits == 0 && !numeral.bare && ends;
        let great = numeral.tail.is_some() || numeral.pair || round;
        if !great || vague.few || !self.tells_money(at) || self.spent_on_things(amount) {
            return None;
        }
        let mut draft = DraftFigure::new(at..amount.end, Class::Money);
        amount.fill(&mut draft);
        if numeral.more {
            draft.bound = Bound::Over;
        }
        Some(draft)
    }

    /// True where a noun follows that is no verb: 投入2000民工, but 中奖500万后.
    fn spent_on_things(&self, amount: &Amount) -> bool {
        let verb =
            || [0, 1].into_iter().map(|k| amount.end + k).any(|k| is_verb([self.ch(k), self.ch(k + 1)]));
        self.unknown(amount).is_some() && !verb()
    }

    /// True where a word of money stands in front of the number: at once, or earlier in its clause.
    fn tells_money(&self, at: usize) -> bool {
        [at, self.before_each(at)].into_iter().any(|at| self.is_money_told(at))
    }

    fn is_money_told(&self, at: usize) -> bool {
        let back = |steps: usize| at.checked_sub(steps).filter(|&k| k >= self.floor);
        let linked =
            (0..=LINKS).map_while(back).take_while(|&k| k == at || self.behind_word(Cue::MoneyLink, k));
        let near = linked.into_iter().any(|k| self.before_word(Cue::Spent, k));
        let clause = (1..=MONEY_REACH).map_while(back);
        let mut clause =
            clause.take_while(|&k| self.kind(k) == Kind::Han && !self.behind_word(Cue::OtherThanMoney, k));
        let word = |k: usize| self.lexicon.cue_before(Cue::Spent, self.cells, self.floor, k);
        let told = clause.any(|k| word(k).is_some_and(|start| k - start >= 2));
        near || told
    }

    /// Where 每人 starts in front of `at`, or `at` itself: 奖励每人五千.
    fn before_each(&self, at: usize) -> usize {
        let near = (2..=EACH).map_while(|back| at.checked_sub(back)).take_while(|&k| k >= self.floor);
        near.into_iter().find(|&k| self.word_at(Cue::Per, k) == Some(at)).unwrap_or(at)
    }

    /// 八百一吨, 14万一套: a price, and what it is paid for.
    pub(super) fn price(&self, at: usize, numeral: &Numeral) -> Option<DraftFigure> {
        let one = numeral.end;
        let (unit_end, _) = self.lexicon.unit_at(self.cells, one + 1).filter(|_| self.ch(one) == '一')?;
        self.unit_sort(one + 1).filter(|sort| sort.is_sold() && is_price(numeral))?;
        let mut draft = DraftFigure::new(at..one, Class::Money);
        draft.set_span(numeral.value);
        draft.per = Some(one + 1..unit_end);
        draft.each = true;
        Some(draft)
    }

    /// 八十有六, as one says of the old.
    fn great_age(&self, at: usize, tens: &Numeral) -> Option<DraftFigure> {
        let number = tens.value.filter(|_| self.is(tens.end - 1, "十有"))?.low;
        let ones = self.numeral(tens.end + 1).filter(|ones| ones.digits == 1 && !ones.arabic)?;
        let mut draft = DraftFigure::new(at..ones.end, Class::Measure);
        draft.value = number.checked_add(ones.value?.low).map(Value::Number);
        self.kind(ones.end).ends_phrase().then_some(draft)
    }

    /// Arabic digits with nothing behind them that they count.
    fn arabic_alone(&self, at: usize, amount: &Amount) -> Option<DraftFigure> {
        let numeral = amount.numeral;
        let alone = numeral.starts_arabic && !self.names_model(numeral.end);
        let measured = self.before_word(Cue::Magnitude, at);
        let class = if measured { Class::Measure } else { Class::Count };
        let mut draft = DraftFigure::new(at..numeral.end, class);
        draft.set_span(amount.value);
        if numeral.more {
            draft.bound = Bound::Over;
        }
        draft.bare = true;
        alone.then_some(draft)
    }

    /// 人口二千三百余万, 三万出头, 票房过亿: a great number stands for itself where the phrase ends with it.
    fn great_number(&self, at: usize, amount: &Amount, vague: Vague) -> Option<DraftFigure> {
        let numeral = &amount.numeral;
        let round = self.behind_word(Cue::Rounded, amount.end);
        let reached = vague.above || at > self.floor && self.behind_word(Cue::Reached, at - 1);
        let whole = !numeral.bare || reached;
        let ends = is_great(amount) && !vague.few && whole && self.closes_number(amount.end);
        let rounded = round && !numeral.bare;
        if !(ends || rounded) {
            return None;
        }
        let aged = round && self.tells_age(at);
        let class = if aged { Class::Measure } else { Class::Count };
        let mut draft = DraftFigure::new(at..amount.end, class);
        draft.set_span(numeral.value);
        if amount.more {
            draft.bound = Bound::Over;
        }
        Some(draft)
    }

    /// True for what may follow a number that stands for itself.
    pub(super) fn closes_number(&self, at: usize) -> bool {
        let word =
            || [Cue::Verb, Cue::ObjectEnd, Cue::Change].into_iter().any(|cue| self.behind_word(cue, at));
        let sign = at >= self.cells.len() || self.kind(at).ends_phrase() || !self.glued(at);
        sign || self.lexicon.after.longest(self.cells, at).is_some() || word()
    }

    /// True where a word of age stands shortly before `at`.
    fn tells_age(&self, at: usize) -> bool {
        let near = (1..=AGE_REACH).map_while(|back| at.checked_sub(back)).take_while(|&k| k >= self.floor);
        near.into_iter().any(|k| self.behind_word(Cue::Age, k))
    }

    /// 突破一万大关
    fn threshold(&self, at: usize, numeral: &Numeral, vague: Vague) -> Option<DraftFigure> {
        let mut draft = DraftFigure::new(at..numeral.end, Class::Count);
        draft.value = numeral.value.map(|value| Value::Number(value.low));
        let plain = !vague.few && !self.behind_word(Cue::Rounded, numeral.end);
        (plain && self.is(numeral.end, "大关")).then_some(draft)
    }
}

/// True for a number that may count a noun without a classifier. Things are whole: 1.8豪华版 counts none.
fn counts_nouns(numeral: &Numeral) -> bool {
    let hundred = numeral.value.is_some_and(|value| value.low >= Decimal::ONE_HUNDRED);
    let spelled = hundred && !numeral.bare && numeral.digits == 0;
    let whole = !numeral.decimal || numeral.tail.is_some();
    whole && !numeral.leading_zero && (numeral.starts_arabic || spelled)
}

/// True for a number that may be what one of something costs.
fn is_price(numeral: &Numeral) -> bool {
    let arabic = numeral.arabic && !numeral.leading_zero && (3..=5).contains(&numeral.digits);
    let scaled = numeral.digits == 0 && !numeral.decimal || numeral.tail.is_some();
    !(numeral.bare || numeral.few) && (arabic || scaled)
}

/// True for a number with 万 or 亿, or with a scale and 余, or a pair with one: 少则七八百, 多则一两千.
fn is_great(amount: &Amount) -> bool {
    let scaled = amount.more || amount.numeral.pair;
    amount.numeral.tail.is_some() || scaled && amount.numeral.digits == 0
}
