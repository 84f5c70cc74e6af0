//! Apache Parquet, for data frames and databases: columns with their types, compressed, in groups of rows that are
//! written as they come.

use jiff::civil::Date;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type as Schema, TypePtr};
use rust_decimal::prelude::ToPrimitive;

use super::format::{Encode, Shape};
use super::sink::{Sheet, Sink, failed};
use super::{About, Cell, Destination, Field, Format, Type, describe, packed};
use crate::Result;

impl Format {
    /// Apache Parquet: text, 64-bit integers, doubles, days, booleans and lists of texts, every one of which may be
    /// missing.
    pub const PARQUET: Self = Self::new(&Parquet);
}

/// What comes of the library's own writing.
type Written<T> = std::result::Result<T, ParquetError>;

/// Rows are written when there are so many, or when they have so many bytes.
const GROUP_ROWS: usize = 1 << 16;
const GROUP_BYTES: usize = 1 << 26;

/// Levels at which a value is defined: of a list that is there and empty, of a value, of one inside a list.
const EMPTY_LIST: i16 = 1;
const VALUE: i16 = 1;
const ITEM: i16 = 2;

struct Parquet;

impl Encode for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn about(&self) -> &'static str {
        "Columns with their types, for data frames and databases"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["parquet"]
    }

    fn has_nested(&self) -> bool {
        true
    }

    fn shape(&self) -> Shape {
        Shape::Binary
    }

    fn sink(&self, sheet: Sheet<'_>, destination: Destination) -> Result<Box<dyn Sink>> {
        let fields = sheet.fields.iter().map(schema).collect::<Written<_>>().map_err(failed)?;
        let root = Schema::group_type_builder("table").with_fields(fields).build().map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("zjgr version ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer =
            SerializedFileWriter::new(destination, root.into(), properties.into()).map_err(failed)?;
        let group = Group::of(sheet.fields);
        Ok(Box::new(Groups { writer, fields: sheet.fields.to_vec(), group }))
    }
}

/// What a column is called and holds.
fn schema(field: &Field) -> Written<TypePtr> {
    let (physical, converted, logical) = match field.kind() {
        Type::List => return list(field.name()),
        Type::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8, Some(LogicalType::String)),
        Type::Integer => (Physical::INT64, ConvertedType::NONE, None),
        Type::Decimal => (Physical::DOUBLE, ConvertedType::NONE, None),
        Type::Date => (Physical::INT32, ConvertedType::DATE, Some(LogicalType::Date)),
        Type::Boolean => (Physical::BOOLEAN, ConvertedType::NONE, None),
    };
    let builder =
        Schema::primitive_type_builder(field.name(), physical).with_repetition(Repetition::OPTIONAL);
    Ok(builder.with_converted_type(converted).with_logical_type(logical).build()?.into())
}

/// A list of texts, in the three levels that the format has for lists.
fn list(name: &str) -> Written<TypePtr> {
    let element = Schema::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_converted_type(ConvertedType::UTF8)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let items = Schema::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![element.into()])
        .build()?;
    let list = Schema::group_type_builder(name)
        .with_repetition(Repetition::OPTIONAL)
        .with_converted_type(ConvertedType::LIST)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![items.into()])
        .build()?;
    Ok(list.into())
}

/// A table that is written in groups of rows.
struct Groups {
    writer: SerializedFileWriter<Destination>,
    fields: Vec<Field>,
    group: Group,
}

/// Rows that are not written yet, column by column.
struct Group {
    rows: usize,
    bytes: usize,
    columns: Vec<Values>,
}

/// The values of a column.
struct Values {
    held: Held,
    defined: Vec<i16>,
    /// In a list: whether an item is the first of its row, 0, or not, 1.
    repeated: Vec<i16>,
}

enum Held {
    Texts(Vec<ByteArray>),
    Lists(Vec<ByteArray>),
    Integers(Vec<i64>),
    Decimals(Vec<f64>),
    Days(Vec<i32>),
    Flags(Vec<bool>),
}

