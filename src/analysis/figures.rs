//! Every figure of a page with its place, and what figures of one kind add up to.
//!
//! ```
//! use zjgr::analysis::figures::{Figures, Sums};
//! use zjgr::analysis::{counted, listed};
//! use zjgr::figure::Scanner;
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let pages = ["发放补助1.2万元。", "又发放补助300元。"].map(|text| Reader::default().read(zjgr::Document::of(text)));
//! let table = listed(&Figures::new(Scanner::new(&[])?), &pages, Format::JSONL)?;
//! assert!(table.contains(r#""text":"1.2万元","class":"money","value":12000"#), "{table}");
//! let sums = counted(&Sums(Figures::new(Scanner::new(&[])?)), &pages, Format::CSV)?;
//! assert!(sums.contains("money,元,2,12300,"), "{sums}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::partial::{Portable, decode, encode};
use super::place::{self, Place, Placed};
use super::{Analysis, Listing, Tabulate};
use crate::Result;
use crate::figure::{Class, Context, End, Figure, Scanner, Scratch, Value};
use crate::page::{Page, Part, Position, Role, Selection, first_characters, last_characters};
use crate::table::{Cell, Column, Columns, Row, Rows, Table};

/// The columns of the table.
static COLUMNS: LazyLock<Vec<Column<FigureRow>>> = LazyLock::new(|| {
    place::and([
        Column::<FigureRow>::text(
            "text",
            "The figure as printed, with the words beside it that say how it is meant",
            |row| (&*row.printed).into(),
        )
        .hit(),
        Column::text("class", "What kind of figure it is: money, percent, count, …", |row| {
            row.figure().class.name().into()
        }),
        Column::decimal("value", "The number in plain digits, 万 and 亿 multiplied out", |row| {
            value(row.figure().value)
        }),
        Column::decimal("value_max", "The upper end of a range", |row| row.figure().value_max.into()),
        Column::<FigureRow>::text("ratio", "A fraction as 2/3, a proportion or a score as 1:2", |row| {
            ratio(row.figure().value)
        })
        .right_aligned(),
        Column::text("unit", "The unit or classifier as printed, without 万 and 亿", |row| {
            (&row.figure().unit).into()
        }),
        Column::text("bound", "How the number is meant: exact, about, nearly, over, at_least, …", |row| {
            row.figure().bound.name().into()
        }),
        Column::text("object", "What is counted: 农民工 in 12000名农民工", |row| {
            row.piece(&row.figure().object).into()
        }),
        Column::text("per", "What each it is said of: 每人每天, 人均", |row| {
            row.figure().per.as_deref().unwrap_or_default().into()
        }),
        Column::<FigureRow>::text("context", "The sentence, cut to 30 characters on either side", |row| {
            context(row.text, row.figure()).into()
        })
        .context(),
        Column::text("canonical_unit", "One name for all spellings of a unit: 公里 is 千米", |row| {
            row.figure().canonical.as_deref().unwrap_or_default().into()
        }),
        Column::text("iso", "A date in ISO 8601; a span as from/to", |row| {
            row.figure().iso.as_deref().unwrap_or_default().into()
        }),
        Column::text("change", "The other end of a change: to 600元, from 400元", |row| {
            change(row.figures, row.number).into()
        }),
        Column::text("again", "Where the article said the same before, as line:column", |row| {
            row.again.map_or_else(String::new, |first| format!("{}:{}", first.line, first.column)).into()
        }),
    ])
});

/// The columns of the table of sums.
static SUM_COLUMNS: &[Column<SumRow>] = &[
    Column::text("class", "What kind of figures they are", |row| row.class.name().into()),
    Column::text("unit", "Their unit, by its canonical name", |row| row.unit.into()),
    Column::integer("count", "How many there are", |row| row.sum.count.into()),
    Column::decimal("sum", "What they add up to; of a range the lower end is added", |row| {
        row.sum.total().into()
    }),
    Column::decimal("min", "The least", |row| row.sum.min.into()),
    Column::decimal("max", "The greatest; of a range the upper end counts", |row| row.sum.max.into()),
    Column::decimal("mean", "Their mean, to six decimals", |row| row.sum.mean().into()),
    Column::integer(
        "again",
        "How many more there are that an article said before: they are in none of these",
        |row| row.sum.again.into(),
    ),
];

