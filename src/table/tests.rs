//! One battery over all formats.

use std::fs;

use proptest::prelude::*;

use super::*;

const FORMATS: [Format; 5] = [Format::Csv, Format::Excel, Format::Tsv, Format::Jsonl, Format::Terminal];

fn columns() -> Columns {
    Columns::new(["name", "count", "share", "seen", "body", "bylines"]).and_nested(&["sections"])
}

fn written(format: Format, rows: &[Vec<Cell<'_>>]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let mut table = Table::new(Destination::file(&path).unwrap(), format, columns());
    for row in rows {
        table.push(row).unwrap();
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
            Cell::Lines(vec!["第一段".into(), "第二段".into()]),
            Cell::Credits(vec![("记者".into(), "甲".into()), ("".into(), "乙".into())]),
            Cell::Names(vec!["小标题".into()]),
        ],
        vec![
            "=1+1".into(),
            (-3_i64).into(),
            f64::NAN.into(),
            false.into(),
            "\ttab\\".into(),
            Cell::Empty,
            Cell::Names(Vec::new()),
        ],
    ]
}

#[test]
fn every_format_writes_the_same_table() {
    let all: Vec<String> = FORMATS.iter().map(|&f| format!("{f:?}\n{}", written(f, &sample()))).collect();
    let all = all.join("\n").replace('\r', "␍").replace('\u{feff}', "<BOM>").replace('\t', "→");
    insta::assert_snapshot!(all, @r#"
    Csv
    name,count,share,seen,body,bylines
    "工会, ""五一""",12,0.5,1,"第一段
    第二段",记者 甲; 乙
    =1+1,-3,,0,→tab\,

    Excel
    <BOM>name,count,share,seen,body,bylines␍
    "工会, ""五一""",12,0.5,1,"第一段
    第二段",记者 甲; 乙␍
    '=1+1,-3,,0,'→tab\,␍

    Tsv
    name→count→share→seen→body→bylines
    工会, "五一"→12→0.5→1→第一段\n第二段→记者 甲; 乙
    =1+1→-3→→0→\ttab\\→

    Jsonl
    {"name":"工会, \"五一\"","count":12,"share":0.5,"seen":true,"body":["第一段","第二段"],"bylines":[["记者","甲"],["","乙"]],"sections":["小标题"]}
    {"name":"=1+1","count":-3,"share":null,"seen":false,"body":"\ttab\\","bylines":null,"sections":[]}

    Terminal
    name          count  share  seen  body           bylines
    工会, "五一"     12    0.5     1  第一段 第二段  记者 甲; 乙
    =1+1             -3            0   tab\
    "#);
}

#[test]
fn the_ending_names_the_format() {
    assert_eq!(Format::of_path(Path::new("a/b.CSV")), Some(Format::Csv));
    assert_eq!(Format::of_path(Path::new("b.tsv")), Some(Format::Tsv));
    assert_eq!(Format::of_path(Path::new("b.jsonl")), Some(Format::Jsonl));
    assert_eq!(Format::of_path(Path::new("b.txt")), None);
    assert_eq!(Format::of_path(Path::new("csv")), None);
}

#[test]
fn a_table_that_is_never_finished_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    fs::write(&path, "old").unwrap();
    let mut table = Table::new(Destination::file(&path).unwrap(), Format::Csv, columns());
    table.push(&sample()[0]).unwrap();
    drop(table);
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

proptest! {
    /// Whatever stands in the cells, another program reads the same back.
    #[test]
    fn csv_reads_back(cells in proptest::collection::vec(proptest::collection::vec(".*", 3), 0..5)) {
        let mut out = Vec::new();
        let columns = Columns::new(["a", "b", "c"]);
        Format::Csv.encode().header(&columns, &mut out);
        for row in &cells {
            let row: Vec<Cell<'_>> = row.iter().map(Cell::from).collect();
            Format::Csv.encode().row(&columns, &row, &mut out);
        }
        let mut reader = ::csv::Reader::from_reader(&out[..]);
        let back: Vec<Vec<String>> =
            reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(back, cells);
    }

    /// A number, negative or not, is no formula; everything else that opens like one is made harmless.
    #[test]
    fn no_cell_runs_as_a_formula(sign in "[=+@＝-]", rest in "[A-Z(][^,\"\r\n]*") {
        let mut out = Vec::new();
        let text = format!("{sign}{rest}");
        Format::Excel.encode().row(&Columns::new(["a"]), &[Cell::from(text.as_str())], &mut out);
        prop_assert_eq!(String::from_utf8(out).unwrap(), format!("'{text}\r\n"));
    }

    #[test]
    fn jsonl_reads_back(text in ".*", number in any::<i64>(), real in any::<f64>()) {
        let mut out = Vec::new();
        let cells = [Cell::from(text.as_str()), number.into(), real.into()];
        Format::Jsonl.encode().row(&Columns::new(["a", "b", "c"]), &cells, &mut out);
        let back: serde_json::Value = serde_json::from_slice(&out).unwrap();
        prop_assert_eq!(back["a"].as_str(), Some(text.as_str()));
        prop_assert_eq!(back["b"].as_i64(), Some(number));
        if real.is_finite() {
            let read = back["c"].as_f64().unwrap();
            prop_assert!((read - real).abs() <= real.abs() * 1e-15);
        }
    }
}
