//! One battery over all formats.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;

const FORMATS: [Format; 5] = [Format::CSV, Format::EXCEL, Format::TSV, Format::JSONL, Format::TABLE];

/// A row whose cells are known.
pub(in crate::table) struct Known<'p>(pub(in crate::table) &'p [Cell<'p>]);

impl Row for Known<'static> {
    type At<'p> = Known<'p>;
}

/// The column of a known row.
pub(in crate::table) fn column(number: usize, name: &str, kind: Type) -> Column<Known<'static>> {
    Column::nth(kind, name.to_owned(), "", number, |row, number| row.0[number].clone())
}

fn columns() -> Vec<Column<Known<'static>>> {
    vec![
        column(0, "name", Type::Text),
        column(1, "count", Type::Integer),
        column(2, "share", Type::Decimal),
        column(3, "seen", Type::Boolean),
        column(4, "day", Type::Date),
        column(5, "body", Type::List),
        column(6, "bylines", Type::List),
        column(7, "sections", Type::List).nested(),
    ]
}

/// The whole table as it is written.
pub(super) fn written(
    format: Format,
    columns: &[Column<Known<'static>>],
    rows: &[Vec<Cell<'static>>],
) -> String {
    let chosen = Columns::from(columns);
    written_as(format, chosen, columns, rows)
}

fn written_as(
    format: Format,
    chosen: Columns,
    columns: &[Column<Known<'static>>],
    rows: &[Vec<Cell<'static>>],
) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let mut table = Table::new(Destination::file(&path).unwrap(), format, chosen);
    for row in rows {
        table.push(columns, &Known(row)).unwrap();
    }
    table.finish().unwrap();
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

fn sample() -> Vec<Vec<Cell<'static>>> {
    vec![
        vec![
            "工会, \"五一\"".into(),
            12_u32.into(),
            0.5.into(),
            true.into(),
            jiff::civil::date(2021, 2, 25).into(),
            Cell::Lines(vec!["第一段".into(), "第二段".into()]),
            Cell::Credits(vec![("记者".into(), "甲".into()), ("".into(), "乙".into())]),
            Cell::Names(vec!["小标题".into()]),
        ],
        vec![
            "=1+1\ttab\\".into(),
            (-3_i64).into(),
            f64::NAN.into(),
            false.into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Names(Vec::new()),
        ],
    ]
}

#[test]
fn every_format_writes_the_same_table() {
    let all: Vec<String> =
        FORMATS.iter().map(|&f| format!("{f:?}\n{}", written(f, &columns(), &sample()))).collect();
    let all = all.join("\n").replace('\r', "␍").replace('\u{feff}', "<BOM>").replace('\t', "→");
    insta::assert_snapshot!(all, @r#"
    csv
    name,count,share,seen,day,body,bylines
    "工会, ""五一""",12,0.5,1,2021-02-25,"第一段
    第二段",记者 甲; 乙
    =1+1→tab\,-3,,0,,,

    excel
    <BOM>name,count,share,seen,day,body,bylines␍
    "工会, ""五一""",12,0.5,1,2021-02-25,"第一段
    第二段",记者 甲; 乙␍
    '=1+1→tab\,-3,,0,,,␍

    tsv
    name→count→share→seen→day→body→bylines
    工会, "五一"→12→0.5→1→2021-02-25→第一段\n第二段→记者 甲; 乙
    =1+1\ttab\\→-3→→0→→→

    jsonl
    {"name":"工会, \"五一\"","count":12,"share":0.5,"seen":true,"day":"2021-02-25","body":["第一段","第二段"],"bylines":[["记者","甲"],["","乙"]],"sections":["小标题"]}
    {"name":"=1+1\ttab\\","count":-3,"share":null,"seen":false,"day":null,"body":null,"bylines":null,"sections":[]}

    table
    name          count  share  seen  day         body           bylines
    工会, "五一"     12    0.5     1  2021-02-25  第一段 第二段  记者 甲; 乙
    =1+1 tab\        -3            0
    "#);
}

#[test]
fn columns_are_chosen_by_name_and_in_order() {
    let some = |format, names: &[&str]| {
        let chosen = Columns::from(&columns()).choose(names).unwrap();
        written_as(format, chosen, &columns(), &sample()[..1])
    };
    assert_eq!(some(Format::CSV, &["seen", "count"]), "seen,count\n1,12\n");
    assert_eq!(some(Format::JSONL, &["share", "count"]), "{\"share\":0.5,\"count\":12}\n");
    assert_eq!(some(Format::CSV, &["sections"]), "sections\n小标题\n", "nested ones where they are named");
}

#[test]
fn a_column_that_does_not_exist_is_named_with_those_that_do() {
    let error = |names: &[&str]| Columns::from(&columns()).choose(names).unwrap_err().to_string();
    let expected =
        "there is no column `cuont`; there are name, count, share, seen, day, body, bylines, sections";
    assert_eq!(error(&["cuont"]), expected);
    assert_eq!(error(&["count", "count"]), "the column `count` is asked for twice");
}

#[test]
fn a_table_may_have_no_header() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    for (format, expected) in
        [(Format::CSV, "12\n"), (Format::TABLE, "12\n"), (Format::JSONL, "{\"count\":12}\n")]
    {
        let columns = [column(1, "count", Type::Integer)];
        let mut table = Table::new(Destination::file(&path).unwrap(), format, &columns).without_header();
        table.push(&columns, &Known(&sample()[0])).unwrap();
        table.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), expected, "{format:?}");
    }
}

#[test]
#[should_panic(expected = "holds Text")]
fn a_cell_is_of_the_type_of_its_column() {
    written(Format::CSV, &[column(0, "count", Type::Integer)], &[vec!["工会".into()]]);
}

#[test]
fn a_format_is_found_by_the_name_that_it_has() {
    for &format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
        for ending in format.endings() {
            assert_eq!(
                Format::of_path(Path::new(&format!("a.{ending}"))),
                Some(format),
                "endings are not shared"
            );
        }
    }
}

