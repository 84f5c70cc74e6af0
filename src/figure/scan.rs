//! The scanner: one pass over a text, from numeral to numeral.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::cells::{Cell, Cells, Label};
use super::chars::{Kind, digit};
use super::date::{Dates, Point};
use super::latin::Token;
use super::lexicon::{Cue, Lexicon, Sort, UnitId};
use super::name::Name;
use super::numeral::{Memo, Numeral};
use super::{Bound, Change, Class, Context, Figure, Value, numeral, relate};
use crate::error::Result;
use crate::page::Role;

/// Where a draft's unit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum UnitText {
    /// There is none.
    None,
    /// In these cells.
    Cells(Range<usize>),
    /// In these two stretches: 个多月 is 个月.
    Parted(Range<usize>, Range<usize>),
    /// Nowhere: 百分之三 is in %.
    Fixed(&'static str),
}

/// A figure in the making: places are cells.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) cells: Range<usize>,
    pub(super) class: Class,
    pub(super) value: Option<Value>,
    pub(super) value_max: Option<Decimal>,
    pub(super) unit: UnitText,
    pub(super) canonical: Option<UnitId>,
    pub(super) sort: Option<Sort>,
    pub(super) bound: Bound,
    /// What a date says: where it begins and, of a span, where it ends. Seldom there, and large.
    pub(super) point: Option<Box<(Point, Option<Point>)>>,
    /// 一 with a classifier, a figure only where a count is meant.
    pub(super) article: bool,
    /// A number with nothing beside it that says what it is.
    pub(super) bare: bool,
    /// True where a modifier behind the unit has set the bound.
    pub(super) suffixed: bool,
    /// True once modifiers were looked for.
    pub(super) modified: bool,
    pub(super) object: Option<Range<usize>>,
    /// Where the noun starts that ends in the unit: 犹太人.
    pub(super) noun: Option<usize>,
    pub(super) per: Option<Range<usize>>,
    /// True where `per` is what one of costs: 每吨 for 八百一吨.
    pub(super) each: bool,
    pub(super) iso: Option<String>,
    pub(super) change: Option<Change>,
}

impl Draft {
    pub(super) fn new(cells: Range<usize>, class: Class) -> Self {
        Self {
            cells,
            class,
            value: None,
            value_max: None,
            unit: UnitText::None,
            canonical: None,
            sort: None,
            bound: Bound::Exact,
            point: None,
            article: false,
            bare: false,
            suffixed: false,
            modified: false,
            object: None,
            noun: None,
            per: None,
            each: false,
            iso: None,
            change: None,
        }
    }
}

/// What the readers of one text share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'c> {
    pub(super) cells: &'c [Cell],
    pub(super) labels: &'c [Label],
    pub(super) lexicon: &'c Lexicon,
    pub(super) role: Role,
    /// Nothing before this cell belongs to the next figure.
    pub(super) floor: usize,
    pub(super) memo: &'c Memo,
    /// How many 两 a 斤 has.
    pub(super) taels: i64,
}

/// The year since which a 斤 has ten 两. Before it had sixteen.
const TEN_TAELS: i16 = 1959;

/// How many 两 a 斤 has on a page of `context`.
pub(super) fn taels(context: &Context) -> i64 {
    if context.date.is_some_and(|date| date.year() < TEN_TAELS) { 16 } else { 10 }
}

impl<'c> Text<'c> {
    /// The numeral that starts at cell `at`; none where the cells there make no number.
    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        self.memo.read(self.cells, at, self.lexicon)
    }

    pub(super) fn ch(&self, at: usize) -> char {
        self.cells.get(at).map_or('\0', |cell| cell.ch)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.cells.get(at).map_or(Kind::Other, |cell| cell.kind)
    }

    /// The character before `at`, if the last figure does not own it.
    pub(super) fn ch_before(&self, at: usize) -> char {
        at.checked_sub(1).filter(|&k| k >= self.floor).map_or('\0', |k| self.ch(k))
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.ch(at + k) == c)
    }

    /// True where a word of `cue`, read backwards, ends in front of `at` and belongs to no earlier figure.
    pub(super) fn before_word(&self, cue: Cue, at: usize) -> bool {
        self.lexicon.cue_before(cue, self.cells, self.floor, at).is_some()
    }

    /// True where a word of `cue` begins at `at`.
    pub(super) fn behind_word(&self, cue: Cue, at: usize) -> bool {
        self.lexicon.cue_at(cue, self.cells, at).is_some()
    }

    /// True where a unit stands at `at` that is not the beginning of another word.
    pub(super) fn counted(&self, at: usize) -> bool {
        self.unit_sort(at).is_some()
    }

    /// The kind of the unit at `at`, where it is not the beginning of another word.
    pub(super) fn unit_sort(&self, at: usize) -> Option<Sort> {
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        let word = end == at + 1 && self.lexicon.begins_word(self.cells, at);
        self.sort(id).filter(|_| !word)
    }

    pub(super) fn sort(&self, id: UnitId) -> Option<Sort> {
        self.lexicon.unit(id).map(|unit| unit.sort)
    }

    pub(super) fn dates(&self) -> Dates<'c> {
        Dates { cells: self.cells, lexicon: self.lexicon, floor: self.floor, memo: self.memo }
    }
}

