//! The curves as tables: long, wide, or to look at.

use rust_decimal::prelude::ToPrimitive;

use super::{Curve, Period, Point, Series, SeriesCounts, Shape, Trends, Value, What};
use crate::Result;
use crate::analysis::Tabulate;
use crate::analysis::group::{self, GroupKey, Grouped};
use crate::table::{Cell, Column, Columns, Row, Table, Type, bar};

/// How many columns of the terminal a bar may take.
const BAR_WIDTH: usize = 50;

/// The columns that say how a series develops, by name and with what they hold.
const SLOPE: (&str, &str) = ("slope", "By how much the value rises with each period (Theil 1950, Sen 1968)");
const TAU: (&str, &str) = ("tau", "Kendall's tau-b of the value with time");
const P: (&str, &str) = ("p", "How likely so strong a tau is by chance (Mann 1945)");

/// What a row is about: a series in a period.
#[derive(Debug)]
pub(crate) struct PointRow<'p> {
    trends: &'p Trends,
    group: &'p GroupKey,
    series: &'p Series,
    curve: &'p Curve,
    point: &'p Point,
}

impl Row for PointRow<'static> {
    type At<'p> = PointRow<'p>;
}

impl Grouped for PointRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

/// A row of the wide table: a series.
#[derive(Debug)]
pub(crate) struct SeriesRow<'p> {
    group: &'p GroupKey,
    series: &'p Series,
    curve: &'p Curve,
    value: Value,
}

impl Row for SeriesRow<'static> {
    type At<'p> = SeriesRow<'p>;
}

impl Grouped for SeriesRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

/// A row of the view with bars.
#[derive(Debug)]
pub(crate) struct BarRow<'p> {
    group: &'p GroupKey,
    series: &'p Series,
    period: String,
    number: Option<f64>,
    /// What a whole bar is.
    full: f64,
    /// The trend, once for each series.
    trend: Option<String>,
}

impl Row for BarRow<'static> {
    type At<'p> = BarRow<'p>;
}

impl Grouped for BarRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

impl Tabulate for Trends {
    fn columns(&self, partial: &SeriesCounts) -> Columns {
        match self.shape {
            Shape::Long => Columns::from(&self.long_columns()),
            Shape::Wide => Columns::from(&self.wide_columns(partial)),
            Shape::Plot => Columns::from(&self.plot_columns()),
        }
    }

    fn rows(&self, partial: &mut SeriesCounts, table: &mut Table) -> Result<()> {
        let curves = self.curves(partial);
        match self.shape {
            Shape::Long => {
                let columns = self.long_columns();
                for Drawn { group, series, curve } in &curves {
                    for point in &curve.points {
                        table.push(&columns, &PointRow { trends: self, group, series, curve, point })?;
                    }
                }
                Ok(())
            }
            Shape::Wide => {
                let (columns, value) = (self.wide_columns(partial), self.shown_value());
                let mut curves = curves.iter();
                curves.try_for_each(|Drawn { group, series, curve }| {
                    table.push(&columns, &SeriesRow { group, series, curve, value })
                })
            }
            Shape::Plot => self.plot_rows(&curves, table),
        }
    }
}

