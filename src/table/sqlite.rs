//! SQLite: a table of a database, beside others. It takes the place of an older one that zjgr wrote, in one
//! transaction, and of no other.
//!
//! Of articles there is an index of their text as well, `articles_text`. SQLite's own index for Chinese, by three
//! characters, finds no word of two; so every character is a word here, and a word is asked for as a phrase:
//! `articles_text MATCH '"工 会"'`.

use std::path::Path;

use rusqlite::types::{ToSql, ToSqlOutput, Value};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use rust_decimal::prelude::ToPrimitive;
use unicode_segmentation::UnicodeSegmentation;

use super::format::{Encode, Shape};
use super::sink::{Sheet, Sink, failed};
use super::{About, Cell, Destination, Field, Format, Type, describe, packed};
use crate::{Error, ErrorKind, Result};

impl Format {
    /// A table of an SQLite database: [`Destination::database`].
    pub const SQLITE: Self = Self::new(&Sqlite);
}

/// The columns of an article that are indexed, where there is a text.
const INDEXED: [&str; 4] = ["kicker", "headline", "subhead", "body"];
/// The column without which there is no text to index.
const BODY: &str = "body";
/// What keeps a phrase from running over the end of a paragraph.
const PARAGRAPH_END: &str = "¶";

/// The list of tables that zjgr wrote, each with what it says of itself.
const MARK: &str = "CREATE TABLE IF NOT EXISTS zjgr_tables (name TEXT PRIMARY KEY, about TEXT, columns TEXT)";

struct Sqlite;

impl Encode for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn about(&self) -> &'static str {
        "A table of an SQLite database, called after the command"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["db", "sqlite", "sqlite3"]
    }

    fn shape(&self) -> Shape {
        Shape::Database
    }

    fn sink(&self, sheet: Sheet<'_>, destination: Destination) -> Result<Box<dyn Sink>> {
        let Some(path) = destination.path() else {
            return Err(ErrorKind::Usage("a database is a file: name it with -o".into()).into());
        };
        let table = Stored::open(path, sheet).map_err(|error| blame(error, path))?;
        let name = &table.name;
        if table.is_foreign().map_err(|error| blame(error, path))? {
            let what = format!("it has a table {name} that zjgr did not write: write into another file");
            return Err(Error::new(ErrorKind::Usage(what)).at_path(path));
        }
        table.create().map_err(|error| blame(error, path))?;
        Ok(Box::new(Transaction { table, destination }))
    }
}

/// What went wrong in the database at `path`.
fn blame(error: rusqlite::Error, path: &Path) -> Error {
    failed(error).at_path(path)
}

/// A table of a database.
struct Stored {
    database: Connection,
    name: String,
    fields: Vec<Field>,
    /// Where the columns stand whose text is indexed.
    indexed: Vec<usize>,
}

impl Stored {
    fn open(path: &Path, sheet: Sheet<'_>) -> rusqlite::Result<Self> {
        let database = Connection::open(path)?;
        database.execute_batch("BEGIN IMMEDIATE")?;
        let place = |name: &str| sheet.fields.iter().position(|field| field.name() == name);
        let indexed = match place(BODY) {
            Some(_) => INDEXED.into_iter().filter_map(place).collect(),
            None => Vec::new(),
        };
        // A name without signs needs no quotes in a question.
        let name = sheet.name.replace('-', "_");
        Ok(Self { database, name, fields: sheet.fields.to_vec(), indexed })
    }

    /// True where the database has something of this name that zjgr did not write.
    fn is_foreign(&self) -> rusqlite::Result<bool> {
        self.database.execute_batch(MARK)?;
        let names = [self.name.clone(), self.index_name()];
        let ask = "SELECT 1 FROM sqlite_master WHERE name IN (?1, ?2) AND NOT EXISTS \
                   (SELECT 1 FROM zjgr_tables WHERE zjgr_tables.name = ?1)";
        Ok(self.database.query_row(ask, names, |_| Ok(())).optional()?.is_some())
    }