/// Memory that a scanner uses again for each text. One a thread.
#[derive(Debug, Default, Clone)]
pub struct Scratch {
    cells: Cells,
    drafts: Vec<Draft>,
    memo: Memo,
}

/// Finds figures. Built once, shared by all threads.
#[derive(Debug, Clone)]
pub struct Scanner {
    lexicon: Arc<Lexicon>,
}

impl Scanner {
    /// A scanner with the units that are compiled in and those of `more`, each the text of a file of the same form.
    ///
    /// # Errors
    /// Where such a text is no TOML of that form; the error has the line.
    pub fn new(more: &[&str]) -> Result<Self> {
        Ok(Self { lexicon: Arc::new(Lexicon::new(more)?) })
    }

    /// The figures of `text`, in order.
    pub fn scan(&self, text: &str, context: &Context) -> Vec<Figure> {
        let mut figures = Vec::new();
        self.scan_into(text, context, &mut Scratch::default(), &mut figures);
        figures
    }

    /// Appends the figures of `text` to `figures`, in order.
    pub fn scan_into(&self, text: &str, context: &Context, scratch: &mut Scratch, figures: &mut Vec<Figure>) {
        scratch.cells.refill(text, &self.lexicon.signs);
        scratch.drafts.clear();
        self.find(context, scratch);
        let Scratch { cells, drafts, memo } = scratch;
        relate::relate(cells, drafts, &self.lexicon, memo, context);
        figures.extend(drafts.drain(..).map(|draft| self.finish(text, cells, draft)));
    }

    fn find(&self, context: &Context, scratch: &mut Scratch) {
        let Scratch { cells, drafts, memo } = scratch;
        memo.clear();
        let list = cells.list.as_slice();
        let mut labels = cells.labels.as_slice();
        let (mut at, mut floor) = (0, 0);
        let taels = taels(context);
        while let Some(next) = list
            .get(at..)
            .and_then(|rest| rest.iter().position(|cell| cell.kind.is_numeric() || cell.ch == '半'))
        {
            at += next;
            while labels.first().is_some_and(|label| label.end <= at) {
                labels = labels.get(1..).unwrap_or_default();
            }
            let near = labels.get(..1).unwrap_or_default();
            let text = Text {
                cells: list,
                labels: near,
                lexicon: &self.lexicon,
                role: context.role,
                floor,
                memo,
                taels,
            };
            match text.figure(at, drafts.last()) {
                Step::Found(draft) => {
                    at = draft.cells.end.max(at + 1);
                    floor = at;
                    drafts.push(draft);
                }
                Step::Skip(end) => {
                    at = end.max(at + 1);
                    floor = floor.max(at.saturating_sub(1));
                }
            }
        }
    }

    fn finish(&self, source: &str, cells: &Cells, draft: Draft) -> Figure {
        let bytes = |range: &Range<usize>| {
            let inside = cells.list.get(range.clone())?;
            Some(inside.first()?.at as usize..inside.last()?.end() as usize)
        };
        let unit = match &draft.unit {
            UnitText::None => String::new(),
            UnitText::Cells(range) => cells.text(source, range.clone()).into_owned(),
            UnitText::Parted(first, second) => {
                cells.text(source, first.clone()).into_owned() + &cells.text(source, second.clone())
            }
            UnitText::Fixed(unit) => (*unit).to_owned(),
        };
        let canonical = match (&draft.canonical, &draft.unit) {
            (Some(id), _) => self.lexicon.unit(*id).map(|unit| unit.canonical.clone()),
            (None, UnitText::Fixed(unit)) => Some(Arc::from(*unit)),
            (None, UnitText::Cells(_) | UnitText::Parted(..)) => Some(Arc::from(unit.as_str())),
            _ => None,
        };
        Figure {
            span: bytes(&draft.cells).unwrap_or(0..0),
            text: cells.text(source, draft.cells.clone()).into_owned(),
            class: draft.class,
            value: draft.value,
            value_max: draft.value_max,
            unit,
            canonical,
            bound: draft.bound,
            object: draft.object.as_ref().and_then(bytes),
            per: draft.per.as_ref().map(|per| {
                let each = if draft.each { "每" } else { "" };
                each.to_owned() + &cells.text(source, per.clone())
            }),
            iso: draft.iso,
            change: draft.change,
        }
    }
}