/// A figure with its place.
#[derive(Debug)]
struct FigureRow<'p> {
    place: Place<'p>,
    /// The figure with its digits as they are printed, half-width or full-width.
    printed: Cow<'p, str>,
    /// The text of the paragraph.
    text: &'p str,
    /// All its figures, and which of them it is.
    figures: &'p [Figure],
    number: usize,
    /// Where the article said the same before.
    again: Option<Position>,
}

impl Row for FigureRow<'static> {
    type At<'p> = FigureRow<'p>;
}

impl Placed for FigureRow<'_> {
    fn place(&self) -> &Place<'_> {
        &self.place
    }
}

impl FigureRow<'_> {
    fn figure(&self) -> &Figure {
        &self.figures[self.number]
    }

    fn piece(&self, range: &Option<Range<usize>>) -> &str {
        range.as_ref().and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }
}

/// What figures of one class and unit add up to.
#[derive(Debug)]
struct SumRow<'p> {
    class: Class,
    unit: &'p str,
    sum: &'p Sum,
}

impl Row for SumRow<'static> {
    type At<'p> = SumRow<'p>;
}

/// How many characters of its sentence are shown on either side of a figure.
const CONTEXT: usize = 30;

/// Sums as they are kept.
mod kept_sums {
    use serde::{Deserializer, Serializer};

    use super::*;

    type Sums = BTreeMap<(Class, Arc<str>), Sum>;

    pub(super) fn serialize<S: Serializer>(
        sums: &Sums,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(sums.iter().map(|((class, unit), sum)| (class, &**unit, sum)))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> std::result::Result<Sums, D::Error> {
        let sums = Vec::<(Class, String, Sum)>::deserialize(from)?;
        Ok(sums.into_iter().map(|(class, unit, sum)| ((class, unit.into()), sum)).collect())
    }
}

/// Which figures are wanted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Figures {
    /// What finds them.
    pub scanner: Scanner,
    /// Only of these classes.
    pub classes: Vec<Class>,
    /// Only in these units, as printed or by their canonical names; all where there is none.
    pub units: Vec<String>,
    /// Only with a value of at least this.
    pub min: Option<Decimal>,
    /// Only with a value of at most this.
    pub max: Option<Decimal>,
}

/// Sums so far. Partials add up in any order to the same result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTotals {
    #[serde(with = "kept_sums")]
    sums: BTreeMap<(Class, Arc<str>), Sum>,
}

/// What figures of one class and unit add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    count: u64,
    /// How many more were said before in their articles.
    again: u64,
    /// Sums of mantissas by their scale: whole numbers, so that the order of adding makes no difference.
    mantissas: BTreeMap<u32, i128>,
    overflow: bool,
    min: Option<Decimal>,
    max: Option<Decimal>,
}

/// What is the same where a figure is said twice.
type Same = (usize, Class, Option<Value>, Option<Decimal>, Arc<str>);

/// What the articles of a page have said so far, and where.
#[derive(Debug)]
struct Said<P> {
    /// Where each figure was said first, and whether in a headline.
    first: HashMap<Same, (P, bool), FxBuildHasher>,
}

impl<P> Default for Said<P> {
    fn default() -> Self {
        Self { first: HashMap::default() }
    }
}

impl<P: Copy> Said<P> {
    /// Where the article of `part` said `figure` before, in its headline or the other way round, or in the passage
    /// that `part` repeats. The figure itself is at `place`.
    fn before(&mut self, part: &Part, figure: &Figure, place: P) -> Option<P> {
        let unit = figure.canonical.clone().unwrap_or_default();
        let same = (part.article?, figure.class, figure.value, figure.value_max, unit);
        figure.value?;
        let head = matches!(part.role, Role::Kicker | Role::Headline | Role::Subhead);
        let &mut (first, in_head) = self.first.entry(same).or_insert((place, head));
        let repeated = part.duplicate_of.is_some() || in_head != head;
        repeated.then_some(first)
    }
}

