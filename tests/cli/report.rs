//! `zjgr report`; what it does in a browser is looked at by `tests/browser.py`.

use serde_json::Value;

use super::{Folder, PAGE};

/// The data of this name in a report.
fn data(page: &str, id: &str) -> Value {
    let (_, rest) = page.split_once(&format!("id=\"{id}\">")).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn every_table_has_the_rows_of_its_command() {
    let folder = Folder::new().with("page.txt", PAGE);
    let ran = folder.run("report page.txt -o t.html");
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let page = folder.read("t.html");
    for (name, command) in [
        ("pages", "pages"),
        ("articles", "articles"),
        ("lines", "layout"),
        ("extract-numbers", "extract-numbers"),
        ("slogans", "slogans --mentions"),
        ("names", "names --type person,organisation,place"),
        ("rising", "trends --rising --falling"),
    ] {
        let rows = folder.run(&format!("{command} page.txt -q --format jsonl")).out.lines().count();
        assert_eq!(data(&page, &format!("table-{name}"))["rows"].as_array().unwrap().len(), rows, "{name}");
    }
}

#[test]
fn a_report_asks_for_nothing_and_runs_one_script() {
    let folder = Folder::new().with("page.txt", PAGE);
    folder.run("report page.txt -o t.html --lang zh");
    let page = folder.read("t.html");
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("<script>").count(), 1);
    for sign in ["http://", "https://", "src=", "@import", "url("] {
        let shown: String = page.lines().filter(|line| !line.contains("application/json")).collect();
        let shown = shown.replace("http://www.w3.org/2000/svg", "");
        assert!(!shown.contains(sign), "{sign}");
    }
    assert_eq!(data(&page, "setup")["language"], "zh");
    assert_eq!(folder.run("report page.txt -o t.pdf").status, Some(2));
}

#[test]
fn words_that_rise_or_fall_stand_there_with_every_place() {
    let record = |(month, nth): (usize, usize)| {
        let word = if nth < month { "书屋又添了新书" } else { "晚上大家都听广播" };
        format!("{{\"date\":\"2001-{:02}-{:02}\",\"text\":\"{word}。\"}}\n", month + 1, nth + 1)
    };
    let records: String =
        (0..12).flat_map(|month| (0..12).map(move |nth| (month, nth))).map(record).collect();
    let folder = Folder::new().with("r.jsonl", records);
    assert_eq!(folder.run("report r.jsonl -o t.html").status, Some(0));
    let page = folder.read("t.html");
    let [rising, hits] =
        ["rising", "rising_hits"].map(|name| data(&page, &format!("table-{name}"))["rows"].clone());
    let trends = folder.run("trends --rising --falling r.jsonl");
    let counts: Vec<u64> = trends.cells(["count"]).iter().map(|[count]| count.parse().unwrap()).collect();
    assert!(counts.len() > 2, "{}", trends.out);
    assert_eq!(rising.as_array().unwrap().len(), counts.len());
    assert_eq!(hits.as_array().unwrap().len() as u64, counts.iter().sum::<u64>());
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let folder = Folder::new().with("a.txt", PAGE).with("b.txt", PAGE);
    let written = |threads: u32| {
        folder.run(&format!("report a.txt b.txt --threads {threads} -o t.html"));
        folder.read("t.html")
    };
    assert!(written(1) == written(3));
}
