use std::fs;
use std::path::Path;

use calamine::{Data, DataType, Range, Reader, Xlsx as Read, open_workbook};
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::table::tests::{Known, column};
use crate::table::{Cell, Column};

/// A table as it is written.
fn write(path: &Path, columns: &[Column<Known<'static>>], rows: &[Vec<Cell<'static>>]) {
    let mut about = About::named("figures");
    about.say("command", "zjgr figures");
    let mut table = Table::new(Destination::file(path).unwrap(), Format::XLSX, columns).about(about);
    for row in rows {
        table.push(columns, &Known(row)).unwrap();
    }
    table.finish().unwrap();
}

/// The sheets of a table, as another program reads them.
fn read(columns: &[Column<Known<'static>>], rows: &[Vec<Cell<'static>>]) -> Vec<(String, Range<Data>)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.xlsx");
    write(&path, columns, rows);
    let mut book: Read<_> = open_workbook(&path).unwrap();
    book.worksheets()
}

/// The cells of a row of texts.
fn texts(cells: &[&str]) -> Vec<Data> {
    let columns: Vec<_> = (0..cells.len()).map(|at| column(at, &format!("c{at}"), Type::Text)).collect();
    let sheets = read(&columns, &[cells.iter().map(|cell| Cell::from((*cell).to_owned())).collect()]);
    sheets[0].1.rows().nth(1).unwrap().to_vec()
}

#[test]
fn text_stays_text_whatever_it_looks_like() {
    let cells =
        ["1:2", "2/3", "00123", "=1+1", "+86", "-", "1e5", "TRUE", "2021-02-25", "工会, \"五一\"", "a\nb"];
    let read: Vec<Data> = texts(&cells);
    assert_eq!(read, cells.map(|cell| Data::String(cell.into())));
}

#[test]
fn every_cell_has_its_type() {
    let columns = [
        column(0, "count", Type::Integer),
        column(1, "value", Type::Decimal),
        column(2, "day", Type::Date),
        column(3, "seen", Type::Boolean),
    ];
    let rows = [
        vec![12_u32.into(), Decimal::new(19_882, 2).into(), date(2021, 2, 25).into(), true.into()],
        vec![Cell::Empty, f64::NAN.into(), date(1894, 7, 25).into(), Cell::Empty],
        vec![1_234_567_890_123_456_i64.into(), 2.5.into(), date(1900, 2, 28).into(), false.into()],
        vec![1_200_000_000_000_000_000_i64.into(), Cell::Empty, date(1900, 3, 1).into(), false.into()],
    ];
    let sheets = read(&columns, &rows);
    assert_eq!(sheets[0].0, "figures");
    let cell = |row: u32, column: u32| sheets[0].1.get_value((row, column)).unwrap();
    assert_eq!(
        [cell(1, 0), cell(1, 1), cell(1, 3)],
        [&Data::Float(12.0), &Data::Float(198.82), &Data::Bool(true)]
    );
    assert!(cell(1, 2).is_datetime(), "{:?}", cell(1, 2));
    let day = |cell: &Data| cell.get_datetime().map(|day| day.as_f64());
    assert_eq!(day(cell(1, 2)), Some(44252.0));
    assert_eq!([cell(2, 0), cell(2, 1)], [&Data::Empty, &Data::Empty], "nothing is no zero");
    assert_eq!(cell(2, 2), &Data::String("1894-07-25".into()), "a spreadsheet has no day before 1900");
    assert_eq!(cell(3, 2), &Data::String("1900-02-28".into()));
    assert_eq!(cell(3, 0), &Data::String("1234567890123456".into()), "no digit is lost");
    assert_eq!(cell(4, 0), &Data::Float(1.2e18), "zeros at the end are no digits that could be lost");
    assert_eq!(day(cell(4, 2)), Some(61.0));
}

#[test]
fn what_a_cell_cannot_hold_is_cut_and_says_where_it_stands() {
    let columns = [
        column(0, "file", Type::Text),
        column(1, "first_line", Type::Integer),
        column(2, "body", Type::List),
    ];
    let body = "工会".repeat(20_000) + "😀";
    let sheets = read(&columns, &[vec!["a/b.txt".into(), 7_u32.into(), Cell::Lines(vec![body.into()])]]);
    let text = sheets[0].1.get_value((1, 2)).unwrap().to_string();
    assert!(text.encode_utf16().count() <= 32_767);
    let (kept, note) = text.split_once(" […").unwrap();
    let missing = 40_001 - kept.chars().count();
    assert_eq!(note, format!("cut: a cell holds no more; {missing} characters more in a/b.txt:7]"));
    // A cell that is just full is whole.
    let full = "工".repeat(32_767);
    assert_eq!(texts(&[&full])[0], Data::String(full));
}

