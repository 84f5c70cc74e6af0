//! `--manifest` and `zjgr verify`: what a table was made from, and whether it still is.

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Corpus, Folder, PAGE, Ran};

fn folder() -> Folder {
    let dated = |year: u32| format!("东海日报\n{year}年3月8日 星期五\n{PAGE}");
    let passage =
        "职工在书屋里读书看报，讨论如何把机床的误差减到最小，老师傅把三十年的手艺一样一样写在纸上。\n";
    Folder::new()
        .with("pages/1.txt", dated(2021))
        .with("pages/2.txt", format!("{}{passage}{passage}", dated(2022)))
        .with("pages/scan.jpg", "\u{1}")
        .with("pages/bad.txt", [0_u8, 1, 2, 3, 0, 0, 0, 9])
        .with("words.txt", "技能大\n")
}

fn manifest(folder: &Folder, line: &str) -> Value {
    let ran = folder.run(&format!("{line} --manifest made.json"));
    assert!([Some(0), Some(3)].contains(&ran.status), "{line}: {ran:?}");
    serde_json::from_str(&folder.read("made.json")).unwrap()
}

fn sha256(folder: &Folder, name: &str) -> String {
    let bytes = fs::read(folder.path().join(name)).unwrap();
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_manifest_says_what_a_table_was_made_from() {
    let folder = folder().with("zjgr.toml", "[stats]\ntop = 9\n");
    let made = manifest(&folder, "stats pages --user-dict words.txt -o t.csv");
    assert_eq!(made["program"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(made["command"], "stats");
    assert_eq!((&made["options"]["--top"], &made["options"]["--duplicates"]), (&"9".into(), &"skip".into()));
    let files = |what: &str| -> Vec<(String, String)> {
        let files = made[what].as_array().unwrap().iter();
        files
            .map(|file| (file["path"].as_str().unwrap().into(), file["sha256"].as_str().unwrap().into()))
            .collect()
    };
    let hashed = |names: &[&str]| -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), sha256(&folder, name))).collect()
    };
    assert_eq!(files("inputs"), hashed(&["pages/1.txt", "pages/2.txt", "pages/bad.txt"]));
    assert_eq!(files("option_files"), hashed(&["words.txt", "zjgr.toml"]));
    assert_eq!(files("outputs"), hashed(&["t.csv"]));
    assert_eq!(made["inputs"][0]["bytes"], fs::metadata(folder.path().join("pages/1.txt")).unwrap().len());
    let left_out: Vec<&str> =
        made["left_out"].as_array().unwrap().iter().filter_map(|file| file["why"].as_str()).collect();
    assert_eq!(left_out, ["binary data, not text", "its ending names no text"]);
    assert_eq!((&made["read"]["documents"], &made["read"]["left_out"]), (&2.into(), &1.into()));
    assert_eq!(
        (&made["read"]["repeated_passages"], &made["read"]["repeated_chars"]),
        (&1.into(), &45.into())
    );
    let words = &made["tables"][0]["lists"]["words"];
    assert!(words["dictionary"].as_str().unwrap().starts_with("jieba"), "{words}");
    assert!(made["tables"][0]["lists"]["stop_words"]["entries"].as_u64() > Some(100));
}

#[test]
fn the_same_run_writes_the_same_manifest() {
    let folder = folder();
    let line = "collocates 职工 pages -o t.csv --threads";
    let first = manifest(&folder, &format!("{line} 1"));
    assert_eq!(manifest(&folder, &format!("{line} 2")), first);
}

/// The totals of the table that `line` writes.
fn totals(line: &str) -> Value {
    let folder =
        Folder::new().with("a/2021.txt", "职工参加会议。\n").with("b/2022.txt", "职工读书，职工唱歌。\n");
    let folder = folder.with(
        "r.jsonl",
        "{\"text\":\"职工参加会议。\",\"date\":\"2021-03-01\"}\n{\"text\":\"职工读书，职工唱歌。\",\"date\":\"2022-03-01\"}\n{\"text\":\"唱歌\"}\n",
    );
    manifest(&folder, line)["tables"][0]["totals"].clone()
}