/// True for a number without a unit that no article owns: a counter of visitors, a number of a page.
fn is_stray(part: &Part, figure: &Figure) -> bool {
    part.article.is_none() && figure.unit.is_empty() && Class::QUANTITIES.contains(&figure.class)
}

impl Figures {
    /// Figures of the classes that can be counted with, in every unit and of every value.
    pub fn new(scanner: Scanner) -> Self {
        Self { scanner, classes: Class::QUANTITIES.to_vec(), units: Vec::new(), min: None, max: None }
    }

    /// Calls `found` for every wanted figure: the part it stands in, the part's text and all its figures, and which of
    /// them it is.
    fn each(&self, selection: &Selection<'_>, mut found: impl FnMut(&Part, &str, &[Figure], usize)) {
        let page = selection.page();
        let mut scratch = Scratch::default();
        let mut figures = Vec::new();
        for (at, part) in selection.parts() {
            let text = page.part_text(at);
            figures.clear();
            let context = Context { date: page.date_of(part.article), role: part.role };
            self.scanner.scan_into(text, &context, &mut scratch, &mut figures);
            let is_meant = |figure: &Figure| self.wants(figure) && !is_stray(part, figure);
            for number in (0..figures.len()).filter(|&number| is_meant(&figures[number])) {
                found(part, text, &figures, number);
            }
        }
    }

    fn wants(&self, figure: &Figure) -> bool {
        let unit = self.units.is_empty() || self.units.iter().any(|unit| is_in_unit(figure, unit));
        let bounded = self.min.is_some() || self.max.is_some();
        let number = figure.value.and_then(Value::number);
        let within = |number: Decimal| {
            let above = self.min.is_none_or(|min| figure.value_max.unwrap_or(number) >= min);
            above && self.max.is_none_or(|max| number <= max)
        };
        self.classes.contains(&figure.class) && unit && (!bounded || number.is_some_and(within))
    }
}

/// Every wanted figure, in source order. What no article owns is searched too, and has article 0.
impl Listing for Figures {
    const NAME: &'static str = "extract-numbers";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        Columns::from(&*COLUMNS)
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let mut cursor = page.cursor();
        let mut said = Said::default();
        self.each(selection, |part, text, figures, number| {
            let Some(figure) = figures.get(number) else { return };
            let position = cursor.position(part.range.start + figure.span.start);
            let place = Place::of(page, part.article, position);
            let printed = printed(page, part.range.start, figure);
            let again = said.before(part, figure, position);
            rows.push(&COLUMNS, &FigureRow { place, printed, text, figures, number, again });
        });
    }
}

/// What the figures of articles that are wanted add up to, by class and unit: what a paper costs and how many pages it has
/// is no part of its news.
#[derive(Debug, Clone)]
pub struct Sums(pub Figures);

impl Analysis for Sums {
    const NAME: &'static str = "sums";
    const ASKS_WHO: bool = false;
    type Partial = UnitTotals;

    fn start(&self) -> UnitTotals {
        UnitTotals::default()
    }

    fn add(&self, partial: &mut UnitTotals, selection: &Selection<'_>) {
        // What an article says again is counted, and not added.
        let mut said = Said::default();
        self.0.each(selection, |part, _, figures, number| {
            let figure = figures.get(number).filter(|_| part.article.is_some());
            let Some(figure) = figure else { return };
            let Some(number) = figure.value.and_then(Value::number) else { return };
            let unit = figure.canonical.clone().unwrap_or_default();
            let sum = partial.sums.entry((figure.class, unit)).or_default();
            match said.before(part, figure, ()) {
                Some(()) => sum.again += 1,
                None => sum.add(number, figure.value_max),
            }
        });
    }

    fn merge(&self, partial: &mut UnitTotals, other: UnitTotals) {
        for (key, sum) in other.sums {
            partial.sums.entry(key).or_default().merge(sum);
        }
    }

