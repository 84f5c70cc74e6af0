//! Which columns a table has: chosen, described, without a header.

use super::{Folder, PAGE, Ran};

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
        "names",
        "names --count",
        "names --pairs sentence",
    ] {
        let described = out(&format!("{line} missing.txt --describe"));
        let mut rows = described.lines();
        assert_eq!(rows.next(), Some("name,type,unit,description"), "{line}");
        assert!(rows.clone().count() > 5, "{line}");
        for row in csv::ReaderBuilder::new().from_reader(described.as_bytes()).records() {
            let row = row.unwrap();
            assert!(row[3].len() > 5, "{line}: {row:?} says nothing");
            let known = include_str!("../../data/columns.txt").lines().any(|name| name == &row[0]);
            assert!(known, "data/columns.txt has no {}", &row[0]);
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

#[test]
fn what_is_said_of_columns_is_said_in_chinese_too() {
    let folder = Folder::new();
    for command in [
        "layout",
        "pages",
        "articles",
        "stats",
        "stats --by month",
        "stats --lengths",
        "terms",
        "slogans",
        "slogans --by year",
        "slogans --mentions",
        "slogans --discover",
        "extract-numbers",
        "extract-numbers --sum",
        "concordance 工",
        "collocates 工",
        "keyness --target since=2020",
        "trends --term 工",
        "trends --unit 元",
        "trends --rising",
    ] {
        let english = folder.run(&format!("{command} --describe")).cells(["name", "description"]);
        let chinese = folder.run(&format!("{command} --describe --lang zh")).cells(["name", "description"]);
        assert_eq!(english.len(), chinese.len(), "{command}");
        for ([name, english], [_, chinese]) in english.iter().zip(&chinese) {
            assert_ne!(english, chinese, "{command} {name}");
        }
    }
}

#[test]
fn messages_are_in_the_language_of_the_system_or_the_one_that_is_asked_for() {
    let folder = Folder::new().with("binary.txt", [0, 1, 2]);
    let said =
        |line: &str, locale: &str| Ran::from(folder.zjgr(line).env("LC_ALL", locale).output().unwrap()).err;
    let (english, chinese) = (
        "zjgr: binary.txt: binary data, not text; left out; give the text that the OCR program wrote\n",
        "zjgr: binary.txt：二进制数据，不是文本；已略去；请给出识别程序写出的文本\n",
    );
    assert_eq!(said("pages binary.txt", "zh_CN.UTF-8"), chinese);
    assert_eq!(said("pages binary.txt --lang en", "zh_CN.UTF-8"), english);
    assert_eq!(said("pages binary.txt", "C"), english);
    assert_eq!(said("pages binary.txt --lang=zh", "C"), chinese);
    let usage = said("pages --what --lang zh", "C");
    assert!(usage.starts_with("错误：没有参数 '--what'\n") && usage.contains("用法："), "{usage}");
}
