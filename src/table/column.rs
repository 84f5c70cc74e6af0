//! What a column is, and how its cell is made from what a row is about.

use std::borrow::Cow;
use std::fmt;

use super::{Cell, Format};
use crate::{ErrorKind, Result};

/// What a row is about. Its type may borrow from a page; the lifetime is left open here, so that a list of columns can
/// stand for good:
///
/// ```
/// use zjgr::table::{Column, Row};
///
/// struct Word<'p> {
///     text: &'p str,
///     count: u64,
/// }
///
/// impl Row for Word<'static> {
///     type At<'p> = Word<'p>;
/// }
///
/// static COLUMNS: &[Column<Word>] = &[
///     Column::text("word", "The word", |word| word.text.into()),
///     Column::integer("count", "How often it occurs", |word| word.count.into()),
/// ];
/// assert_eq!(COLUMNS[0].field().name(), "word");
/// ```
pub trait Row {
    /// The row, as it borrows from what lives for `'p`.
    type At<'p>;
}

/// How the cell of a column is made.
type Make<R> = for<'r, 'p> fn(&'r <R as Row>::At<'p>) -> Cell<'r>;
type MakeNth<R> = for<'r, 'p> fn(&'r <R as Row>::At<'p>, usize) -> Cell<'r>;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A day, as `2021-02-25`.
    Date,
    /// Yes or no.
    Boolean,
    /// Several texts: an array where the format has arrays.
    List,
}

/// What a column is, apart from what makes its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    name: Cow<'static, str>,
    about: Cow<'static, str>,
    kind: Type,
    unit: Option<&'static str>,
    is_right: bool,
    is_nested: bool,
    shown: Shown,
    is_optional: bool,
}

/// As what the cells of a column are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As they are.
    Plain,
    /// As addresses on the web.
    Link,
    /// As text whose end tells most: paths, and what stands before a hit.
    Ending,
    /// As what was looked for.
    Hit,
    /// As text around what was looked for.
    Context,
}

/// A column of a table whose rows are about an `R`.
pub struct Column<R: Row> {
    field: Field,
    make: How<R>,
}

enum How<R: Row> {
    Plain(Make<R>),
    /// Of a list of columns that is known only when everything was counted: the cell of this number.
    Nth(usize, MakeNth<R>),
}

impl<R: Row> Column<R> {
    /// A column of text; `about` says in a sentence what it holds.
    pub const fn text(name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self::new(Type::Text, name, about, make)
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self::new(Type::Integer, name, about, make)
    }

    /// A column of numbers.
    pub const fn decimal(name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self::new(Type::Decimal, name, about, make)
    }

    /// A column of days.
    pub const fn date(name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self::new(Type::Date, name, about, make)
    }

    /// A column of yes and no.
    pub const fn boolean(name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self::new(Type::Boolean, name, about, make)
    }

    /// A column of lists.
    pub const fn list(name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self::new(Type::List, name, about, make)
    }

    const fn new(kind: Type, name: &'static str, about: &'static str, make: Make<R>) -> Self {
        Self { field: Field::new(kind, Cow::Borrowed(name), about), make: How::Plain(make) }
    }

    /// The column with this number among those that come from the data: `make` is told the number.
    pub fn nth(kind: Type, name: String, about: &'static str, number: usize, make: MakeNth<R>) -> Self {
        Self { field: Field::new(kind, Cow::Owned(name), about), make: How::Nth(number, make) }
    }

    /// Says in what the numbers of the column count.
    #[must_use]
    pub const fn in_unit(mut self, unit: &'static str) -> Self {
        self.field.unit = Some(unit);
        self
    }

    /// Sets the column flush right where columns stand in line, as numbers are.
    #[must_use]
    pub const fn right_aligned(mut self) -> Self {
        self.field.is_right = true;
        self
    }

    /// Leaves the column to formats with nested values, unless it is asked for by name.
    #[must_use]
    pub const fn nested(mut self) -> Self {
        self.field.is_nested = true;
        self
    }

    /// Says that the cells of the column are addresses on the web, which formats with links make links of.
    #[must_use]
    pub const fn link(mut self) -> Self {
        self.field.shown = Shown::Link;
        self
    }

    /// Says that the ends of its cells tell most, as those of paths do; where room is short, they stay.
    #[must_use]
    pub const fn ending(mut self) -> Self {
        self.field.shown = Shown::Ending;
        self
    }