#[test]
fn a_sheet_says_what_the_table_is() {
    let sheets = read(&[column(0, "count", Type::Integer).in_unit("characters")], &[vec![7_u32.into()]]);
    assert_eq!(sheets[1].0, "about");
    let all: Vec<String> = sheets[1]
        .1
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
        .collect();
    insta::assert_snapshot!(all.join("\n"), @"
    command|zjgr figures|||
    ||||
    sheet|column|type|unit|description
    figures|count|integer|characters|
    ");
}

#[test]
fn the_same_table_is_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let columns = [column(0, "name", Type::Text)];
    let paths = ["a.xlsx", "b.xlsx"].map(|name| folder.path().join(name));
    for path in &paths {
        write(path, &columns, &[vec!["工会".into()]]);
        // The times that an archive keeps count in steps of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2100));
    }
    assert_eq!(fs::read(&paths[0]).unwrap(), fs::read(&paths[1]).unwrap());
}

#[test]
fn an_address_is_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.xlsx");
    let columns = [column(0, "website", Type::Text).link(), column(1, "email", Type::Text).link()];
    let rows = [vec!["www.example.cn".into(), "a@example.cn".into()], vec!["工会网".into(), Cell::Empty]];
    write(&path, &columns, &rows);
    let mut book: Read<_> = open_workbook(&path).unwrap();
    let formulas = book.worksheet_formula("figures").unwrap();
    assert_eq!(
        formulas.get_value((1, 0)).unwrap(),
        "HYPERLINK(\"http://www.example.cn\",\"www.example.cn\")"
    );
    assert_eq!(formulas.get_value((1, 1)).unwrap(), "HYPERLINK(\"mailto:a@example.cn\",\"a@example.cn\")");
    let shown = book.worksheet_range("figures").unwrap();
    assert_eq!(shown.get_value((1, 0)).unwrap(), "www.example.cn");
    assert_eq!(shown.get_value((2, 0)).unwrap(), "工会网");
}

#[test]
fn rows_lead_to_their_article_and_articles_to_their_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.xlsx");
    let names = ["file", "id", "date", "page", "article"];
    let columns: Vec<_> = names.iter().enumerate().map(|(at, name)| column(at, name, Type::Text)).collect();
    let row = |page: u32, article: u32| -> Vec<Cell<'static>> {
        vec!["a.txt".into(), Cell::Empty, Cell::Empty, page.into(), article.into()]
    };
    let book = Book::new(Destination::file(&path).unwrap());
    for (name, columns, rows) in [
        ("pages", &columns[..4], vec![row(1, 1), row(2, 1)]),
        ("articles", &columns[..], vec![row(1, 1), row(2, 2)]),
        ("figures", &columns[..], vec![row(2, 2), row(2, 0)]),
    ] {
        let mut table = book.table(name, columns).unwrap();
        rows.iter().for_each(|row| table.push(columns, &Known(row)).unwrap());
        table.finish().unwrap();
    }
    book.finish(&About::default()).unwrap();
    let mut book: Read<_> = open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["pages", "articles", "figures", "about"]);
    let mut formula = |sheet: &str, at: (u32, u32)| {
        book.worksheet_formula(sheet).unwrap().get_value(at).cloned().unwrap_or_default()
    };
    assert_eq!(formula("articles", (2, 3)), "HYPERLINK(\"#'pages'!A3\",2)");
    assert_eq!(formula("figures", (1, 4)), "HYPERLINK(\"#'articles'!A3\",2)");
    assert_eq!(formula("figures", (2, 4)), "", "what no article owns leads to none");
}

/// Takes a minute without optimisation; the limits themselves are in the library's hands.
#[test]
#[ignore = "a million rows"]
fn a_table_too_long_for_a_sheet_goes_on_in_the_next() {
    let row = vec![Cell::from(1_u32)];
    let sheets = read(&[column(0, "count", Type::Integer)], &vec![row; 1_048_577]);
    let rows: Vec<_> = sheets.iter().map(|(name, range)| (name.as_str(), range.height())).collect();
    assert_eq!(rows[..2], [("figures", 1_048_576), ("figures 2", 3)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever stands in the cells, another program reads the same back, but for signs that no XML can hold and for
    /// ends of lines, of which it knows one kind.
    #[test]
    fn text_reads_back(cells in proptest::collection::vec("[^\\x00-\\x08\\x0b-\\x1f\\u{fffe}\\u{ffff}]+", 3)) {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let read: Vec<String> = texts(&cells).iter().map(ToString::to_string).collect();
        prop_assert_eq!(read, cells);
    }

    #[test]
    fn no_text_breaks_the_workbook(text in "\\PC*|[\\x00-\\x1f]*|_x[0-9a-f]{4}_") {
        texts(&[&text, "b"]);
    }
}
