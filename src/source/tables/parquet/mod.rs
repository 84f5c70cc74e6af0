//! Parquet: its rows, of which only the columns are read that are asked for.

mod sound;

use std::fs::File;
use std::sync::Arc;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use self::sound::Sound;
use super::{Numbered, Records};
use crate::contained::contained;
use crate::source::Fields;
use crate::source::fields::Columns;
use crate::{Error, ErrorKind, Result};

/// The rows of a file.
pub(super) struct Rows {
    rows: RowIter<'static>,
    columns: Columns,
    next_row: u64,
}

fn wrong(what: impl std::fmt::Display) -> Error {
    ErrorKind::Unreadable(format!("no Parquet file that can be read: {what}")).into()
}

/// Files that are damaged in ways nobody thought of have made libraries panic.
fn caught<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    contained(read).unwrap_or_else(|| Err(wrong("damaged in a way that cannot be read")))
}

impl Rows {
    pub(super) fn new(file: File, fields: &Fields) -> Result<Self> {
        caught(|| {
            let reader = SerializedFileReader::new(file).map_err(wrong)?;
            let schema = reader.metadata().file_metadata().schema().clone();
            let names: Vec<String> =
                schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
            let wanted = fields.columns(&names)?;
            let mut kept: Vec<usize> = wanted.all().collect();
            kept.sort_unstable();
            kept.dedup();
            let pick =
                |list: &[Arc<Type>]| kept.iter().filter_map(|&at| list.get(at).cloned()).collect::<Vec<_>>();
            let picked = pick(schema.get_fields());
            let projection = Type::group_type_builder(schema.name()).with_fields(picked.clone()).build();
            let names: Vec<String> = picked.iter().map(|field| field.name().to_owned()).collect();
            let rows = RowIter::from_file_into(Box::new(Sound(reader)));
            let rows = rows.project(Some(projection.map_err(wrong)?)).map_err(wrong)?;
            Ok(Self { rows, columns: fields.columns(&names)?, next_row: 1 })
        })
    }
}

impl Records for Rows {
    fn next(&mut self) -> Result<Option<Numbered>> {
        let rows = &mut self.rows;
        let Some(row) = caught(|| rows.next().transpose().map_err(wrong))? else { return Ok(None) };
        let line = self.next_row;
        self.next_row += 1;
        let columns = &self.columns;
        let sign = |at| if columns.is_text(at) { "\n" } else { "; " };
        let cells: Vec<Option<String>> =
            row.get_column_iter().enumerate().map(|(at, (_, field))| text_of(field, sign(at))).collect();
        let record = self.columns.record(|at| cells.get(at).cloned().flatten());
        Ok(Some(Numbered { line, record }))
    }
}

/// What a field says; a list with `sign` between.
fn text_of(field: &Field, sign: &str) -> Option<String> {
    match field {
        Field::Null | Field::Group(_) | Field::MapInternal(_) => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::ListInternal(list) => {
            let items: Vec<String> =
                list.elements().iter().filter_map(|element| text_of(element, sign)).collect();
            (!items.is_empty()).then(|| items.join(sign))
        }
        other => Some(other.to_string()),
    }
}