    /// Says that the cells of the column are what was looked for; a terminal shows them bright.
    #[must_use]
    pub const fn hit(mut self) -> Self {
        self.field.shown = Shown::Hit;
        self
    }

    /// Says that the cells of the column have in them what was looked for, with the text around it.
    #[must_use]
    pub const fn context(mut self) -> Self {
        self.field.shown = Shown::Context;
        self
    }

    /// Leaves the column out, unless the optional ones or this one by name are asked for.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.field.is_optional = true;
        self
    }

    /// What the column is.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The cell of `row`.
    pub fn cell<'r>(&self, row: &'r R::At<'_>) -> Cell<'r> {
        match self.make {
            How::Plain(make) => make(row),
            How::Nth(number, make) => make(row, number),
        }
    }
}

impl<R: Row> Clone for Column<R> {
    fn clone(&self) -> Self {
        Self { field: self.field.clone(), make: self.make }
    }
}

impl<R: Row> Clone for How<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Row> Copy for How<R> {}

impl<R: Row> fmt::Debug for Column<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.field.fmt(f)
    }
}

impl Field {
    /// A field of which no more is known.
    pub(super) const fn new(kind: Type, name: Cow<'static, str>, about: &'static str) -> Self {
        Self {
            name,
            about: Cow::Borrowed(about),
            kind,
            unit: None,
            is_right: matches!(kind, Type::Integer | Type::Decimal | Type::Boolean),
            is_nested: false,
            shown: Shown::Plain,
            is_optional: false,
        }
    }

    /// Its name, as it stands in the header.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it holds, in a sentence.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// What its cells hold.
    pub fn kind(&self) -> Type {
        self.kind
    }

    /// In what its numbers count, where they count something.
    pub fn unit(&self) -> Option<&str> {
        self.unit
    }

    /// True where it stands flush right.
    pub fn is_right_aligned(&self) -> bool {
        self.is_right
    }

    /// As what its cells are shown, where a format shows them in ways of their own.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// True where it is left out unless it is asked for.
    pub fn is_optional(&self) -> bool {
        self.is_optional
    }

    /// True where only formats with nested values have it, unless it is asked for.
    pub fn is_nested(&self) -> bool {
        self.is_nested
    }
}

impl Type {
    /// Its name; those of a Frictionless table schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Decimal => "number",
            Self::Date => "date",
            Self::Boolean => "boolean",
            Self::List => "list",
        }
    }

    /// True where a column of this type may hold `cell`.
    fn admits(self, cell: &Cell<'_>) -> bool {
        match (self, cell) {
            (_, Cell::Empty) | (Self::Text, _) => true,
            (Self::Integer, cell) => matches!(cell, Cell::Integer(_)),
            (Self::Decimal, cell) => matches!(cell, Cell::Integer(_) | Cell::Real(_) | Cell::Decimal(_)),
            (Self::Date, cell) => matches!(cell, Cell::Date(_)),
            (Self::Boolean, cell) => matches!(cell, Cell::Flag(_)),
            (Self::List, cell) => matches!(cell, Cell::Lines(_) | Cell::Names(_) | Cell::Credits(_)),
        }
    }
}

/// The columns of a table: of the list that it has, those that were chosen.
///
/// ```
/// use zjgr::analysis::Listing;
/// use zjgr::analysis::articles::Articles;
///
/// let columns = Articles::default().columns().choose(&["headline", "date"])?;
/// let names: Vec<&str> = columns.described().map(|field| field.name()).collect();
/// assert_eq!(names, ["headline", "date"]);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    fields: Vec<Field>,
    /// Which of them are written, in this order; without a choice all that the format can have.
    chosen: Option<Vec<usize>>,
}

impl<R: Row> From<&[Column<R>]> for Columns {
    fn from(columns: &[Column<R>]) -> Self {
        Self { fields: columns.iter().map(|column| column.field.clone()).collect(), chosen: None }
    }
}

impl<R: Row, const N: usize> From<&[Column<R>; N]> for Columns {
    fn from(columns: &[Column<R>; N]) -> Self {
        Self::from(columns.as_slice())
    }
}

impl<R: Row> From<&Vec<Column<R>>> for Columns {
    fn from(columns: &Vec<Column<R>>) -> Self {
        Self::from(columns.as_slice())
    }
}