#[test]
fn the_totals_are_those_that_the_numbers_are_worked_out_from() {
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (line, expected) in [
        ("stats a b --input-format plain -o t.csv", r#"{"words":7,"articles":2}"#),
        (
            "stats r.jsonl --by year -o t.csv",
            r#"{"words":{"":1,"2021":3,"2022":4},"articles":{"":1,"2021":1,"2022":1}}"#,
        ),
        (
            "collocates 职工 a b --input-format plain --window 1 -o t.csv",
            r#"{"words":7,"node_count":3,"window_words":3}"#,
        ),
        (
            "keyness --target b --reference a --input-format plain -o t.csv",
            r#"{"target_words":4,"target_articles":1,"reference_words":3,"reference_articles":1,"articles_in_both":0}"#,
        ),
        ("trends --term 职工 r.jsonl -o t.csv", r#"{"articles":2,"chars":17,"undated_articles":1}"#),
        (
            "trends --term 职工 --tokens r.jsonl -o t.csv",
            r#"{"articles":2,"chars":17,"words":7,"undated_articles":1}"#,
        ),
        ("slogans r.jsonl -o t.csv", r#"{"chars":19}"#),
        ("stats --lengths r.jsonl -o t.csv", r#"{"words":8,"chars":19,"articles":3}"#),
        (
            "terms a b --input-format plain -o t.csv",
            r#"{"words":7,"articles":2,"reference_words":0,"reference_articles":0}"#,
        ),
    ] {
        assert_eq!(totals(line), json(expected), "{line}");
    }
}

#[test]
fn every_command_that_writes_a_table_can_tell_what_it_was_made_from() {
    for line in [
        "layout pages -o t.csv",
        "pages pages -o t.jsonl",
        "articles pages -o t.csv.gz",
        "concordance 职工 pages -o t.csv",
        "concordance 职工 pages --sort right -o t.csv",
        "terms pages -o t.csv",
        "slogans pages -o t.csv",
        "slogans --discover pages -o t.csv",
        "slogans --mentions pages -o t.csv",
        "names pages -o t.csv",
        "names pages --count -o t.csv",
        "names pages --pairs sentence -o t.graphml",
        "extract-numbers pages -o t.csv",
        "extract-numbers pages --sum -o t.csv",
        "trends --rising pages -o t.csv",
        "reprints pages -o t.csv",
        "report pages -o t.html",
        "stats pages --partial t.zjp",
    ] {
        let folder = folder();
        let made = manifest(&folder, line);
        assert_eq!(made["inputs"].as_array().unwrap().len(), 3, "{line}");
        let output = made["outputs"][0]["path"].as_str().unwrap().to_owned();
        assert_eq!(made["outputs"][0]["sha256"], sha256(&folder, &output).as_str(), "{line}");
        assert!(!made["tables"].as_array().unwrap().is_empty(), "{line}");
    }
}

#[test]
fn what_was_counted_before_and_a_reference_are_inputs_too() {
    let folder = folder();
    folder.run("stats pages/1.txt --partial 1.zjp");
    let made = manifest(&folder, "merge stats 1.zjp pages/2.txt -o t.csv");
    assert_eq!((&made["command"], &made["inputs"][1]["path"]), (&"stats".into(), &"pages/2.txt".into()));
    assert_eq!(made["inputs"][0]["sha256"], sha256(&folder, "1.zjp").as_str());
    let made = manifest(&folder, "terms pages/1.txt --reference pages/2.txt -o t.csv");
    assert_eq!(made["inputs"].as_array().unwrap().len(), 2);
}

#[cfg(feature = "archives")]
#[test]
fn what_is_packed_and_what_streams_in_has_a_fingerprint() {
    let folder = folder();
    assert_eq!(super::output::shell(&folder, "gzip -k pages/1.txt").status, Some(0));
    let made = manifest(&folder, "pages pages/1.txt.gz -o t.csv");
    assert_eq!(made["inputs"][0]["sha256"], sha256(&folder, "pages/1.txt.gz").as_str());
    let ran = super::output::shell(&folder, "zjgr pages - -o t.csv --manifest made.json < pages/1.txt");
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let made: Value = serde_json::from_str(&folder.read("made.json")).unwrap();
    assert_eq!(made["inputs"][0]["sha256"], sha256(&folder, "pages/1.txt").as_str());
    assert_eq!(folder.run("verify made.json").status, Some(3), "nobody can read a stream again");
}

/// What `zjgr verify` says of each file that is not the same.
fn other(folder: &Folder) -> (Option<i32>, Vec<[String; 2]>) {
    let ran = folder.run("verify made.json");
    let rows = ran.cells(["file", "state"]);
    (ran.status, rows.into_iter().filter(|[_, state]| state != "same").collect())
}

#[test]
fn a_run_is_verified_file_by_file() {
    let folder = folder();
    manifest(&folder, "stats pages --user-dict words.txt -o pages/t.csv");
    assert_eq!(other(&folder), (Some(0), vec![]));
    let folder = folder.with("pages/1.txt", "别的").with("pages/3.txt", PAGE).with("words.txt", "别的");
    fs::remove_file(folder.path().join("pages/2.txt")).unwrap();
    let expected = [
        ["pages/1.txt", "changed"],
        ["pages/2.txt", "missing"],
        ["words.txt", "changed"],
        ["pages/3.txt", "new"],
    ];
    assert_eq!(other(&folder), (Some(1), expected.map(|row| row.map(str::to_owned)).to_vec()));
}

#[test]
fn nothing_is_lost_to_a_manifest() {
    let folder = folder();
    for (line, says) in [
        ("stats pages --manifest made.json", "-o FILE"),
        ("stats pages -o t.csv --manifest t.csv", "the same file"),
        ("stats pages -o t.csv --manifest pages/1.txt", "would be lost"),
        ("stats pages -o t.csv --manifest none/made.json", "does not exist"),
        ("verify words.txt", "no manifest that zjgr wrote"),
    ] {
        let Ran { status, err, .. } = folder.run(line);
        assert!(status != Some(0) && err.contains(says), "{line}: {err}");
    }
    assert!(folder.read("pages/1.txt").contains("车间里的灯光"));
}

#[test]
fn a_manifest_among_the_pages_is_no_page() {
    let folder = folder();
    let line = "stats pages -o t.csv --manifest pages/made.json";
    assert_eq!(folder.run(line).status, folder.run(line).status);
    let made: Value = serde_json::from_str(&folder.read("pages/made.json")).unwrap();
    assert_eq!(made["inputs"].as_array().unwrap().len(), 3);
}

#[test]
fn what_a_table_rests_on_is_said_in_short() {
    let corpus = Corpus::of(&[("a.jsonl", "{\"text\":\"职工读书，职工唱歌。\"}\n")]);
    let said = corpus.ran(&["collocates", "职工", "a.jsonl", "--window", "1", "-v"]).err;
    for part in [
        "totals: node_count 2, window_words 2, words 4",
        "dictionary jieba-rs",
        "stop_words (entries",
        "--window 1",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
