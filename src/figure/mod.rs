//! Figures: every number of a text with its value, its unit and what it is said of.
//!
//! A [`Scanner`] is built once and shared; it reads a text in one pass and gives [`Figure`]s in order. What counts
//! as a figure, and as which [`Class`], is said in the README under `extract-numbers`.
//!
//! What stands beside a number and decides what it is, is said in patterns (`data/figures/patterns.toml`), and what a
//! numeral is like in a set of traits, so that a reader asks few questions.
//!
//! How it works, in the order of the modules: characters are folded into [`cells`](self) without blanks and
//! LaTeX marks; at each numeral the lists of words are asked whether it is one at all; then dates, names,
//! identifiers, ordinals and quantities are tried, each reading forward over a bounded stretch; at last the
//! figures of a text are related to each other (changes, contrasts, bounds from afar, dates from the page's).

mod bare;
mod bound;
mod cells;
mod date;
mod draft;
mod duration;
mod figure_words;
mod garbled;
mod identifier;
mod label;
mod latin;
pub mod learn;
mod measure;
mod modifier;
mod name;
mod no_figure;
mod numeral;
mod object;
mod ordinal;
mod pattern;
mod phrase;
mod proper_name;
mod quantity;
mod relate;
mod resolve;
mod scan;
mod share;
mod text;
mod trie;
mod unitless;
mod words;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use bound::Bound;
pub use scan::{Scanner, Scratch};
pub use words::UNITS;

use crate::page::Role;

/// What kind of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Class {
    /// An amount of money: 600元.
    Money,
    /// A percentage, tenths, percentage points: 14.48%, 三成.
    Percent,
    /// A multiple, fraction, proportion or score: 3倍, 三分之一, 1:2.
    Ratio,
    /// How many of something: 26县, 3600余家.
    Count,
    /// A physical quantity, age included: 12公里, 62岁.
    Measure,
    /// A length of time: 近三年, 两个小时.
    Duration,
    /// A point in time or a span of dates: 5月24日至25日.
    Date,
    /// A place in an order: 第二批, 一级.
    Ordinal,
    /// A numeral in a fixed name that counts nothing: 二十大.
    Named,
    /// A number that only identifies: CN33-0018.
    Identifier,
}

impl Class {
    /// Every class, in the order above.
    pub const ALL: [Self; 10] = [
        Self::Money,
        Self::Percent,
        Self::Ratio,
        Self::Count,
        Self::Measure,
        Self::Duration,
        Self::Date,
        Self::Ordinal,
        Self::Named,
        Self::Identifier,
    ];

    /// The classes that a table shows when none are asked for: those that can be counted with.
    pub const QUANTITIES: [Self; 6] =
        [Self::Money, Self::Percent, Self::Ratio, Self::Count, Self::Measure, Self::Duration];

    /// The name that tables show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Measure => "measure",
            Self::Duration => "duration",
            Self::Date => "date",
            Self::Ordinal => "ordinal",
            Self::Named => "named",
            Self::Identifier => "identifier",
        }
    }
}

/// The value of a figure, exact.
///
/// ```
/// use zjgr::figure::{Context, Scanner};
///
/// let figures = Scanner::new(&[])?.scan("三分之二的职工参加，比分3比1。", &Context::default());
/// let values: Vec<String> = figures.iter().filter_map(|figure| figure.value).map(|value| value.to_string()).collect();
/// assert_eq!(values, ["2/3", "3:1"]);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number, 万 and 亿 multiplied out; a percentage as printed.
    Number(Decimal),
    /// A fraction, upper part first: 三分之二 is 2/3.
    Fraction(Decimal, Decimal),
    /// A proportion or a score: 1:2.
    Proportion(Decimal, Decimal),
    /// The parts of a whole set against each other, three of them: 5.3:52.1:42.6.
    Shares(Decimal, Decimal, Decimal),
}

impl Value {
    /// The value as one number: a fraction is divided; a proportion has none.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Fraction(upper, lower) => upper.checked_div(lower),
            Self::Proportion(..) | Self::Shares(..) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{}", number.normalize()),
            Self::Fraction(upper, lower) => write!(f, "{}/{}", upper.normalize(), lower.normalize()),
            Self::Proportion(first, second) => write!(f, "{}:{}", first.normalize(), second.normalize()),
            Self::Shares(first, second, third) => {
                write!(f, "{}:{}:{}", first.normalize(), second.normalize(), third.normalize())
            }
        }
    }
}

/// Which end of a change a figure is: 由400元提高到600元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// What it was.
    From,
    /// What it became.
    To,
}

/// Ties the two figures of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Change {
    /// Which end this figure is.
    pub end: End,
    /// How many figures further on (or, for [`End::To`], back) the other one stands.
    pub distance: u32,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figure {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// The figure as printed, less blanks, tags and LaTeX marks.
    pub text: String,
    /// What kind of figure it is.
    pub class: Class,
    /// Its value; none where it has none (十几, dates, names) or no exact decimal can hold it.
    pub value: Option<Value>,
    /// The upper end of a range.
    pub value_max: Option<Decimal>,
    /// The unit or classifier as printed, without 万 and 亿; empty where there is none.
    pub unit: String,
    /// The canonical name of the unit: 公里 is 千米.
    pub canonical: Option<Arc<str>>,
    /// How the number is meant.
    pub bound: Bound,
    /// What is counted, in bytes of the text.
    pub object: Option<Range<usize>>,
    /// What each the number is said of: 每人每天; 每吨 for 八百一吨.
    pub per: Option<String>,
    /// A date in ISO 8601, as far as the text and the page's date tell; a span as `from/to`.
    pub iso: Option<String>,
    /// The tie to the other figure of a change.
    pub change: Option<Change>,
}

/// What is known of a text from the page it stands on.
///
/// ```
/// use jiff::civil::date;
/// use zjgr::figure::{Context, Scanner};
///
/// let mut context = Context::default();
/// context.date = Some(date(2021, 2, 25));
/// let figures = Scanner::new(&[])?.scan("24日上午，大楼盖好了。", &context);
/// assert_eq!(figures[0].iso.as_deref(), Some("2021-02-24"));
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// The day the page was published: dates that leave out the year or the month are resolved by it.
    pub date: Option<Date>,
    /// The role of the text: a masthead's numbers identify, a caption tells places in a row.
    pub role: Role,
}

impl Default for Context {
    fn default() -> Self {
        Self { date: None, role: Role::Body }
    }
}