#[test]
fn the_ending_names_the_format() {
    assert_eq!(Format::of_path(Path::new("a/b.CSV")), Some(Format::CSV));
    assert_eq!(Format::of_path(Path::new("b.tsv")), Some(Format::TSV));
    assert_eq!(Format::of_path(Path::new("b.jsonl")), Some(Format::JSONL));
    assert_eq!(Format::of_path(Path::new("a/b.csv.gz")), Some(Format::CSV));
    assert_eq!(Format::of_path(Path::new("a/b.jsonl.ZST")), Some(Format::JSONL));
    assert_eq!(Format::of_path(Path::new("b.gz")), None);
    assert_eq!(Format::of_path(Path::new("b.txt")), None);
    assert_eq!(Format::of_path(Path::new("csv")), None);
}

#[test]
fn the_last_ending_compresses() {
    use std::io::Read;
    let folder = tempfile::tempdir().unwrap();
    let packed = |name: &str| {
        let path = folder.path().join(name);
        let mut table = Table::new(Destination::file(&path).unwrap(), Format::CSV, &columns());
        table.push(&columns(), &Known(&sample()[0])).unwrap();
        table.finish().unwrap();
        fs::read(path).unwrap()
    };
    let plain = packed("t.csv");
    let gzip = packed("t.csv.gz");
    assert_eq!(gzip, packed("again.csv.gz"), "no name and no time in it");
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(&*gzip).read_to_end(&mut text).unwrap();
    assert_eq!(text, plain);
    assert_eq!(zstd::decode_all(&*packed("t.csv.zst")).unwrap(), plain);
}

#[test]
fn a_table_that_is_never_finished_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    fs::write(&path, "old").unwrap();
    let mut table = Table::new(Destination::file(&path).unwrap(), Format::CSV, &columns());
    table.push(&columns(), &Known(&sample()[0])).unwrap();
    drop(table);
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

proptest! {
    /// Whatever stands in the cells, another program reads the same back.
    #[test]
    fn csv_reads_back(cells in proptest::collection::vec(proptest::collection::vec(".*", 3), 0..5)) {
        let columns = ["a", "b", "c"];
        let columns: Vec<_> = columns.iter().enumerate().map(|(at, name)| column(at, name, Type::Text)).collect();
        let rows: Vec<Vec<Cell<'_>>> =
            cells.iter().map(|row| row.iter().map(|cell| Cell::from(cell.clone())).collect()).collect();
        let out = written(Format::CSV, &columns, &rows);
        let mut reader = ::csv::Reader::from_reader(out.as_bytes());
        let back: Vec<Vec<String>> =
            reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(back, cells);
    }

    /// A number, negative or not, is no formula; everything else that opens like one is made harmless.
    #[test]
    fn no_cell_runs_as_a_formula(sign in "[=+@＝-]", rest in "[A-Z(][^,\"\r\n]*") {
        let text = format!("{sign}{rest}");
        let out = written(Format::EXCEL, &[column(0, "a", Type::Text)], &[vec![Cell::from(text.clone())]]);
        prop_assert_eq!(out, format!("\u{feff}a\r\n'{text}\r\n"));
    }

    #[test]
    fn jsonl_reads_back(text in ".*", number in any::<i64>(), real in any::<f64>()) {
        let columns =
            [column(0, "a", Type::Text), column(1, "b", Type::Integer), column(2, "c", Type::Decimal)];
        let out = written(Format::JSONL, &columns, &[vec![Cell::from(text.clone()), number.into(), real.into()]]);
        let back: serde_json::Value = serde_json::from_str(&out).unwrap();
        // Text without a character is nothing.
        prop_assert_eq!(back["a"].as_str().unwrap_or_default(), text.as_str());
        prop_assert_eq!(back["a"].is_null(), text.is_empty());
        prop_assert_eq!(back["b"].as_i64(), Some(number));
        if real.is_finite() {
            let read = back["c"].as_f64().unwrap();
            // Numbers that are all but nothing have fewer digits.
            prop_assert!((read - real).abs() <= real.abs() * 1e-15 + f64::MIN_POSITIVE);
        }
    }
}
