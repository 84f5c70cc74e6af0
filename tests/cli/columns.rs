//! Which columns a table has: chosen, described, without a header.

use super::{Folder, PAGE};

fn out(line: &str) -> String {
    let ran = Folder::new().with("a.txt", PAGE).zjgr(line).output().unwrap();
    assert!(ran.status.success(), "{line}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn columns_are_chosen_and_put_in_order() {
    assert_eq!(out("articles a.txt --columns headline,article"), "headline,article\n车间里的灯光,1\n");
    assert_eq!(out("extract-numbers a.txt --columns value,line --no-header"), "6,2\n128,2\n");
    let chosen = out("stats a.txt --top 1 --by page --columns page,rank --format jsonl");
    assert_eq!(chosen, "{\"page\":\"a.txt\",\"rank\":1}\n");
}

#[test]
fn a_column_that_there_is_not_is_wrong_usage() {
    let ran = Folder::new().with("a.txt", PAGE).zjgr("pages a.txt --columns file,dates").output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let error = String::from_utf8(ran.stderr).unwrap();
    assert!(error.contains("there is no column `dates`; there are file, id, newspaper, date,"), "{error}");
}

#[test]
fn every_command_describes_its_table_and_reads_nothing() {
    for line in [
        "layout",
        "pages",
        "articles",
        "concordance",
        "stats --by month",
        "stats --lengths",
        "slogans",
        "slogans --mentions",
        "slogans --discover",
        "extract-numbers",
        "extract-numbers --sum",
        "collocates",
        "keyness",
        "trends",
        "terms",
        "reprints",
    ] {
        let described = out(&format!("{line} missing.txt --describe"));
        let mut rows = described.lines();
        assert_eq!(rows.next(), Some("name,type,unit,description"), "{line}");
        assert!(rows.clone().count() > 5, "{line}");
        for row in csv::ReaderBuilder::new().from_reader(described.as_bytes()).records() {
            let row = row.unwrap();
            assert!(row[3].len() > 5, "{line}: {row:?} says nothing");
        }
    }
}

#[test]
fn a_description_in_json_is_a_data_package() {
    let folder = Folder::new();
    assert!(
        folder
            .zjgr("stats --describe --columns term,per_million -o stats.json")
            .output()
            .unwrap()
            .status
            .success()
    );
    let package: serde_json::Value = serde_json::from_str(&folder.read("stats.json")).unwrap();
    let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
    assert_eq!(fields.len(), 2);
    assert_eq!(fields[1]["name"], "per_million");
    assert_eq!(fields[1]["type"], "number");
    assert_eq!(fields[1]["unit"], "per million words");
}