impl Columns {
    /// These columns, and behind them those of what a record says besides, called so: text that [`super::Rows::keep`] is
    /// given.
    ///
    /// # Errors
    /// Where there is a column of that name already.
    pub fn keeping<N: AsRef<str>>(mut self, names: &[N]) -> Result<Self> {
        for name in names.iter().map(AsRef::as_ref) {
            if self.fields.iter().any(|field| field.name == name) {
                let what = format!(
                    "there is a column `{name}` already: no field of records can be kept under that name"
                );
                return Err(ErrorKind::Usage(what).into());
            }
            self.fields.push(Field {
                name: Cow::Owned(name.to_owned()),
                about: Cow::Borrowed("What the record says in the field of this name"),
                kind: Type::Text,
                unit: None,
                is_right: false,
                is_nested: false,
                shown: Shown::Plain,
                is_optional: false,
            });
        }
        Ok(self)
    }

    /// Every column that there is to choose from.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The columns with those that are left out by default, which stand at the end.
    ///
    /// # Errors
    /// Where there are none.
    pub fn with_optional(mut self) -> Result<Self> {
        let optional = |place: &usize| self.fields.get(*place).is_some_and(|field| field.is_optional);
        let all: Vec<usize> = (0..self.fields.len()).filter(optional).collect();
        if all.is_empty() {
            return Err(ErrorKind::Usage("no row of this table stands at one place of a page".into()).into());
        }
        let chosen = self.chosen.take();
        self.fields.iter_mut().for_each(|field| field.is_optional = false);
        self.chosen = chosen.map(|mut chosen| {
            let missing: Vec<usize> = all.into_iter().filter(|place| !chosen.contains(place)).collect();
            chosen.extend(missing);
            chosen
        });
        Ok(self)
    }

    /// Only the columns of these names, in this order.
    ///
    /// # Errors
    /// Where there is none of that name, or it is named twice.
    pub fn choose<N: AsRef<str>>(mut self, names: &[N]) -> Result<Self> {
        let mut chosen = Vec::with_capacity(names.len());
        for name in names.iter().map(AsRef::as_ref) {
            let place = self.fields.iter().position(|field| field.name == name).ok_or_else(|| {
                let all: Vec<&str> = self.fields.iter().map(Field::name).collect();
                ErrorKind::Usage(format!("there is no column `{name}`; there are {}", all.join(", ")))
            })?;
            if chosen.contains(&place) {
                return Err(ErrorKind::Usage(format!("the column `{name}` is asked for twice")).into());
            }
            chosen.push(place);
        }
        self.chosen = Some(chosen);
        Ok(self)
    }

    /// The same columns, with what `tell` makes of what is said of each: in another language, for instance.
    #[must_use]
    pub fn told(mut self, tell: impl Fn(&str) -> String) -> Self {
        self.fields.iter_mut().for_each(|field| field.about = tell(&field.about).into());
        self
    }

    /// The columns as they were chosen: where none were, all that are not left out by default.
    pub fn described(&self) -> impl Iterator<Item = &Field> {
        let is_there = |place: &usize| self.fields.get(*place).is_some_and(|field| !field.is_optional);
        let all = || (0..self.fields.len()).filter(is_there).collect();
        self.chosen.clone().unwrap_or_else(all).into_iter().filter_map(|place| self.fields.get(place))
    }

    /// Which columns `format` writes, by their place in the list.
    pub(super) fn written(&self, format: Format) -> Vec<usize> {
        let fits = |&place: &usize| {
            let field = self.fields.get(place).filter(|field| !field.is_optional);
            field.is_some_and(|field| format.has_nested() || !field.is_nested)
        };
        self.chosen.clone().unwrap_or_else(|| (0..self.fields.len()).filter(fits).collect())
    }
}

/// A cell with its column; checked, in builds for development, against what the column says that it holds. Text without
/// a character is nothing.
pub(super) fn checked<'r, R: Row>(column: &Column<R>, row: &'r R::At<'_>) -> Cell<'r> {
    let cell = column.cell(row);
    debug_assert!(column.field.kind.admits(&cell), "{:?} holds {cell:?}", column.field);
    match cell {
        Cell::Text(text) if text.is_empty() => Cell::Empty,
        cell => cell,
    }
}