    fn basis(&self, partial: &UnitTotals) -> Basis {
        let sum = |value: fn(&Sum) -> u64| partial.sums.values().map(value).sum();
        Basis::default()
            .total("figures", sum(|sum| sum.count))
            .total("figures_said_again", sum(|sum| sum.again))
    }
}

impl Portable for Sums {
    fn pack(&self, partial: &mut UnitTotals) -> Result<Vec<u8>> {
        encode(partial)
    }

    fn unpack(&self, bytes: &[u8]) -> Result<UnitTotals> {
        decode(bytes)
    }
}

impl Tabulate for Sums {
    fn columns(&self, _partial: &UnitTotals) -> Columns {
        SUM_COLUMNS.into()
    }

    fn rows(&self, partial: &mut UnitTotals, table: &mut Table) -> Result<()> {
        let mut sums = partial.sums.iter();
        sums.try_for_each(|((class, unit), sum)| {
            table.push(SUM_COLUMNS, &SumRow { class: *class, unit, sum })
        })
    }
}

impl Sum {
    pub(super) fn add(&mut self, value: Decimal, high: Option<Decimal>) {
        let value = value.normalize();
        self.count += 1;
        self.add_mantissa(value.scale(), value.mantissa());
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        // Of 1.5 and 1.50 the last to come would count.
        let high = high.unwrap_or(value).normalize();
        self.max = Some(self.max.map_or(high, |max| max.max(high)));
    }

    fn add_mantissa(&mut self, scale: u32, mantissa: i128) {
        let sum = self.mantissas.entry(scale).or_default();
        match sum.checked_add(mantissa) {
            Some(total) => *sum = total,
            None => self.overflow = true,
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.again += other.again;
        self.overflow |= other.overflow;
        other.mantissas.into_iter().for_each(|(scale, mantissa)| self.add_mantissa(scale, mantissa));
        self.min = [self.min, other.min].into_iter().flatten().min();
        self.max = self.max.max(other.max);
    }

    /// The mean, to six decimals.
    fn mean(&self) -> Option<Decimal> {
        Some(self.total()?.checked_div(Decimal::from(self.count))?.round_dp(6))
    }

    /// The exact sum; none where no decimal can hold it.
    pub(super) fn total(&self) -> Option<Decimal> {
        let scale = self.mantissas.keys().copied().max().unwrap_or_default();
        let rescaled = |(&own, &sum): (&u32, &i128)| sum.checked_mul(10_i128.checked_pow(scale - own)?);
        let sums = self.mantissas.iter().map(rescaled);
        let sum = sums.into_iter().try_fold(0_i128, |total, sum| total.checked_add(sum?));
        sum.filter(|_| !self.overflow).and_then(|sum| decimal(sum, scale))
    }
}

/// `mantissa` with `scale` places behind the point; none where no decimal holds every digit of it.
fn decimal(mut mantissa: i128, mut scale: u32) -> Option<Decimal> {
    loop {
        match Decimal::try_from_i128_with_scale(mantissa, scale) {
            Ok(decimal) => return Some(decimal),
            Err(_) if scale > 0 && mantissa % 10 == 0 => (mantissa, scale) = (mantissa / 10, scale - 1),
            Err(_) => return None,
        }
    }
}

/// True where `unit` is what is printed, or its canonical name.
pub(super) fn is_in_unit(figure: &Figure, unit: &str) -> bool {
    figure.unit == unit || figure.canonical.as_deref() == Some(unit)
}

/// The value where it is one number.
fn value(value: Option<Value>) -> Cell<'static> {
    match value {
        Some(Value::Number(number)) => Cell::Decimal(number),
        _ => Cell::Empty,
    }
}

/// The value where it is set of two or three numbers.
fn ratio(value: Option<Value>) -> Cell<'static> {
    match value {
        None | Some(Value::Number(_)) => Cell::Empty,
        Some(several) => several.to_string().into(),
    }
}

/// What the figure changed to, or from.
fn change(figures: &[Figure], k: usize) -> String {
    let Some(change) = figures.get(k).and_then(|figure| figure.change) else { return String::new() };
    let (word, other) = match change.end {
        End::From => ("to", k.checked_add(change.distance as usize)),
        End::To => ("from", k.checked_sub(change.distance as usize)),
    };
    let other = other.and_then(|other| figures.get(other));
    other.map_or_else(String::new, |other| format!("{word} {}", other.text))
}