impl Trends {
    /// The columns of the long table: a row per series and period.
    fn long_columns(&self) -> Vec<Column<PointRow<'static>>> {
        let per = if self.segmenter.is_some() { "per million words" } else { "per 10,000 characters" };
        let counts: [Column<PointRow<'static>>; 7] = [
            Column::text("kind", "What the series counts: term, slogan, family, unit", |row| {
                row.series.what.name().into()
            }),
            Column::text("series", "What is followed", |row| (&row.series.name).into()),
            Column::text("period", "The day, month, quarter or year", |row| {
                row.trends.length.name(row.point.period).into()
            }),
            Column::integer("count", "How often it was found", |row| row.point.count.into()),
            Column::<PointRow<'static>>::decimal(
                self.share_name(),
                "The same in proportion to the text of the period; empty where there is none",
                |row| Cell::measure(row.point.share),
            )
            .in_unit(per),
            Column::integer("articles", "In how many articles", |row| row.point.articles.into()),
            Column::integer("cumulative", "How often up to the end of this period", |row| {
                row.point.cumulative.into()
            }),
        ];
        let sums: [Column<PointRow<'static>>; 2] = [
            Column::decimal("sum", "What the figures of a unit add up to", |row| row.point.sum.into()),
            Column::decimal("cumulative_sum", "The same up to the end of this period", |row| {
                row.point.cumulative_sum.into()
            }),
        ];
        let articles: Column<PointRow<'static>> =
            Column::integer("period_articles", "How many articles the period has", |row| {
                row.point.size.articles.into()
            });
        let text: Column<PointRow<'static>> = match self.segmenter {
            Some(_) => Column::integer("period_words", "How many words the period has", |row| {
                row.point.size.words.into()
            }),
            None => Column::integer("period_chars", "How many characters the period has", |row| {
                row.point.size.chars.into()
            }),
        };
        let trend: [Column<PointRow<'static>>; 4] = [
            Column::boolean(
                "partial",
                "true for a first or last period of which only a part has text; slope and tau leave it out",
                |row| row.point.is_partial.into(),
            ),
            Column::decimal(SLOPE.0, SLOPE.1, |row| Cell::measure(row.curve.slope)),
            Column::decimal(TAU.0, TAU.1, |row| Cell::measure(row.curve.tau)),
            Column::decimal(P.0, P.1, |row| Cell::measure(row.curve.p)),
        ];
        let sums = sums.into_iter().filter(|_| self.adds_up());
        let rest: Vec<_> = counts.into_iter().chain(sums).chain([articles, text]).chain(trend).collect();
        group::columns(self.by.as_ref(), &rest)
    }

    /// The columns of the wide table: a row per series, a column per period.
    fn wide_columns(&self, partial: &SeriesCounts) -> Vec<Column<SeriesRow<'static>>> {
        let head: [Column<SeriesRow<'static>>; 5] = [
            Column::text("kind", "What the series counts", |row| row.series.what.name().into()),
            Column::text("series", "What is followed", |row| (&row.series.name).into()),
            Column::decimal(SLOPE.0, SLOPE.1, |row| Cell::measure(row.curve.slope)),
            Column::decimal(TAU.0, TAU.1, |row| Cell::measure(row.curve.tau)),
            Column::decimal(P.0, P.1, |row| Cell::measure(row.curve.p)),
        ];
        let periods = partial.periods().enumerate().map(|(number, period)| {
            let (name, about) = (self.length.name(period), "The value of this period");
            Column::<SeriesRow<'static>>::nth(Type::Decimal, name, about, number, |row, number| {
                row.curve.points.get(number).map_or(Cell::Empty, |point| point.cell(row.value))
            })
        });
        let rest: Vec<_> = head.into_iter().chain(periods).collect();
        group::columns(self.by.as_ref(), &rest)
    }

    /// The columns of the view with bars.
    fn plot_columns(&self) -> Vec<Column<BarRow<'static>>> {
        let value = match self.shown_value() {
            Value::Share => self.share_name(),
            Value::Count => "count",
            Value::Articles => "articles",
            Value::Cumulative => "cumulative",
            Value::Sum => "sum",
        };
        let columns: [Column<BarRow<'static>>; 5] = [
            Column::text("series", "What is followed", |row| (&row.series.name).into()),
            Column::text("period", "The day, month, quarter or year", |row| (&row.period).into()),
            Column::decimal(value, "The value of this period", |row| {
                row.number.map(|number| (number * 100.0).round() / 100.0).into()
            }),
            Column::text("", "The same as a bar", |row| {
                row.number.map(|number| bar(number, row.full, BAR_WIDTH)).into()
            }),
            Column::text("trend", "The trend of the series", |row| row.trend.as_deref().into()),
        ];
        group::columns(self.by.as_ref(), &columns)
    }

    /// The rows of the view with bars, all of one scale so that series can be compared.
    fn plot_rows(&self, curves: &[Drawn<'_>], table: &mut Table) -> Result<()> {
        let (columns, value) = (self.plot_columns(), self.shown_value());
        let points = curves.iter().flat_map(|drawn| &drawn.curve.points);
        let full = points.filter_map(|point| point.number(value)).fold(0.0, f64::max);
        for Drawn { group, series, curve } in curves {
            for (place, point) in curve.points.iter().enumerate() {
                let row = BarRow {
                    group,
                    series,
                    period: self.length.name(point.period),
                    number: point.number(value),
                    full,
                    trend: (place == 0).then(|| curve.summary()),
                };
                table.push(&columns, &row)?;
            }
        }
        Ok(())
    }

    /// What is shown where only one number is: sums where every series has one, else shares.
    fn shown_value(&self) -> Value {
        let sums = || self.series.iter().all(|series| matches!(series.what, What::Unit(_)));
        self.value.unwrap_or_else(|| if sums() { Value::Sum } else { Value::Share })
    }

    /// True where there is a series of figures.
    fn adds_up(&self) -> bool {
        self.series.iter().any(|series| matches!(series.what, What::Unit(_)))
    }

    fn share_name(&self) -> &'static str {
        if self.segmenter.is_some() { "per_million" } else { "per_10k_chars" }
    }

    /// The curve of every series, group by group.
    fn curves<'p>(&'p self, partial: &'p SeriesCounts) -> Vec<Drawn<'p>> {
        let of_group = |(id, group)| {
            let series = self.series.iter().enumerate();
            series.map(move |(index, series)| Drawn { group, series, curve: self.curve(partial, id, index) })
        };
        partial.groups.sorted().into_iter().flat_map(of_group).collect()
    }
}

/// A curve, and what it is of.
struct Drawn<'p> {
    group: &'p GroupKey,
    series: &'p Series,
    curve: Curve,
}

impl SeriesCounts {
    /// Every period from the first to the last that has text.
    fn periods(&self) -> impl Iterator<Item = Period> {
        self.span().into_iter().flat_map(|(first, last)| first.to(last))
    }
}

impl Point {
    /// Nothing where there is no text in which something could have been found.
    fn number(&self, value: Value) -> Option<f64> {
        match value {
            Value::Count | Value::Articles if self.size.articles == 0 => None,
            Value::Share => self.share,
            Value::Count => Some(self.count as f64),
            Value::Articles => Some(self.articles as f64),
            Value::Cumulative => Some(self.cumulative as f64),
            Value::Sum => self.sum?.to_f64(),
        }
    }

    fn cell(&self, value: Value) -> Cell<'static> {
        match value {
            Value::Count | Value::Articles if self.size.articles == 0 => Cell::Empty,
            Value::Share => Cell::measure(self.share),
            Value::Count => self.count.into(),
            Value::Articles => self.articles.into(),
            Value::Cumulative => self.cumulative.into(),
            Value::Sum => self.sum.map_or(Cell::Empty, Cell::Decimal),
        }
    }
}

impl Curve {
    /// The trend in a few words.
    fn summary(&self) -> String {
        match (self.slope, self.tau, self.p) {
            (Some(slope), Some(tau), Some(p)) => format!("{slope:+.3} a period, tau {tau:.2}, p {p:.3}"),
            _ => String::new(),
        }
    }
}