impl Group {
    fn of(fields: &[Field]) -> Self {
        let held = |field: &Field| match field.kind() {
            Type::Text => Held::Texts(Vec::new()),
            Type::List => Held::Lists(Vec::new()),
            Type::Integer => Held::Integers(Vec::new()),
            Type::Decimal => Held::Decimals(Vec::new()),
            Type::Date => Held::Days(Vec::new()),
            Type::Boolean => Held::Flags(Vec::new()),
        };
        let values = |field| Values { held: held(field), defined: Vec::new(), repeated: Vec::new() };
        Self { rows: 0, bytes: 0, columns: fields.iter().map(values).collect() }
    }

    fn push(&mut self, cells: &[Cell<'_>]) {
        self.rows += 1;
        let bytes = self.columns.iter_mut().zip(cells).map(|(column, cell)| column.push(cell));
        self.bytes += bytes.sum::<usize>();
    }

    fn is_full(&self) -> bool {
        self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES
    }

    /// Writes the rows.
    fn write(self, mut group: SerializedRowGroupWriter<'_, Destination>) -> Written<()> {
        for column in &self.columns {
            let Some(mut writer) = group.next_column()? else { break };
            let (defined, repeated) = (Some(column.defined.as_slice()), Some(column.repeated.as_slice()));
            match &column.held {
                Held::Texts(values) => writer.typed::<ByteArrayType>().write_batch(values, defined, None),
                Held::Lists(values) => writer.typed::<ByteArrayType>().write_batch(values, defined, repeated),
                Held::Integers(values) => writer.typed::<Int64Type>().write_batch(values, defined, None),
                Held::Decimals(values) => writer.typed::<DoubleType>().write_batch(values, defined, None),
                Held::Days(values) => writer.typed::<Int32Type>().write_batch(values, defined, None),
                Held::Flags(values) => writer.typed::<BoolType>().write_batch(values, defined, None),
            }?;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Values {
    /// Adds a value. Returns how many bytes it has.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        let (is_there, bytes) = match &mut self.held {
            Held::Lists(items) => return push_list(items, &mut self.defined, &mut self.repeated, cell),
            Held::Texts(texts) => push_text(texts, cell),
            Held::Integers(numbers) => push(numbers, integer(cell)),
            Held::Decimals(numbers) => push(numbers, decimal(cell)),
            Held::Days(days) => push(days, day(cell)),
            Held::Flags(flags) => push(flags, flag(cell)),
        };
        self.defined.push(if is_there { VALUE } else { 0 });
        bytes
    }
}

fn push<T>(values: &mut Vec<T>, value: Option<T>) -> (bool, usize) {
    let is_there = value.is_some();
    values.extend(value);
    (is_there, size_of::<T>())
}

fn push_text(texts: &mut Vec<ByteArray>, cell: &Cell<'_>) -> (bool, usize) {
    let mut scratch = String::new();
    let text = match cell {
        Cell::Empty => return (false, 0),
        cell => cell.flat(&mut scratch),
    };
    texts.push(text.as_bytes().to_vec().into());
    (true, text.len() + size_of::<ByteArray>())
}

fn push_list(
    items: &mut Vec<ByteArray>,
    defined: &mut Vec<i16>,
    repeated: &mut Vec<i16>,
    cell: &Cell<'_>,
) -> usize {
    let before = items.len();
    let empty = match cell {
        Cell::Lines(texts) | Cell::Names(texts) => {
            items.extend(texts.iter().map(|text| ByteArray::from(text.as_bytes().to_vec())));
            EMPTY_LIST
        }
        Cell::Credits(pairs) => {
            items.extend(pairs.iter().map(|(role, name)| {
                let between = if role.is_empty() { "" } else { " " };
                ByteArray::from(format!("{role}{between}{name}").into_bytes())
            }));
            EMPTY_LIST
        }
        _ => 0,
    };
    let added = items.get(before..).unwrap_or_default();
    match added {
        [] => {
            defined.push(empty);
            repeated.push(0);
        }
        added => {
            defined.extend(added.iter().map(|_| ITEM));
            repeated.extend((0..added.len()).map(|at| i16::from(at > 0)));
        }
    }
    added.iter().map(|item| item.len() + size_of::<ByteArray>()).sum()
}

fn integer(cell: &Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(*number),
        _ => None,
    }
}

fn decimal(cell: &Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(*number as f64),
        Cell::Decimal(number) => number.to_f64(),
        Cell::Real(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}

/// The day as the format counts: from 1970 on.
fn day(cell: &Cell<'_>) -> Option<i32> {
    const FIRST: Date = jiff::civil::date(1970, 1, 1);
    match cell {
        Cell::Date(day) => FIRST.until(*day).ok().map(|span| span.get_days()),
        _ => None,
    }
}

fn flag(cell: &Cell<'_>) -> Option<bool> {
    match cell {
        Cell::Flag(flag) => Some(*flag),
        _ => None,
    }
}

impl Groups {
    fn flush(&mut self) -> Result<()> {
        let group = std::mem::replace(&mut self.group, Group::of(&self.fields));
        self.writer.next_row_group().and_then(|writer| group.write(writer)).map_err(failed)
    }
}

impl Sink for Groups {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        packed::each_row(rows, self.fields.len(), |cells| {
            self.group.push(cells);
            if self.group.is_full() { self.flush() } else { Ok(()) }
        })
    }

    fn finish(mut self: Box<Self>, about: &About) -> Result<()> {
        if self.group.rows > 0 {
            self.flush()?;
        }
        for (what, value) in &about.facts {
            self.writer.append_key_value_metadata(KeyValue::new(format!("zjgr {what}"), value.clone()));
        }
        let columns = describe::schema(&self.fields).to_string();
        self.writer.append_key_value_metadata(KeyValue::new("zjgr columns".to_owned(), columns));
        self.writer.into_inner().map_err(failed)?.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use jiff::civil::date;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use rust_decimal::Decimal;

    use super::*;
    use crate::table::tests::{Known, column};
    use crate::table::{Column, Table};

    /// The rows as another program reads them, one a line; and how many groups there are.
    fn read(columns: &[Column<Known<'static>>], rows: &[Vec<Cell<'static>>]) -> (Vec<String>, usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.parquet");
        let mut table = Table::new(Destination::file(&path).unwrap(), Format::PARQUET, columns);
        rows.iter().for_each(|row| table.push(columns, &Known(row)).unwrap());
        table.finish().unwrap();
        let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
        let rows = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        (rows, reader.num_row_groups())
    }

    #[test]
    fn every_cell_has_its_type_or_is_missing() {
        let columns = [
            column(0, "text", Type::Text),
            column(1, "count", Type::Integer),
            column(2, "value", Type::Decimal),
            column(3, "day", Type::Date),
            column(4, "seen", Type::Boolean),
            column(5, "body", Type::List),
            column(6, "by", Type::List).nested(),
        ];
        let rows = [
            vec![
                "工会".into(),
                i64::MAX.into(),
                Decimal::new(19_882, 2).into(),
                date(1894, 7, 25).into(),
                true.into(),
                Cell::Lines(vec!["一".into(), "".into(), "二".into()]),
                Cell::Credits(vec![("记者".into(), "甲".into()), ("".into(), "乙".into())]),
            ],
            vec![Cell::Empty; 7],
            vec![
                "".into(),
                0_u32.into(),
                7_u32.into(),
                date(9999, 12, 31).into(),
                false.into(),
                Cell::Lines(Vec::new()),
                Cell::Names(vec!["丙".into()]),
            ],
        ];
        insta::assert_snapshot!(read(&columns, &rows).0.join("\n"), @r#"
        {text: "工会", count: 9223372036854775807, value: 198.82, day: 1894-07-25, seen: true, body: ["一", "", "二"], by: ["记者 甲", "乙"]}
        {text: null, count: null, value: null, day: null, seen: null, body: null, by: null}
        {text: null, count: 0, value: 7.0, day: 9999-12-31, seen: false, body: [], by: ["丙"]}
        "#);
    }

    #[test]
    fn groups_of_rows_are_written_as_they_come() {
        let rows: Vec<_> = (0..GROUP_ROWS as u32 + 1).map(|number| vec![number.into()]).collect();
        let (read, groups) = read(&[column(0, "count", Type::Integer)], &rows);
        assert_eq!((read.len(), groups), (GROUP_ROWS + 1, 2));
        assert_eq!(read.last().map(String::as_str), Some("{count: 65536}"));
    }

    #[test]
    fn a_table_without_a_row_has_its_columns() {
        assert_eq!(read(&[column(0, "工会", Type::Integer)], &[]), (Vec::new(), 0));
    }
}
