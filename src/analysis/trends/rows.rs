//! The curves as tables: long, wide, or to look at.

use rust_decimal::prelude::ToPrimitive;

use super::{Curve, Partial, Period, Point, Trends, Value, What};
use crate::Result;
use crate::table::{Cell, Columns, bar};

/// How many columns of the terminal a bar may take.
const BAR_WIDTH: usize = 50;

impl Trends {
    /// The columns of the long table: a row per series and period.
    pub fn columns(&self) -> Columns {
        let share = self.share_name();
        let sums: &[&'static str] = if self.adds_up() { &["sum", "cumulative_sum"] } else { &[] };
        Columns::new(["kind", "series", "period", "count", share, "articles", "cumulative"])
            .and(sums.iter().copied())
            .and(["period_articles", if self.segmenter.is_some() { "period_words" } else { "period_chars" }])
            .and(["slope", "tau", "p"])
    }

    /// The rows of the long table.
    ///
    /// # Errors
    /// Those of `push`.
    pub fn rows(&self, partial: &Partial, mut push: impl FnMut(&[Cell<'_>]) -> Result<()>) -> Result<()> {
        for (series, curve) in self.curves(partial) {
            for point in &curve.points {
                let all = if self.segmenter.is_some() { point.size.words } else { point.size.chars };
                let mut row = vec![
                    Cell::from(series.what.name()),
                    (&series.name).into(),
                    self.length.name(point.period).into(),
                    point.count.into(),
                    Cell::measure(point.share),
                    point.articles.into(),
                    point.cumulative.into(),
                ];
                if self.adds_up() {
                    row.extend(
                        [point.sum, point.cumulative_sum].map(|sum| sum.map_or(Cell::Empty, Cell::Decimal)),
                    );
                }
                row.extend([point.size.articles.into(), all.into()]);
                row.extend([curve.slope, curve.tau, curve.p].map(Cell::measure));
                push(&row)?;
            }
        }
        Ok(())
    }

    /// The columns of the wide table: a row per series, a column per period.
    pub fn wide_columns(&self, partial: &Partial) -> Columns {
        let periods = partial.periods().map(|period| self.length.name(period));
        Columns::new(["kind", "series", "slope", "tau", "p"]).and(periods)
    }

    /// The rows of the wide table.
    ///
    /// # Errors
    /// Those of `push`.
    pub fn wide_rows(
        &self,
        partial: &Partial,
        value: Value,
        mut push: impl FnMut(&[Cell<'_>]) -> Result<()>,
    ) -> Result<()> {
        for (series, curve) in self.curves(partial) {
            let mut row = vec![Cell::from(series.what.name()), (&series.name).into()];
            row.extend([curve.slope, curve.tau, curve.p].map(Cell::measure));
            row.extend(curve.points.iter().map(|point| point.cell(value)));
            push(&row)?;
        }
        Ok(())
    }

    /// The columns of the view with bars.
    pub fn plot_columns(&self, value: Value) -> Columns {
        let value = match value {
            Value::Share => self.share_name(),
            Value::Count => "count",
            Value::Articles => "articles",
            Value::Cumulative => "cumulative",
            Value::Sum => "sum",
        };
        Columns::new(["series", "period", value, "", "trend"])
    }

    /// The rows of the view with bars, all of one scale so that series can be compared.
    ///
    /// # Errors
    /// Those of `push`.
    pub fn plot_rows(
        &self,
        partial: &Partial,
        value: Value,
        mut push: impl FnMut(&[Cell<'_>]) -> Result<()>,
    ) -> Result<()> {
        let curves: Vec<_> = self.curves(partial).collect();
        let points = curves.iter().flat_map(|(_, curve)| &curve.points);
        let full = points.filter_map(|point| point.number(value)).fold(0.0, f64::max);
        for (series, curve) in &curves {
            for (place, point) in curve.points.iter().enumerate() {
                let number = point.number(value);
                push(&[
                    Cell::from(&series.name),
                    self.length.name(point.period).into(),
                    number.map(|number| (number * 100.0).round() / 100.0).into(),
                    number.map(|number| bar(number, full, BAR_WIDTH)).into(),
                    // Once for each series.
                    (place == 0).then(|| curve.summary()).into(),
                ])?;
            }
        }
        Ok(())
    }

    /// What is shown where only one number is: sums where every series has one, else shares.
    pub fn value(&self) -> Value {
        let sums = self.series.iter().all(|series| matches!(series.what, What::Unit(_)));
        if sums { Value::Sum } else { Value::Share }
    }

    /// True where there is a series of figures.
    pub fn adds_up(&self) -> bool {
        self.series.iter().any(|series| matches!(series.what, What::Unit(_)))
    }

    fn share_name(&self) -> &'static str {
        if self.segmenter.is_some() { "per_million" } else { "per_10k_chars" }
    }

    fn curves(&self, partial: &Partial) -> impl Iterator<Item = (&super::Series, Curve)> {
        self.series.iter().enumerate().map(|(index, series)| (series, self.curve(partial, index)))
    }
}

impl Partial {
    /// Every period from the first to the last that has text.
    fn periods(&self) -> impl Iterator<Item = Period> {
        let first = self.sizes.keys().next().copied();
        let last = self.sizes.keys().next_back().copied();
        first.zip(last).into_iter().flat_map(|(first, last)| first.to(last))
    }
}

impl Point {
    fn number(&self, value: Value) -> Option<f64> {
        match value {
            Value::Share => self.share,
            Value::Count => Some(self.count as f64),
            Value::Articles => Some(self.articles as f64),
            Value::Cumulative => Some(self.cumulative as f64),
            Value::Sum => self.sum?.to_f64(),
        }
    }

    fn cell(&self, value: Value) -> Cell<'static> {
        match value {
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