    fn create(&self) -> rusqlite::Result<()> {
        let column = |field: &Field| format!("{} {}", quoted(field.name()), kind(field.kind()));
        let columns: Vec<String> = self.fields.iter().map(column).collect();
        let (name, index) = (quoted(&self.name), quoted(&self.index_name()));
        self.database.execute_batch(&format!(
            "DROP TABLE IF EXISTS {name}; DROP TABLE IF EXISTS {index}; CREATE TABLE {name} ({});",
            columns.join(", ")
        ))?;
        if self.indexed.is_empty() {
            return Ok(());
        }
        let named = |&place: &usize| self.fields.get(place).map(|field| quoted(field.name()));
        let columns: Vec<String> = self.indexed.iter().filter_map(named).collect();
        // Signs are words too, so that no phrase runs over them.
        self.database.execute_batch(&format!(
            "CREATE VIRTUAL TABLE {index} USING fts5({}, content='', \
             tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")",
            columns.join(", ")
        ))
    }

    fn index_name(&self) -> String {
        format!("{}_text", self.name)
    }

    fn insert(&self, cells: &[Cell<'_>]) -> rusqlite::Result<()> {
        let places = vec!["?"; cells.len()].join(", ");
        let row = format!("INSERT INTO {} VALUES ({places})", quoted(&self.name));
        let row = self.database.prepare_cached(&row)?.insert(params_from_iter(cells.iter().map(Stand)))?;
        if self.indexed.is_empty() {
            return Ok(());
        }
        let texts = self.indexed.iter().filter_map(|&place| cells.get(place)).map(in_characters);
        let index = quoted(&self.index_name());
        let places = vec!["?"; self.indexed.len() + 1].join(", ");
        let columns: Vec<String> =
            self.indexed.iter().filter_map(|&at| self.fields.get(at)).map(|f| quoted(f.name())).collect();
        let insert = format!("INSERT INTO {index} (rowid, {}) VALUES ({places})", columns.join(", "));
        let values = std::iter::once(Value::Integer(row)).chain(texts.map(Value::Text));
        self.database.prepare_cached(&insert)?.execute(params_from_iter(values))?;
        Ok(())
    }

    fn commit(&self, about: &About) -> rusqlite::Result<()> {
        let facts = about.facts.iter().map(|(what, value)| (what.clone(), value.clone().into()));
        let facts = serde_json::Value::Object(facts.collect()).to_string();
        let columns = describe::schema(&self.fields).to_string();
        let mark = "INSERT OR REPLACE INTO zjgr_tables VALUES (?1, ?2, ?3)";
        self.database.execute(mark, [&self.name, &facts, &columns])?;
        self.database.execute_batch("COMMIT")
    }
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn kind(kind: Type) -> &'static str {
    match kind {
        Type::Text | Type::List => "TEXT",
        Type::Integer => "INTEGER",
        Type::Decimal => "REAL",
        Type::Date => "DATE",
        Type::Boolean => "BOOLEAN",
    }
}

/// A cell on its way into a database.
struct Stand<'c, 'r>(&'c Cell<'r>);

impl ToSql for Stand<'_, '_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let mut scratch = String::new();
        Ok(ToSqlOutput::Owned(match self.0 {
            Cell::Empty => Value::Null,
            Cell::Integer(number) => Value::Integer(*number),
            Cell::Flag(flag) => Value::Integer((*flag).into()),
            Cell::Real(number) => Value::Real(*number),
            Cell::Decimal(number) => number.to_f64().map_or(Value::Null, Value::Real),
            Cell::Text(text) => return Ok(ToSqlOutput::from(text.as_ref())),
            cell => Value::Text(cell.flat(&mut scratch).to_owned()),
        }))
    }
}

/// A text as it is indexed: a blank between any two characters, and a sign between paragraphs.
fn in_characters(cell: &Cell<'_>) -> String {
    let mut scratch = String::new();
    let text = cell.flat(&mut scratch);
    let mut spaced = String::with_capacity(text.len() * 4 / 3 + 1);
    for character in text.graphemes(true) {
        spaced.push_str(if character.starts_with(['\n', '\r']) { PARAGRAPH_END } else { character });
        spaced.push(' ');
    }
    spaced
}

/// A table that is written when the transaction ends.
struct Transaction {
    table: Stored,
    destination: Destination,
}