/// What a numeral turned out to be.
#[allow(clippy::large_enum_variant, reason = "looked at once and never kept")]
enum Step {
    Found(Draft),
    /// No figure; go on at this cell.
    Skip(usize),
}

impl Text<'_> {
    /// What the numeral at `at` is.
    fn figure(&self, at: usize, last: Option<&Draft>) -> Step {
        if self.ch(at) == '半' {
            return self.half(at);
        }
        match self.token(at) {
            Some(Token::Found(draft)) => return Step::Found(draft),
            Some(Token::Skip(end)) => {
                if let Some(Name::Named(cells)) = self.word(at) {
                    return Step::Found(Draft::new(cells, Class::Named));
                }
                return Step::Skip(end);
            }
            None => {}
        }
        if self.is_vessel(at) {
            return Step::Skip(self.past(at));
        }
        if let Some(cells) = self.anniversary(at) {
            return Step::Found(Draft::new(cells, Class::Named));
        }
        if let Some(label) = self.label(at)
            && (!matches!(self.word(at), Some(Name::Ordinary(_))) || self.four(at).is_some())
        {
            return Step::Found(Draft::new(label, Class::Named));
        }
        if let Some(end) = self.person(at).or_else(|| self.place(at)) {
            return Step::Skip(end);
        }
        // 4/5G: generations of a network.
        if let Some(end) = self.generations(at) {
            return Step::Skip(end);
        }
        // 金价每两一百十二元: 两 is what the price is paid for.
        if self.is_each_tael(at) {
            return Step::Skip(at + 1);
        }
        if let Some(found) = self.dates().bracketed_day(at) {
            let mut draft = Draft::new(found.start..found.end, Class::Date);
            draft.point = Some(Box::new((found.from, found.to)));
            return Step::Found(draft);
        }
        match self.word(at) {
            Some(Name::Ordinary(_)) if self.lasts(at) || self.scores_points(at) => {}
            Some(Name::Ordinary(end)) => return Step::Skip(end),
            Some(Name::Named(cells)) => return Step::Found(Draft::new(cells, Class::Named)),
            None => {}
        }
        if self.is(at, "一半") {
            let mut draft = Draft::new(at..at + 2, Class::Ratio);
            draft.value = Some(Value::Fraction(Decimal::ONE, Decimal::TWO));
            self.modifiers(&mut draft, false);
            return Step::Found(draft);
        }
        if let Some(cells) = self.four(at) {
            return Step::Found(Draft::new(cells, Class::Named));
        }
        if self.is_marker(at) {
            return Step::Skip(numeral::run_end(self.cells, at));
        }
        if let Some(draft) = self.short_year(at) {
            return Step::Found(draft);
        }
        if self.ch_before(at) == '第' {
            if let Some(end) = self.institution(at) {
                return Step::Skip(end);
            }
            let numbered =
                self.announced(at, last).or_else(|| self.quarter(at)).or_else(|| self.ordinal(at, last));
            if let Some(draft) = numbered {
                return Step::Found(draft);
            }
        }
        if let Some(draft) = self.announced(at, last) {
            return Step::Found(draft);
        }
        let scores = last.is_some_and(|last| {
            matches!(last.value, Some(Value::Proportion(..))) && last.cells.end + 1 == at
        });
        if scores
            && matches!(self.ch(at - 1), '、' | ',' | ';' | '和')
            && let Some(draft) = self.quantity(at).filter(|draft| draft.class == Class::Ratio)
        {
            return Step::Found(draft);
        }
        if let Some(found) = self.dates().read(at) {
            let mut draft = Draft::new(found.start..found.end, Class::Date);
            draft.point = Some(Box::new((found.from, found.to)));
            return Step::Found(draft);
        }
        if let Some(draft) = self.ordinal(at, last) {
            return Step::Found(draft);
        }
        match self.quantity(at) {
            Some(draft) if draft.bare => self.bare(at, draft),
            Some(draft) => Step::Found(draft),
            None => Step::Skip(self.past(at)),
        }
    }

    /// 4/5G, 2/3线: numbers of one thing beside each other: where they end.
    fn generations(&self, at: usize) -> Option<usize> {
        let dates = self.dates();
        let (slash, ..) = dates.digits(at).filter(|&(end, ..)| self.ch(end) == '/')?;
        let (end, ..) = dates.digits(slash + 1)?;
        let letter = self.kind(end) == Kind::Letter && self.glued(end);
        let named = matches!(self.ch(end), '线' | '号' | '级' | '类' | '期');
        (letter || named).then_some(end + 1)
    }

    /// 每两 in front of an amount of money.
    fn is_each_tael(&self, at: usize) -> bool {
        let each = self.ch(at) == '两' && self.ch_before(at) == '每' && self.kind(at + 1).is_numeric();
        let amount = each.then(|| self.numeral(at + 1)).flatten();
        amount.is_some_and(|amount| self.lexicon.money_at(self.cells, amount.end))
    }

    /// 拿下十分: points, not the adverb.
    fn scores_points(&self, at: usize) -> bool {
        let end = self.past(at);
        let behind = self.kind(end + 1).ends_phrase() || self.behind_word(Cue::PointsBehind, end + 1);
        self.ch(end) == '分' && self.before_word(Cue::PointsBefore, at) && behind
    }

    /// 停运一天, 为期一年: one unit of time that something takes. By itself 一天 is an ordinary word.
    fn lasts(&self, at: usize) -> bool {
        self.ch(at) == '一'
            && self.lexicon.sort_at(self.cells, at + 1) == Some(Sort::Duration)
            && self
                .lexicon
                .cue_before(Cue::Lasting, self.cells, self.floor, at)
                .is_some_and(|start| at - start >= 2)
    }

    /// 第三季度 and the like: a date, though it stands behind 第.
    fn quarter(&self, at: usize) -> Option<Draft> {
        let found = self.dates().read(at).filter(|found| found.from.quarter.is_some())?;
        let mut draft = Draft::new(found.start..found.end, Class::Date);
        draft.point = Some(Box::new((found.from, found.to)));
        Some(draft)
    }

    /// 半年, 半个小时, 半成: one half of a length of time or a weight.
    fn half(&self, at: usize) -> Step {
        if matches!(self.word(at), Some(Name::Ordinary(_)))
            || "上下前后大小多一过夜".contains(self.ch_before(at))
        {
            return Step::Skip(at + 1);
        }
        let from = at + 1;
        let Some((end, id)) = self.lexicon.unit_at(self.cells, from) else { return Step::Skip(from) };
        let sort = self.sort(id);
        let tenths = self.ch(from) == '成' && self.lexicon.cue_at(Cue::NotUnit, self.cells, from).is_none();
        let weighed = matches!(sort, Some(Sort::Duration)) && self.ch(from) != '天' && self.ch(from) != '日';
        if !(tenths
            || weighed
            || (sort == Some(Sort::Measure) && matches!(self.ch(from), '斤' | '吨' | '公' | '亩')))
        {
            return Step::Skip(from);
        }
        let mut draft = Draft::new(at..end, sort.map_or(Class::Measure, Sort::class));
        draft.value = Some(Value::Number(if tenths { Decimal::from(5) } else { Decimal::new(5, 1) }));
        draft.unit = UnitText::Cells(from..end);
        draft.canonical = Some(id);
        draft.sort = sort;
        if self.ch(end) == '多' {
            draft.bound = Bound::Over;
            draft.cells.end = end + 1;
        }
        self.modifiers(&mut draft, false);
        Step::Found(draft)
    }

    /// ’22 for 2022.
    fn short_year(&self, at: usize) -> Option<Draft> {
        let apostrophe = matches!(self.ch_before(at), '’' | '‘' | '\'');
        let two = self.cells.get(at..at + 2)?.iter().all(|cell| cell.kind == Kind::Digit);
        if !apostrophe || !two || self.kind(at + 2).is_numeric() || self.ch(at + 2) == '.' {
            return None;
        }
        let year = self
            .cells
            .get(at..at + 2)?
            .iter()
            .filter_map(|cell| digit(cell.ch))
            .fold(0, |year, d| year * 10 + i32::from(d));
        let mut date = Draft::new(at - 1..at + 2, Class::Date);
        date.point = Some(Box::new((Point { year: Some(year), short: true, ..Point::default() }, None)));
        Some(date)
    }

    /// Behind the numeral at `at`.
    fn past(&self, at: usize) -> usize {
        self.numeral(at).map_or_else(|| numeral::run_end(self.cells, at), |numeral| numeral.end.max(at + 1))
    }

    /// 1. and (1) and 1、 in front of what they number; 一是, 二是.
    fn is_marker(&self, at: usize) -> bool {
        // A marker is short: a long run of numerals is looked at once, by whoever reads it.
        let run = self.cells.get(at..).unwrap_or_default().iter().take(5);
        let end = at + run.take_while(|cell| cell.kind.is_numeric()).count().max(1);
        if end - at > 3 {
            return false;
        }
        let before = at.checked_sub(1).map_or(Kind::Stop, |k| self.kind(k));
        let first = before.ends_clause() || self.cells.get(at).is_some_and(|cell| cell.gap);
        let next = self.ch(end);
        let bracketed = before == Kind::Bracket
            && self.kind(end) == Kind::Bracket
            && end - at <= 2
            && !self.kind(end + 1).is_numeric();
        let dotted = first
            && matches!(next, '.' | '、')
            && !(self.kind(end + 1).is_numeric() && next == '.')
            && !self.goes_on(end, next);
        let half = first && self.kind(end) == Kind::Bracket && matches!(next, ')') && end - at <= 2;
        let told = next == '是'
            && self.kind(at).is_chinese()
            && end == at + 1
            && !matches!(self.ch_before(at), '第' | '之');
        bracketed || dotted || half || told
    }

    /// 一、二、三等奖 and 3、5、7月 are lists of numbers, not markers.
    fn goes_on(&self, end: usize, next: char) -> bool {
        next == '、' && self.kind(end + 1).is_numeric()
    }

    /// True for a number between two dashes that are all there is beside it.
    fn is_page_number(&self, at: usize, end: usize) -> bool {
        let dash = |at: usize| matches!(self.ch(at), '—' | '-' | '·' | '~');
        let before =
            at.checked_sub(1).is_some_and(|k| dash(k) && k.checked_sub(1).is_none_or(|k| dash(k) && k == 0));
        before && dash(end) && (end + 1 == self.cells.len() || dash(end + 1) && end + 2 == self.cells.len())
    }

    /// A number with nothing beside it: a year, a number that identifies, or just a number.
    fn bare(&self, at: usize, mut draft: Draft) -> Step {
        let end = draft.cells.end;
        let Some(numeral) = self.numeral(at) else { return Step::Skip(at + 1) };
        let value = numeral.value.and_then(|value| i32::try_from(value.low).ok());
        let plain = numeral.arabic && !numeral.decimal && !numeral.grouped;
        let glued = self.kind(end) == Kind::Letter && self.cells.get(end).is_some_and(|cell| !cell.gap);
        if glued {
            let mut end = end;
            while matches!(self.kind(end), Kind::Letter | Kind::Digit)
                && self.cells.get(end).is_some_and(|cell| !cell.gap)
            {
                end += 1;
            }
            return Step::Skip(end);
        }
        if plain
            && numeral.digits == 4
            && value.is_some_and(|value| (1840..=2100).contains(&value))
            && draft.cells.start == at
        {
            let point = Point { year: value, ..Point::default() };
            let mut date = Draft::new(at..end, Class::Date);
            date.point = Some(Box::new((point, None)));
            return Step::Found(date);
        }
        let cell = |at: usize| self.cells.get(at).is_none_or(|cell| cell.gap);
        // 农业 8800 4.1%: a number beside another in a table says nothing.
        let next = self.kind(end).is_numeric() || matches!(self.ch(end), '-' | '+' | '.');
        let beside = end < self.cells.len() && cell(end) && next;
        if plain && draft.cells.start == at && (at == 0 || cell(at)) && beside && self.role == Role::Body {
            return Step::Skip(end);
        }
        // — 2 —: the number of a page.
        if self.is_page_number(at, end) {
            return Step::Skip(end);
        }
        if plain && draft.cells.start == at && (numeral.leading_zero || numeral.digits >= 5) {
            // A number beside another in a table identifies nothing.
            if !numeral.leading_zero && cell(at) && cell(end) && self.role == Role::Body && at > 0 {
                return Step::Skip(end);
            }
            // 00388.HK
            let exchange = self.ch(end) == '.' && (end + 1..end + 3).all(|k| self.kind(k) == Kind::Letter);
            let end = if exchange { end + 3 } else { end };
            return Step::Found(Draft::new(at..end, Class::Identifier));
        }
        if numeral.leading_zero {
            return Step::Skip(end);
        }
        draft.bare = false;
        Step::Found(draft)
    }
}