/// The figure with its digits as they are printed; `start` is where its part starts.
fn printed<'f>(page: &Page, start: usize, figure: &'f Figure) -> Cow<'f, str> {
    match page.printed(start + figure.span.start..start + figure.span.end) {
        Cow::Borrowed(_) => Cow::Borrowed(&figure.text),
        Cow::Owned(printed) => printed.chars().filter(|c| !c.is_whitespace()).collect(),
    }
}

/// The sentence that the figure stands in, cut off where it is long.
fn context(text: &str, figure: &Figure) -> String {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
    let before = text.get(..figure.span.start).unwrap_or_default();
    let after = text.get(figure.span.end..).unwrap_or_default();
    let near = last_characters(before, CONTEXT);
    let (opening, before_cut) = match near.rfind(ends) {
        Some(at) => (near.get(at..).map(|rest| rest.trim_start_matches(ends)).unwrap_or_default(), false),
        None => (near, near.len() < before.len()),
    };
    let near = first_characters(after, CONTEXT);
    let (closing, after_cut) = match near.char_indices().find(|&(_, c)| ends(c)) {
        Some((at, c)) => (near.get(..at + c.len_utf8()).unwrap_or_default(), false),
        None => (near, near.len() < after.len()),
    };
    let inside = text.get(figure.span.clone()).unwrap_or_default();
    let dots = |cut: bool| if cut { "…" } else { "" };
    let sentence = [dots(before_cut), opening.trim_start(), inside, closing.trim_end(), dots(after_cut)];
    sentence.concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum(values: &[Decimal]) -> Sum {
        let mut sum = Sum::default();
        values.iter().for_each(|&value| sum.add(value, None));
        sum
    }

    #[test]
    fn sums_are_exact() {
        let tenths = sum(&[Decimal::new(1, 1), Decimal::new(2, 1), Decimal::new(5, 0)]);
        assert_eq!(tenths.total(), Some(Decimal::new(53, 1)));
        assert_eq!((tenths.min, tenths.max), (Some(Decimal::new(1, 1)), Some(Decimal::new(5, 0))));
    }

    #[test]
    fn a_sum_is_never_rounded() {
        let (large, small) = (Decimal::MAX / Decimal::TEN, Decimal::new(1, 20));
        assert_eq!(sum(&[large.trunc(), small]).total(), None);
        assert_eq!(
            sum(&[Decimal::MAX, Decimal::new(15, 1), Decimal::new(-15, 1)]).total(),
            Some(Decimal::MAX)
        );
    }

    #[test]
    fn the_context_is_the_sentence() {
        let text = "第一句。全省共有26县参加！下一句";
        let scanner = Scanner::new(&[]).unwrap();
        let figures = scanner.scan(text, &Context::default());
        let county = figures.iter().find(|figure| figure.text == "26县").unwrap();
        assert_eq!(context(text, county), "全省共有26县参加！");
        let long = format!("{}26县{}", "甲".repeat(50), "乙".repeat(50));
        let figures = scanner.scan(&long, &Context::default());
        let expected = format!("…{}26县{}…", "甲".repeat(30), "乙".repeat(30));
        assert_eq!(context(&long, &figures[0]), expected);
    }

    proptest! {
        /// Partials merge in any order and any grouping to the same.
        #[test]
        fn sums_merge_in_any_order(values in prop::collection::vec((any::<i64>(), 0_u32..12), 0..20), cut in 0_usize..20) {
            let values: Vec<Decimal> = values.into_iter().map(|(m, s)| Decimal::new(m, s)).collect();
            let (left, right) = values.split_at(cut.min(values.len()));
            let (mut ab, mut ba) = (sum(left), sum(right));
            ab.merge(sum(right));
            ba.merge(sum(left));
            prop_assert_eq!(&ab, &ba);
            prop_assert_eq!(ab, sum(&values));
        }
    }
}