impl Sink for Transaction {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        packed::each_row(rows, self.table.fields.len(), |cells| {
            self.table.insert(cells).map_err(|error| self.destination.blame(failed(error).kind))
        })
    }

    fn finish(self: Box<Self>, about: &About) -> Result<()> {
        self.table.commit(about).map_err(|error| self.destination.blame(failed(error).kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::{Known, column};
    use crate::table::{Column, Table};

    fn write(
        path: &Path,
        name: &str,
        columns: &[Column<Known<'static>>],
        rows: &[Vec<Cell<'static>>],
    ) -> Result<()> {
        let destination = Destination::database(path);
        let mut table = Table::new(destination, Format::SQLITE, columns).about(About::named(name));
        rows.iter().try_for_each(|row| table.push(columns, &Known(row)))?;
        table.finish()
    }

    /// What `question` gives, a row a line.
    fn ask(path: &Path, question: &str) -> String {
        let database = Connection::open(path).unwrap();
        let mut statement = database.prepare(question).unwrap();
        let width = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..width)
                .map(|at| row.get(at).map(|value: Value| format!("{value:?}")))
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = statement.query_map([], row).unwrap().map(|row| row.unwrap().join(" "));
        rows.collect::<Vec<_>>().join("\n")
    }

    fn file() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.db");
        (folder, path)
    }

    #[test]
    fn every_cell_has_its_type() {
        let (_folder, path) = file();
        let columns = [
            column(0, "text", Type::Text),
            column(1, "count", Type::Integer),
            column(2, "value", Type::Decimal),
            column(3, "day", Type::Date),
            column(4, "seen", Type::Boolean),
            column(5, "select", Type::List),
        ];
        let row = vec![
            "2/3".into(),
            i64::MAX.into(),
            0.5.into(),
            jiff::civil::date(1894, 7, 25).into(),
            true.into(),
            Cell::Names(vec!["甲".into(), "乙".into()]),
        ];
        write(&path, "extract-numbers", &columns, &[row, vec![Cell::Empty; 6]]).unwrap();
        insta::assert_snapshot!(ask(&path, "SELECT * FROM extract_numbers"), @r#"
        Text("2/3") Integer(9223372036854775807) Real(0.5) Text("1894-07-25") Integer(1) Text("甲; 乙")
        Null Null Null Null Null Null
        "#);
    }

    #[test]
    fn only_a_table_of_ours_is_replaced() {
        let (_folder, path) = file();
        let columns = [column(0, "count", Type::Integer)];
        write(&path, "stats", &columns, &[vec![1_u32.into()], vec![2_u32.into()]]).unwrap();
        write(&path, "names", &columns, &[vec![3_u32.into()]]).unwrap();
        write(&path, "stats", &columns, &[vec![4_u32.into()]]).unwrap();
        assert_eq!(ask(&path, "SELECT * FROM stats UNION ALL SELECT * FROM names"), "Integer(4)\nInteger(3)");
        Connection::open(&path)
            .unwrap()
            .execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (9)")
            .unwrap();
        let error = write(&path, "mine", &columns, &[vec![5_u32.into()]]).unwrap_err().to_string();
        assert!(error.contains("a table mine that zjgr did not write"), "{error}");
        assert_eq!(ask(&path, "SELECT * FROM mine"), "Integer(9)");
    }

    #[test]
    fn a_table_that_is_never_finished_leaves_the_old_one() {
        let (_folder, path) = file();
        let columns = [column(0, "count", Type::Integer)];
        write(&path, "stats", &columns, &[vec![1_u32.into()]]).unwrap();
        let destination = Destination::database(&path);
        let mut table = Table::new(destination, Format::SQLITE, &columns).about(About::named("stats"));
        table.push(&columns, &Known(&[2_u32.into()])).unwrap();
        drop(table);
        assert_eq!(ask(&path, "SELECT * FROM stats"), "Integer(1)");
    }

    #[test]
    fn what_is_no_database_stays() {
        let (_folder, path) = file();
        std::fs::write(&path, "a page of a newspaper, long enough to have a head").unwrap();
        assert!(write(&path, "stats", &[column(0, "count", Type::Integer)], &[]).is_err());
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("a page"));
    }

    #[test]
    fn words_of_two_characters_are_found_and_none_runs_over_a_sign_or_a_paragraph() {
        let (_folder, path) = file();
        let columns = [column(0, "headline", Type::Text), column(1, "body", Type::List)];
        let bodies = ["市总工会帮扶企业。", "办好工厂，会议在即", "职工\n会员", "工 会"];
        let rows: Vec<_> =
            bodies.iter().map(|body| vec!["题".into(), Cell::Lines(vec![(*body).into()])]).collect();
        write(&path, "articles", &columns, &rows).unwrap();
        let found = |word: &str| {
            let ask_for = format!("SELECT rowid FROM articles_text WHERE articles_text MATCH '\"{word}\"'");
            ask(&path, &ask_for)
        };
        assert_eq!(found("工 会"), "Integer(1)\nInteger(4)");
        assert_eq!(found("企 业"), "Integer(1)");
        assert_eq!(found("总 工 会"), "Integer(1)");
        assert_eq!(found("厂 ， 会"), "Integer(2)");
        assert_eq!(found("题"), "Integer(1)\nInteger(2)\nInteger(3)\nInteger(4)");
        let joined = "SELECT articles.body FROM articles JOIN articles_text ON articles.rowid = articles_text.rowid \
                      WHERE articles_text MATCH '\"会 员\"'";
        assert_eq!(ask(&path, joined), "Text(\"职工\\n会员\")");
    }
}
