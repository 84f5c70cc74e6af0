//! A figure in the making.

use std::ops::Range;

use rust_decimal::Decimal;

use super::date::Point;
use super::figure_words::{UnitId, UnitKind};
use super::numeral::Span;
use super::{Bound, Change, Class, Value};

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
pub(super) struct DraftFigure {
    pub(super) cells: Range<usize>,
    pub(super) class: Class,
    pub(super) value: Option<Value>,
    pub(super) value_max: Option<Decimal>,
    pub(super) unit: UnitText,
    pub(super) canonical: Option<UnitId>,
    pub(super) sort: Option<UnitKind>,
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

impl DraftFigure {
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

    /// Where its unit stands as one piece.
    pub(super) fn unit_cells(&self) -> Option<Range<usize>> {
        match &self.unit {
            UnitText::Cells(unit) => Some(unit.clone()),
            UnitText::None | UnitText::Parted(..) | UnitText::Fixed(_) => None,
        }
    }

    /// True for a count of 万 or more that says nothing of what it counts.
    pub(super) fn is_great_number(&self) -> bool {
        const GREAT: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
        let great = matches!(self.value, Some(Value::Number(value)) if value >= GREAT);
        great && (self.class, &self.unit) == (Class::Count, &UnitText::None)
    }

    /// Makes it a count in the unit that stands from the first cell to the second.
    pub(super) fn count_in(&mut self, (start, end, unit): (usize, usize, UnitId)) {
        self.class = Class::Count;
        self.unit = UnitText::Cells(start..end);
        self.canonical = Some(unit);
        self.cells.end = end;
    }

    /// Adds `part` to its value.
    pub(super) fn add(&mut self, part: Decimal) {
        if let Some(Value::Number(value)) = self.value {
            self.value = value.checked_add(part).map(Value::Number);
        }
    }

    /// Gives it its value, and the upper end where it is a range.
    pub(super) fn set_span(&mut self, span: Option<Span>) {
        self.value = span.map(|span| Value::Number(span.low));
        self.value_max = span.filter(|span| span.high != span.low).map(|span| span.high);
    }
}
