//! `zjgr concordance`: terms in their context.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::Corpus;

const FIRST: &str = "市总工会送清凉\n昨日，市总工会为户外职工送去清凉。\n职工说，工会是娘家人。\n";
const SECOND: &str = "工会\n";

fn corpus() -> Corpus {
    Corpus::of(&[("pages/a.txt", FIRST), ("pages/b.txt", SECOND)])
}

#[test]
fn a_row_for_every_hit_with_its_place() {
    let table = corpus().zjgr(&["concordance", "工会", "pages", "--width", "3", "--input-format", "plain"]);
    insta::assert_snapshot!(table, @r"
    file,id,date,page,section,article,headline,line,column,left,node,right
    pages/a.txt,,,,,1,,1,3,市总,工会,送清凉
    pages/a.txt,,,,,1,,2,6,，市总,工会,为户外
    pages/a.txt,,,,,1,,3,5,工说，,工会,是娘家
    pages/b.txt,,,,,1,,1,1,,工会,
    ");
}

#[test]
fn several_terms_and_several_paths() {
    let table = corpus().zjgr(&["concordance", "娘家", "清凉", "pages/a.txt", "pages/b.txt", "--width", "2"]);
    assert_eq!(nodes(&table), ["清凉", "清凉", "娘家"]);
    let table = corpus().zjgr(&["concordance", "-e", "娘家", "-e", "清凉", "pages", "--width", "2"]);
    assert_eq!(nodes(&table), ["清凉", "清凉", "娘家"]);
}

#[test]
fn a_regular_expression() {
    let table = corpus().zjgr(&["concordance", "--regex", ".总工会|职.", "pages"]);
    assert_eq!(nodes(&table), ["市总工会", "市总工会", "职工", "职工"]);
}

#[test]
fn whole_words_with_contexts_in_words() {
    let corpus = Corpus::of(&[("a.jsonl", "{\"text\": \"职工会议，职工参加工会。\"}\n")]);
    let text = corpus.zjgr(&["concordance", "工会", "a.jsonl"]);
    assert_eq!(nodes(&text).len(), 2);
    let words = corpus.zjgr(&["concordance", "工会", "a.jsonl", "--tokens", "--width", "2"]);
    assert_eq!(words.lines().nth(1), Some("a.jsonl,,,,,1,,1,10,职工参加,工会,"), "{words}");
    assert_eq!(words.lines().count(), 2);
}

#[test]
fn for_the_eye_the_nodes_stand_in_one_line() {
    let table = corpus().zjgr(&["concordance", "工会", "pages", "--format", "table", "--width", "5"]);
    insta::assert_snapshot!(table, @"
    place                  left  node  right
    pages/a.txt:1:3        市总  工会  送清凉
    pages/a.txt:2:6  昨日，市总  工会  为户外职工
    pages/a.txt:3:5    职工说，  工会  是娘家人。
    pages/b.txt:1:1              工会
    ");
}

#[test]
fn sorted_by_the_context_from_the_node_outwards() {
    let left = |sort: &[&str]| {
        let args = [&["concordance", "工会", "pages", "--width", "2", "--sort"], sort].concat();
        column(&corpus().zjgr(&args), "left")
    };
    // Nothing, a comma, then 总 (zong).
    assert_eq!(left(&["left"]), ["", "说，", "市总", "市总"]);
    assert_eq!(left(&["source"]), ["市总", "市总", "说，", ""]);
}

#[test]
fn a_sample_is_the_same_every_time_wherever_the_corpus_stands() {
    let text: String = (0..200).map(|i| format!("第{i}家工会成立。\n")).collect();
    let sample = |folder: &str, threads: &str| {
        let corpus = Corpus::of(&[(&format!("{folder}/page.txt"), &text)]);
        let args = ["concordance", "工会", folder, "--sample", "10", "--threads", threads];
        column(&corpus.zjgr(&args), "line")
    };
    let lines = sample("here", "1");
    assert_eq!(lines.len(), 10);
    assert_eq!(lines, sample("there/below", "4"));
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let files: Vec<(String, String)> =
        (0..30).map(|i| (format!("pages/{i}.txt"), FIRST.repeat(i % 4 + 1))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let corpus = Corpus::of(&files);
    for sort in ["source", "right"] {
        let run =
            |threads| corpus.zjgr(&["concordance", "工会", "pages", "--sort", sort, "--threads", threads]);
        assert_eq!(run("1"), run("7"));
    }
}

#[test]
fn a_term_that_never_occurs_gives_a_table_without_rows() {
    let table = corpus().zjgr(&["concordance", "火车", "pages"]);
    assert_eq!(table, "file,id,date,page,section,article,headline,line,column,left,node,right\n");
}

#[test]
fn a_context_wider_than_anything_is_the_paragraph() {
    let wide = usize::MAX.to_string();
    let table =
        corpus().zjgr(&["concordance", "工会", "pages/a.txt", "--width", &wide, "--input-format", "plain"]);
    assert_eq!(column(&table, "right")[2], "是娘家人。");
    let words =
        ["concordance", "工会", "pages/a.txt", "--width", &wide, "--tokens", "--input-format", "plain"];
    assert!(column(&corpus().zjgr(&words), "right").contains(&"是娘家人".to_owned()));
}

#[test]
fn what_makes_no_sense_is_wrong_usage() {
    for args in
        [&["concordance"][..], &["concordance", "", "pages"], &["concordance", "--regex", "(", "pages"]]
    {
        let (status, errors) = corpus().fails(args);
        assert_eq!(status, 2, "{args:?}: {errors}");
    }
}

fn nodes(table: &str) -> Vec<String> {
    column(table, "node")
}

fn column(table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at =
        reader.headers().expect("a header").iter().position(|column| column == name).expect("the column");
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

/// Whatever a page looks like, and wherever its lines are cut: what stands at line and column is the hit.
#[test]
fn every_character_of_every_page_points_at_itself() {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/pages");
    let table = Corpus::of(&[]).zjgr(&["concordance", "--regex", r"\p{Han}", pages, "--width", "0"]);
    let mut files: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    let mut compared = 0;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let [line, column, node] =
        ["line", "column", "node"].map(|name| header.iter().position(|column| column == name).expect("it"));
    for row in reader.records() {
        let row = row.expect("a row");
        let lines = files.entry(row[0].to_owned()).or_insert_with_key(|file| {
            let text = std::fs::read_to_string(file).expect("a page");
            text.lines().map(|line| line.graphemes(true).map(str::to_owned).collect()).collect()
        });
        let (line, column): (usize, usize) =
            (row[line].parse().expect("a line"), row[column].parse().expect("a column"));
        assert_eq!(lines[line - 1][column - 1], row[node], "{}:{line}:{column}", &row[0]);
        compared += 1;
    }
    assert!(compared > 10_000, "only {compared} characters were compared");
}
