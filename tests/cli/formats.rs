//! The same table in every format.

use std::collections::BTreeSet;
use std::fs::{self, File};

use calamine::{Data, Reader, Xlsx, open_workbook};
use parquet::file::reader::{FileReader, SerializedFileReader};
use rusqlite::Connection;

use super::{Folder, PAGE};

const PLENTY: &str =
    "本报讯 2021年2月24日，市总工会向127名职工发放补助3.5万元，比分1:2，占2/3。\n\n=1+1不是公式。\n";

fn pages() -> Folder {
    Folder::new().with("page.txt", PAGE).with("plenty.txt", PLENTY)
}

/// The rows of a csv, headers left out.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// How a workbook's cell stands in a csv.
fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Bool(flag) => u8::from(*flag).to_string(),
        data => data.to_string(),
    }
}

#[test]
fn a_workbook_has_the_rows_of_the_csv() {
    let folder = pages();
    for command in ["pages", "articles", "extract-numbers --class all", "layout"] {
        let csv = folder.run(&format!("{command} page.txt plenty.txt")).out;
        let ran = folder.run(&format!("{command} page.txt plenty.txt -o t.xlsx --excel"));
        assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
        let mut book: Xlsx<_> = open_workbook(folder.path().join("t.xlsx")).unwrap();
        let name = command.split(' ').next().unwrap();
        let sheet = book.worksheet_range(name).unwrap();
        let read: Vec<Vec<String>> = sheet.rows().skip(1).map(|row| row.iter().map(cell).collect()).collect();
        assert_eq!(read, rows(&csv), "{command}");
        let about = book.worksheet_range("about").unwrap();
        let facts: Vec<String> = about.rows().take(6).map(|row| format!("{}={}", row[0], row[1])).collect();
        assert_eq!(facts[0], format!("command=zjgr {name}"));
        assert!(facts.contains(&"PATH=page.txt plenty.txt".to_owned()), "{facts:?}");
    }
}

#[test]
fn parquet_has_the_rows_of_the_csv() {
    let folder = pages();
    let csv = folder.run("extract-numbers --class all page.txt plenty.txt").out;
    assert_eq!(folder.run("extract-numbers --class all page.txt plenty.txt -o t.parquet").status, Some(0));
    let reader = SerializedFileReader::new(File::open(folder.path().join("t.parquet")).unwrap()).unwrap();
    let (mut read, expected) = (Vec::new(), rows(&csv));
    for row in reader.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        read.push(row.get_column_iter().map(|(_, field)| field.to_string()).collect::<Vec<_>>());
    }
    assert_eq!(read.len(), expected.len());
    for (read, expected) in read.iter().zip(&expected) {
        for (read, expected) in read.iter().zip(expected) {
            let number =
                || read.parse::<f64>().ok().zip(expected.parse::<f64>().ok()).is_some_and(|(a, b)| a == b);
            let same = read.trim_matches('"') == expected || (read == "null" && expected.is_empty());
            assert!(same || number(), "{read} and {expected}");
        }
    }
}

#[test]
fn a_database_has_the_rows_of_the_csv_and_finds_what_concordance_finds() {
    let folder = pages();
    for command in ["articles", "extract-numbers"] {
        let ran = folder.run(&format!("{command} page.txt plenty.txt -o t.db"));
        assert_eq!(ran.status, Some(0), "{}", ran.err);
    }
    let database = Connection::open(folder.path().join("t.db")).unwrap();
    let count = |table: &str| -> i64 {
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    for (command, table) in [("articles", "articles"), ("extract-numbers", "extract_numbers")] {
        let csv = folder.run(&format!("{command} page.txt plenty.txt")).out;
        assert_eq!(count(table), rows(&csv).len() as i64, "{command}");
    }
    for word in ["工会", "企业", "总工会", "职工", "发放补助"] {
        let hits = folder
            .run(&format!("concordance {word} page.txt plenty.txt --parts body --columns file,article"));
        let expected: BTreeSet<Vec<String>> = rows(&hits.out).into_iter().collect();
        let phrase: Vec<String> = word.chars().map(String::from).collect();
        let ask = "SELECT DISTINCT file, article FROM articles JOIN articles_text \
                   ON articles.rowid = articles_text.rowid WHERE articles_text MATCH ?1";
        let mut statement = database.prepare(ask).unwrap();
        let found = statement.query_map([format!("body : \"{}\"", phrase.join(" "))], |row| {
            Ok(vec![row.get::<_, String>(0)?, row.get::<_, i64>(1)?.to_string()])
        });
        let found: BTreeSet<Vec<String>> = found.unwrap().map(Result::unwrap).collect();
        assert_eq!(found, expected, "{word}");
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let folder = pages();
    for name in ["t.xlsx", "t.parquet", "t.csv.gz", "t.jsonl.zst"] {
        let written = |threads: u32| {
            folder.run(&format!("extract-numbers page.txt plenty.txt --threads {threads} -o {name}"));
            fs::read(folder.path().join(name)).unwrap()
        };
        assert!(written(1) == written(4), "{name}");
    }
}

#[test]
fn a_table_in_a_folder_that_is_read_is_known_in_every_format() {
    let folder = pages();
    for name in ["t.csv", "t.csv.gz", "t.jsonl.zst", "t.xlsx", "t.parquet", "t.db", "t.md"] {
        for _ in 0..2 {
            let ran = folder.run(&format!("pages . -o {name}"));
            assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
        }
    }
    let of_others =
        Folder::new().with("page.txt", PAGE).with("t.xlsx", "PK\u{3}\u{4} a workbook of somebody");
    let ran = of_others.run("pages . -o t.xlsx");
    assert_eq!(ran.status, Some(2), "{}", ran.err);
    assert!(of_others.read("t.xlsx").ends_with("of somebody"));
}

#[test]
fn a_database_needs_a_name() {
    let ran = pages().run("pages page.txt --format sqlite");
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("name it with -o"), "{}", ran.err);
}

#[test]
fn nothing_is_null_and_numbers_are_numbers_in_jsonl() {
    let folder = pages();
    for line in folder.run("extract-numbers --class all page.txt plenty.txt --format jsonl").out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(row.as_object().unwrap().values().all(|value| value != ""), "{line}");
        assert!(row["value"].is_number() || row["value"].is_null(), "{line}");
        assert!(row["line"].is_u64(), "{line}");
    }
}
